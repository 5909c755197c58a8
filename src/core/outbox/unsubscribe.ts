import type { Context } from '../context.ts';
import { readUnsubscribeToken, signUnsubscribe, type Unwanted } from './rules/unsubscribe-token.ts';

/** The address that stops messages of a kind to the person of a place; undefined when the desk has no public address, or the place nobody. */
export async function unsubscribeLink(
  ctx: Context,
  placeId: number,
  kind: string,
): Promise<string | undefined> {
  const { links } = ctx.files;
  if (links === undefined) return undefined;
  const [row] = await ctx.database.sql<{ handleId: number | null }[]>`
    select handle_id as "handleId" from place where id = ${placeId}`;
  const handleId = row?.handleId ?? undefined;
  return handleId === undefined ? undefined : stopLink(ctx, { handleId, kind });
}

/** The address that stops messages of a kind to a handle; undefined when the desk has no public address. */
export async function stopLink(ctx: Context, unwanted: Unwanted): Promise<string | undefined> {
  const { links } = ctx.files;
  if (links === undefined) return undefined;
  return `${links.publicUrl}/unsubscribe/${signUnsubscribe(unwanted, await links.secret())}`;
}

/** Whose messages of which kind the token of such an address stops; undefined for every other text. */
export async function readUnsubscribe(ctx: Context, token: string): Promise<Unwanted | undefined> {
  const { links } = ctx.files;
  return links === undefined ? undefined : readUnsubscribeToken(token, await links.secret());
}
