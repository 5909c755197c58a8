import type { Break } from './model.ts';

const fire = 'src/core/timer/fire.ts';
const timers = 'test/core/timer/timers.test.ts';

/** Breaks of what is to happen in time. */
export const timerBreaks: readonly Break[] = [
  {
    guarantee: 4,
    what: 'a timer is marked fired outside of the transaction of its handler',
    edits: [
      [
        fire,
        'const rows = await act.tx<{ id: number }[]>`',
        'const rows = await act.database.sql<{ id: number }[]>`',
      ],
    ],
    test: timers,
  },
  {
    guarantee: 4,
    what: 'a timer that was cancelled or set anew after it was claimed fires all the same',
    edits: [
      [
        fire,
        "and t.state = 'pending' and t.generation = leased.generation\n      and t.fence = leased.fence and t.leased_until is not null",
        "and t.state <> 'fired'",
      ],
    ],
    test: timers,
  },
  {
    guarantee: 4,
    what: 'of timers that fire together the others go on after one has failed',
    edits: [
      [
        'src/core/context.ts',
        'const ends = await Promise.allSettled(all.map(work));',
        'await Promise.all(all.map(work));\n  const ends: PromiseSettledResult<void>[] = [];',
      ],
    ],
    test: timers,
  },
  {
    guarantee: 4,
    what: 'what a killed desk had claimed stays with it',
    edits: [
      [
        'src/core/timer/claim.ts',
        'and (leased_until is null or leased_until <= §{now})',
        'and leased_until is null',
      ],
    ],
    test: timers,
  },
  {
    guarantee: 4,
    what: 'a timer whose handler failed is given up',
    edits: [[fire, 'run_at = §{runAt}', "run_at = 'infinity'"]],
    test: timers,
  },
  {
    guarantee: 4,
    what: 'the checker believes what those believe who fire',
    edits: [['src/core/timer/watch.ts', 'and due_at < §{before}', 'and run_at < §{before}']],
    test: 'test/core/timer/watch.test.ts',
  },
];
