/** Reads how tokens of the provider's client area are checked. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TokenKey } from '../sign-in/token.ts';

interface ClientAreaVariables {
  readonly CLIENT_AREA_JWT_SECRET?: string | undefined;
  readonly CLIENT_AREA_JWT_PUBLIC_KEY_FILE?: string | undefined;
  readonly PUBLIC_URL?: string | undefined;
}

/** Shortest secret, in characters: what HS256 asks for (RFC 7518 §3.2: 256 bits). */
const SHORTEST = 32;

/** The key, or all that is wrong with it, never its value. Without either variable nobody comes from the client area by a token. */
export function readClientArea(env: ClientAreaVariables): {
  readonly key?: TokenKey;
  readonly faults: readonly string[];
} {
  const { CLIENT_AREA_JWT_SECRET: secret, CLIENT_AREA_JWT_PUBLIC_KEY_FILE: file, PUBLIC_URL: url } = env;
  if (secret === undefined && file === undefined) return { faults: [] };
  const faults = [
    ...(secret !== undefined && file !== undefined
      ? [
          'Set CLIENT_AREA_JWT_SECRET or CLIENT_AREA_JWT_PUBLIC_KEY_FILE, not both: tokens are signed in one way.',
        ]
      : []),
    ...(url === undefined
      ? ['CLIENT_AREA_JWT_… is set but PUBLIC_URL is not: set it too, since tokens are for PUBLIC_URL/me.']
      : []),
    ...(secret !== undefined && secret.length < SHORTEST
      ? [
          `CLIENT_AREA_JWT_SECRET is too short: ${SHORTEST} characters or more, for example from \`openssl rand -base64 32\`.`,
        ]
      : []),
  ];
  if (file === undefined || faults.length > 0)
    return secret === undefined || faults.length > 0 ? { faults } : { key: { alg: 'HS256', secret }, faults };
  return readKey(file);
}

function readKey(file: string): ReturnType<typeof readClientArea> {
  const variable = `CLIENT_AREA_JWT_PUBLIC_KEY_FILE (${file})`;
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch {
    return { faults: [`${variable} cannot be read: is it there, and may the desk read it?`] };
  }
  if (pem.includes('PRIVATE KEY'))
    return {
      faults: [
        `${variable} holds a private key, which belongs to your client area only: give the desk the public one.`,
      ],
    };
  try {
    if (createPublicKey(pem).asymmetricKeyType === 'ed25519')
      return { key: { alg: 'EdDSA', pem }, faults: [] };
  } catch {
    // Said below.
  }
  return {
    faults: [
      `${variable} is no Ed25519 public key in PEM: \`openssl pkey -in key.pem -pubout -out public.pem\` makes one.`,
    ],
  };
}
