import { domainToASCII } from 'node:url';
import type { SimClock } from '../model.ts';
import type { House } from './house.ts';
import type { Mail, PersonSpec } from './types.ts';

/** A mailbox and whose it is. */
export interface Mailbox {
  readonly owner: string;
  readonly address: string;
  readonly locale: string;
  readonly mails: Mail[];
  /** What its owner wrote. */
  readonly written: WrittenMail[];
}

/** A mail that somebody wrote to the desk, as their program shows it. */
export interface WrittenMail {
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly at: number;
  /** The Message-ID of the mail that it answers. */
  readonly answers?: string;
}

/** A fixed point in it all: mailboxes, and who is told when one changes. */
export class World {
  readonly clock: SimClock;
  readonly mailboxes: Mailbox[] = [];
  /** The desk's own mailbox. */
  readonly house: House;
  /** Greylisting: when a sender first came with a recipient. Undefined while the server greylists nobody. */
  greylist: Map<string, number> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #duplicates: 'once' | 'shown';
  #taken = 0;

  constructor(clock: SimClock, duplicates: 'once' | 'shown', house: House) {
    this.house = house;
    this.clock = clock;
    this.#duplicates = duplicates;
  }

  add({ name, address = `${name}@example.com`, locale }: PersonSpec): Mailbox {
    const mailbox = { owner: name, address: canonical(address), locale, mails: [], written: [] };
    this.mailboxes.push(mailbox);
    this.changed();
    return mailbox;
  }

  find(address: string): Mailbox | undefined {
    return this.mailboxes.find(one => one.address === canonical(address));
  }

  next(): string {
    this.#taken += 1;
    return `Q${String(this.#taken).padStart(6, '0')}`;
  }

  /** Puts a mail into its mailbox. A second one with the same Message-ID is not shown, as at Gmail and in Cyrus. */
  put(mail: Mail): void {
    const box = this.find(mail.mailbox);
    const again = box?.mails.some(({ messageId }) => messageId === mail.messageId) === true;
    if (again && this.#duplicates === 'once') return;
    box?.mails.push(mail);
    this.changed();
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Domains are compared as DNS has them, local parts without regard to case, as providers do. */
function canonical(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return `${address.slice(0, at).toLowerCase()}@${domainToASCII(domain) || domain.toLowerCase()}`;
}
