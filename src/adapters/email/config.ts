import type { Log } from '../../core/index.ts';

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
  /** Looks up TXT records, for the check (default: the machine's resolver). */
  readonly resolveTxt?: (name: string) => Promise<readonly (readonly string[])[]>;
}
