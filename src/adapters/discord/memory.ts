/** A map that forgets what was not touched for longest. */
export class Lru<V> {
  readonly #entries = new Map<string, V>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#max) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}

/** A channel that is no thread. */
export interface Room {
  readonly name: string;
  readonly type: number;
  /** Nothing in it is denied to everyone that asking for a ticket takes. */
  readonly isOpen?: boolean;
}

/** Where a message of ours was seen, over the gateway or in an answer. */
export interface Echo {
  readonly address: string;
  readonly ref: string;
}

/** The tags of the forum as last read, by their names in lower case; shared by posts that are opened at once. */
export interface DeskTags {
  readonly ids: Promise<ReadonlyMap<string, string>>;
  readonly vocabulary: string;
}

/**
 * What the adapter remembers of Discord between calls. All of it can be lost without harm: each entry only saves a
 * request, or makes a look-up surer.
 */
export class Memory {
  /** The bot's own user id, once known. */
  self: string | undefined;
  /** Names and types of the guild's channels that are no threads. */
  readonly channels = new Map<string, Room>();
  readonly roles = new Map<string, string>();
  /** Nonce → our message with it: the platform tells nonces only at creation and over the gateway. */
  readonly #echoes = new Lru<Echo>(10_000);
  /** Our messages whose nonce is known. */
  readonly #echoed = new Lru<true>(10_000);
  /** `near mark` → a thread that was created but has no first message yet. */
  readonly emptyThreads = new Lru<string>(1000);
  /** Desk post → the tags that were last set on it. */
  readonly appliedTags = new Lru<string>(10_000);
  /** Message → the mark that was last put on it. */
  readonly marks = new Lru<string>(10_000);
  /** False where Discord does not let the bot read what people write in the server (no Message Content intent). */
  readsContent = true;
  /** The server's threads that are not archived. */
  readonly active = new Set<string>();
  /** Person or place → the language to speak there. */
  readonly locales = new Lru<string>(10_000);
  /** What was said in a window → the message that shows it. */
  readonly shown = new Lru<string>(10_000);
  /** Person → their chat with the bot. */
  readonly chats = new Lru<string>(10_000);
  /** Messages of ours that the desk itself took back: that they are gone is no news. */
  readonly removed = new Lru<true>(1000);
  tags: DeskTags | undefined;

  /** A message of ours was seen with its nonce. */
  heard(nonce: string, echo: Echo): void {
    this.#echoes.set(nonce, echo);
    this.#echoed.set(echo.ref, true);
  }

  /** Our message with this nonce, if it was seen. */
  echoOf(nonce: string): Echo | undefined {
    return this.#echoes.get(nonce);
  }

  /** True when it is known which nonce this message of ours has. */
  isEcho(ref: string): boolean {
    return this.#echoed.get(ref) === true;
  }
}
