import type { Channel, ChannelKind } from '../channel/index.ts';
import { type Context, channelOf } from '../context.ts';
import { withinMs } from '../within.ts';
import { attempt } from './attempt.ts';
import { claim } from './claim.ts';
import { createLimiter, type Limiter, REPLY_RANK } from './limiter.ts';
import { type Claimed, makesPost } from './model.ts';
import { decide } from './rules/decide.ts';
import { settle } from './settle.ts';

/** Attempts under way at once, per channel. */
const AT_ONCE = 24;
/** Of these, attempts below replies: when a broadcast hangs, a reply still finds room. */
const LOW_AT_ONCE = 18;
/** Least time between two looks that wakes ask for, in ms: at 300 commits a second each look found one delivery. */
const BREATH_MS = 20;
/** Longest attempt, in ms of real time: below `LEASE_MS`, above the adapters' own limits. */
const ATTEMPT_MS = 45_000;
/** A stop waits this long, in ms, for attempts under way; what is not written down by then is in doubt at the next start. */
const STOP_MS = 12_000;
/** The rank that lets every class through. */
const ANY_RANK = 99;

/** Moves deliveries from the database to the platforms. One a process; several processes share the work by leases. */
export interface Relay {
  /** Something may be due on this channel. */
  wake(kind: ChannelKind): void;
  /** Looks for due work on every channel; the rounds call it. Resolves when the database has answered. */
  round(): Promise<void>;
  /** Takes nothing new, and resolves when what is under way is written down. */
  stop(): Promise<void>;
}

/** A relay for all channels of the context. */
export function createRelay(ctx: Context): Relay {
  const lines = new Map([...ctx.channels.values()].map(channel => [channel.kind, createLine(ctx, channel)]));
  return {
    wake: kind => lines.get(kind)?.wake(),
    round: async () => void (await Promise.all([...lines.values()].map(line => line.work()))),
    stop: async () => void (await Promise.all([...lines.values()].map(line => line.stop()))),
  };
}

interface Line {
  /** Works soon: a burst of commits is one look. */
  wake(): void;
  work(): Promise<void>;
  stop(): Promise<void>;
}

/** The work of one channel: at most one claim at a time, many attempts at once. */
function createLine(ctx: Context, channel: Channel): Line {
  const limiter = createLimiter(channel.limits);
  const underWay = new Set<Promise<void>>();
  let low = 0;
  let claiming: Promise<void> | undefined;
  let again = false;
  let waking: NodeJS.Timeout | undefined;
  let lookedAt = 0;
  let stopped = false;

  async function claimAll(): Promise<void> {
    let held = false;
    do {
      again = false;
      lookedAt = performance.now();
      const slots = { any: AT_ONCE - underWay.size, low: LOW_AT_ONCE - low };
      const claimed = stopped ? NONE : await claimNext(ctx, channel, limiter, slots);
      for (const one of claimed.taken) start(one);
      held = claimed.held;
      if (claimed.more) again = true;
    } while (again && !stopped);
    // What the rate held back may go within milliseconds, or may already: with nothing under way no end of an attempt wakes the line then.
    if (underWay.size === 0 && held) line.wake();
  }

  function start(one: Claimed): void {
    limiter.sent(one, ctx.now().getTime());
    const weight = one.rank > REPLY_RANK ? 1 : 0;
    low += weight;
    const work = carry(ctx, one, limiter).finally(() => {
      underWay.delete(work);
      low -= weight;
      line.wake();
    });
    underWay.add(work);
  }

  const line: Line = {
    wake() {
      if (stopped) return;
      waking ??= setTimeout(
        () => {
          waking = undefined;
          void line.work().catch(() => undefined);
        },
        Math.max(0, lookedAt + BREATH_MS - performance.now()),
      );
    },
    work() {
      clearTimeout(waking);
      waking = undefined;
      again = true;
      claiming ??= claimAll()
        .catch(error => {
          ctx.log.error('the relay could not look for work', { channel: channel.kind, error: String(error) });
          throw error;
        })
        .finally(() => {
          claiming = undefined;
        });
      return claiming;
    },
    async stop() {
      stopped = true;
      clearTimeout(waking);
      await claiming?.catch(() => undefined);
      await withinMs(
        Promise.all(underWay).then(() => undefined),
        STOP_MS,
        undefined,
      );
    },
  };
  return line;
}

