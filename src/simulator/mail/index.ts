import type { Fault, RequestRecord, SimClock, Simulator } from '../model.ts';
import { Faults } from './faults.ts';
import { House, type HouseOptions } from './house.ts';
import { type Imap, openImap } from './imap.ts';
import { readMail } from './parse.ts';
import { type MailPerson, makePerson } from './people.ts';
import { type Envelope, openSmtp, type Smtp, type Step } from './server.ts';
import { faultOf } from './strict.ts';
import type { PersonSpec, Refusal } from './types.ts';
import { World } from './world.ts';

export { COVERAGE } from './coverage.ts';
export { inert } from './html.ts';
export type { MailPerson, NewMail } from './people.ts';
export { faultOf } from './strict.ts';
export type { Mail } from './types.ts';

/** How the pretend mail server begins. Everything has a default. */
export interface MailOptions {
  /** Port on 127.0.0.1; 0 (default) takes a free one. */
  readonly port?: number;
  /** Default: the machine's clock. */
  readonly clock?: SimClock;
  /** Default: ana (pl), ben (en), eve (en), each at example.com. */
  readonly people?: readonly PersonSpec[];
  /** With a key and a certificate (PEM) it offers STARTTLS, or speaks TLS from the first byte with `secure`. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly secure?: boolean;
  /** Nobody sends without this login. */
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Takes addresses outside of ASCII (default true). */
  readonly utf8?: boolean;
  /** Largest mail in bytes (default 25,000,000, as Gmail). */
  readonly size?: number;
  /** What a mailbox does with a second mail of the same Message-ID (default `once`: it shows the first alone). */
  readonly duplicates?: 'once' | 'shown';
  /** The desk's own mailbox (default: support@desk.example, with a password). */
  readonly house?: HouseOptions;
}

/** The pretend mail server with its mailboxes. A fault's `match` is tested against `CONNECT ip`, `AUTH user`, `MAIL from`, `RCPT to`, `DATA to`; its `code` is an enhanced code such as `5.1.1`. */
export interface MailSimulator extends Simulator {
  readonly people: readonly MailPerson[];
  person(name: string): MailPerson;
  addPerson(spec: PersonSpec): MailPerson;
  /** Closes an account: its address is refused from now on. */
  closeMailbox(name: string): void;
  /** From now on who is not known is asked to come back after so many ms; 0 ends it. */
  greylist(ms: number): void;
  /** The desk's own mailbox, and where it is read: `imap://127.0.0.1:…`. */
  readonly house: House;
  readonly imapUrl: string;
  /** Connections to the desk's mailbox that stand now. */
  readonly readers: number;
  /** Nobody is mentioned by mail. */
  readonly pings: readonly { readonly whom: string }[];
  /** Every answer takes so many ms of real time. */
  slow(ms: number): void;
  /** Connections of the desk that stand now. */
  readonly connections: number;
}

/** Requests kept in the log (model.ts). */
const LOG_LIMIT = 50_000;
const DEFAULT_HOUSE: HouseOptions = {
  address: 'support@desk.example',
  user: 'support',
  pass: 'a-password-of-the-mailbox',
};
const DEFAULT_PEOPLE: readonly PersonSpec[] = [
  { name: 'ana', locale: 'pl' },
  { name: 'ben', locale: 'en' },
  { name: 'eve', locale: 'en' },
];

/** Starts a pretend mail server on loopback. `url` is what the desk takes as SMTP_URL, without the login. */
export async function startMail(options: MailOptions = {}): Promise<MailSimulator> {
  const simulator = new PretendMail(options);
  await simulator.open(options);
  return simulator;
}

class PretendMail implements MailSimulator {
  readonly platform = 'mail';
  readonly people: MailPerson[] = [];
  readonly pings = [];
  readonly house: House;
  readonly requests: RequestRecord[] = [];
  readonly #world: World;
  readonly #faults = new Faults();
  readonly #listeners = new Set<(request: RequestRecord) => void>();
  readonly #utf8: boolean;
  readonly #secure: boolean;
  #smtp: Smtp | undefined;
  #imap: Imap | undefined;
  #greylistMs = 0;
  #slowMs = 0;

  constructor({
    clock,
    duplicates = 'once',
    people = DEFAULT_PEOPLE,
    utf8 = true,
    secure,
    house = DEFAULT_HOUSE,
  }: MailOptions) {
    this.house = new House(house);
    this.#world = new World(clock ?? { now: () => Date.now() }, duplicates, this.house);
    this.#utf8 = utf8;
    this.#secure = secure ?? false;
    for (const spec of people) this.addPerson(spec);
  }

