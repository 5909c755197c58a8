import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cycle, LogEntry, Terms } from '../../../src/core/sla/index.ts';
import { cyclesOf, stepsOf } from '../../../src/core/sla/index.ts';

const h = 3600;
const none = {
  acknowledgement: [],
  'first-reply': [],
  'next-reply': [],
  update: [],
  answer: [],
  resolution: [],
};
const billing = {
  always: false as const,
  zone: 'Europe/Warsaw',
  week: [0, 1, 2, 3, 4, 5, 6].map(day => (day < 5 ? [[9 * h, 17 * h] as const] : [])),
  dates: {},
  holidays: [],
};
const terms: Terms = {
  calendars: { always: { always: true }, billing },
  promises: {
    ...none,
    acknowledgement: [{ within: 120 }],
    'first-reply': [{ way: 'mail', within: 900, latest: 1800 }, { within: 600 }],
    'next-reply': [
      { priority: 'critical', within: 1800 },
      { department: 'financial', within: 4 * h, calendar: 'billing' },
      { within: 2 * h },
    ],
    update: [{ priority: 'critical', within: h }],
    answer: [{ within: 600 }],
  },
  atRisk: [75],
  paused: ['next-reply', 'update', 'resolution'],
};
const other: Terms = {
  ...terms,
  promises: { ...terms.promises, 'next-reply': [{ within: 60 }], update: [] },
};
const by = (hash: string): Terms => (hash === 'new' ? other : terms);

/** Friday, 27 November 2026, in Warsaw (UTC+1). */
const at = (time: string, day = 27): number => Date.parse(`2026-11-${day}T${time}:00+01:00`);
const opened = (when: number, more: object = {}): LogEntry =>
  ({
    type: 'opened',
    at: when,
    department: 'technical',
    priority: 'regular',
    way: 'ticket',
    tier: null,
    terms: 'old',
    ...more,
  }) as LogEntry;
const wrote = (when: number): LogEntry => ({ type: 'customer-wrote', at: when });
const replied = (when: number): LogEntry => ({ type: 'staff-replied', at: when });
const moves = (when: number, by: string, who: 'customer' | 'staff' = 'staff'): LogEntry => {
  const to = { wait: 'waiting', resume: 'open', reopen: 'open', solve: 'solved', close: 'closed' }[
    by
  ] as 'open';
  return { type: 'moved', at: when, by, to, who };
};
const now = (when: number): LogEntry => ({ type: 'promise-at-risk', at: when });

/** One target's cycles, in words. */
function said(log: readonly LogEntry[], target: string): string[] {
  const clock = (ms: number | null): string =>
    ms === null ? '-' : new Date(ms + 3_600_000).toISOString().slice(8, 16).replace('T', ' ');
  return cyclesOf(log, by)
    .filter(one => one.target === target)
    .map(
      one =>
        `${one.cycle} ${clock(one.startedAt)} due ${clock(one.dueAt)} ${one.state} ${clock(one.endedAt)}`,
    );
}

describe('first reply', () => {
  test('is met by the first public reply of a person in time, and missed by a later one', () => {
    expect(said([opened(at('10:00'))], 'first-reply')).toEqual(['1 27 10:00 due 27 10:10 running -']);
    expect(said([opened(at('10:00')), replied(at('10:10'))], 'first-reply')).toEqual([
      '1 27 10:00 due 27 10:10 met 27 10:10',
    ]);
    expect(said([opened(at('10:00')), replied(at('10:11'))], 'first-reply')).toEqual([
      '1 27 10:00 due 27 10:10 missed 27 10:11',
    ]);
    expect(said([opened(at('10:00')), now(at('10:10'))], 'first-reply')).toEqual([
      '1 27 10:00 due 27 10:10 missed -',
    ]);
  });
  test('is not met by the desk’s own acknowledgement, which is a promise of its own', () => {
    const log: LogEntry[] = [opened(at('10:00')), { type: 'acknowledged', at: at('10:01') }];
    expect(said(log, 'first-reply')).toEqual(['1 27 10:00 due 27 10:10 running -']);
    expect(said(log, 'acknowledgement')).toEqual(['1 27 10:00 due 27 10:02 met 27 10:01']);
  });
  test('by mail it is told for 15 minutes, is missed after 30, and at risk at 15', () => {
    const [first] = cyclesOf([opened(at('10:00'), { way: 'mail' })], by).filter(
      one => one.target === 'first-reply',
    );
    expect(stepsOf(first as Cycle, terms).map(one => [one.step, (one.dueAt - at('10:00')) / 60_000])).toEqual(
      [
        ['due', 30],
        ['risk-50', 15],
        ['risk-75', 22.5],
      ],
    );
  });
  test('what happened counts and not what was written down first', () => {
    const log = [opened(at('10:00')), now(at('10:10')), replied(at('10:09'))];
    expect(said(log, 'first-reply')).toEqual(['1 27 10:00 due 27 10:10 met 27 10:09']);
  });
});

