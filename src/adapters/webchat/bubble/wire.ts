/** The way to the desk: a WebSocket; where that does not come about, an event stream and requests. It comes back by itself. */
import type { AnswerFrame, Deed, DeskFrame } from '../protocol.ts';
import { newKey } from './dom.ts';
import { doWork } from './work.ts';

/** What the wire tells. */
export interface WireParts {
  /** Where the desk is, without a slash at the end. */
  readonly base: string;
  readonly lang: string;
  /** What to show to be let in; undefined while there is nothing. */
  shown(): string | undefined;
  /** The newest change that was seen. */
  after(): number;
  frame(frame: DeskFrame): void;
  /** `up`: all that stood there is here; `down`: nothing comes or goes at the moment. */
  state(state: 'up' | 'down'): void;
  /** The desk wants some work first, which may take a moment. */
  working(): void;
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** Tries of a WebSocket that never stood before the other way is taken, and how long that is kept, in ms. */
const TRIES = 2;
const OTHER_MS = 300_000;
const ANSWER_MS = 20_000;

/** The wire as the rest of the bubble knows it. */
export class Wire {
  readonly #parts: WireParts;
  /** What was sent, by its key, and who waits for what comes of it. */
  readonly #waiting = new Map<string, (frame: DeskFrame | undefined) => void>();
  #socket: WebSocket | undefined;
  #stream: AbortController | undefined;
  #up = false;
  #failures = 0;
  #never = 0;
  #otherUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: WireParts) {
    this.#parts = parts;
    addEventListener('online', () => {
      this.#failures = 0;
      if (!this.#up) this.restart();
    });
    addEventListener('offline', () => {
      this.#drop();
      parts.state('down');
    });
  }

  get isUp(): boolean {
    return this.#up;
  }

