import { createHash, randomBytes } from 'node:crypto';
import type { Context } from '../context.ts';
import { Refusal } from '../errors.ts';

/** Calendars with secret addresses, by the first part of these: of somebody of the staff, and of a contact. */
export type Feed = 'oncall' | 'calendar';

/** 32 bytes in base64url. */
const TOKEN = /^[\w-]{43}$/;
/** What a hash is of besides the token, so that the one of a calendar opens no other. */
const purposes: Readonly<Record<Feed, string>> = { oncall: 'feed', calendar: 'calendar' };

const sha256 = (feed: Feed, token: string): Buffer =>
  createHash('sha256').update(`${purposes[feed]}:${token}`).digest();

/** A new secret address, which is said once, and what is kept of it. Throws `Refusal` when the desk has no public address. */
export function newAddress(
  { files: { links } }: Pick<Context, 'files'>,
  feed: Feed,
): { readonly link: string; readonly sha256: Buffer } {
  if (links === undefined) throw new Refusal('feed-no-address');
  const token = randomBytes(32).toString('base64url');
  return { link: `${links.publicUrl}/${feed}/${token}.ics`, sha256: sha256(feed, token) };
}

/** What is kept of the address with this token; undefined for what is none. */
export function keptOf(feed: Feed, token: string): Buffer | undefined {
  return TOKEN.test(token) ? sha256(feed, token) : undefined;
}