describe('next reply', () => {
  const begun = [opened(at('10:00')), replied(at('10:05'))];
  test('runs in cycles, from the first message that nobody answered to the reply, a solution or a close', () => {
    const log = [
      ...begun,
      wrote(at('11:00')),
      wrote(at('11:30')),
      replied(at('12:00')),
      wrote(at('13:00')),
      moves(at('14:00'), 'solve'),
    ];
    expect(said(log, 'next-reply')).toEqual([
      '1 27 11:00 due 27 13:00 met 27 12:00',
      '2 27 13:00 due 27 15:00 met 27 14:00',
    ]);
  });
  test('is not there while the first reply is', () => {
    expect(said([opened(at('10:00')), wrote(at('10:01'))], 'next-reply')).toEqual([]);
  });
  test('a customer who opens the ticket again waits for a reply; staff who do it do not', () => {
    const solved = [...begun, moves(at('11:00'), 'solve')];
    expect(said([...solved, moves(at('12:00'), 'reopen', 'customer')], 'next-reply')).toEqual([
      '1 27 12:00 due 27 14:00 running -',
    ]);
    expect(said([...solved, moves(at('12:00'), 'reopen')], 'next-reply')).toEqual([]);
  });
  test('Friday evening’s billing question is due on Monday; its clock stands while the ticket waits, in business time', () => {
    const log = [opened(at('16:00'), { department: 'financial' }), replied(at('16:05')), wrote(at('16:00'))];
    const asked = [...log, wrote(at('16:30'))];
    expect(said(asked, 'next-reply')).toEqual(['1 27 16:30 due 30 12:30 running -']);
    const waits = [...asked, moves(at('16:45'), 'wait')];
    expect(said(waits, 'next-reply')).toEqual(['1 27 16:30 due - paused -']);
    // 15 minutes of the pause are in business time on Friday, one hour on Monday.
    expect(said([...waits, moves(at('10:00', 30), 'resume')], 'next-reply')).toEqual([
      '1 27 16:30 due 30 13:45 running -',
    ]);
  });
});

describe('a change', () => {
  const asked = [opened(at('10:00')), replied(at('10:05')), wrote(at('11:00'))];
  const priority = (when: number, to: string): LogEntry => ({ type: 'prioritised', at: when, to });
  test('to less time counts from the change, and makes nothing later', () => {
    expect(said([...asked, priority(at('11:30'), 'critical')], 'next-reply')).toEqual([
      '1 27 11:00 due 27 12:00 running -',
    ]);
    expect(said([...asked, priority(at('12:50'), 'critical')], 'next-reply')).toEqual([
      '1 27 11:00 due 27 13:00 running -',
    ]);
  });
  test('to more time counts from the start, but what the customer was told is never put off', () => {
    const critical = [
      opened(at('10:00'), { priority: 'critical' }),
      replied(at('10:05')),
      wrote(at('11:00')),
    ];
    expect(said([...critical, priority(at('11:10'), 'regular')], 'next-reply')).toEqual([
      '1 27 11:00 due 27 13:00 running -',
    ]);
    const mail = [opened(at('10:00')), { type: 'terms-changed', at: at('10:01'), terms: 'new' } as LogEntry];
    expect(said(mail, 'first-reply')).toEqual(['1 27 10:00 due 27 10:10 running -']);
  });
  test('of the policy counts what is open anew and leaves what has ended', () => {
    const log = [
      ...asked,
      replied(at('11:50')),
      wrote(at('12:00')),
      { type: 'terms-changed', at: at('12:30'), terms: 'new' } as LogEntry,
    ];
    expect(said(log, 'next-reply')).toEqual([
      '1 27 11:00 due 27 13:00 met 27 11:50',
      '2 27 12:00 due 27 12:31 running -',
    ]);
  });
  test('of what was missed changes nothing', () => {
    expect(said([...asked, priority(at('13:30'), 'critical')], 'next-reply')).toEqual([
      '1 27 11:00 due 27 13:00 missed -',
    ]);
  });
  test('to nothing promised ends it without a verdict', () => {
    const log = [
      opened(at('10:00'), { priority: 'critical' }),
      replied(at('10:05')),
      priority(at('10:30'), 'regular'),
    ];
    expect(said(log, 'update')).toEqual(['1 27 10:05 due 27 11:05 void 27 10:30']);
  });
});

