/** Messages whose topic, or whose echoed reaction, is remembered. Reactions on older ones are not told. */
const REMEMBERED = 20_000;

/** A map that forgets the oldest. */
export class Recent<T> {
  readonly #values = new Map<string, T>();

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: T): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= REMEMBERED) return;
    const [oldest] = this.#values.keys();
    if (oldest !== undefined) this.#values.delete(oldest);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}

/** What the adapter learns while it runs; all of it can be lost. */
export interface Memory {
  /** The bot's own name, once it is connected. */
  username?: string;
  /** Each ticket has a topic of its own in its person's chat. Undefined while that is not known. */
  privateTopics?: boolean;
  /** The desk's group, once Telegram said that it was upgraded. */
  movedTo?: number;
  /** `chat:message` → its topic: reactions come without it. */
  readonly threads: Recent<number>;
  /** `chat:message` → the emoji that the bot shows on it. */
  readonly shown: Recent<string>;
  /** `chat:message` → the mark that says what became of it: it comes back when a reaction over it goes. */
  readonly marks: Recent<string>;
  /** What a topic was made for → the topic, while its first message is not in it. */
  readonly made: Recent<number>;
  /** The topic's address → it is closed, or it is open. */
  readonly closed: Recent<boolean>;
}

/** Nothing learnt yet. */
export function createMemory(): Memory {
  return {
    threads: new Recent(),
    shown: new Recent(),
    marks: new Recent(),
    made: new Recent(),
    closed: new Recent(),
  };
}

/** The key of a message in a chat. */
export function messageKey(chatId: number, messageId: number): string {
  return `${chatId}:${messageId}`;
}
