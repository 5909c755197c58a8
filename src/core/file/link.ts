import type { Context } from '../context.ts';
import { type Audience, readToken, signToken } from './rules/token.ts';

/** A link to a file, and until when it works; undefined when the desk has no public address. */
export async function linkTo(
  ctx: Context,
  fileId: number,
  audience: Audience,
): Promise<{ url: string; until: Date } | undefined> {
  const { links } = ctx.files;
  if (links === undefined) return undefined;
  const until = new Date(ctx.now().getTime() + ctx.policy.files.link_for * 1000);
  return {
    url: `${links.publicUrl}/files/${signToken(fileId, audience, until, await links.secret())}`,
    until,
  };
}

/** A file that is read through its link. */
export interface OpenedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Undefined when the store has lost it. To be read to the end, or ended. */
  bytes(): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/**
 * The file behind a token of `linkTo`; undefined for one that is wrong, expired, of a file that is not kept any more, or of
 * one that a customer may not have any more because its message became a note; all the same.
 */
export async function openLink(ctx: Context, token: string): Promise<OpenedFile | undefined> {
  const { links, store } = ctx.files;
  const read = links === undefined ? undefined : readToken(token, ctx.now(), await links.secret());
  if (read === undefined) return undefined;
  const [row] = await ctx.database.sql<(Omit<OpenedFile, 'bytes'> & { key: string })[]>`
    select f.safe_name as name, f.type, f.size, f.storage_key as key from file f join message m on m.id = f.message_id
    where f.id = ${read.id} and f.state = 'ready' and (${read.audience} = 'd' or (m.kind <> 'note' and not m.noted))`;
  if (row === undefined) return undefined;
  const { key, ...file } = row;
  return { ...file, bytes: () => store.read(key) };
}
