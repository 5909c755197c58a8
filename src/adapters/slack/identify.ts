import type { webApi } from '@slack/bolt';
import { webApi as api } from '@slack/bolt';
import { type Log, oneLine, type Sender } from '../../core/index.ts';
import { wordsFor } from './api.ts';

/** Milliseconds a sender's name may take: the answer to Slack is due within 3,000. */
const PATIENCE = 1_500;
const KEPT = 5_000;
const FRESH = 3_600_000;
/** How long after a failure the same person is not asked for again. */
const FAILED = 60_000;
/** Look-ups at the same time; beyond that people go without a name for now. */
const AT_ONCE = 20;
const NAME = 200;

interface Known {
  readonly name?: string;
  readonly locale?: string;
  readonly until: number;
}

/** Who people are. Slack names them by id only, and their language not at all. */
export interface People {
  /** The name as it is known now; asks nobody. */
  nameOf(userId: string): string | undefined;
  /** The sender as it is known now; asks nobody. */
  known(space: string, userId: string): Sender;
  /** The sender with name and language, asked for if need be. Never rejects; after 1.5 s it goes without. */
  sender(space: string, userId: string, otherwise?: Pick<Sender, 'name' | 'locale'>): Promise<Sender>;
}

export function createPeople(web: webApi.WebClient, now: () => Date, log: Log): People {
  const cache = new Map<string, Known>();
  const running = new Map<string, Promise<void>>();
  let pausedUntil = 0;

  const keep = (userId: string, known: Known): void => {
    cache.delete(userId);
    cache.set(userId, known);
    const oldest = cache.size > KEPT ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
  };
  const ask = async (userId: string): Promise<void> => {
    try {
      // https://docs.slack.dev/reference/methods/users.info: tier 4, users:read
      const { user } = await web.users.info({ user: userId, include_locale: true });
      const name = oneLine(user?.profile?.display_name || user?.real_name || user?.name || '', NAME);
      const locale = user?.locale;
      keep(userId, { ...(name && { name }), ...(locale && { locale }), until: now().getTime() + FRESH });
    } catch (error) {
      const at = now().getTime();
      keep(userId, { ...cache.get(userId), until: at + FAILED });
      if (error instanceof api.WebAPIRateLimitedError) pausedUntil = at + error.retryAfter * 1000;
      log.warn('slack: a name could not be had', { why: wordsFor(error) });
    }
  };
  const asked = (userId: string): Promise<void> | undefined => {
    const at = now().getTime();
    if ((cache.get(userId)?.until ?? 0) > at) return undefined;
    const already = running.get(userId);
    if (already || at < pausedUntil || running.size >= AT_ONCE) return already;
    const asking = ask(userId).finally(() => running.delete(userId));
    running.set(userId, asking);
    return asking;
  };
  const known = (space: string, userId: string, otherwise: Pick<Sender, 'name' | 'locale'> = {}): Sender => {
    const entry = cache.get(userId);
    const name = entry?.name ?? otherwise.name;
    const locale = entry?.locale ?? otherwise.locale;
    return { space, externalId: userId, ...(name && { name }), ...(locale && { locale }) };
  };

  return {
    nameOf: userId => cache.get(userId)?.name,
    known,
    async sender(space, userId, otherwise) {
      const asking = asked(userId);
      if (asking) await within(PATIENCE, asking);
      return known(space, userId, otherwise);
    },
  };
}

/** Resolves with the promise, or with nothing when it takes longer. The promise itself goes on. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, ms, undefined);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
