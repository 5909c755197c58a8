import type { Context } from '../context.ts';
import { readToken, signToken } from './rules/token.ts';

/** A link to a file, and until when it works; undefined when the desk has no public address. */
export async function linkTo(
  ctx: Context,
  fileId: number,
): Promise<{ url: string; until: Date } | undefined> {
  const { links } = ctx.files;
  if (links === undefined) return undefined;
  const until = new Date(ctx.now().getTime() + ctx.policy.files.link_for * 1000);
  return { url: `${links.publicUrl}/files/${signToken(fileId, until, await links.secret())}`, until };
}

/** A file that is read through its link. */
export interface OpenedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Undefined when the store has lost it. To be read to the end, or ended. */
  bytes(): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** The file behind a token of `linkTo`; undefined for one that is wrong, expired, or of a file that is not kept any more, all the same. */
export async function openLink(ctx: Context, token: string): Promise<OpenedFile | undefined> {
  const { links, store } = ctx.files;
  const id = links === undefined ? undefined : readToken(token, ctx.now(), await links.secret());
  if (id === undefined) return undefined;
  const [row] = await ctx.database.sql<(Omit<OpenedFile, 'bytes'> & { key: string })[]>`
    select safe_name as name, type, size, storage_key as key from file where id = ${id} and state = 'ready'`;
  if (row === undefined) return undefined;
  const { key, ...file } = row;
  return { ...file, bytes: () => store.read(key) };
}