test('updates are due while a critical ticket lasts, each from the last word', () => {
  const log = [
    opened(at('10:00'), { priority: 'critical' }),
    replied(at('10:05')),
    replied(at('11:00')),
    replied(at('12:30')),
    moves(at('13:00'), 'close'),
  ];
  expect(said(log, 'update')).toEqual([
    '1 27 10:05 due 27 11:05 met 27 11:00',
    '2 27 11:00 due 27 12:00 missed 27 12:30',
    '3 27 12:30 due 27 13:30 met 27 13:00',
  ]);
});

test('a quicker answer that was asked for again is due when it was promised first', () => {
  const ask = (when: number): LogEntry => ({ type: 'escalation-asked', at: when });
  expect(
    said([opened(at('10:00')), ask(at('10:02')), ask(at('10:08')), replied(at('10:09'))], 'answer'),
  ).toEqual(['1 27 10:02 due 27 10:12 met 27 10:09']);
  expect(said([opened(at('10:00')), ask(at('10:02')), ask(at('10:40'))], 'answer')).toEqual([
    '1 27 10:02 due 27 10:12 missed 27 10:40',
    '2 27 10:40 due 27 10:50 running -',
  ]);
});

describe('part of an outage', () => {
  const attached = (when: number): LogEntry => ({ type: 'attached', at: when });
  const detached = (when: number): LogEntry => ({ type: 'detached', at: when });
  test('the clock stands while it lasts, to the second, and is met by its end', () => {
    const log = [opened(at('10:00')), attached(at('10:04'))];
    expect(said([...log, now(at('12:00'))], 'first-reply')).toEqual(['1 27 10:00 due - paused -']);
    expect(said([...log, detached(at('12:04'))], 'first-reply')).toEqual([
      '1 27 10:00 due 27 12:10 running -',
    ]);
    expect(said([...log, detached(at('12:04')), moves(at('12:04'), 'solve')], 'first-reply')).toEqual([
      '1 27 10:00 due 27 12:10 met 27 12:04',
    ]);
  });
  test('what was missed before stays missed', () => {
    const log = [opened(at('10:00')), attached(at('10:11')), detached(at('12:00'))];
    expect(said(log, 'first-reply')).toEqual(['1 27 10:00 due 27 10:10 missed -']);
  });
  test('what the customer writes then is answered in the usual time, also when that clock stood already', () => {
    const log = [opened(at('10:00')), attached(at('10:01')), wrote(at('10:30'))];
    expect(said(log, 'next-reply')).toEqual(['1 27 10:30 due 27 12:30 running -']);
    const waited = [opened(at('10:00')), replied(at('10:05')), wrote(at('10:10')), attached(at('10:20'))];
    expect(said(waited, 'next-reply')).toEqual(['1 27 10:10 due - paused -']);
    expect(said([...waited, wrote(at('11:20'))], 'next-reply')).toEqual([
      '1 27 10:10 due 27 13:10 running -',
    ]);
  });
  test('a quicker answer that is asked for then is promised', () => {
    const ask: LogEntry = { type: 'escalation-asked', at: at('10:30') };
    const log = [opened(at('10:00')), attached(at('10:01')), ask];
    expect(said(log, 'answer')).toEqual(['1 27 10:30 due 27 10:40 running -']);
  });
  test('a ticket that waits for the customer when the outage lets it go waits on', () => {
    const log = [opened(at('10:00')), replied(at('10:05')), wrote(at('10:10')), attached(at('10:20'))];
    const waits = [...log, moves(at('10:30'), 'wait'), detached(at('11:00'))];
    expect(said(waits, 'next-reply')).toEqual(['1 27 10:10 due - paused -']);
    expect(said([...waits, moves(at('11:20'), 'resume')], 'next-reply')).toEqual([
      '1 27 10:10 due 27 13:10 running -',
    ]);
  });
  test('word while a critical ticket lasts is the news of the outage', () => {
    const log = [opened(at('10:00'), { priority: 'critical' }), attached(at('10:01')), replied(at('10:05'))];
    expect(said(log, 'update')).toEqual(['1 27 10:05 due - paused -']);
    expect(said([...log, detached(at('12:05'))], 'update')).toEqual(['1 27 10:05 due 27 13:05 running -']);
  });
});

