import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What the operator set for the chat on the website. */
export interface WebchatSettings {
  readonly origins: readonly string[];
  readonly tokens?: {
    readonly key: { readonly secret: string } | { readonly publicKey: string };
    readonly audience: string;
  };
}

/** The variables of the web chat; empty ones are absent. */
export interface WebchatEnvironment {
  readonly WEBCHAT_ORIGINS?: string | undefined;
  readonly WEBCHAT_JWT_SECRET?: string | undefined;
  readonly WEBCHAT_JWT_PUBLIC_KEY_FILE?: string | undefined;
  readonly WEBCHAT_JWT_AUDIENCE?: string | undefined;
}

/** Who a token is for, when nothing else is said. */
const AUDIENCE = 'switchdesk';
/** A key for HS256 is as long as its hash at least (RFC 7518 §3.2). */
const SECRET_BYTES = 32;

/** Reads what stands about the web chat; undefined settings when it is off. Never says the value of a secret. */
export function readWebchat(env: WebchatEnvironment): { settings?: WebchatSettings; faults: string[] } {
  const { WEBCHAT_ORIGINS: sites, WEBCHAT_JWT_SECRET: secret, WEBCHAT_JWT_PUBLIC_KEY_FILE: file } = env;
  if (sites === undefined) {
    const alone = [secret, file, env.WEBCHAT_JWT_AUDIENCE].some(value => value !== undefined);
    return {
      faults: alone
        ? ['The web chat is only half set up: set WEBCHAT_ORIGINS too, or none of its variables.']
        : [],
    };
  }
  const origins = sites.split(/[\s,]+/).filter(site => site !== '');
  const faults = origins.flatMap(originFault);
  const key = readKey(secret, file, faults);
  if (faults.length > 0) return { faults };
  const tokens = key && { key, audience: env.WEBCHAT_JWT_AUDIENCE ?? AUDIENCE };
  return { settings: { origins, ...(tokens && { tokens }) }, faults };
}

/** As browsers write it: `Origin: https://www.example.com`. */
function originFault(site: string): string[] {
  const url = URL.canParse(site) ? new URL(site) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.origin === site) return [];
  const meant = url !== undefined && /^https?:$/.test(url.protocol) ? url.origin : 'https://www.example.com';
  return [
    `WEBCHAT_ORIGINS names ${site.slice(0, 80)}, which is no site: write ${meant}, without a path or a slash at the end.`,
  ];
}

function readKey(
  secret: string | undefined,
  file: string | undefined,
  faults: string[],
): NonNullable<WebchatSettings['tokens']>['key'] | undefined {
  if (secret !== undefined && file !== undefined) {
    faults.push(
      'Set WEBCHAT_JWT_SECRET or WEBCHAT_JWT_PUBLIC_KEY_FILE, not both: tokens are signed in one way.',
    );
    return undefined;
  }
  if (secret !== undefined) {
    if (Buffer.byteLength(secret) >= SECRET_BYTES) return { secret };
    faults.push(
      'WEBCHAT_JWT_SECRET is too short: 32 characters or more, for example from `openssl rand -base64 32`.',
    );
    return undefined;
  }
  if (file === undefined) return undefined;
  try {
    const publicKey = readFileSync(file, 'utf8');
    if (/PRIVATE KEY/.test(publicKey)) {
      faults.push(
        `WEBCHAT_JWT_PUBLIC_KEY_FILE (${file}) holds a private key, which belongs on your site only: give the desk the public one.`,
      );
      return undefined;
    }
    if (createPublicKey(publicKey).asymmetricKeyType === 'ed25519') return { publicKey };
  } catch {
    // Said below: it cannot be read, or holds no key.
  }
  faults.push(
    `WEBCHAT_JWT_PUBLIC_KEY_FILE (${file}) is no Ed25519 public key in PEM: openssl pkey -in key.pem -pubout -out public.pem makes one.`,
  );
  return undefined;
}
