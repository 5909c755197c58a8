/** Those who may bring mail over HTTP, and how each proves that it is them. */
import {
  createHash,
  createHmac,
  createPublicKey,
  type KeyObject,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { DoorRequest } from '../../../core/index.ts';
import { readForm } from './form-data.ts';
import type { Handover } from './model.ts';

/** What each source proves itself with; one without takes nothing. */
export interface SourceSecrets {
  /** Own programs and mail servers: `Authorization: Bearer …`. */
  readonly raw?: string;
  /** The password in the address that Postmark calls (Basic). */
  readonly postmark?: string;
  /** The "HTTP webhook signing key" of Mailgun. */
  readonly mailgun?: string;
  /** The public key of SendGrid's security policy, as its API gives it: SubjectPublicKeyInfo in base64. */
  readonly sendgrid?: string;
}

/** A mail as it was brought, or why it is none. */
export type Opened =
  | { readonly ok: true; readonly raw: Uint8Array; readonly handover: Handover }
  | { readonly ok: false; readonly status: number; readonly why: string };

/** A source that may be who it says: its body is read up to `limit` bytes, and opened. `proved`: it has shown who it is; else its body must. */
export type Admitted =
  | {
      readonly ok: true;
      readonly limit: number;
      readonly proved: boolean;
      open(body: Uint8Array): Promise<Opened>;
    }
  | { readonly ok: false; readonly status: number; readonly why: string };

const MIB = 1024 * 1024;
/** A mail as it is, of whatever size mail servers pass on: most take 25 to 50 MB. */
const RAW_LIMIT = 64 * MIB;
/** What the services take and wrap: Postmark 35 MB, Mailgun 25 MB, SendGrid 30 MB of mail; in JSON or percent-encoded it is up to three times that. */
const WRAPPED_LIMIT = 96 * MIB;
/** Services try again for days (SendGrid: 72 h): a signature is good for so long, in ms, and what comes twice counts once. */
const SIGNED_FOR_MS = 4 * 86_400_000;

const refused = (
  why: string,
  status = 401,
): { readonly ok: false; readonly status: number; readonly why: string } => ({
  ok: false,
  status,
  why,
});

/** Looks at who knocks, before the body is read. */
export function admit({ source, headers, now }: DoorRequest, secrets: SourceSecrets): Admitted {
  switch (source) {
    case 'raw': {
      const given = /^Bearer +(\S{1,1000})$/i.exec(headers.authorization ?? '')?.[1];
      if (secrets.raw === undefined) return refused('no such source', 404);
      if (!isSame(given, secrets.raw)) return refused('the secret is missing or wrong');
      return {
        ok: true,
        limit: RAW_LIMIT,
        proved: true,
        open: async body => ({ ok: true, raw: body, handover: told(headers) }),
      };
    }
    case 'postmark': {
      const pair = /^Basic +(\S{1,1000})$/i.exec(headers.authorization ?? '')?.[1];
      const password =
        pair &&
        Buffer.from(pair, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '');
      if (secrets.postmark === undefined) return refused('no such source', 404);
      if (!isSame(password, secrets.postmark)) return refused('the password is missing or wrong');
      return { ok: true, limit: WRAPPED_LIMIT, proved: true, open: async body => openPostmark(body) };
    }
    case 'mailgun': {
      const { mailgun: key } = secrets;
      if (key === undefined) return refused('no such source', 404);
      return {
        ok: true,
        limit: WRAPPED_LIMIT,
        proved: false,
        open: body => openMailgun(body, headers['content-type'], key, now),
      };
    }
    case 'sendgrid': {
      const key = secrets.sendgrid === undefined ? undefined : publicKey(secrets.sendgrid);
      if (key === undefined) return refused('no such source', 404);
      const signature = headers['x-twilio-email-event-webhook-signature'];
      const time = headers['x-twilio-email-event-webhook-timestamp'];
      if (signature === undefined || time === undefined) return refused('the signature is missing');
      return {
        ok: true,
        limit: WRAPPED_LIMIT,
        proved: false,
        open: body => openSendGrid(body, headers['content-type'], { key, signature, time, now }),
      };
    }
    default:
      return refused('no such source', 404);
  }
}

/** Whether two secrets are the same, in a time that tells nothing of either, nor of their lengths. */
function isSame(given: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(secret)) && given !== undefined && given !== '';
}

