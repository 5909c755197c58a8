import { describeScreen, findPlace, PATIENCE_MS, waitToSee, waitUntil } from '../looking.ts';
import type { GivenFile, Person, Screen } from '../model.ts';
import { compose } from './compose.ts';
import { INBOX, screenOf } from './screen.ts';
import type { Mail } from './types.ts';
import type { Mailbox, World } from './world.ts';

/** A person with a mailbox; more than on every platform. */
export interface MailPerson extends Person {
  /** Their mail address. */
  readonly id: string;
  /** All mail they got, oldest first. */
  mailbox(): readonly Mail[];
  /** They write a mail to the desk, as it is said here or as their program would. Returns its Message-ID. */
  writes(mail: NewMail): Promise<string>;
}

/** A mail that somebody writes. */
export interface NewMail {
  readonly subject: string;
  readonly text: string;
  readonly files?: readonly GivenFile[];
  /** The mail that it answers, by the id it has in the mailbox. */
  readonly answers?: string;
  /** Somebody else's address is in its place: no mail server vouches for that. */
  readonly as?: string;
  /** More lines of its head. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The desk's mail server hands it on so, and not into the desk's mailbox. */
  handOn?(raw: Uint8Array): void;
}

/** Gives the owner of a mailbox eyes. */
export function makePerson(world: World, box: Mailbox): MailPerson {
  return new Reader(world, box);
}

class Reader implements MailPerson {
  readonly name: string;
  readonly platform = 'mail';
  readonly role = 'customer';
  readonly id: string;
  readonly #world: World;
  readonly #box: Mailbox;
  #current = '';

  constructor(world: World, box: Mailbox) {
    this.#world = world;
    this.#box = box;
    this.name = box.owner;
    this.id = box.address;
  }

  mailbox(): readonly Mail[] {
    return [...this.#box.mails];
  }

  async goes(where: string): Promise<void> {
    const place = findPlace(this.screen().places, where);
    if (!place) throw new Error(`${this.name} sees no mail "${where}":\n${describeScreen(this.screen())}`);
    this.#current = place.id;
    this.#world.changed();
  }

  sees(what: string | RegExp, where?: string, withinMs = PATIENCE_MS): Promise<string> {
    return waitToSee(this, what, where, withinMs);
  }

  watches(what: (screen: Screen) => boolean, describe: string, withinMs = PATIENCE_MS): Promise<Screen> {
    return waitUntil(this, what, describe, withinMs);
  }

  onChange(listener: () => void): () => void {
    return this.#world.onChange(listener);
  }

  screen(): Screen {
    return screenOf(this.#box, this.#current);
  }

  async writes({ subject, text, files = [], answers, as, headers, handOn }: NewMail): Promise<string> {
    const { clock, house } = this.#world;
    const answered = this.#box.mails.find(({ id }) => id === answers);
    if (answers !== undefined && answered === undefined)
      throw new Error(`${this.name} has no mail ${answers}`);
    const address = as ?? this.id;
    const domain = address.slice(address.lastIndexOf('@') + 1);
    const messageId = `<${this.name}.${this.#world.next()}@example.com>`;
    const to = answered?.headers.find(({ name }) => name === 'reply-to')?.value ?? house.address;
    const raw = compose({
      from: { name: this.name, address },
      to: /<([^<>]+)>/.exec(to)?.[1] ?? to,
      subject,
      text,
      messageId,
      at: clock.now(),
      language: this.#box.locale,
      files,
      ...(headers !== undefined && { headers }),
      ...(answered && {
        answers: {
          messageId: answered.messageId,
          references: answered.references,
          text: answered.text.trimEnd(),
          from: answered.from.name || answered.from.address,
        },
      }),
      results: `mx.desk.example; dmarc=${as === undefined ? 'pass' : 'fail'} header.from=${domain}`,
    });
    this.#box.written.push({
      messageId,
      subject,
      text,
      at: clock.now(),
      ...(answered && { answers: answered.messageId }),
    });
    if (handOn === undefined) house.put(raw);
    else handOn(raw);
    this.#world.changed();
    return messageId;
  }

  /** In a conversation it is an answer to its newest mail; in the list of all, a new mail, whose first line is the subject. */
  async says(text: string, where?: string, files: readonly GivenFile[] = []): Promise<string> {
    if (where !== undefined) await this.goes(where);
    const { current } = this.screen();
    const newest = current === INBOX ? undefined : this.#newestIn(current);
    if (newest !== undefined) return this.#answers(newest, text, files);
    const [subject = '', ...rest] = text.split('\n');
    return this.writes({ subject, text: rest.join('\n').trim() || subject, files });
  }

  async repliesTo(messageId: string, text: string): Promise<string> {
    const mail = this.#box.mails.find(({ id }) => id === messageId);
    if (mail === undefined) throw new Error(`${this.name} has no mail ${messageId}`);
    return this.#answers(mail, text, []);
  }

  #answers({ id, subject }: Mail, text: string, files: readonly GivenFile[]): Promise<string> {
    return this.writes({
      subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
      text,
      files,
      answers: id,
    });
  }

  #newestIn(place: string): Mail | undefined {
    const shown = new Set(
      this.screen()
        .places.find(({ id }) => id === place)
        ?.messages.map(({ id }) => id),
    );
    return this.#box.mails.findLast(({ id }) => shown.has(id));
  }

  async edits(): Promise<void> {
    throw new Error('nobody can change a mail');
  }

  async deletes(messageId: string): Promise<void> {
    const at = this.#box.mails.findIndex(({ id }) => id === messageId);
    if (at < 0) throw new Error(`${this.name} has no mail ${messageId}`);
    this.#box.mails.splice(at, 1);
    this.#world.changed();
  }

  async reacts(): Promise<void> {
    throw new Error('mail has no reactions');
  }

  async presses(): Promise<void> {
    throw new Error('mail has no buttons');
  }

  async fills(): Promise<void> {
    throw new Error('mail has no forms');
  }

  async submits(): Promise<void> {
    throw new Error('mail has no forms');
  }

  async dismisses(): Promise<void> {
    throw new Error('mail has no forms');
  }
}
