import type { Fault, RequestRecord, SimClock, Simulator } from '../model.ts';
import { changeTopic, migrate, type Stage, setBotRole } from './acts.ts';
import { Faults } from './faults.ts';
import { type HttpDoor, openDoor } from './http.ts';
import { makePerson, type TelegramPerson } from './people.ts';
import type { Ping } from './types.ts';
import { UpdateQueue } from './updates.ts';
import { type Delivery, Webhook } from './webhook.ts';
import { type GroupSpec, type PersonSpec, World } from './world.ts';

export { COVERAGE } from './coverage.ts';
export { METHODS } from './methods/index.ts';

/** How the pretend Telegram begins. Everything has a default. */
export interface TelegramOptions {
  /** Port on 127.0.0.1; 0 (default) takes a free one. */
  readonly port?: number;
  /** Default: the machine's clock. */
  readonly clock?: SimClock;
  /** Default: ana (pl), ben (en), eve (en, with markup in her name). */
  readonly people?: readonly PersonSpec[];
  readonly groups?: readonly GroupSpec[];
  readonly botToken?: string;
  readonly botUsername?: string;
  /** Enforce 30 messages/s per bot, 1/s per private chat with short bursts, 20/min per group (default true). */
  readonly rateLimits?: boolean;
  /** The bot has topics in private chats (default false). */
  readonly privateTopics?: boolean;
}

/** The pretend Telegram. */
export interface TelegramSimulator extends Simulator {
  readonly people: readonly TelegramPerson[];
  person(name: string): TelegramPerson;
  readonly botToken: string;
  readonly botUsername: string;
  addPerson(spec: PersonSpec): TelegramPerson;
  /** Makes a group with the bot in it; returns its chat id. */
  addGroup(spec: GroupSpec): string;
  /** Upgrades a basic group to a supergroup, as an admin's client does; returns the new chat id. */
  migrateGroup(chatId: string, by: string): string;
  /** Gives the bot a new token, as @BotFather does: the old one is refused from now on. */
  revokeToken(): string;
  /** Puts the bot out of a group, makes it an administrator or a plain member. */
  setBotRole(chatId: string, role: 'administrator' | 'member' | 'left'): void;
  /** Makes somebody an administrator of a group, a plain member, or puts them out. */
  setMember(chatId: string, name: string, role: 'administrator' | 'member' | 'left'): void;
  /** What an administrator's client does to a topic, by its place's id. */
  changeTopic(place: string, change: 'close' | 'reopen' | 'delete'): void;
  /** Gives the waiting updates to the next poll in the opposite order, as after a disturbance. */
  reorderPending(): void;
  /** Mentions in messages of the bot that notified somebody. */
  readonly pings: readonly Ping[];
  /** Updates that the bot has not taken yet. */
  readonly pendingUpdates: number;
  /** The newest attempt of a webhook delivery. */
  readonly lastDelivery: Delivery | undefined;
  /** Delivers everything that failed again now, without the platform's pause; resolves when all attempts are over. */
  retryPending(): Promise<void>;
  /** Resolves when no webhook delivery is on its way. */
  idle(): Promise<void>;
  /** Posts any body with any headers to the webhook, as a forger would (no secret is added). */
  post(
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly body: string }>;
}

/** Requests kept in the log (model.ts). */
const LOG_LIMIT = 50_000;

/** 35 characters after the colon, like a real token, and no secret. */
const DEFAULT_TOKEN = '7104385526:AAF-pretend-token-of-the-simulator-0';

const DEFAULT_PEOPLE: readonly PersonSpec[] = [
  { name: 'ana', locale: 'pl', lastName: 'Nowak' },
  { name: 'ben', locale: 'en', lastName: 'Carter' },
  { name: 'eve', locale: 'en', firstName: 'Eve @everyone <!channel> *x* <b>' },
];

/** Starts a pretend Telegram Bot API on loopback. `url` is what grammY takes as `client.apiRoot`. */
export async function startTelegram(options: TelegramOptions = {}): Promise<TelegramSimulator> {
  const simulator = new PretendTelegram(options);
  await simulator.open(options.port ?? 0);
  return simulator;
}

class PretendTelegram implements TelegramSimulator {
  readonly platform = 'telegram';
  readonly botUsername: string;
  readonly people: TelegramPerson[] = [];
  readonly requests: RequestRecord[] = [];
  readonly #world: World;
  readonly #queue: UpdateQueue;
  readonly #webhook: Webhook;
  readonly #faults = new Faults();
  readonly #listeners = new Set<(request: RequestRecord) => void>();
  #door: HttpDoor | undefined;

