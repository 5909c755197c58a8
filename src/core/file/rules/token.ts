import { seal, unseal } from '../../rules/seal.ts';

/** Who a link was made for: `c` a customer, `d` staff at their desk. */
export type Audience = 'c' | 'd';

const PURPOSE = 'file-link';
/** What a token claims: for whom, the file's id, when it expires (s since the epoch), both in base 36. */
const CLAIM = /^([cd])([0-9a-z]{1,11})\.([0-9a-z]{1,8})$/;

/** A token that lets whoever has it read one file until it expires. */
export function signToken(id: number, audience: Audience, expires: Date, secret: Uint8Array): string {
  const claim = `${audience}${id.toString(36)}.${Math.floor(expires.getTime() / 1000).toString(36)}`;
  return seal(PURPOSE, claim, secret);
}

/** What is in a token that was signed with the secret and has not expired at `now`; undefined for every other text. */
export function readToken(
  token: string,
  now: Date,
  secret: Uint8Array,
): { readonly id: number; readonly audience: Audience } | undefined {
  const [, audience, id = '', expires = ''] = CLAIM.exec(unseal(PURPOSE, token, secret) ?? '') ?? [];
  if (audience === undefined || now.getTime() >= Number.parseInt(expires, 36) * 1000) return undefined;
  return { id: Number.parseInt(id, 36), audience: audience === 'd' ? 'd' : 'c' };
}