  /** Connects if there is anything to show; does nothing when it is connected. */
  start(): void {
    clearTimeout(this.#timer);
    const shown = this.#parts.shown();
    if (shown === undefined || this.#socket !== undefined || this.#stream !== undefined) return;
    if (Date.now() < this.#otherUntil) void this.#follow(shown);
    else this.#connect(shown);
  }

  /** Ends what stands, and begins anew with what is to be shown now. */
  restart(): void {
    this.#drop();
    this.start();
  }

  /** Sends a deed. False when it could not be sent now. */
  async send(deed: Deed): Promise<boolean> {
    if (!this.#up) return false;
    if (this.#socket === undefined) return this.#post(deed);
    if (this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(deed));
    return true;
  }

  /** Sends a press or a form, and waits for what comes of it; undefined when nothing does. */
  async ask(deed: Extract<Deed, { t: 'press' | 'submit' }>): Promise<AnswerFrame | undefined> {
    const frame = await this.say(deed);
    return frame?.t === 'answer' ? frame.answer : undefined;
  }

  /** Sends a deed, and waits for the first frame about it; undefined when none comes. */
  async say(deed: Exclude<Deed, { t: 'seen' }>): Promise<DeskFrame | undefined> {
    const { promise, resolve } = Promise.withResolvers<DeskFrame | undefined>();
    this.#waiting.set(deed.key, resolve);
    const late = setTimeout(() => this.#settle(deed.key, undefined), ANSWER_MS);
    if (!(await this.send(deed))) this.#settle(deed.key, undefined);
    return promise.finally(() => clearTimeout(late));
  }

  /** A new chat: the visitor's secret. Rejects while the desk cannot be reached. */
  async begin(): Promise<string> {
    let done: unknown;
    for (let tries = 0; tries < 3; tries += 1) {
      const answer = await this.#request('/chat/session', { body: JSON.stringify({ done }) });
      const { secret, task } = (await answer.json()) as {
        secret?: string;
        task?: { salt: string; bits: number };
      };
      if (secret !== undefined) return secret;
      if (task === undefined) break;
      this.#parts.working();
      done = await doWork(task);
    }
    throw new Error('no chat');
  }

  /** Brings a file. Rejects when that does not work. */
  async upload(file: File): Promise<{ readonly id: string; readonly name: string }> {
    const answer = await this.#request('/chat/files', { body: file });
    if (answer.status !== 201) throw new Error(String(answer.status));
    const { id } = (await answer.json()) as { id: string };
    return { id, name: (file.name || newKey()).slice(0, 255) };
  }

  #request(path: string, init: RequestInit): Promise<Response> {
    const shown = this.#parts.shown();
    const headers: Record<string, string> = shown === undefined ? {} : { authorization: `Bearer ${shown}` };
    return fetch(this.#parts.base + path, { method: 'POST', ...init, headers });
  }

  #connect(shown: string): void {
    const { base, lang, after } = this.#parts;
    const opened = new WebSocket(`${base.replace(/^http/, 'ws')}/chat/live`);
    this.#socket = opened;
    let stood = false;
    opened.addEventListener('open', () => {
      stood = true;
      opened.send(JSON.stringify({ t: 'hello', shown, after: after(), lang }));
    });
    opened.addEventListener('message', event => {
      if (this.#socket === opened) this.#heard(JSON.parse(String(event.data)) as DeskFrame);
    });
    opened.addEventListener('close', () => {
      if (this.#socket !== opened) return;
      if (!stood) this.#never += 1;
      if (this.#never >= TRIES) this.#otherUntil = Date.now() + OTHER_MS;
      this.#lost();
    });
  }

  /** `fetch` and not `EventSource`: what lets somebody in does not belong into an address. */
  async #follow(shown: string): Promise<void> {
    const ended = new AbortController();
    this.#stream = ended;
    try {
      const { base, lang, after } = this.#parts;
      const answer = await fetch(`${base}/chat/stream?after=${after()}&lang=${lang}`, {
        headers: { authorization: `Bearer ${shown}` },
        signal: ended.signal,
      });
      if (answer.status === 401) this.#parts.frame((await answer.json()) as DeskFrame);
      else if (answer.ok && answer.body !== null) await this.#read(answer.body, ended);
    } catch {
      // It is tried again like one that has ended.
    }
    if (this.#stream === ended) this.#lost();
  }

  async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>, stream: AbortController): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value = '' } = await reader.read();
      if (done || this.#stream !== stream) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks)
        if (block.startsWith('data: ')) this.#heard(JSON.parse(block.slice(6)) as DeskFrame);
    }
  }

  async #post(deed: Deed): Promise<boolean> {
    const path = `/chat/do?lang=${this.#parts.lang}`;
    const stream = this.#stream;
    const answer = await this.#request(path, { body: JSON.stringify(deed) }).catch(() => undefined);
    const frame = (await answer?.json().catch(() => ({}))) as Partial<DeskFrame> | undefined;
    // Whoever is here now may be somebody else, whom the answer does not concern.
    if (answer === undefined || this.#stream !== stream) return false;
    if (frame?.t !== undefined) this.#heard(frame as DeskFrame);
    return answer.ok;
  }

  #heard(frame: DeskFrame): void {
    if (frame.t === 'ready') {
      this.#up = true;
      this.#failures = 0;
      this.#never = 0;
    }
    this.#parts.frame(frame);
    if ('key' in frame && frame.key !== undefined) this.#settle(frame.key, frame);
    if (frame.t === 'ready') this.#parts.state('up');
  }

  #settle(key: string, frame: DeskFrame | undefined): void {
    this.#waiting.get(key)?.(frame);
    this.#waiting.delete(key);
  }

  /** Lets go of what stands: nothing more is heard of it. */
  #drop(): void {
    const [old, older] = [this.#socket, this.#stream];
    this.#socket = undefined;
    this.#stream = undefined;
    this.#up = false;
    old?.close();
    older?.abort();
    for (const key of [...this.#waiting.keys()]) this.#settle(key, undefined);
  }

  #lost(): void {
    const stood = this.#up;
    this.#drop();
    this.#failures += 1;
    if (stood || this.#failures === 3) this.#parts.state('down');
    const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.#failures - 1));
    this.#timer = setTimeout(() => this.start(), wait / 2 + (Math.random() * wait) / 2);
  }
}
