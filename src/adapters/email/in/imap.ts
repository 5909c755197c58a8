/** The only file that knows imapflow. */
import { ImapFlow } from 'imapflow';
import { type Log, whyOf } from '../../../core/index.ts';
import type { OAuthSettings } from './oauth.ts';

/** How a mailbox is reached. */
export interface ImapSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`imaps://`). */
  readonly secure: boolean;
  /** STARTTLS: `required`, or `off` for a server on this machine. */
  readonly tls: 'required' | 'off';
  readonly user: string;
  readonly password?: string;
  /** In place of a password (OAuth 2.0). */
  readonly oauth?: OAuthSettings;
  /** Folders that are read, each over a connection of its own. */
  readonly folders: readonly string[];
  /** A certificate (PEM) to trust besides the machine's own. */
  readonly ca?: string;
}

/** A mail as it lies in a folder, or its beginning. */
export type Brought =
  | { readonly raw: Uint8Array; readonly whole: true }
  | { readonly raw: Uint8Array; readonly whole: false };

/** A folder that is open. */
export interface OpenFolder {
  /** Mails that nobody has marked as read, the oldest first. */
  unread(): Promise<number[]>;
  /** A mail as it is; of one that is larger than `most` bytes the beginning alone. Undefined when it is gone. */
  bring(uid: number, most: number): Promise<Brought | undefined>;
  /** Marks it as read: it was taken. `aside` marks it for people, too. */
  mark(uid: number, aside: boolean): Promise<void>;
  /** Resolves when something new is there, the connection is lost, or after so many ms. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  readonly lost: boolean;
  close(): void;
}

/** Connecting and logging in, in ms. */
const CONNECT_MS = 15_000;
/** Silence while something was asked, in ms. */
const SILENCE_MS = 90_000;
/** A new IDLE begins before servers and routers forget the connection: RFC 2177 allows 29 minutes, many give 10. In ms. */
const IDLE_MS = 240_000;
/** Bytes of the beginning of a mail that is too large: its head and its words, as programs order them. */
const BEGINNING = 256 * 1024;

/** Connects, logs in and opens a folder for reading and marking. Rejects when that cannot be. */
export async function openFolder(
  settings: ImapSettings,
  path: string,
  { log, token }: { readonly log: Log; readonly token?: (() => Promise<string>) | undefined },
): Promise<OpenFolder> {
  const { host, port, secure, tls, user, password, ca } = settings;
  const client = new ImapFlow({
    host,
    port,
    secure,
    ...(!secure && { doSTARTTLS: tls === 'required' }),
    auth: token === undefined ? { user, pass: password ?? '' } : { user, accessToken: await token() },
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
    logger: false,
    disableCompression: true,
    maxIdleTime: IDLE_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS + IDLE_MS,
  });
  let lost = false;
  let heard = false;
  let wake = (): void => undefined;
  const lose = (): void => {
    lost = true;
    wake();
  };
  client.on('close', lose);
  client.on('error', (error: Error) => {
    log.warn('mail: the connection to the mailbox has an error', { folder: path, why: whyOf(error) });
    lose();
  });
  client.on('exists', () => {
    heard = true;
    wake();
  });
  try {
    await client.connect();
    await client.mailboxOpen(path);
  } catch (error) {
    client.close();
    throw error;
  }
  return {
    get lost() {
      return lost;
    },
    async unread() {
      heard = false;
      const found = await client.search({ seen: false }, { uid: true });
      return (found || []).toSorted((a, b) => a - b);
    },
    async bring(uid, most) {
      const facts = await client.fetchOne(String(uid), { size: true }, { uid: true });
      if (!facts) return undefined;
      const whole = (facts.size ?? 0) <= most;
      const mail = await client.fetchOne(
        String(uid),
        { source: whole ? true : { maxLength: BEGINNING } },
        { uid: true },
      );
      const raw = mail ? mail.source : undefined;
      return raw && { raw, whole };
    },
    async mark(uid, aside) {
      await client.messageFlagsAdd(String(uid), aside ? ['\\Seen', '\\Flagged'] : ['\\Seen'], { uid: true });
    },
    async wait(ms, signal) {
      if (heard || lost || signal.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const timer = setTimeout(resolve, ms);
      const stop = (): void => resolve();
      signal.addEventListener('abort', stop, { once: true });
      void client.idle().catch(() => undefined);
      await promise;
      clearTimeout(timer);
      // It lives as long as the desk, and this comes every half minute.
      signal.removeEventListener('abort', stop);
    },
    close: () => client.close(),
  };
}
