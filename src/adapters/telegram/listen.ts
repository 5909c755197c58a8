import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, backoff, type Log, type Sink } from '../../core/index.ts';
import {
  type Clients,
  callSignal,
  isBadToken,
  isConflict,
  POLL_SECONDS,
  retryAfterMs,
  whyOf,
} from './api.ts';
import type { TelegramConfig } from './config.ts';
import type { Memory } from './memory.ts';
import { publishCommands } from './publish.ts';
import { noteFault, type Reading, understand } from './receive.ts';
import type { Aftermath } from './respond.ts';

/** The updates the desk follows; Telegram sends no others. */
const FOLLOWED = ['message', 'edited_message', 'callback_query', 'message_reaction'] as const;
/** Waits between attempts, in milliseconds. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const CONFLICT_WAIT_MS = 5_000;
const BAD_TOKEN_WAIT_MS = 60_000;

/** What listening works with. */
export interface ListenParts {
  readonly config: TelegramConfig;
  readonly clients: Clients;
  readonly memory: Memory;
  readonly aftermath: Aftermath;
}

/**
 * Connects, sets the webhook or polls, and publishes the menu. Resolves after the first attempt to connect, whatever came of it: what failed
 * is tried again in the background until `stop`, so that the desk starts while Telegram is down.
 */
export async function listen(parts: ListenParts, sink: Sink): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const tried = Promise.withResolvers<void>();
  const running = run(parts, sink, stopping.signal, tried.resolve);
  await tried.promise;
  return {
    async stop() {
      stopping.abort();
      await running;
      await parts.aftermath.settled();
    },
  };
}

async function run(parts: ListenParts, sink: Sink, signal: AbortSignal, tried: () => void): Promise<void> {
  const { config, clients } = parts;
  await insist('connecting', () => connect(parts, signal), config, signal, tried);
  const publish = () => publishCommands(clients.calls, config, signal);
  const published = insist('publishing the commands', publish, config, signal);
  if (webhookOf(config) === undefined) await poll(parts, sink, signal);
  await published;
}

/** Where updates are to be sent, when they are to be sent. */
export function webhookOf({ webhookSecret, publicUrl }: TelegramConfig): string | undefined {
  if (!webhookSecret || !publicUrl) return undefined;
  return `${publicUrl.replace(/\/+$/, '')}/hooks/telegram`;
}

async function connect({ config, clients, memory }: ListenParts, signal: AbortSignal): Promise<void> {
  const api = clients.calls;
  const until = callSignal(signal);
  const me = await api.getMe(until);
  memory.username = me.username;
  // Where people can make topics of their own, what they write there would belong to no ticket.
  memory.privateTopics = me.has_topics_enabled === true && me.allows_users_to_create_topics !== true;
  const url = webhookOf(config);
  if (url === undefined) {
    await api.deleteWebhook({ drop_pending_updates: false }, until);
  } else {
    const secret = { secret_token: config.webhookSecret, allowed_updates: FOLLOWED };
    await api.setWebhook(url, { ...secret, drop_pending_updates: false }, until);
  }
  config.log.info('telegram: connected', {
    bot: me.username,
    by: url === undefined ? 'polling' : 'webhook',
  });
}

/** Tries until it worked or is stopped. `tried` is called after the first attempt. */
async function insist(
  what: string,
  act: () => Promise<void>,
  config: TelegramConfig,
  signal: AbortSignal,
  tried?: () => void,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      await act();
      break;
    } catch (error) {
      failures += 1;
      if (signal.aborted) break;
      tried?.();
      await pauseAfter(error, what, failures, config, signal);
    }
  }
  tried?.();
}

/**
 * Our own loop instead of grammY's: a batch is confirmed by the offset of the next call, so an update counts as taken only when the sink has
 * it. After a failure the same updates are fetched again; those that were stored before a crash come twice and are stored once.
 */
async function poll(parts: ListenParts, sink: Sink, signal: AbortSignal): Promise<void> {
  const { config, clients } = parts;
  let offset: number | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const ask = { offset, timeout: POLL_SECONDS, allowed_updates: FOLLOWED };
      const updates: readonly unknown[] = await clients.polls.getUpdates(ask, callSignal(signal));
      // Confirmed: without an offset the next call begins at the oldest. After a quiet week ids begin anew, maybe below it (#update).
      if (updates.length === 0) offset = undefined;
      for (const update of updates) {
        if (signal.aborted) return;
        const taken = await take(update, parts, sink);
        offset = Math.max(offset ?? 0, taken + 1);
      }
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      await pauseAfter(error, 'taking updates', failures, config, signal);
    }
  }
}

/** Stores one update and gives its id. Rejects when it could not be stored. */
async function take(raw: unknown, parts: ListenParts, sink: Sink): Promise<number> {
  const understood = understand(raw, readingOf(parts, parts.config.now()));
  if (!understood) throw new Error('an update without an id');
  noteFault(understood, parts.config.log);
  let answer: Answer = { type: 'nothing' };
  for (const inbound of understood.inbound) answer = await sink(inbound);
  parts.aftermath.show(understood, answer);
  return understood.id;
}

/** What updates are read with. */
export function readingOf({ config, memory }: Pick<ListenParts, 'config' | 'memory'>, now: Date): Reading {
  const { deskChatId, phrases } = config;
  return { memory, phrases, now, ...(deskChatId === undefined ? {} : { deskChatId: Number(deskChatId) }) };
}

async function pauseAfter(
  error: unknown,
  what: string,
  failures: number,
  { log, pause = pauseFor }: TelegramConfig,
  signal: AbortSignal,
): Promise<void> {
  const usual = backoff(failures, FIRST_WAIT_MS, LONGEST_WAIT_MS);
  const againInMs = retryAfterMs(error) ?? specialWait(error, log) ?? usual;
  log.warn(`telegram: ${what} failed`, { why: whyOf(error), againInMs });
  await pause(againInMs, signal);
}

function specialWait(error: unknown, log: Log): number | undefined {
  if (isConflict(error)) {
    log.error(
      'telegram: another process takes the updates of this bot: stop it, or give this desk a bot of its own',
    );
    return CONFLICT_WAIT_MS;
  }
  if (!isBadToken(error)) return undefined;
  log.error('telegram: the bot token is refused: check it with @BotFather');
  return BAD_TOKEN_WAIT_MS;
}

/** An abort ends the wait, which is no error. */
async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
