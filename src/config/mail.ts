/** Reads what mail needs. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { type IncomingSettings, incomingVariables, readIncoming } from './mail-in.ts';

/** The variables of mail. */
export const mailVariables = [
  'SMTP_URL',
  'SMTP_TLS',
  'MAIL_FROM',
  'MAIL_RATE',
  'MAIL_DKIM_DOMAIN',
  'MAIL_DKIM_SELECTOR',
  'MAIL_DKIM_KEY_FILE',
  ...incomingVariables,
] as const;

/** What is set of them; an empty one counts as unset. */
export type MailEnvironment = { readonly [name in (typeof mailVariables)[number]]?: string | undefined };

/** How mail goes out. */
export interface MailSettings {
  readonly smtp: {
    readonly host: string;
    readonly port: number;
    readonly secure: boolean;
    readonly tls: 'required' | 'off';
    readonly user?: string;
    readonly password?: string;
    readonly ca?: string;
  };
  readonly from: { readonly name: string; readonly address: string };
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly privateKey: string };
  readonly perSecond?: number;
  /** How mail comes in; absent where it only goes out. */
  readonly incoming?: IncomingSettings;
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Reads the settings, and says all that is wrong with them at once, never the value of a secret. Without `SMTP_URL` mail is off. */
export function readMail(env: MailEnvironment): { settings?: MailSettings; faults: string[] } {
  const faults: string[] = [];
  const set = mailVariables.filter(name => env[name] !== undefined);
  if (set.length === 0) return { faults };
  const missing = (['SMTP_URL', 'MAIL_FROM'] as const).filter(name => env[name] === undefined);
  if (missing.length > 0)
    faults.push(`Mail is only half set up: set ${missing.join(' and ')} too, or none of its variables.`);
  const smtp = readServer(env, faults);
  const from = readSender(env.MAIL_FROM, faults);
  const dkim = readKey(env, from?.address, faults);
  const perSecond = readRate(env.MAIL_RATE, faults);
  const incoming = readIncoming(env, faults);
  return smtp === undefined || from === undefined || faults.length > 0
    ? { faults }
    : { settings: { smtp, from, dkim, perSecond, ...(incoming && { incoming }) }, faults };
}

function readServer(env: MailEnvironment, faults: string[]): MailSettings['smtp'] | undefined {
  const { SMTP_URL: given, SMTP_TLS: asked } = env;
  if (asked !== undefined && asked !== 'required' && asked !== 'off')
    faults.push('SMTP_TLS is none of required, off.');
  if (given === undefined) return undefined;
  // A URL of a scheme that is not the web's keeps its host as it was written.
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || /[?#]/.test(given)) {
    faults.push(
      'SMTP_URL is none: write it like smtp://user:password@mail.example.com:587, or smtps:// for port 465; signs such as @ : / # ? in user and password as %40 %3A %2F %23 %3F.',
    );
    return undefined;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const secure = url.protocol === 'smtps:';
  const isNear = LOOPBACK.test(host);
  const tls = asked === 'off' || (asked === undefined && isNear) ? 'off' : 'required';
  const login = readLogin(url, faults);
  if (tls === 'off' && !secure && !isNear && login.user !== undefined)
    faults.push(
      'SMTP_TLS=off would send the password of SMTP_URL over the network for all to read: leave it out.',
    );
  return { host, port: Number(url.port || (secure ? 465 : 587)), secure, tls, ...login };
}

function readLogin(url: URL, faults: string[]): { user?: string; password?: string } {
  if (url.username === '') return {};
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    faults.push('SMTP_URL has a % in user or password that begins no sign: write it as %25.');
    return {};
  }
}

const SENDER = /^(?:(?<name>[^<>@]*?)\s*<(?<address>[^<>\s]+)>|(?<bare>[^<>\s]+))$/;
const ADDRESS = /^[\w.+-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,63}$/i;

function readSender(given: string | undefined, faults: string[]): MailSettings['from'] | undefined {
  if (given === undefined) return undefined;
  const { name = '', address, bare } = SENDER.exec(given)?.groups ?? {};
  const mail = address ?? bare ?? '';
  if (ADDRESS.test(mail) && !/\p{Cc}/u.test(given))
    return { name: name.replace(/^"(.*)"$/, '$1'), address: mail };
  faults.push('MAIL_FROM is no sender: write it like Example Support <support@example.com>.');
  return undefined;
}

const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,63}$/i;

function readKey(
  env: MailEnvironment,
  from: string | undefined,
  faults: string[],
): MailSettings['dkim'] | undefined {
  const { MAIL_DKIM_SELECTOR: selector, MAIL_DKIM_KEY_FILE: path } = env;
  if (selector === undefined && path === undefined && env.MAIL_DKIM_DOMAIN === undefined) return undefined;
  // DMARC asks that the signature is of the sender's own domain (RFC 7489 §3.1.1).
  const domain = env.MAIL_DKIM_DOMAIN ?? from?.slice(from.lastIndexOf('@') + 1) ?? '';
  const label = /^[a-z\d](?:[a-z\d.-]{0,61}[a-z\d])?$/i;
  if (selector === undefined || path === undefined)
    faults.push(
      'DKIM is only half set up: set MAIL_DKIM_SELECTOR and MAIL_DKIM_KEY_FILE, or none of its variables.',
    );
  if (selector !== undefined && !label.test(selector))
    faults.push('MAIL_DKIM_SELECTOR is none: letters, digits and hyphens, such as desk1.');
  if (env.MAIL_DKIM_DOMAIN !== undefined && !DOMAIN.test(domain))
    faults.push('MAIL_DKIM_DOMAIN is no domain; write it like example.com.');
  const privateKey = path === undefined ? undefined : readPem(path, faults);
  return selector === undefined || privateKey === undefined ? undefined : { domain, selector, privateKey };
}

function readPem(path: string, faults: string[]): string | undefined {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch {
    faults.push(`MAIL_DKIM_KEY_FILE: ${path} cannot be read by this user.`);
    return undefined;
  }
  try {
    // With another kind of key nodemailer sends mail without a signature, and says nothing.
    if (createPrivateKey(pem).asymmetricKeyType === 'rsa') return pem;
  } catch {
    // Said below.
  }
  faults.push(
    `MAIL_DKIM_KEY_FILE: ${path} is no private RSA key in PEM; make one with \`openssl genrsa -out ${path} 2048\`.`,
  );
  return undefined;
}

function readRate(given: string | undefined, faults: string[]): number | undefined {
  if (given === undefined) return undefined;
  const perSecond = Number(given);
  if (/^\d+(?:\.\d+)?$/.test(given) && perSecond >= 0.01 && perSecond <= 1000) return perSecond;
  faults.push('MAIL_RATE is no rate: mails a second, from 0.01 to 1000 (5 when not set).');
  return undefined;
}
