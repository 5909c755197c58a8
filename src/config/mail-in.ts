/** Reads how mail comes in. */
import { createPublicKey } from 'node:crypto';

/** The variables of incoming mail. */
export const incomingVariables = [
  'MAIL_IN_RAW_SECRET',
  'MAIL_IN_POSTMARK_SECRET',
  'MAIL_IN_MAILGUN_KEY',
  'MAIL_IN_SENDGRID_KEY',
  'MAIL_IN_AUTHSERV_ID',
  'MAIL_IN_PLUS',
  'IMAP_URL',
  'IMAP_TLS',
  'IMAP_FOLDERS',
  'IMAP_OAUTH_TOKEN_URL',
  'IMAP_OAUTH_CLIENT_ID',
  'IMAP_OAUTH_CLIENT_SECRET',
  'IMAP_OAUTH_REFRESH_TOKEN',
] as const;

/** How mail comes in. */
export interface IncomingSettings {
  readonly sources: {
    readonly raw?: string;
    readonly postmark?: string;
    readonly mailgun?: string;
    readonly sendgrid?: string;
  };
  readonly authservId?: string;
  readonly plus: boolean;
  /** The mailbox that is read. */
  readonly imap?: MailboxSettings;
}

/** A mailbox, and how one logs in. */
export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly tls: 'required' | 'off';
  readonly user: string;
  readonly password?: string;
  readonly folders: readonly string[];
  readonly oauth?: {
    readonly tokenUrl: string;
    readonly clientId: string;
    readonly clientSecret?: string;
    readonly refreshToken: string;
  };
}

type Environment = { readonly [name in (typeof incomingVariables)[number]]?: string | undefined };

/** What nobody guesses, and what stands in a header. */
const SECRET = /^[\x21-\x7e]{24,500}$/;

/** Undefined where nobody may bring mail. Says all that is wrong, never the value of a secret. */
export function readIncoming(env: Environment, faults: string[]): IncomingSettings | undefined {
  if (incomingVariables.every(name => env[name] === undefined)) return undefined;
  for (const name of ['MAIL_IN_RAW_SECRET', 'MAIL_IN_POSTMARK_SECRET'] as const)
    if (env[name] !== undefined && !SECRET.test(env[name]))
      faults.push(
        `${name} is no secret: 24 characters or more without spaces, for example from \`openssl rand -hex 24\`.`,
      );
  const { MAIL_IN_MAILGUN_KEY: mailgun, MAIL_IN_SENDGRID_KEY: sendgrid } = env;
  if (mailgun !== undefined && !/^[\w-]{20,100}$/.test(mailgun))
    faults.push('MAIL_IN_MAILGUN_KEY is none: it is the "HTTP webhook signing key" of Mailgun.');
  if (sendgrid !== undefined && !isKey(sendgrid))
    faults.push(
      'MAIL_IN_SENDGRID_KEY is none: it is the public key of the security policy of Inbound Parse, as SendGrid shows it (MFkw…).',
    );
  const plus = env.MAIL_IN_PLUS ?? 'off';
  if (plus !== 'on' && plus !== 'off') faults.push('MAIL_IN_PLUS is none of on, off.');
  const authservId = env.MAIL_IN_AUTHSERV_ID;
  if (authservId !== undefined && !/^[\w.-]{1,253}$/.test(authservId))
    faults.push(
      'MAIL_IN_AUTHSERV_ID is no name: write what your mail server puts first into Authentication-Results, such as mx.example.com.',
    );
  const raw = env.MAIL_IN_RAW_SECRET;
  const postmark = env.MAIL_IN_POSTMARK_SECRET;
  const imap = readMailbox(env, faults);
  if ([raw, postmark, mailgun, sendgrid, env.IMAP_URL].every(one => one === undefined))
    faults.push(
      'Incoming mail is only half set up: set a secret of those who bring it (MAIL_IN_RAW_SECRET, MAIL_IN_POSTMARK_SECRET, MAIL_IN_MAILGUN_KEY or MAIL_IN_SENDGRID_KEY) or a mailbox (IMAP_URL), or none of the MAIL_IN_ and IMAP_ variables.',
    );
  return {
    sources: {
      ...(raw !== undefined && { raw }),
      ...(postmark !== undefined && { postmark }),
      ...(mailgun !== undefined && { mailgun }),
      ...(sendgrid !== undefined && { sendgrid }),
    },
    ...(authservId !== undefined && { authservId }),
    plus: plus === 'on',
    ...(imap && { imap }),
  };
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

function readMailbox(env: Environment, faults: string[]): MailboxSettings | undefined {
  const given = env.IMAP_URL;
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (
    url === undefined ||
    !/^imaps?:$/.test(url.protocol) ||
    url.hostname === '' ||
    url.username === '' ||
    /[?#]/.test(given)
  ) {
    faults.push(
      'IMAP_URL is none: write it like imaps://user:password@mail.example.com, or imap:// for port 143; signs such as @ : / # ? in user and password as %40 %3A %2F %23 %3F.',
    );
    return undefined;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const secure = url.protocol === 'imaps:';
  const asked = env.IMAP_TLS;
  if (asked !== undefined && asked !== 'required' && asked !== 'off')
    faults.push('IMAP_TLS is none of required, off.');
  const near = LOOPBACK.test(host);
  const tls = asked === 'off' || (asked === undefined && near) ? 'off' : 'required';
  if (tls === 'off' && !secure && !near)
    faults.push(
      'IMAP_TLS=off would send the password of IMAP_URL over the network for all to read: leave it out.',
    );
  const oauth = readOAuth(env, faults);
  if (url.password === '' && oauth === undefined)
    faults.push('The mailbox has no password: put it into IMAP_URL, or set the IMAP_OAUTH_ variables.');
  const folders = (env.IMAP_FOLDERS ?? 'INBOX')
    .split(',')
    .map(one => one.trim())
    .filter(Boolean);
  return {
    host,
    port: Number(url.port || (secure ? 993 : 143)),
    secure,
    tls,
    user: decoded(url.username),
    ...(url.password !== '' && { password: decoded(url.password) }),
    folders,
    ...(oauth && { oauth }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readOAuth(env: Environment, faults: string[]): MailboxSettings['oauth'] {
  const {
    IMAP_OAUTH_TOKEN_URL: tokenUrl,
    IMAP_OAUTH_CLIENT_ID: clientId,
    IMAP_OAUTH_CLIENT_SECRET: clientSecret,
  } = env;
  const refreshToken = env.IMAP_OAUTH_REFRESH_TOKEN;
  if ([tokenUrl, clientId, clientSecret, refreshToken].every(one => one === undefined)) return undefined;
  if (tokenUrl === undefined || clientId === undefined || refreshToken === undefined) {
    faults.push(
      'The login by OAuth is only half set up: set IMAP_OAUTH_TOKEN_URL, IMAP_OAUTH_CLIENT_ID and IMAP_OAUTH_REFRESH_TOKEN, or none of the IMAP_OAUTH_ variables.',
    );
    return undefined;
  }
  if (!URL.canParse(tokenUrl) || !tokenUrl.startsWith('https://'))
    faults.push('IMAP_OAUTH_TOKEN_URL is none: it begins with https://.');
  return { tokenUrl, clientId, refreshToken, ...(clientSecret !== undefined && { clientSecret }) };
}

function isKey(base64: string): boolean {
  try {
    return (
      createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
        .asymmetricKeyType === 'ec'
    );
  } catch {
    return false;
  }
}