const entries = fc.oneof(
  fc.constantFrom<object>(
    { type: 'customer-wrote' },
    { type: 'staff-replied' },
    { type: 'escalation-asked' },
    { type: 'promise-missed' },
    { type: 'acknowledged' },
    { type: 'attached' },
    { type: 'detached' },
  ),
  fc.record({ type: fc.constant('transferred'), to: fc.constantFrom('technical', 'financial') }),
  fc.record({ type: fc.constant('prioritised'), to: fc.constantFrom('regular', 'critical') }),
  fc.record({ type: fc.constant('terms-changed'), terms: fc.constantFrom('old', 'new') }),
  fc
    .constantFrom('wait', 'resume', 'solve', 'close', 'reopen')
    .chain(by =>
      fc.constantFrom<'customer' | 'staff'>('customer', 'staff').map(who => moves(0, by, who) as object),
    ),
);
const logs = fc.array(fc.tuple(entries, fc.integer({ min: 0, max: 7200 })), { maxLength: 25 }).map(steps => {
  let when = at('08:00');
  return [
    opened(when),
    ...steps.map(([entry, gap]) => {
      when += gap * 1000;
      return { ...entry, at: when } as LogEntry;
    }),
  ];
});

describe('whatever happens', () => {
  test('what has ended is never written anew by what comes after', () => {
    fc.assert(
      fc.property(logs, fc.nat(25), (log, cut) => {
        const later = cyclesOf(log, by);
        for (const one of cyclesOf(log.slice(0, cut + 1), by).filter(({ endedAt }) => endedAt !== null))
          expect(later).toContainEqual(one);
      }),
      { numRuns: 500 },
    );
  });
  test('met and missed are what the times say, and a target has one open cycle at most', () => {
    fc.assert(
      fc.property(logs, log => {
        const all = cyclesOf(log, by);
        for (const one of all) {
          if (one.state === 'met') expect(one.endedAt as number).toBeLessThanOrEqual(one.dueAt as number);
          if (one.state === 'missed') expect(one.missedAt).toBe(one.dueAt);
          if (one.endedAt !== null) expect(one.endedAt).toBeGreaterThanOrEqual(one.startedAt);
          for (const [from, to] of one.paused) if (to !== null) expect(to).toBeGreaterThan(from);
        }
        const open = all.filter(({ endedAt }) => endedAt === null).map(({ target }) => target);
        expect(new Set(open).size).toBe(open.length);
        for (const target of open)
          expect(all.filter(one => one.target === target).at(-1)?.endedAt).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
  test('the order in which it was written down does not matter, where moments differ', () => {
    fc.assert(
      fc.property(logs, log => {
        const distinct = log.filter((one, index) => index === 0 || one.at !== log[index - 1]?.at);
        expect(cyclesOf(distinct.toReversed(), by)).toEqual(cyclesOf(distinct, by));
      }),
    );
  });
});
