import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { createLimiter } from '../../../src/core/outbox/limiter.ts';
import { type Attempt, backoffMs, decide, GIVE_UP_MS } from '../../../src/core/outbox/rules/decide.ts';
import { gcra, roomAt } from '../../../src/core/outbox/rules/gcra.ts';

const anyRate = fc.record({
  perSecond: fc.double({ min: 0.05, max: 100, noNaN: true }),
  burst: fc.integer({ min: 1, max: 50 }),
});
const gaps = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 200 });

describe('the rate', () => {
  test('is never exceeded in any window, and not missed by more than one', () => {
    fc.assert(
      fc.property(anyRate, gaps, (rate, waits) => {
        const limiter = gcra(rate);
        let now = 1_000_000;
        let tat = 0;
        const sent: number[] = [];
        for (const wait of waits) {
          now += wait;
          while (limiter.freeAt(tat) <= now) {
            sent.push(now);
            tat = limiter.after(tat, now);
          }
        }
        const over = sent.some((last, to) =>
          sent
            .slice(0, to)
            .some(
              (first, from) => to - from + 1 > rate.burst + (rate.perSecond * (last - first)) / 1000 + 1e-6,
            ),
        );
        expect(over).toBe(false);
        expect(sent.length).toBeGreaterThanOrEqual(Math.floor(rate.burst - 1e-6));
      }),
      { numRuns: 100 },
    );
  });

  test('room is what can go at once, one by one', () => {
    fc.assert(
      fc.property(anyRate, gaps, (rate, waits) => {
        const limiter = gcra(rate);
        let now = 1_000_000;
        let tat = 0;
        for (const [index, wait] of waits.entries()) {
          now += wait;
          let counted = 0;
          for (let at = tat; limiter.freeAt(at) <= now + 1e-6; counted++) at = limiter.after(at, now);
          expect(Math.abs(roomAt(rate, tat, now) - counted)).toBeLessThanOrEqual(counted === 0 ? 0 : 1);
          if (index % 2 === 0 && roomAt(rate, tat, now) > 0) tat = limiter.after(tat, now);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('of a bot leaves its reserved share to pages and replies, whatever is sent before', () => {
    const bot = { perSecond: 10, burst: 20 };
    fc.assert(
      fc.property(gaps, waits => {
        const limiter = createLimiter({ bot, place: bot });
        let now = 1_000_000;
        let low = 0;
        for (const wait of waits) {
          now += wait;
          for (let n = limiter.room(now).low; n > 0; n--, low++)
            limiter.sent({ rank: 5, placeId: low, opens: false, kind: 'post' }, now);
          expect(limiter.room(now).low).toBe(0);
          expect(limiter.room(now).any, 'a reply may always go').toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a wait that the platform asks of the bot closes it for everybody, and the longest counts', () => {
    const limiter = createLimiter({ bot: { perSecond: 10, burst: 10 }, place: { perSecond: 1, burst: 1 } });
    const wait = (afterMs: number, scope: 'bot' | 'place'): Receipt => ({
      outcome: 'retry',
      afterMs,
      scope,
      why: '',
    });
    limiter.obey(wait(5000, 'place'), 0);
    expect(limiter.room(0).any).toBe(10);
    limiter.obey(wait(5000, 'bot'), 0);
    limiter.obey(wait(1000, 'bot'), 0);
    expect(limiter.room(4999)).toEqual({ any: 0, low: 0, opens: 0 });
    expect(limiter.room(5000).any).toBe(10);
  });

  test('what makes new places has a rate and a wait of its own', () => {
    const bot = { perSecond: 10, burst: 10 };
    const limiter = createLimiter({ bot, place: bot, opens: { perSecond: 1, burst: 3 } });
    expect(limiter.room(0)).toEqual({ any: 10, low: 8, opens: 3 });
    for (let n = 0; n < 3; n++) limiter.sent({ rank: 1, placeId: n, opens: true, kind: 'desk-post' }, 0);
    expect(limiter.room(0)).toEqual({ any: 7, low: 7, opens: 0 });
    limiter.obey({ outcome: 'retry', afterMs: 5000, scope: 'opens', why: '' }, 0);
    expect(limiter.room(4999)).toEqual({ any: 10, low: 8, opens: 0 });
    expect(limiter.room(5000).opens).toBe(3);
  });

  test('a place that takes two requests takes two of the bot’s', () => {
    const bot = { perSecond: 10, burst: 10 };
    const limiter = createLimiter({ bot, place: bot, threadCalls: 2 });
    const opens = { rank: 1, opens: true };
    limiter.sent({ ...opens, placeId: 1, kind: 'thread' }, 0);
    limiter.sent({ ...opens, placeId: 2, kind: 'desk-post' }, 0);
    expect(limiter.room(0)).toMatchObject({ any: 7, opens: 7 });
  });

  test('a place waits for its own turn only', () => {
    const limiter = createLimiter({
      bot: { perSecond: 100, burst: 100 },
      place: { perSecond: 0.5, burst: 2 },
    });
    limiter.sent({ rank: 1, placeId: 7, opens: false, kind: 'post' }, 0);
    expect(limiter.pause(7, 0)).toBe(0);
    limiter.sent({ rank: 1, placeId: 7, opens: false, kind: 'post' }, 0);
    expect([limiter.pause(7, 0), limiter.pause(7, 1500), limiter.pause(8, 0)]).toEqual([2000, 500, 0]);
  });
});

const plain: Attempt = {
  kind: 'post',
  role: 'customer',
  attempts: 1,
  doubt: false,
  ageMs: 0,
  doubtMs: 0,
  page: false,
  limits: { resendIsSafe: false },
  canFind: false,
};
const unknown: Receipt = { outcome: 'unknown', why: 'no answer' };
const retry: Receipt = { outcome: 'retry', afterMs: 700, scope: 'place', why: 'busy' };
const old = GIVE_UP_MS + 1;
const safe = { resendIsSafe: true };

describe('the verdict', () => {
  test.each<[string, Receipt, Partial<Attempt>, object]>([
    ['delivered', { outcome: 'delivered', ref: 'r' }, {}, { state: 'sent', doubt: false, why: null }],
    ['delivered late', { outcome: 'delivered' }, { ageMs: old }, { state: 'sent' }],
    [
      'refused',
      { outcome: 'refused', code: 'invalid', why: 'w' },
      {},
      { state: 'dead', why: 'invalid', gone: null },
    ],
    ['forbidden', { outcome: 'refused', code: 'forbidden', why: 'w' }, {}, { state: 'dead', gone: null }],
    ['blocked', { outcome: 'refused', code: 'blocked', why: 'w' }, {}, { state: 'dead', gone: 'blocked' }],
    ['gone', { outcome: 'refused', code: 'gone', why: 'w' }, {}, { state: 'dead', gone: 'gone' }],
    ['busy', retry, {}, { state: 'retry', afterMs: 700, doubt: false }],
    ['busy, in doubt', retry, { doubt: true }, { state: 'retry', doubt: true }],
    ['busy at once', { ...retry, afterMs: 0 }, {}, { state: 'retry', afterMs: 50 }],
    ['busy for a day', retry, { ageMs: GIVE_UP_MS }, { state: 'retry' }],
    ['busy for longer', retry, { ageMs: old }, { state: 'dead', why: 'gave-up' }],
    ['unknown', unknown, {}, { state: 'unknown', doubt: true }],
    [
      'unknown, to be asked',
      unknown,
      { canFind: true, attempts: 3 },
      { state: 'retry', doubt: true, afterMs: 30_000 },
    ],
    ['unknown, safe to repeat', unknown, { limits: safe }, { state: 'retry', doubt: true }],
    [
      'unknown, a new place where places can be looked for',
      unknown,
      { limits: safe, kind: 'thread', canFind: true },
      { state: 'retry', doubt: true, afterMs: 30_000 },
    ],
    [
      'unknown, a new place that is the same again',
      unknown,
      { limits: safe, kind: 'thread' },
      { state: 'retry', doubt: true, afterMs: 60_000 },
    ],
    [
      'unknown, a new place that would be another',
      unknown,
      { kind: 'thread' },
      { state: 'unknown', doubt: true },
    ],
    [
      'unknown, when all repeats were made',
      unknown,
      { limits: safe, doubtMs: 18_960_000 },
      { state: 'unknown', doubt: true },
    ],
    ['unknown page', unknown, { page: true }, { state: 'retry', doubt: true }],
    ['unknown card', unknown, { kind: 'card' }, { state: 'retry', doubt: false }],
    ['unknown mark', unknown, { kind: 'react' }, { state: 'retry', doubt: false }],
    ['unknown for long', unknown, { canFind: true, ageMs: old }, { state: 'unknown' }],
  ])('%s', (_, receipt, attempt, verdict) => {
    expect(decide(receipt, { ...plain, ...attempt })).toMatchObject(verdict);
  });

  test('only what was delivered is sent, and only what certainly was not done is dead', () => {
    const receipts = fc.constantFrom<Receipt>(
      { outcome: 'delivered' },
      { outcome: 'refused', code: 'gone', why: '' },
      retry,
      unknown,
    );
    const attempts = fc.record({
      role: fc.constantFrom('customer', 'desk'),
      kind: fc.constantFrom('thread', 'post', 'desk-post', 'card', 'react'),
      attempts: fc.integer({ min: 1, max: 1000 }),
      doubt: fc.boolean(),
      ageMs: fc.integer({ min: 0, max: 2 * GIVE_UP_MS }),
      doubtMs: fc.integer({ min: 0, max: GIVE_UP_MS }),
      page: fc.boolean(),
      limits: fc.record({ resendIsSafe: fc.boolean() }),
      canFind: fc.boolean(),
    });
    fc.assert(
      fc.property(receipts, attempts, (receipt, attempt) => {
        const { state, afterMs } = decide(receipt, attempt as Attempt);
        expect(state === 'sent').toBe(receipt.outcome === 'delivered');
        if (receipt.outcome === 'unknown') expect(['retry', 'unknown']).toContain(state);
        if (attempt.ageMs > GIVE_UP_MS) expect(state, 'nothing waits for ever').not.toBe('retry');
        if (state === 'retry') expect(afterMs).toBeGreaterThanOrEqual(50);
      }),
    );
  });

  test.each([
    ['a message', false, [60, 540, 1200, 5400]],
    ['a page', true, [1, 59, 540, 1200]],
  ])('%s that is known by its id alone is repeated four times, ever later', (_, page, expected) => {
    const waits: number[] = [];
    for (let doubtMs = 0, turn = 0; turn < 100; turn++) {
      const verdict = decide(unknown, { ...plain, limits: safe, doubt: turn > 0, doubtMs, page });
      if (verdict.state !== 'retry') break;
      waits.push(verdict.afterMs / 1000);
      doubtMs += verdict.afterMs;
    }
    expect(waits).toEqual(expected);
  });

  test('waits grow to five minutes and stay there', () => {
    expect([1, 2, 3, 9, 10, 1000].map(backoffMs)).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000]);
  });
});
