import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, CatchUp, ChannelKind, Inbound } from '../channel/index.ts';
import { backoff } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { withinMs } from '../within.ts';
import type { Hold, Holds } from './holds.ts';
import { type FoundPlace, knownPlaces } from './known-places.ts';

/** A stop waits this long, in ms, for what is being looked through: it is looked through again after the next start. */
const STOP_MS = 3000;
/** First and longest wait, in ms, before what could not be had is asked for again, and how often that is done: some eight minutes. */
const PAUSES_MS = [200, 30_000] as const;
const TRIES = 24;
/** What comes in is held back for the missed at most this long, in ms of real time: a platform that does not tell must not stop the desk. */
const HOLD_MS = 60_000;

/** Fetches what was said while nobody listened, on channels that can; what comes in meanwhile waits for it, place by place. */
export interface LookBack {
  /**
   * Looks through all places of a channel, once `connected` has resolved; they are held from the call on. Never rejects: what failed is in the
   * log. One that begins takes the place of one that is under way.
   */
  channel(kind: ChannelKind, connected?: Promise<unknown>): Promise<void>;
  /** The same for one place, by its id, once it is written down (`made`) where it is. */
  place(kind: ChannelKind, placeId: number, made?: Promise<boolean>): Promise<void>;
  /** Resolves when nothing is looked through any more, or after some seconds. */
  stop(): Promise<void>;
}

/** What a look-back works with. */
export interface LookingBack {
  readonly holds: Holds;
  /** Where what is found goes, as everything else does. */
  accept(kind: ChannelKind, inbound: Inbound): Promise<Answer>;
  /** What waited in a place can be worked. */
  work(placeId: number): void;
}

/** One look through some places. */
interface Look {
  readonly kind: ChannelKind;
  readonly catchUp: CatchUp;
  readonly hold: Hold;
  readonly signal: AbortSignal;
  places(): Promise<readonly FoundPlace[]>;
}

/** A look-back over the context's channels. */
export function createLookBack(ctx: Context, parts: LookingBack): LookBack {
  const looking = new Set<Promise<void>>();
  const current = new Map<ChannelKind, AbortController>();
  const stopping = new AbortController();

  function begin(kind: ChannelKind, only: number | undefined, ready: Promise<unknown>): Promise<void> {
    const catchUp = ctx.channels.get(kind)?.catchUp;
    if (catchUp === undefined || stopping.signal.aborted) return Promise.resolve();
    const newer = new AbortController();
    const hold = parts.holds.begin(kind, only === undefined ? undefined : [only]);
    if (only === undefined) {
      current.get(kind)?.abort();
      current.set(kind, newer);
    }
    const timer = setTimeout(() => {
      hold.end();
      ctx.log.warn('what was missed is not here yet, what is said now no longer waits for it', {
        channel: kind,
      });
    }, HOLD_MS).unref();
    const signal = AbortSignal.any([stopping.signal, newer.signal]);
    const look: Look = { kind, catchUp, hold, signal, places: () => knownPlaces(ctx, kind, only) };
    const work = lookBack(ctx, parts, look, ready)
      .catch(error => {
        if (!signal.aborted)
          ctx.log.error('what was missed could not be fetched', { channel: kind, error: String(error) });
      })
      .finally(() => {
        clearTimeout(timer);
        // After a stop the next start holds them: what waits must not go ahead of what was not found.
        if (!stopping.signal.aborted) hold.end();
        looking.delete(work);
      });
    looking.add(work);
    return work;
  }

  return {
    channel: (kind, connected = Promise.resolve()) => begin(kind, undefined, connected),
    place: (kind, placeId, made = Promise.resolve(true)) => begin(kind, placeId, made),
    async stop() {
      stopping.abort();
      await withinMs(
        Promise.all(looking).then(() => undefined),
        STOP_MS,
        undefined,
      );
    },
  };
}

async function lookBack(
  ctx: Context,
  parts: LookingBack,
  look: Look,
  ready: Promise<unknown>,
): Promise<void> {
  const { hold, signal, kind } = look;
  if ((await unlessAborted(ready, signal)) === false) return;
  const seen = new Set<number>();
  const unreadable = new Map<string, number>();
  // A place may become known while the others are looked through.
  for (let isFirst = true; ; isFirst = false) {
    const left = (await patiently(ctx, look)).filter(one => !seen.has(one.placeId));
    if (isFirst) hold.narrow(left.map(one => one.placeId));
    if (left.length === 0) break;
    for (const { placeId } of left) seen.add(placeId);
    await lookThrough(ctx, parts, look, left, unreadable);
  }
  for (const [why, times] of unreadable)
    ctx.log.warn('what was missed cannot be read', { channel: kind, why, times });
}

/** The places; asked for again while the database is away. */
async function patiently(ctx: Context, { places, signal, kind }: Look): Promise<readonly FoundPlace[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await places();
    } catch (error) {
      if (tries >= TRIES) throw error;
      ctx.log.warn('the places to be looked through could not be read', {
        channel: kind,
        error: String(error),
      });
      await pause(tries, signal);
    }
  }
}

/** Those in which something waits come first; those that failed come again at the end. */
async function lookThrough(
  ctx: Context,
  parts: LookingBack,
  look: Look,
  places: readonly FoundPlace[],
  unreadable: Map<string, number>,
): Promise<void> {
  const { kind, hold, signal } = look;
  let left = [...places];
  for (let tries = 1; left.length > 0; tries += 1) {
    const failed: FoundPlace[] = [];
    let why: unknown;
    while (left.length > 0) {
      signal.throwIfAborted();
      const place = left.find(one => hold.isAsked(one.placeId)) ?? (left[0] as FoundPlace);
      left = left.filter(one => one !== place);
      try {
        const reason = await look.catchUp(inbound => parts.accept(kind, inbound), place, signal);
        if (reason !== undefined) unreadable.set(reason, (unreadable.get(reason) ?? 0) + 1);
        hold.release(place.placeId);
        if (hold.isAsked(place.placeId)) parts.work(place.placeId);
      } catch (error) {
        failed.push(place);
        why = error;
      }
    }
    if (failed.length === 0) return;
    if (tries >= TRIES) throw why;
    ctx.log.warn('places could not be looked through, they are again', {
      channel: kind,
      places: failed.length,
      error: String(why),
    });
    await pause(tries, signal);
    left = failed;
  }
}

async function pause(tries: number, signal: AbortSignal): Promise<void> {
  await wait(backoff(tries, ...PAUSES_MS), undefined, { signal, ref: false });
}

/** Throws when aborted first. */
async function unlessAborted(ready: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new Error('nobody waits for it any more'));
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([ready, promise]).finally(() => signal.removeEventListener('abort', abort));
}
