/** Tokens of the provider's client area (JWT, RFC 7519), with which a customer comes to the page of their own. The only file that knows the library. */
import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';

/** The key that tokens are checked with. Each is for one algorithm and no other (RFC 8725 §3.1). */
export type TokenKey =
  | { readonly alg: 'HS256'; readonly secret: string }
  /** Ed25519, the public half, in PEM. */
  | { readonly alg: 'EdDSA'; readonly pem: string };

/** A token lives no longer than this, in s: it is made when somebody presses a button, and used at once. */
const LONGEST_S = 600;
/** Clocks of two machines may differ so much, in s. */
const TOLERANCE_S = 30;

/** What tokens are read with. */
export interface TokenReading {
  readonly key: TokenKey;
  /** Whom a token must be for: the address of the pages. One that was made for anything else is not taken. */
  readonly audience: string;
  readonly now: () => Date;
}

/** Three parts in base64url, and nothing between them: the library would pass over more, and a token would have many spellings. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** What a token says: the provider's key of the contact. */
export interface ReadToken {
  readonly ref: string;
  readonly expiresAt: Date;
}

/** Reads tokens; undefined for every text that is none, whatever is wrong with it. The library is loaded with the first. */
export function createTokenReader({
  key,
  audience,
  now,
}: TokenReading): (token: string) => Promise<ReadToken | undefined> {
  const secret: KeyObject =
    key.alg === 'HS256' ? createSecretKey(Buffer.from(key.secret)) : createPublicKey(key.pem);
  return async token => {
    if (!TOKEN.test(token)) return undefined;
    const { errors, jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: [key.alg],
        audience,
        requiredClaims: ['exp', 'sub', 'aud'],
        clockTolerance: TOLERANCE_S,
        currentDate: now(),
      });
      const { sub = '', exp = 0 } = payload;
      const lives = exp - now().getTime() / 1000;
      if (sub === '' || sub.length > 100 || lives > LONGEST_S) return undefined;
      // Within the tolerance it may still come again.
      return { ref: sub, expiresAt: new Date((exp + TOLERANCE_S) * 1000) };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
      throw error;
    }
  };
}
