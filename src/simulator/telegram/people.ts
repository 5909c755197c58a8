import { describeScreen, findPlace, PATIENCE_MS, waitToSee, waitUntil } from '../looking.ts';
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
      throw new Error(
        `${this.name} sees no button "${label}" in ${place.title}:\n${describeScreen(this.screen())}`,
      );
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

  sees(what: string | RegExp, where?: string, withinMs = PATIENCE_MS): Promise<string> {
    return waitToSee(this, what, where, withinMs);
  }

  watches(what: (screen: Screen) => boolean, describe: string, withinMs = PATIENCE_MS): Promise<Screen> {
    return waitUntil(this, what, describe, withinMs);
  }

  onChange(listener: () => void): () => void {
    return this.#stage.world.onChange(listener);
  }

  screen(): Screen {
    return screenOf(this.#stage.world, this.#human, this.#current);
  }

  #write(chat: Chat, text: string, how: Writing): string | undefined {
    const message = write(this.#stage, this.#human, chat, text, how);
    return message === undefined ? undefined : String(message.id);
  }

  #place(where = this.#current): PlaceView {
    const place = findPlace(this.screen().places, where);
    if (!place) throw new Error(`${this.name} sees no place "${where}":\n${describeScreen(this.screen())}`);
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
    throw new Error(`${this.name} sees no message ${messageId}:\n${describeScreen(this.screen())}`);
  }
}
