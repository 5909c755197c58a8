import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Answer, Frame, Line } from './types.ts';

/** What a browser in front of the site is: where it comes from, and what it shows to be let in. */
export interface ClientParts {
  /** The desk, without a slash at the end. */
  desk(): string;
  readonly origin: string;
  readonly lang: string;
  /** A token of the site; undefined for a visitor. */
  token(): string | undefined;
  changed(): void;
}

const AGAIN_MS = 100;
const ANSWER_MS = 10_000;
/** A desk that is there lets a bubble in within this, in ms of real time; it comes after a restart of some seconds. */
const STAND_MS = 15_000;

/** One bubble as the desk sees it: the wire of the real one, without a screen. */
export class Client {
  readonly lines = new Map<number, Line>();
  /** Written, and not safe at the desk yet. */
  readonly unsent = new Map<
    string,
    { readonly text: string; readonly files: readonly { id: string; name: string }[] }
  >();
  readonly alerts: string[] = [];
  readonly #parts: ClientParts;
  readonly #waiting = new Map<string, (answer: Answer | undefined) => void>();
  readonly #acks = new Map<string, (ref: number) => void>();
  #secret: string | undefined;
  #socket: WebSocket | undefined;
  #connecting: Promise<void> | undefined;
  #again: NodeJS.Timeout | undefined;
  /** What is under way: the next goes when it is safe. */
  #sending: string | undefined;
  #after = 0;
  #up: PromiseWithResolvers<void> = Promise.withResolvers();
  #isUp = false;
  #away = false;
  #ended = false;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** The newest change that has come; -1 while it is not there. */
  get after(): number {
    return this.#isUp ? this.#after : -1;
  }