  async open({ port = 0, tls, auth, size = 25_000_000 }: MailOptions): Promise<void> {
    this.#smtp = await openSmtp({
      port,
      tls,
      secure: this.#secure,
      auth,
      size,
      utf8: this.#utf8,
      step: (command, argument) => this.#step(command, argument),
      take: (raw, envelope) => this.#take(raw, envelope),
      kept: (to, fault) => this.#log('DATA', to, fault),
    });
    this.#imap = await openImap({
      port: 0,
      house: this.house,
      faults: this.#faults,
      log: (command, argument, answer) => this.#log(`IMAP ${command}`, argument, undefined, { answer }),
    });
  }

  get imapUrl(): string {
    return `imap://127.0.0.1:${this.#imap?.port ?? 0}`;
  }

  get readers(): number {
    return this.#imap?.connections ?? 0;
  }

  get url(): string {
    return `${this.#secure ? 'smtps' : 'smtp'}://127.0.0.1:${this.#smtp?.port ?? 0}`;
  }

  get connections(): number {
    return this.#smtp?.connections ?? 0;
  }

  person(name: string): MailPerson {
    const found = this.people.find(person => person.name === name);
    if (!found) throw new Error(`nobody with a mailbox is called ${name}`);
    return found;
  }

  addPerson(spec: PersonSpec): MailPerson {
    const person = makePerson(this.#world, this.#world.add(spec));
    this.people.push(person);
    return person;
  }

  closeMailbox(name: string): void {
    const at = this.#world.mailboxes.findIndex(({ owner }) => owner === name);
    this.#world.mailboxes.splice(at, at < 0 ? 0 : 1);
  }

  greylist(ms: number): void {
    this.#greylistMs = ms;
    this.#world.greylist = ms > 0 ? new Map() : undefined;
  }

  slow(ms: number): void {
    this.#slowMs = ms;
  }

  onRequest(listener: (request: RequestRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onChange(listener: () => void): () => void {
    return this.#world.onChange(listener);
  }

  addFault(fault: Fault): void {
    this.#faults.add(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** What the desk has not marked as read it reads again by itself: there is nothing to send again. */
  async redeliverLast(): Promise<undefined> {
    return undefined;
  }

  async stop(): Promise<void> {
    await Promise.all([this.#smtp?.stop(), this.#imap?.stop()]);
  }

  async #step(command: string, argument: string): Promise<Step> {
    if (this.#slowMs > 0) await new Promise(resolve => setTimeout(resolve, this.#slowMs));
    const fault = this.#faults.take(command, argument);
    const step = fault ?? (command === 'RCPT' ? this.#recipient(argument) : undefined);
    if (command !== 'DATA') this.#log(command, argument, step);
    // All else is known of a mail only when it has come whole.
    else if (fault?.kind === 'refuse-connection') this.#log(command, argument, fault);
    return step;
  }

  /** Says who can be written to. */
  #recipient(address: string): Refusal | undefined {
    if (!this.#utf8 && Buffer.byteLength(address) !== address.length)
      return { status: 553, text: '5.6.7 Address outside of ASCII' };
    if (this.#world.find(address) === undefined) return { status: 550, text: '5.1.1 No such mailbox' };
    const { greylist, clock } = this.#world;
    if (greylist === undefined) return undefined;
    const since = greylist.get(address) ?? clock.now();
    greylist.set(address, since);
    return clock.now() - since < this.#greylistMs
      ? { status: 450, text: '4.7.1 Greylisted, please try again later' }
      : undefined;
  }

  async #take(raw: Uint8Array, { from, to, utf8 }: Envelope): Promise<string | Refusal> {
    const fault = faultOf(raw, utf8);
    if (fault !== undefined) {
      this.#log('DATA', to, fault);
      return fault;
    }
    const id = this.#world.next();
    for (const mailbox of to.split(' ')) {
      const mail = await readMail({ id, mailbox, returnPath: from, at: this.#world.clock.now(), raw });
      this.#log('DATA', to, undefined, { from, subject: mail.subject, messageId: mail.messageId });
      this.#world.put(mail);
    }
    return `2.0.0 Ok: queued as ${id}`;
  }

  #log(method: string, path: string, step: Step, body: unknown = {}): void {
    const status = step === undefined ? 250 : (step.status ?? 0);
    const answer = step === undefined ? 'Ok' : 'text' in step ? step.text : step.kind;
    const record = { at: this.#world.clock.now(), method, path, body, status, answer };
    this.requests.push(record);
    if (this.requests.length > LOG_LIMIT) this.requests.splice(0, this.requests.length - LOG_LIMIT);
    for (const listener of this.#listeners) listener(record);
  }
}