/** SendGrid's key as it stands in the settings; undefined for what is none. */
export function publicKey(base64: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** What one's own mail server tells in headers besides the mail. */
function told(headers: DoorRequest['headers']): Handover {
  const sender = headers['x-mail-from'];
  const ip = headers['x-client-ip'];
  const helo = headers['x-client-helo'];
  const recipients = headers['x-rcpt-to']?.split(/[,\s]+/).filter(Boolean);
  return {
    ...(sender !== undefined && { sender: sender.trim().replace(/^<|>$/g, '') }),
    ...(ip !== undefined && { ip }),
    ...(helo !== undefined && { helo }),
    ...(recipients !== undefined && { recipients }),
  };
}

/** postmarkapp.com/developer/webhooks/inbound-webhook: `RawEmail` is there where "Include raw email content in JSON payload" is on. */
function openPostmark(body: Uint8Array): Opened {
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return refused('it is no JSON', 400);
  }
  const at = (name: string): string | undefined => {
    const value: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const raw = at('RawEmail');
  if (raw === undefined)
    return refused(
      'there is no RawEmail: turn on "Include raw email content in JSON payload" in the inbound stream',
      422,
    );
  const recipient = at('OriginalRecipient');
  return {
    ok: true,
    raw: Buffer.from(raw),
    handover: recipient === undefined ? {} : { recipients: [recipient] },
  };
}

/** What came under a token of Mailgun: the signature does not cover the body, so a token is for one. */
const tokens = new Map<string, string>();
const TOKENS = 10_000;

/**
 * documentation.mailgun.com, "Securing Webhooks": HMAC-SHA256 of timestamp and token. `body-mime` is there for a route whose address ends in
 * `mime`.
 */
async function openMailgun(
  body: Uint8Array,
  type: string | undefined,
  key: string,
  now: Date,
): Promise<Opened> {
  const form = await readForm(body, type);
  if (form === undefined) return refused('it is no form', 400);
  const { timestamp = '', token = '', signature = '' } = form;
  const right = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex');
  if (!isSame(signature.toLowerCase(), right)) return refused('the signature is wrong');
  if (!isTimely(Number(timestamp), now)) return refused('the signature is too old');
  const raw = form['body-mime'];
  if (raw === undefined)
    return refused('there is no body-mime: let the address of the route end in /mailgun?mime', 422);
  const digest = createHash('sha256').update(raw, 'latin1').digest('hex');
  if ((tokens.get(token) ?? digest) !== digest) return refused('the token was used for another mail');
  tokens.set(token, digest);
  if (tokens.size > TOKENS) tokens.delete(tokens.keys().next().value ?? '');
  const { sender, recipient } = form;
  return {
    ok: true,
    raw: Buffer.from(raw, 'latin1'),
    handover: {
      ...(sender !== undefined && { sender }),
      ...(recipient !== undefined && { recipients: recipient.split(',') }),
    },
  };
}

/** twilio.com/docs/sendgrid, "Securing your Parse Webhooks": ECDSA over timestamp and body. `email` is there where "POST the raw, full MIME message" is on. */
async function openSendGrid(
  body: Uint8Array,
  type: string | undefined,
  { key, signature, time, now }: { key: KeyObject; signature: string; time: string; now: Date },
): Promise<Opened> {
  const signedBytes = Buffer.concat([Buffer.from(time), body]);
  if (!verify('sha256', signedBytes, key, Buffer.from(signature, 'base64')))
    return refused('the signature is wrong');
  if (!isTimely(Number(time), now)) return refused('the signature is too old');
  const form = await readForm(body, type);
  if (form === undefined) return refused('it is no form', 400);
  const { email, sender_ip: ip } = form;
  if (email === undefined)
    return refused('there is no email: turn on "POST the raw, full MIME message" in Inbound Parse', 422);
  return {
    ok: true,
    raw: Buffer.from(email, 'latin1'),
    handover: { ...envelopeIn(form.envelope), ...(ip !== undefined && { ip }) },
  };
}

function envelopeIn(text: string | undefined): Handover {
  try {
    const { from, to } = JSON.parse(text ?? '{}') as { from?: unknown; to?: unknown };
    const recipients = Array.isArray(to) ? to.filter(one => typeof one === 'string') : undefined;
    return { ...(typeof from === 'string' && { sender: from }), ...(recipients && { recipients }) };
  } catch {
    return {};
  }
}

/** @param seconds since the epoch */
function isTimely(seconds: number, now: Date): boolean {
  return Number.isFinite(seconds) && Math.abs(now.getTime() - seconds * 1000) <= SIGNED_FOR_MS;
}