  constructor(options: TelegramOptions) {
    const clock = options.clock ?? { now: () => Date.now() };
    this.botUsername = options.botUsername ?? 'switchdesk_pretend_bot';
    const { botToken = DEFAULT_TOKEN, rateLimits = true, privateTopics = false } = options;
    this.#world = new World(clock, botToken, this.botUsername, rateLimits, privateTopics);
    this.#queue = new UpdateQueue(() => clock.now());
    this.#webhook = new Webhook(
      this.#queue,
      () => clock.now(),
      async body => this.#door?.callFromWebhook(body),
    );
    for (const spec of options.people ?? DEFAULT_PEOPLE) this.addPerson(spec);
    for (const spec of options.groups ?? []) this.addGroup(spec);
  }

  async open(port: number): Promise<void> {
    const core = { world: this.#world, queue: this.#queue, webhook: this.#webhook };
    this.#door = await openDoor(port, core, this.#faults, record => this.#log(record));
  }

  get url(): string {
    if (!this.#door) throw new Error('the simulator is not open');
    return this.#door.url;
  }

  get botToken(): string {
    return this.#world.token;
  }

  get pings(): readonly Ping[] {
    return this.#world.pings;
  }

  get pendingUpdates(): number {
    return this.#queue.pending.length;
  }

  get lastDelivery(): Delivery | undefined {
    return this.#webhook.lastDelivery;
  }

  person(name: string): TelegramPerson {
    const found = this.people.find(person => person.name === name);
    if (!found) throw new Error(`nobody on this Telegram is called ${name}`);
    return found;
  }

  addPerson(spec: PersonSpec): TelegramPerson {
    const person = makePerson(this.#stage(), this.#world.addHuman(spec));
    this.people.push(person);
    this.#world.changed();
    return person;
  }

  addGroup(spec: GroupSpec): string {
    const chat = this.#world.addGroup(spec);
    this.#world.changed();
    return String(chat.id);
  }

  migrateGroup(chatId: string, by: string): string {
    const human = this.#world.humans.find(({ name }) => name === by);
    if (!human) throw new Error(`nobody on this Telegram is called ${by}`);
    return String(migrate(this.#stage(), human, this.#world.chatFor(chatId)).id);
  }

  revokeToken(): string {
    this.#world.token = `${this.#world.bot.id}:BBG-another-token-of-the-simulator-${this.#world.next()}`;
    this.#queue.end(undefined);
    return this.#world.token;
  }

  setBotRole(chatId: string, role: 'administrator' | 'member' | 'left'): void {
    setBotRole(this.#stage(), this.#world.chatFor(chatId), role);
  }

  setMember(chatId: string, name: string, role: 'administrator' | 'member' | 'left'): void {
    const chat = this.#world.chatFor(chatId);
    const id = Number(this.person(name).id);
    if (role === 'left') chat.members.delete(id);
    else chat.members.add(id);
    if (role === 'administrator') chat.admins.add(id);
    else chat.admins.delete(id);
    this.#world.changed();
  }

  changeTopic(place: string, change: 'close' | 'reopen' | 'delete'): void {
    const [chatId = '', topicId] = place.split('/');
    changeTopic(this.#stage(), this.#world.chatFor(chatId), Number(topicId), change);
  }

  reorderPending(): void {
    this.#queue.reverse();
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

  /** By webhook: posts the newest delivery again and gives the status. By polling: the newest given update comes once more with the next poll. */
  async redeliverLast(): Promise<number | undefined> {
    const last = this.#webhook.lastDelivery;
    if (this.#webhook.settings && last) {
      return (await this.#webhook.post(JSON.stringify(last.update), last.headers)).status;
    }
    this.#queue.replayLast();
    return undefined;
  }

  retryPending(): Promise<void> {
    return this.#webhook.retryPending();
  }

  idle(): Promise<void> {
    return this.#webhook.idle();
  }

  post(body: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; body: string }> {
    return this.#webhook.post(body, headers);
  }

  async stop(): Promise<void> {
    await this.#webhook.stop();
    await this.#door?.stop();
  }

  #stage(): Stage {
    return { world: this.#world, queue: this.#queue };
  }

  #log(record: RequestRecord): void {
    this.requests.push(record);
    if (this.requests.length > LOG_LIMIT) this.requests.splice(0, this.requests.length - LOG_LIMIT);
    for (const listener of this.#listeners) listener(record);
  }
}
