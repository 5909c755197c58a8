import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Sink } from '../../core/index.ts';
import { backoff } from '../../core/index.ts';
import type { Dispatching } from './dispatch.ts';
import { dispatch } from './dispatch.ts';
import { whyOf } from './errors.ts';
import { GuardedStrategy, SessionStore } from './gateway.ts';
import { Lanes } from './lanes.ts';
import { read } from './payloads.ts';
import { registerCommands } from './register.ts';

const INTENTS =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.GuildMessageTyping |
  GatewayIntentBits.DirectMessages |
  GatewayIntentBits.DirectMessageReactions |
  GatewayIntentBits.MessageContent;

/** How long the start-up waits for Discord, milliseconds. */
const READY_WITHIN_MS = 10_000;
/** First and longest wait between attempts to reach Discord at all, milliseconds. */
const PAUSES_MS = [1_000, 60_000] as const;
/** Wait before a shard that cannot go on is built anew, milliseconds. */
const ANEW_MS = 5_000;
/** Wait after Discord has refused the token, the intents or the shard: each try costs one of 1,000 IDENTIFYs a day. Milliseconds. */
const REFUSED_MS = 300_000;
/** Disallowed intents: the one that needs an allowance is Message Content. */
const DISALLOWED = 4014;
/** Close codes after which the SDK stops (Gateway close codes: authentication failed, invalid shard … disallowed intents). */
const REFUSALS: ReadonlySet<number> = new Set([4004, 4010, 4011, 4012, 4013, 4014]);

/** All that listening needs but the sink. */
export type Listening = Omit<Dispatching, 'sink' | 'lanes' | 'applicationId'>;

/** Connects to the gateway and stays connected until stopped. Resolves when ready, or after 10 s with a warning while it goes on trying. */
export async function listen(
  parts: Listening,
  sink: Sink,
  missed?: () => void,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const { log } = parts.config;
  const lanes = new Lanes(sink, log, stopping.signal);
  const keeper = new Keeper({ ...parts, sink, lanes, applicationId: '' }, stopping.signal, missed);
  const running = keeper.run();
  const timer = new AbortController();
  const isReady = await Promise.race([
    keeper.ready.then(() => true),
    wait(READY_WITHIN_MS, false, { signal: timer.signal }),
  ]);
  timer.abort();
  keeper.isStarted = true;
  if (!isReady) log.warn('discord: not connected yet, trying on');
  return {
    async stop() {
      stopping.abort();
      await running;
      await Promise.all([lanes.settled(), keeper.settled()]);
    },
  };
}

class Keeper {
  readonly #at: Dispatching;
  readonly #signal: AbortSignal;
  readonly #busy = new Set<Promise<void>>();
  readonly #session: SessionStore;
  readonly #ready = Promise.withResolvers<void>();
  #registering = false;
  #isUp = false;
  #sessionId = '';

  /** True once a new session means that something may have been missed: core looks back after a start by itself. */
  isStarted = false;
  readonly #missed: (() => void) | undefined;

  constructor(at: Dispatching, signal: AbortSignal, missed: (() => void) | undefined) {
    this.#missed = missed;
    this.#at = at;
    this.#signal = signal;
    this.#session = new SessionStore(at.config.now);
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#busy);
  }