interface Taken {
  readonly taken: readonly Claimed[];
  /** All that there was room for, so there may be more. */
  readonly more: boolean;
  /** The rate had no room for something, whether there was anything or not. */
  readonly held: boolean;
}

const NONE: Taken = { taken: [], more: false, held: false };

/** First whatever may go, then, when the broadcasts' share is used up, only pages and replies. */
async function claimNext(
  ctx: Context,
  { kind, limits: { threadCalls = 1 } }: Channel,
  limiter: Limiter,
  slots: { readonly any: number; readonly low: number },
): Promise<Taken> {
  const room = limiter.room(ctx.now().getTime());
  const free = Math.min(slots.any, room.any);
  const held = Math.min(room.any, room.low) <= 0;
  if (free <= 0) return { ...NONE, held };
  // New places take at most half of the room, so that a rush of tickets does not hold up what is said in others.
  const opens = Math.min(room.opens, Math.ceil(free / 2 / threadCalls));
  // Each of them may take more than one request: these are kept free.
  const any = Math.max(1, Math.min(slots.any, room.any - opens * (threadCalls - 1)));
  const low = Math.min(slots.low, room.low, any);
  const first = low <= 0 ? [] : await claim(ctx, kind, { any: low, opens: Math.min(opens, low) }, ANY_RANK);
  const made = first.filter(one => one.opens).length;
  const more = first.length > 0 && (first.length >= low || made >= opens);
  // The most urgent came first: when not all of the room was wanted, nothing else is due.
  if (first.length < low || low >= any) return { taken: first, more, held };
  const urgent = await claim(ctx, kind, { any: any - first.length, opens: opens - made }, REPLY_RANK);
  return { taken: [...first, ...urgent], more: more || urgent.length > 0, held };
}

/** One attempt with its verdict. A verdict that cannot be written leaves the delivery in doubt: the next holder looks first. */
async function carry(ctx: Context, one: Claimed, limiter: Limiter): Promise<void> {
  const late = { receipt: { outcome: 'unknown', why: 'it did not end in time' }, doubt: true } as const;
  const { receipt, doubt } = await withinMs(attempt(ctx, one), ATTEMPT_MS, late);
  const now = ctx.now().getTime();
  limiter.obey(receipt, now);
  const channel = channelOf(ctx, one.channel);
  const verdict = decide(receipt, {
    kind: makesPost(one) ? 'desk-post' : one.kind,
    role: one.role,
    attempts: one.attempts,
    doubt,
    ageMs: now - one.createdAt.getTime(),
    doubtMs: now - one.firstTriedAt.getTime(),
    page: one.rank === 0,
    limits: channel.limits,
    canFind: channel.find !== undefined,
  });
  if (verdict.state === 'dead' || verdict.state === 'unknown')
    ctx.log.warn('a delivery was not done', {
      delivery: one.id,
      channel: one.channel,
      kind: one.kind,
      state: verdict.state,
      why: verdict.why,
    });
  // Told ahead: what is said there from now on waits for what was said before. A commit of which the end is not known may be one.
  const made = Promise.withResolvers<boolean>();
  if (one.doubt && (receipt.outcome === 'placed' || (verdict.state === 'sent' && isPlace(one))))
    ctx.found(one.channel, one.placeId, made.promise);
  try {
    const written = await settle(ctx, one, verdict, receipt, limiter.pause(one.placeId, now));
    made.resolve(written);
    if (!written) ctx.log.warn('a lease ran out before its attempt was written down', { delivery: one.id });
  } catch (error) {
    made.resolve(true);
    ctx.log.error('what became of a delivery could not be written down', {
      delivery: one.id,
      error: String(error),
    });
  }
}

function isPlace({ kind }: Claimed): boolean {
  return kind === 'thread' || kind === 'desk-post';
}
