/** Reads the secrets of those who may send alerts. */
import type { AlertSource } from '../core/index.ts';

/** The secret of each source, by its name. */
export type AlertSecrets = ReadonlyMap<string, string>;

/** Shortest secret, in characters: 24 hexadecimal digits are 12 bytes, which nobody guesses over a network. */
const SHORTEST = 24;
/** A secret as Standard Webhooks writes it: 24 to 64 bytes in base64 (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). */
const SIGNING = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

/** The variable that holds a source's secret: `ALERT_SECRET_` and its name in capitals. */
export function secretVariable(name: string): string {
  return `ALERT_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Reads the secrets of all sources, and says all that is wrong with them at once, never their value. */
export function readAlertSecrets(
  sources: readonly Pick<AlertSource, 'name' | 'kind'>[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly secrets: AlertSecrets; readonly faults: readonly string[] } {
  const secrets = new Map<string, string>();
  const faults: string[] = [];
  const seen = new Map<string, string>();
  for (const { name, kind } of sources) {
    if (kind === 'mail') continue; // known by who vouches for the mail
    const variable = secretVariable(name);
    const secret = env[variable]?.trim() ?? '';
    const fault = faultIn(secret, kind);
    if (fault !== undefined) faults.push(`${variable} ${fault}`);
    else if (seen.has(secret))
      faults.push(`${variable} is the same as ${seen.get(secret)}: each source of alerts needs its own.`);
    seen.set(secret, variable);
    secrets.set(name, secret);
  }
  return { secrets, faults };
}

function faultIn(secret: string, kind: AlertSource['kind']): string | undefined {
  if (secret === '')
    return 'is not set, and without it strangers could send alerts: set it, for example to what `openssl rand -hex 32` gives, or take the source out of alerts in the policy.';
  if (secret.startsWith('whsec_') && kind !== 'generic')
    return 'begins with whsec_, but only a source of the kind generic signs what it sends.';
  if (secret.startsWith('whsec_'))
    return SIGNING.test(secret)
      ? undefined
      : 'begins with whsec_ but is no secret of Standard Webhooks: 24 to 64 bytes in base64 come after it.';
  if (secret.length < SHORTEST)
    return `is too short: ${SHORTEST} characters or more, for example from \`openssl rand -hex 32\`.`;
  if (kind === 'statuspage' && !/^[\w-]+$/.test(secret))
    return 'stands in an address, so it may only hold letters, digits, _ and -, for example from `openssl rand -hex 32`.';
  return /^[\x21-\x7e]+$/.test(secret)
    ? undefined
    : 'holds spaces or signs that a header cannot carry; use letters and digits, for example from `openssl rand -hex 32`.';
}