  /** A bubble that is there, and has all that was said. */
  async stands(): Promise<void> {
    if (this.#isUp) return;
    await this.#connect();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error('the desk does not let the bubble in')), STAND_MS);
    await Promise.race([this.#up.promise, late.promise]).finally(() => clearTimeout(timer));
  }

  leave(): void {
    this.#away = true;
    clearTimeout(this.#again);
    this.#socket?.terminate();
  }

  async return(): Promise<void> {
    this.#away = false;
    await this.stands();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#again);
    this.#socket?.terminate();
  }

  /** Writes something. Resolves with its ref once the desk has it; at once, with nothing, while there is no connection. */
  async say(text: string, files: readonly { id: string; name: string }[] = []): Promise<string | undefined> {
    const key = newKey();
    this.unsent.set(key, { text, files });
    this.#parts.changed();
    if (this.#away) return undefined;
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#acks.set(key, resolve);
    await this.stands();
    this.#sendNext();
    return String(await promise);
  }

  async press(
    action: string,
    of: { readonly ref?: number; readonly values?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer | undefined> {
    return this.#ask({ t: 'press', key: newKey(), action, ...of });
  }

  async read(): Promise<void> {
    await this.stands();
    this.#socket?.send(JSON.stringify({ t: 'seen', seq: this.#after }));
  }

  async submit(
    page: string,
    draft: string,
    values: Readonly<Record<string, string>>,
  ): Promise<Answer | undefined> {
    return this.#ask({ t: 'submit', key: newKey(), page, draft, values });
  }

  async upload(name: string, bytes: Uint8Array): Promise<{ id: string; name: string }> {
    await this.stands();
    const answer = await this.#fetch('/chat/files', { method: 'POST', body: Uint8Array.from(bytes) });
    if (answer.status !== 201) throw new Error(`the desk did not take the file: ${answer.status}`);
    const { id } = (await answer.json()) as { id: string };
    return { id, name };
  }

  /** The same as `say`, as a request. */
  async post(text: string, files: readonly { id: string; name: string }[] = []): Promise<void> {
    await this.#admit();
    const answer = await this.#fetch('/chat/do', {
      method: 'POST',
      body: JSON.stringify({ t: 'say', key: newKey(), text, files }),
    });
    if (!answer.ok) throw new Error(`the desk did not take it: ${answer.status}`);
  }

  #shown(): string {
    return this.#parts.token() ?? this.#secret ?? '';
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = { origin: this.#parts.origin, authorization: `Bearer ${this.#shown()}` };
    return fetch(`${this.#parts.desk()}${path}`, { ...init, headers });
  }

  async #admit(): Promise<void> {
    if (this.#shown() !== '') return;
    const answer = await this.#fetch('/chat/session', { method: 'POST', body: '{}' });
    if (answer.status !== 201) throw new Error(`the desk did not begin a chat: ${answer.status}`);
    this.#secret = ((await answer.json()) as { secret: string }).secret;
  }

  /** One connection at a time. */
  #connect(): Promise<void> {
    clearTimeout(this.#again);
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #open(): Promise<void> {
    if (this.#socket !== undefined) return;
    await this.#admit();
    if (this.#away || this.#ended) return;
    const socket = new WebSocket(`${this.#parts.desk().replace(/^http/, 'ws')}/chat/live`, {
      origin: this.#parts.origin,
    });
    this.#socket = socket;
    socket.on('open', () =>
      socket.send(
        JSON.stringify({ t: 'hello', shown: this.#shown(), after: this.#after, lang: this.#parts.lang }),
      ),
    );
    socket.on('message', data => this.#heard(JSON.parse(String(data)) as Frame));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#socket = undefined;
      if (this.#isUp) this.#up = Promise.withResolvers();
      this.#isUp = false;
      this.#sending = undefined;
      for (const settle of this.#waiting.values()) settle(undefined);
      this.#waiting.clear();
      if (this.#away || this.#ended) return;
      this.#again = setTimeout(() => void this.#connect().catch(() => undefined), AGAIN_MS);
    });
  }

  #heard(frame: Frame): void {
    switch (frame.t) {
      case 'line':
        this.#after = Math.max(this.#after, frame.seq);
        this.lines.set(frame.ref, frame);
        if (frame.key !== undefined) this.#safe(frame.key, frame.ref);
        break;
      case 'ready':
        this.#isUp = true;
        this.#up.resolve();
        this.#sendNext();
        break;
      case 'ack':
        this.#safe(frame.key, frame.ref);
        break;
      case 'answer':
        this.#waiting.get(frame.key)?.(frame.answer);
        this.#waiting.delete(frame.key);
        break;
      case 'writing':
        this.alerts.push('Somebody is writing');
        break;
      case 'no':
        this.#no(frame);
        break;
      default:
    }
    this.#parts.changed();
  }

  #no({ why, key, afterMs = AGAIN_MS }: Extract<Frame, { t: 'no' }>): void {
    if (key !== undefined && (why === 'later' || why === 'slower')) {
      setTimeout(() => {
        if (this.#sending === key) this.#sending = undefined;
        this.#sendNext();
      }, afterMs);
      return;
    }
    this.alerts.push(why);
    if (key === undefined) return;
    this.unsent.delete(key);
    this.#waiting.get(key)?.(undefined);
    if (this.#sending === key) this.#sending = undefined;
    this.#sendNext();
  }

  /** It stands in the chat: the desk has it. */
  #safe(key: string, ref: number): void {
    this.unsent.delete(key);
    this.#acks.get(key)?.(ref);
    this.#acks.delete(key);
    if (this.#sending === key) this.#sending = undefined;
    this.#sendNext();
  }

  /** The oldest that is not safe yet, unless one is under way. */
  #sendNext(): void {
    const [next] = this.unsent;
    if (next === undefined || this.#sending !== undefined || !this.#isUp) return;
    const [key, one] = next;
    this.#sending = key;
    this.#socket?.send(JSON.stringify({ t: 'say', key, ...one }));
  }

  async #ask(
    deed: { readonly key: string; readonly t: string } & Readonly<Record<string, unknown>>,
  ): Promise<Answer | undefined> {
    await this.stands();
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    this.#waiting.set(deed.key, resolve);
    const late = setTimeout(() => resolve(undefined), ANSWER_MS);
    this.#socket?.send(JSON.stringify(deed));
    return promise.finally(() => clearTimeout(late));
  }
}

function newKey(): string {
  return randomBytes(12).toString('hex');
}
