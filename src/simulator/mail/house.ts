/** The mailbox of the desk itself, which it reads: what people write to it lies there. */

/** A mail in a folder. */
export interface HeldMail {
  readonly uid: number;
  readonly raw: Uint8Array;
  readonly flags: Set<string>;
}

/** A folder. */
export interface Folder {
  readonly path: string;
  readonly mails: HeldMail[];
  /** The uid of the next mail. */
  next: number;
}

/** How the desk's mailbox begins. */
export interface HouseOptions {
  /** Its address; what stands behind a plus does not count (RFC 5233). */
  readonly address: string;
  readonly user: string;
  readonly pass: string;
  /** An access token that logs in, too. */
  readonly token?: string;
  /** Besides the inbox. */
  readonly folders?: readonly string[];
}

/** The desk's mailbox. */
export class House {
  readonly address: string;
  readonly user: string;
  readonly pass: string;
  readonly token: string | undefined;
  readonly folders: readonly Folder[];
  readonly #listeners = new Set<() => void>();

  constructor({ address, user, pass, token, folders = [] }: HouseOptions) {
    this.address = address.toLowerCase();
    this.user = user;
    this.pass = pass;
    this.token = token;
    this.folders = ['INBOX', ...folders].map(path => ({ path, mails: [], next: 1 }));
  }

  /** Whether mail to this address lies here. */
  owns(address: string): boolean {
    return address.toLowerCase().replace(/\+[^@]*@/, '@') === this.address;
  }

  /** Puts a mail into a folder. */
  put(raw: Uint8Array, path = 'INBOX'): HeldMail {
    const folder = this.folders.find(one => one.path === path);
    if (folder === undefined) throw new Error(`the desk has no folder ${path}`);
    const mail = { uid: folder.next, raw, flags: new Set<string>() };
    folder.next += 1;
    folder.mails.push(mail);
    for (const listener of this.#listeners) listener();
    return mail;
  }

  onMail(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
