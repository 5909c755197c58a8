import type { GivenFile, Person, PlaceView, Screen } from '../model.ts';
import { editOwn, press, react, type Stage, setBlocked, type Writing, write } from './acts.ts';
import { sendDocument, sendFiles } from './files.ts';
import { screenOf } from './screen.ts';
import type { Chat, Human, Message } from './types.ts';

/** A person on the pretend Telegram; more than on every platform. */
export interface TelegramPerson extends Person {
  /** Addresses that link buttons opened, newest last. */
  readonly opened: readonly string[];
  /** Replies; with `omit` the client leaves `reply_to_message` out, as some do at the bot's newest message in a private chat. */
  repliesTo(messageId: string, text: string, how?: { readonly omit?: boolean }): Promise<string | undefined>;
  /** Presses Start, or follows a link with a payload (1-64 of A-Z a-z 0-9 _ -). Unblocks first when needed. */
  starts(payload?: string): Promise<string>;
  blocks(): Promise<void>;
  unblocks(): Promise<void>;
  /** Sends a file as a document, whatever is in it. */
  sendsDocument(name: string, bytes: Uint8Array, caption?: string, mime?: string): Promise<string>;
}

/** How long `sees` and `watches` wait by default, in milliseconds of real time (model.ts). */
const PATIENCE_MS = 8_000;

interface Spot {
  readonly chat: Chat;
  readonly threadId?: number;
}

/** Gives one human of the world hands and eyes. */
export function makePerson(stage: Stage, human: Human): TelegramPerson {
  return new PretendPerson(stage, human);
}

class PretendPerson implements TelegramPerson {
  readonly name: string;
  readonly platform = 'telegram';
  readonly role: 'customer' | 'staff';
  readonly id: string;
  readonly opened: string[] = [];
  readonly #stage: Stage;
  readonly #human: Human;
  #current: string;

  constructor(stage: Stage, human: Human) {
    this.#stage = stage;
    this.#human = human;
    this.name = human.name;
    this.role = human.role;
    this.id = String(human.user.id);
    this.#current = this.id;
  }

