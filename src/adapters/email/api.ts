/** The only file that knows nodemailer. */
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { EmailConfig } from './config.ts';
import type { Letter } from './letter.ts';

/** What came of handing a mail to the server. */
export type Posted =
  | { readonly done: true }
  | { readonly done: false; readonly fault: SmtpFault; readonly handedOver: boolean };

/** What nodemailer says of a failure (its `errors.d.ts`), without its message: that can repeat addresses. */
export interface SmtpFault {
  /** `EAUTH`, `ECONNECTION`, `EENVELOPE`, …; of nodemailer. */
  readonly code: string;
  /** `MAIL FROM`, `RCPT TO`, `DATA`; `CONN` and `API` are no commands. */
  readonly command: string;
  /** The server's reply, where there was one: `550`, and `5.1.1` where it says so (RFC 2034). */
  readonly reply?: { readonly status: number; readonly enhanced?: string };
}

/** A way to the mail server. */
export interface Post {
  /** Sends one mail, once. Never rejects. */
  send(letter: Letter): Promise<Posted>;
  /** Connects, says hello, secures the connection and logs in. Undefined when all of it went well. Never rejects. */
  greet(): Promise<SmtpFault | undefined>;
  close(): void;
}

/** Connections to the server at once. */
const CONNECTIONS = 5;
/** Mails of one connection, then a new one: some servers drop those that stay for long. */
const MAILS = 100;
/** Milliseconds until the connection stands, and until the server greets. */
const CONNECT_MS = 10_000;
/** Silence of the server within a conversation, in ms. A filter may think about a mail for half a minute. */
const SILENCE_MS = 35_000;
/**
 * The whole of one attempt, with the wait for a connection; below the 45 s that core gives. RFC 5321 §4.5.3.2.6 would have ten minutes for the answer to the
 * final dot, which no lease of the outbox lasts: what is answered later is in doubt.
 */
const WHOLE_MS = 40_000;
/** An idle connection is given up before the server gives it up: Postfix does after 300 s. */
const IDLE_MS = 60_000;

/** Makes a way to the server: a bounded pool of connections. It sends nothing again by itself: the outbox does. */
export function createPost(config: EmailConfig): Post {
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: MAILS,
    maxRequeues: 0,
    idleTimeout: IDLE_MS,
    ...connectionOf(config),
    ...(config.dkim && {
      dkim: {
        domainName: config.dkim.domain,
        keySelector: config.dkim.selector,
        privateKey: config.dkim.privateKey,
      },
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
    maxRecipients: 1,
  });
  const bodies = new WeakMap<AbortSignal, Readable>();
  // The body is read only after the server said that it takes it, and its end is read before the final dot is written: what was not read
  // to its end was certainly not taken.
  transport.use('stream', (mail, done) => {
    const { signal } = mail.data;
    const open = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = options => {
      const body = open(options);
      if (signal) bodies.set(signal, body);
      return body;
    };
    done();
  });
  return {
    async send(letter) {
      const signal = AbortSignal.timeout(config.patienceMs ?? WHOLE_MS);
      try {
        await transport.sendMail({ ...mailOf(letter), signal });
        return { done: true };
      } catch (error) {
        return { done: false, fault: faultOf(error), handedOver: bodies.get(signal)?.readableEnded === true };
      }
    },
    greet: () => greet(config),
    close: () => transport.close(),
  };
}

function connectionOf({ smtp }: EmailConfig) {
  const { host, port, secure, user, password, ca } = smtp;
  return {
    host,
    port,
    secure,
    requireTLS: !secure && smtp.tls === 'required',
    ignoreTLS: !secure && smtp.tls === 'off',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    tls: { minVersion: 'TLSv1.2' as const, ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    logger: false,
  };
}

function mailOf(letter: Letter) {
  const { files, to, headers, ...rest } = letter;
  return {
    ...rest,
    to: { name: '', address: to },
    // As they are: they are made of our own words and a checked address alone.
    headers: Object.entries(headers).map(([key, value]) => ({
      key,
      value: { prepared: true, foldLines: false, value },
    })),
    // Lines stay short, and a text with some letters outside of ASCII can still be read in its source.
    textEncoding: 'quoted-printable' as const,
    // The same mail has the same boundaries, so that a second copy is the first to the last byte.
    baseBoundary: letter.messageId.replace(/[^\w.]/g, ''),
    attachments: files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
    })),
  };
}

async function greet(config: EmailConfig): Promise<SmtpFault | undefined> {
  const transport = createTransport(connectionOf(config));
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return faultOf(error);
  } finally {
    transport.close();
  }
}

const REPLY = /^(\d{3})[ -](?:([245]\.\d{1,3}\.\d{1,3})\b)?/;

function faultOf(error: unknown): SmtpFault {
  const at = (name: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  const text = (name: string): string => {
    const value = at(name);
    return typeof value === 'string' ? value : '';
  };
  const [, status, enhanced] = REPLY.exec(text('response')) ?? [];
  return {
    code: text('code') || 'EUNKNOWN',
    command: text('command'),
    ...(status === undefined
      ? {}
      : { reply: { status: Number(status), ...(enhanced === undefined ? {} : { enhanced }) } }),
  };
}
