import type { Obj } from './json.ts';
import { signed } from './sign.ts';
import type { EnvelopeType, SocketMode } from './socket.ts';
import { type Delivery, type DeskAnswer, postTo } from './transport.ts';
import type { World } from './world.ts';

// A failed event is sent three times more: nearly at once, after one minute, after five:
// https://docs.slack.dev/apis/events-api/#retries
const RETRY_AFTER_MS = [0, 60_000, 300_000];

interface Pending {
  readonly body: Obj;
  readonly attempt: number;
  readonly reason: string;
  readonly dueAt: number;
}

/** The way from the platform to the desk: signed HTTP, or Socket Mode where that is on. */
export class Desk {
  requestUrl: string | undefined;
  lastDelivery: Delivery | undefined;
  readonly #world: World;
  readonly #socket: SocketMode | undefined;
  readonly #answerMs: number;
  readonly #running = new Set<Promise<unknown>>();
  #pending: Pending[] = [];
  #lastEvent: Obj | undefined;

  constructor(world: World, socket: SocketMode | undefined, answerMs: number, requestUrl?: string) {
    this.#world = world;
    this.#socket = socket;
    this.#answerMs = answerMs;
    this.requestUrl = requestUrl;
  }

  /** Signs any body as the platform would, now or at another time. */
  sign(body: string, seconds = Math.floor(this.#world.clock.now() / 1000)): Record<string, string> {
    return signed(body, this.#world.app.signingSecret, seconds);
  }

  /** Posts any body with any headers to the desk. */
  async post(body: string, headers: Readonly<Record<string, string>>): Promise<DeskAnswer> {
    if (this.requestUrl === undefined) return { kind: 'unreachable' };
    this.lastDelivery = { headers, body };
    return postTo(this.requestUrl, this.lastDelivery, this.#answerMs);
  }

  /** Sends an event without waiting; a failed one is retried by Slack's rule. */
  event(event: Obj): void {
    this.#lastEvent = this.#wrapped(event);
    this.background(this.#attempt(this.#lastEvent, 0, ''));
  }

  /** Sends an interaction and waits for the answer. */
  interact(payload: Obj): Promise<DeskAnswer> {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    return this.#send('interactive', payload, body, {}, {});
  }

  /** Sends a slash command and waits for the answer. */
  command(fields: Readonly<Record<string, string>>): Promise<DeskAnswer> {
    return this.#send('slash_commands', fields, new URLSearchParams(fields).toString(), {}, {});
  }

  /** Sends the retries whose time has come on the clock; returns what the desk answered to each (0: nothing). */
  async retryPending(): Promise<number[]> {
    const now = this.#world.clock.now();
    const due = this.#pending.filter(({ dueAt }) => dueAt <= now);
    this.#pending = this.#pending.filter(({ dueAt }) => dueAt > now);
    const statuses: number[] = [];
    for (const { body, attempt, reason } of due) statuses.push(await this.#attempt(body, attempt, reason));
    return statuses;
  }

  /** Retries that wait for their time. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Sends the last event again, as after a lost answer. */
  async redeliverLast(): Promise<number | undefined> {
    if (!this.#lastEvent) return undefined;
    const answer = await this.#sendEvent(this.#lastEvent, 1, 'http_timeout');
    return answer.kind === 'answered' ? answer.status : undefined;
  }

  /** Asks the desk to prove that the URL is its own; true when it echoed the challenge. */
  async verifyUrl(): Promise<boolean> {
    const challenge = `challenge-${this.#world.hex(24)}`;
    const token = this.#world.app.verificationToken;
    const body = JSON.stringify({ token, challenge, type: 'url_verification' });
    const answer = await this.post(body, this.sign(body));
    return answer.kind === 'answered' && answer.status === 200 && answer.body.includes(challenge);
  }

  /** Remembers background work so that `settled` can wait for it. */
  background(work: Promise<unknown>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Resolves when nothing is on its way to the desk any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running]);
  }

  #wrapped(event: Obj): Obj {
    const { app } = this.#world;
    return {
      token: app.verificationToken,
      team_id: app.teamId,
      context_team_id: app.teamId,
      context_enterprise_id: null,
      api_app_id: app.appId,
      event,
      type: 'event_callback',
      event_id: this.#world.id('Ev'),
      event_time: Math.floor(this.#world.clock.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: app.teamId,
          user_id: app.botUser,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    };
  }

  #sendEvent(body: Obj, attempt: number, reason: string): Promise<DeskAnswer> {
    const retry = { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason };
    const extra = { retry_attempt: attempt, retry_reason: reason };
    return this.#send('events_api', body, JSON.stringify(body), attempt === 0 ? {} : retry, extra);
  }

  async #attempt(body: Obj, attempt: number, reason: string): Promise<number> {
    if (!this.#socket && this.requestUrl === undefined) return 0;
    const answer = await this.#sendEvent(body, attempt, reason);
    const status = answer.kind === 'answered' ? answer.status : 0;
    const ok = status >= 200 && status < 300;
    const wait = RETRY_AFTER_MS[attempt];
    if (ok || wait === undefined || (answer.kind === 'answered' && answer.noRetry)) return status;
    const why =
      answer.kind === 'timeout'
        ? 'http_timeout'
        : answer.kind === 'unreachable'
          ? 'connection_failed'
          : 'http_error';
    if (wait === 0) return this.#attempt(body, attempt + 1, why);
    const dueAt = this.#world.clock.now() + wait;
    this.#pending.push({ body, attempt: attempt + 1, reason: why, dueAt });
    return status;
  }

  #send(
    type: EnvelopeType,
    payload: Obj,
    body: string,
    headers: Readonly<Record<string, string>>,
    extra: Obj,
  ): Promise<DeskAnswer> {
    if (!this.#socket) return this.post(body, { ...this.sign(body), ...headers });
    this.lastDelivery = { headers, body };
    const id = `${this.#world.hex(8)}-5100-4000-8000-${this.#world.hex(12)}`;
    return this.#socket.send(id, type, payload, extra, this.#answerMs);
  }
}