  async says(text: string, where?: string, files: readonly GivenFile[] = []): Promise<string | undefined> {
    const { chat, threadId } = this.#spot(where);
    const how = threadId === undefined ? {} : { threadId };
    if (files.length === 0) return this.#write(chat, text, how);
    const message = sendFiles(this.#stage, this.#human, chat, text, files, how);
    return message && String(message.id);
  }

  async repliesTo(
    messageId: string,
    text: string,
    how: { readonly omit?: boolean } = {},
  ): Promise<string | undefined> {
    const { chat, message } = this.#message(messageId);
    const { id: replyTo, threadId } = message;
    const replyOmitted = how.omit ?? false;
    return this.#write(chat, text, {
      replyTo,
      replyOmitted,
      ...(threadId === undefined ? {} : { threadId }),
    });
  }

  async starts(payload = ''): Promise<string> {
    if (!/^[\w-]{0,64}$/.test(payload))
      throw new Error(`a start payload has 1-64 of A-Z a-z 0-9 _ -, not ${payload}`);
    await this.unblocks();
    const id = this.#write(this.#own(), `/start ${payload}`, {});
    if (id === undefined) throw new Error('/start became no message');
    return id;
  }

  async edits(messageId: string, text: string): Promise<void> {
    const { chat, message } = this.#message(messageId);
    editOwn(this.#stage, this.#human, chat, message, text);
  }

  /** Takes a message away for everybody; Telegram tells bots nothing of it. */
  async deletes(messageId: string): Promise<void> {
    const { chat, message } = this.#message(messageId);
    if (message.from !== this.#human.user.id && chat.type !== 'private')
      throw new Error(`${this.name} did not write message ${messageId}`);
    this.#stage.world.remove(chat, message.id);
  }

  async reacts(messageId: string, emoji: string, on = true): Promise<void> {
    const { chat, message } = this.#message(messageId);
    react(this.#stage, this.#human, chat, message, on ? emoji : '');
  }

  async blocks(): Promise<void> {
    setBlocked(this.#stage, this.#human, this.#own(), true);
  }

  async unblocks(): Promise<void> {
    setBlocked(this.#stage, this.#human, this.#own(), false);
  }

  async sendsDocument(
    name: string,
    data: Uint8Array,
    caption = '',
    mime = 'application/octet-stream',
  ): Promise<string> {
    const { chat } = this.#spot();
    return String(sendDocument(this.#stage, this.#human, chat, caption, { name, data, mime }).id);
  }

  async presses(label: string, where?: string): Promise<void> {
    const place = this.#place(where);
    const all = place.messages.toReversed().flatMap(({ buttons }) => buttons);
    const button =
      all.find(candidate => candidate.label === label) ??
      all.find(candidate => candidate.label.includes(label));
    if (!button)
      throw new Error(`${this.name} sees no button "${label}" in ${place.title}:\n${this.#describe()}`);
    const [id = '', row, column] = button.id.split(':');
    const { chat, message } = this.#message(id, place.id);
    const { markup } = message;
    if (markup?.kind === 'reply') {
      await this.says(button.label, place.id);
      return;
    }
    const pressed = markup?.kind === 'inline' ? markup.rows[Number(row)]?.[Number(column)] : undefined;
    if (!pressed) throw new Error(`button ${button.id} is gone`);
    const address = press(this.#stage, this.#human, chat, message, pressed);
    if (address !== undefined) this.opened.push(address);
  }

  async fills(): Promise<void> {
    throw new Error('Telegram has no forms: no form is open');
  }

  async submits(): Promise<void> {
    throw new Error('Telegram has no forms: no form is open');
  }

  async dismisses(): Promise<void> {
    throw new Error('Telegram has no forms: no form is open');
  }

  async goes(where: string): Promise<void> {
    this.#current = this.#place(where).id;
    this.#stage.world.changed();
  }

  async sees(what: string | RegExp, where?: string, withinMs = PATIENCE_MS): Promise<string> {
    const matches = (text: string): boolean =>
      typeof what === 'string' ? text.includes(what) : new RegExp(what).test(text);
    const find = (): string | undefined => this.#visible(where).findLast(matches);
    await this.#until(() => find() !== undefined, `to see ${String(what)}`, withinMs);
    return find() ?? '';
  }

  async watches(
    what: (screen: Screen) => boolean,
    describe: string,
    withinMs = PATIENCE_MS,
  ): Promise<Screen> {
    let seen: Screen | undefined;
    const check = (): boolean => {
      const screen = this.screen();
      if (what(screen)) seen = screen;
      return seen !== undefined;
    };
    await this.#until(check, describe, withinMs);
    return seen ?? this.screen();
  }

  screen(): Screen {
    return screenOf(this.#stage.world, this.#human, this.#current);
  }

  #write(chat: Chat, text: string, how: Writing): string | undefined {
    const message = write(this.#stage, this.#human, chat, text, how);
    return message === undefined ? undefined : String(message.id);
  }

  /** All texts in front of the person, oldest first; alerts come last. A place that is not there yet shows nothing. */
  #visible(where?: string): string[] {
    const screen = this.screen();
    const place = where === undefined ? undefined : findPlace(screen.places, where);
    const places = where === undefined ? screen.places : place ? [place] : [];
    const texts = places.flatMap(({ title, messages }) => [title, ...messages.map(({ text }) => text)]);
    return where === undefined ? [...texts, ...screen.alerts] : texts;
  }

  #place(where = this.#current): PlaceView {
    const place = findPlace(this.screen().places, where);
    if (!place) throw new Error(`${this.name} sees no place "${where}":\n${this.#describe()}`);
    return place;
  }

  #spot(where?: string): Spot {
    const [chatId, threadId] = this.#place(where).id.split('/');
    const chat = this.#chat(Number(chatId));
    const closed = chat.topics.get(Number(threadId))?.closed ?? false;
    if (closed && !chat.admins.has(this.#human.user.id))
      throw new Error(`the topic is closed: ${this.name} cannot write in it`);
    return threadId === undefined ? { chat } : { chat, threadId: Number(threadId) };
  }

  #own(): Chat {
    return this.#chat(this.#human.user.id);
  }

  #chat(id: number): Chat {
    const chat = this.#stage.world.chats.get(id);
    if (!chat) throw new Error(`there is no chat ${id}`);
    return chat;
  }

  /** A message by its id: in the named or current place first, then anywhere the person is. */
  #message(messageId: string, where?: string): { readonly chat: Chat; readonly message: Message } {
    const { world } = this.#stage;
    const first = this.#spot(where).chat;
    const mine = [...world.chats.values()].filter(chat => chat.members.has(this.#human.user.id));
    for (const chat of [first, ...mine]) {
      const message = world.message(chat, Number(messageId));
      if (message) return { chat, message };
    }
    throw new Error(`${this.name} sees no message ${messageId}:\n${this.#describe()}`);
  }

  #until(check: () => boolean, describe: string, withinMs: number): Promise<void> {
    if (check()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = this.#stage.world.onChange(() => {
        if (!check()) return;
        finish();
        resolve();
      });
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`${this.name} waited ${withinMs} ms ${describe}, and saw:\n${this.#describe()}`));
      }, withinMs);
      const finish = (): void => {
        clearTimeout(timer);
        stop();
      };
    });
  }

  #describe(): string {
    const { places, alerts } = this.screen();
    const lines = places.flatMap(({ title, messages }) => [
      `# ${title}`,
      ...messages.map(
        ({ author, text, buttons }) =>
          `${author}: ${text} ${buttons.map(({ label }) => `[${label}]`).join(' ')}`,
      ),
    ]);
    return [...lines, ...alerts.map(alert => `! ${alert}`)].join('\n');
  }
}

/** A place by its id, its title, or a fragment of its title, in this order. */
function findPlace(places: readonly PlaceView[], wanted: string): PlaceView | undefined {
  return (
    places.find(({ id }) => id === wanted) ??
    places.find(({ title }) => title === wanted) ??
    places.find(({ title }) => title.includes(wanted))
  );
}