  async run(): Promise<void> {
    for (let attempt = 0; !this.#signal.aborted; attempt += 1) {
      const end = Promise.withResolvers<number>();
      const manager = this.#build(end.resolve);
      const stop = () => end.resolve(0);
      this.#signal.addEventListener('abort', stop, { once: true });
      try {
        await manager.connect();
        attempt = 0;
        await this.#pause(await end.promise);
      } catch (error) {
        this.#at.config.log.warn('discord: the gateway cannot be reached', { why: whyOf(error) });
        await this.#pause(backoff(attempt + 1, ...PAUSES_MS));
      } finally {
        this.#signal.removeEventListener('abort', stop);
        await manager.destroy({ code: 1000, reason: 'stopping' });
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#signal }).catch(() => undefined);
  }

  /** `end` is told how long to wait before a new manager has to take over. */
  #build(end: (pauseMs: number) => void): WebSocketManager {
    const { config, desk } = this.#at;
    const manager = new WebSocketManager({
      token: config.token,
      intents: this.#at.memory.readsContent ? INTENTS : INTENTS & ~GatewayIntentBits.MessageContent,
      rest: desk.api.rest.setToken(config.token),
      shardCount: 1,
      retrieveSessionInfo: () => this.#session.read(),
      updateSessionInfo: (_, session) => this.#session.write(session),
      buildStrategy: made =>
        new GuardedStrategy(made, {
          onFault: (where, error) => config.log.warn('discord: gateway fault', { where, why: whyOf(error) }),
          onBroken: () => end(ANEW_MS),
          isStopped: () => this.#signal.aborted,
          unreachable: act => this.#unreachable(act),
        }),
    });
    manager.on(WebSocketShardEvents.Error, ({ error }) => {
      config.log.warn('discord: gateway error', { why: whyOf(error) });
    });
    manager.on(WebSocketShardEvents.Closed, ({ code }) => this.#closed(code, end));
    manager.on(WebSocketShardEvents.Resumed, () => this.#up('resumed'));
    manager.on(WebSocketShardEvents.Dispatch, ({ data }) => this.#dispatched(data.t, data.d, data.s));
    return manager;
  }

  #unreachable<T>(act: () => T): T {
    if (!this.#session.isUnreachable)
      this.#at.config.log.warn('discord: the gateway cannot be reached, trying on');
    return this.#session.keep(act);
  }

  #up(how: string): void {
    this.#isUp = true;
    this.#at.config.log.info(`discord: ${how}`);
    this.#ready.resolve();
  }

  #closed(code: number, end: (pauseMs: number) => void): void {
    if (this.#isUp) this.#at.config.log.warn('discord: connection closed', { code });
    this.#isUp = false;
    if (!REFUSALS.has(code)) return;
    if (code === DISALLOWED && this.#at.memory.readsContent) {
      this.#at.memory.readsContent = false;
      this.#at.config.log.warn(
        'discord: the Message Content intent is not allowed: people answer with a button and a window (switch it on under Bot in the developer portal)',
      );
      end(0);
      return;
    }
    this.#at.config.log.error('discord: refused; check the token and the intents of the bot', { code });
    end(REFUSED_MS);
  }

  #dispatched(event: unknown, data: unknown, count: unknown): void {
    if (typeof event !== 'string') return;
    if (event === 'READY') this.#readied(data);
    else this.#track(dispatch(this.#at, event, data, `${this.#sessionId}:${String(count)}`), event);
  }

  #readied(data: unknown): void {
    const ready = read.ready(data);
    if (!ready) return;
    this.#sessionId = ready.session_id;
    this.#at.memory.self = ready.user.id;
    this.#at.applicationId = ready.application.id;
    this.#up('ready');
    if (this.isStarted) this.#missed?.();
    if (!this.#registering) this.#track(this.#register(), 'commands');
  }

  /** Until it is done: without its commands the desk has no door. */
  async #register(): Promise<void> {
    this.#registering = true;
    const { config, desk, applicationId } = this.#at;
    const { guildId, phrases } = config;
    for (let attempt = 0; !this.#signal.aborted; attempt += 1) {
      try {
        const isNew = await registerCommands(desk.api, { applicationId, guildId, phrases });
        config.log.info(isNew ? 'discord: commands registered' : 'discord: commands are as they should be');
        return;
      } catch (error) {
        config.log.warn('discord: commands cannot be registered', { why: whyOf(error) });
        await this.#pause(backoff(attempt + 1, ...PAUSES_MS));
      }
    }
  }

  /** Nothing that an event does may end the process. */
  #track(work: Promise<void>, what: string): void {
    const guarded = work
      .catch((error: unknown) =>
        this.#at.config.log.error('discord: an event failed', { what, why: whyOf(error) }),
      )
      .finally(() => this.#busy.delete(guarded));
    this.#busy.add(guarded);
  }
}
