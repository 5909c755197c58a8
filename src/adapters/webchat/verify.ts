import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import { plain, type Rooms } from '../../core/index.ts';
import type { TokenKey, WebchatConfig } from './config.ts';
import { customerId, type Guest } from './identify.ts';

/** Who was let in, or why not: `expired` and `refused` are about a site's token, `unknown` about a visitor's secret. */
export type Admitted =
  | { readonly ok: true; readonly guest: Guest }
  | { readonly ok: false; readonly why: 'expired' | 'refused' | 'unknown' };

/** A visitor's secret: 32 random bytes in base64url. Only its hash is kept. */
const SECRET = /^s-[\w-]{43}$/;
/** Longest token that is looked at. */
const TOKEN = 4096;
/** Clocks of two machines may differ by so many seconds. */
const SKEW_S = 5;
/** A token may be good for so many seconds at most: one that leaks does not open a chat for ever. */
const LONGEST_S = 24 * 3600;
/** Signs of a visitor's id by which staff tell two of them apart. */
const SIGN = 4;
/** Longest ref of a contact, and longest name. */
const REF = 200;
const NAME = 80;

/** Looks at what a bubble shows to be let in. Resolves for whatever it is given; rejects only when the database does not answer. */
export type Admit = (shown: string) => Promise<Admitted>;

/** A new visitor: the secret goes to their browser and nowhere else. */
export function newVisitor(): { readonly id: string; readonly secret: string; readonly hash: Uint8Array } {
  const secret = `s-${randomBytes(32).toString('base64url')}`;
  return { id: `v-${randomBytes(16).toString('base64url')}`, secret, hash: hashOf(secret) };
}

function hashOf(secret: string): Uint8Array {
  return createHash('sha256').update(`webchat:${secret}`).digest();
}

/** Lets visitors in by their secret, and customers by a token of the provider's site, where it has a key. */
export function createAdmit({
  rooms,
  tokens,
  now,
  phrases,
  staffLocale = phrases.locales()[0] ?? 'en',
}: Pick<WebchatConfig, 'rooms' | 'tokens' | 'now' | 'phrases' | 'staffLocale'>): Admit {
  const nameOf = (id: string): string =>
    plain(phrases.say(staffLocale, 'webchat-visitor', { sign: id.slice(2, 2 + SIGN) }));
  const verify = tokens && createVerify(tokens.key, tokens.audience);
  return async shown => {
    if (SECRET.test(shown)) return visitor(rooms, shown, nameOf);
    if (verify === undefined || shown.length > TOKEN) return { ok: false, why: 'refused' };
    const admitted = await verify(shown, now());
    if (admitted.ok && (await rooms.make(admitted.guest.id)) === undefined)
      return { ok: false, why: 'refused' };
    return admitted;
  };
}

async function visitor(rooms: Rooms, secret: string, nameOf: (id: string) => string): Promise<Admitted> {
  const room = await rooms.opened(hashOf(secret));
  if (room === undefined) return { ok: false, why: 'unknown' };
  return { ok: true, guest: { id: room.address, name: nameOf(room.address) } };
}

/** A key's own algorithm is the only one: what a token says of itself decides nothing (RFC 8725 §3.1). */
function createVerify(key: TokenKey, audience: string): (token: string, now: Date) => Promise<Admitted> {
  const [algorithm, material] =
    'secret' in key
      ? (['HS256', new TextEncoder().encode(key.secret)] as const)
      : (['EdDSA', createPublicKey(key.publicKey)] as const);
  return async (token, now) => {
    const { errors, jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, material, {
        algorithms: algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm],
        audience,
        requiredClaims: ['exp', 'sub', 'iat'],
        clockTolerance: SKEW_S,
        currentDate: now,
      });
      return guestOf(payload, now);
    } catch (error) {
      return { ok: false, why: error instanceof errors.JWTExpired ? 'expired' : 'refused' };
    }
  };
}

function guestOf(
  {
    sub = '',
    name,
    exp = 0,
    iat = 0,
  }: { readonly sub?: string; readonly name?: unknown; readonly exp?: number; readonly iat?: number },
  now: Date,
): Admitted {
  const seconds = now.getTime() / 1000;
  const fits =
    sub !== '' && sub.length <= REF && exp - seconds <= LONGEST_S + SKEW_S && iat <= seconds + SKEW_S;
  if (!fits) return { ok: false, why: 'refused' };
  return {
    ok: true,
    guest: {
      id: customerId(sub),
      ...(typeof name === 'string' && { name: name.slice(0, NAME) }),
      vouched: { contact: sub, at: new Date(iat * 1000).toISOString() },
      until: exp * 1000,
    },
  };
}
