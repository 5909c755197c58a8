import type { Log } from '../../core/index.ts';
import type { Resolve } from './in/authenticate.ts';
import type { MailboxConfig } from './in/mailbox.ts';
import type { SourceSecrets } from './in/sources.ts';

/** How mail comes in. */
export interface IncomingConfig {
  /** Where mails lie whose files are still to be fetched: a directory of the desk's own on this machine. */
  readonly spool: string;
  /** Who may bring mail over HTTP. */
  readonly sources: SourceSecrets;
  /** The name under which one's own mail server writes what it found out of a sender; absent where the desk looks itself. */
  readonly authservId?: string;
  /** The server takes mail for `support+anything@…`: answers come back to an address that names their conversation. */
  readonly plus?: boolean;
  /** A mailbox that is read, and the right to read it. */
  readonly mailbox?: MailboxConfig;
  /** Asks DNS of a sender's domain (default: the machine's resolver). */
  readonly resolve?: Resolve;
  /** The longest that one mail is read, in ms (default 20,000). */
  readonly readMs?: number;
}

/** What the mail channel is given. Resolved and checked by `main`; nothing here reads the environment. */
export interface EmailConfig {
  readonly smtp: {
    readonly host: string;
    readonly port: number;
    /** TLS from the first byte (`smtps://`). */
    readonly secure: boolean;
    /** STARTTLS: `required`, or `off` for a server on this machine. */
    readonly tls: 'required' | 'off';
    readonly user?: string;
    readonly password?: string;
    /** A certificate (PEM) to trust besides the machine's own. */
    readonly ca?: string;
  };
  /** Who mail is from. Its domain is the domain of the Message-IDs. */
  readonly from: { readonly name: string; readonly address: string };
  /** Signs every mail; `privateKey` is an RSA key in PEM: nodemailer makes no other signatures. */
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly privateKey: string };
  /** Mails a second that the server takes (default 5). */
  readonly perSecond?: number;
  /** The longest that one attempt may take, in ms (default 40,000: below the 45,000 that core gives). */
  readonly patienceMs?: number;
  readonly log: Log;
  readonly now: () => Date;
  /** What our Message-IDs are signed with. */
  readonly secret: () => Promise<Uint8Array>;
  /** Absent where mail only goes out. */
  readonly incoming?: IncomingConfig;
  /** Looks up TXT records, for the check (default: the machine's resolver). */
  readonly resolveTxt?: (name: string) => Promise<readonly (readonly string[])[]>;
}
