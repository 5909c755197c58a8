import type { Update, UpdateQueue } from './updates.ts';
import { seconds, type Wire } from './wire.ts';

/** One attempt to deliver an update. */
export interface Delivery {
  readonly update: Wire;
  readonly headers: Readonly<Record<string, string>>;
  /** What the desk answered; 0 when there was no answer. */
  readonly status: number;
  readonly body: string;
}

/** Where and how updates are sent. */
export interface WebhookSettings {
  readonly url: string;
  readonly secret: string;
  readonly maxConnections: number;
}

/** How long the platform waits for an answer. Not published; a minute of real time. */
const ANSWER_MS = 60_000;
/** First pause after a failed delivery, doubled up to the longest (telegram-bot-api, WebhookActor). Real milliseconds. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Sends updates to the desk: each chat in order, different chats side by side; a failed one holds its own chat back until it went through. */
export class Webhook {
  settings: WebhookSettings | undefined;
  lastDelivery: Delivery | undefined;
  #lastError: { readonly at: number; readonly message: string } | undefined;
  readonly #queue: UpdateQueue;
  readonly #now: () => number;
  readonly #onAnswer: (body: string) => Promise<void>;
  readonly #busy = new Map<number, Promise<void>>();
  readonly #pauses = new Map<number, { readonly timer: NodeJS.Timeout; readonly ms: number }>();
  readonly #stop = new AbortController();

  constructor(queue: UpdateQueue, now: () => number, onAnswer: (body: string) => Promise<void>) {
    this.#queue = queue;
    this.#now = now;
    this.#onAnswer = onAnswer;
    queue.onUpdate = () => this.pump();
  }

  /** Starts deliveries for every chat that has updates waiting and none on its way. */
  pump(): void {
    if (!this.settings || this.#stop.signal.aborted) return;
    for (const lane of new Set(this.#queue.pending.map(update => update.lane))) {
      if (this.#busy.has(lane) || this.#pauses.has(lane)) continue;
      this.#busy.set(lane, this.#drain(lane));
    }
  }

  /** Tries everything that failed again now, and resolves when no delivery is on its way. */
  async retryPending(): Promise<void> {
    for (const { timer } of this.#pauses.values()) clearTimeout(timer);
    this.#pauses.clear();
    this.pump();
    await this.idle();
  }

  /** Resolves when no delivery is on its way (failed ones may be waiting). */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  /** Posts to the desk's address as the platform would, without touching the queue. */
  async post(
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: string }> {
    if (!this.settings) throw new Error('no webhook is set');
    const response = await fetch(this.settings.url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    return { status: response.status, body: await response.text() };
  }

  headers(): Record<string, string> {
    const secret = this.settings?.secret ?? '';
    return {
      'content-type': 'application/json',
      ...(secret === '' ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    };
  }

  /** The fields of WebhookInfo. */
  info(): Wire {
    const { settings } = this;
    const error = this.#lastError;
    return {
      url: settings?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.#queue.pending.length,
      ...(settings ? { max_connections: settings.maxConnections, ip_address: '127.0.0.1' } : {}),
      ...(error && settings ? { last_error_date: seconds(error.at), last_error_message: error.message } : {}),
      ...(this.#queue.allowed.length > 0 ? { allowed_updates: this.#queue.allowed } : {}),
    };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    for (const { timer } of this.#pauses.values()) clearTimeout(timer);
    this.#pauses.clear();
    await this.idle();
  }

  async #drain(lane: number): Promise<void> {
    let pause = 0;
    for (;;) {
      const update = this.#queue.pending.find(candidate => candidate.lane === lane);
      if (!update || !this.settings || this.#stop.signal.aborted) break;
      if (await this.#deliver(update)) {
        pause = 0;
        this.#queue.done(update);
      } else {
        pause = Math.min(Math.max(FIRST_PAUSE_MS, (this.#failures.get(lane) ?? 0) * 2), LONGEST_PAUSE_MS);
        break;
      }
    }
    this.#busy.delete(lane);
    this.#rest(lane, pause);
  }

  readonly #failures = new Map<number, number>();

  #rest(lane: number, ms: number): void {
    this.#failures.set(lane, ms);
    if (ms === 0 || this.#stop.signal.aborted) return;
    const again = (): void => {
      this.#pauses.delete(lane);
      this.pump();
    };
    const timer = setTimeout(again, ms);
    timer.unref();
    this.#pauses.set(lane, { timer, ms });
  }

  async #deliver(update: Update): Promise<boolean> {
    const headers = this.headers();
    this.#queue.lastGiven = update;
    try {
      const answer = await this.post(JSON.stringify(update.body), headers);
      this.lastDelivery = { update: update.body, headers, ...answer };
      if (answer.status >= 200 && answer.status < 300) {
        await this.#onAnswer(answer.body);
        return true;
      }
      this.#lastError = { at: this.#now(), message: `Wrong response from the webhook: ${answer.status}` };
    } catch (cause) {
      this.lastDelivery = { update: update.body, headers, status: 0, body: '' };
      this.#lastError = { at: this.#now(), message: cause instanceof Error ? cause.message : String(cause) };
    }
    return false;
  }
}
