import type { OutboundFile } from '../channel/index.ts';
import type { Context } from '../context.ts';

/** A file as a delivery finds it. */
export interface KeptFile {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly key: string;
}

/** Those of the message's files with the given ids that are still kept, in order. Files of another message are never found. */
export async function keptFiles(
  ctx: Context,
  messageId: number,
  ids: readonly number[],
): Promise<KeptFile[]> {
  const rows = await ctx.database.sql<KeptFile[]>`
    select id, safe_name as name, type, size, storage_key as key from file
    where message_id = ${messageId} and id = any(${[...ids]}::bigint[]) and state = 'ready' order by id`;
  return [...rows];
}

/** The file with its bytes, ready to be sent; undefined when the store no longer has them as they were. Rejects when the store does not answer. */
export async function bringFile(ctx: Context, file: KeptFile): Promise<OutboundFile | undefined> {
  const bytes = await ctx.files.store.read(file.key);
  if (bytes === undefined) return undefined;
  const whole = Buffer.allocUnsafe(file.size);
  let filled = 0;
  for await (const piece of bytes) {
    if (filled + piece.byteLength > file.size) return undefined;
    whole.set(piece, filled);
    filled += piece.byteLength;
  }
  if (filled !== file.size) return undefined;
  return { name: file.name, type: file.type, size: file.size, read: async () => whole };
}
