import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type NoticeContent,
  type NoticeMove,
  noticeKinds,
  noticeMoves,
  noticeStates,
} from '../../../src/core/notice/model.ts';
import { faultsIn, inOrder } from '../../../src/core/notice/rules/check.ts';
import {
  type ClockMove,
  isOver,
  movesFrom,
  openStates,
  stateAfter,
} from '../../../src/core/notice/rules/lifecycle.ts';
import { readValue } from '../../../src/core/notice/rules/object.ts';
import { isLate, stepsOf, windowOf } from '../../../src/core/notice/rules/steps.ts';
import { clockChange, offsetAt } from '../../../src/core/notice/rules/time.ts';
import { wordsIn } from '../../../src/core/notice/rules/worded.ts';

const moves: readonly (NoticeMove | ClockMove)[] = [...noticeMoves, 'start', 'finish'];

describe.each(noticeKinds)('the life of a %s', kind => {
  const next = (state: (typeof noticeStates)[number]) =>
    moves.flatMap(move => noticeStates.filter(wanted => stateAfter(kind, state, move, wanted) !== undefined));
  const reached = new Set<(typeof noticeStates)[number]>(['draft']);
  for (const state of reached) for (const one of next(state)) reached.add(one);

  it('ends from wherever it is, and nothing comes after the end', () => {
    for (const state of reached) {
      const ahead = new Set([state]);
      for (const one of ahead) for (const after of next(one)) ahead.add(after);
      expect([...ahead].some(isOver), state).toBe(true);
      if (isOver(state)) expect(movesFrom(kind, state)).toEqual([]);
      else expect(movesFrom(kind, state).length).toBeGreaterThan(0);
    }
  });

  it('is never announced twice, and whatever goes on can be ended by staff', () => {
    for (const state of reached) {
      expect(stateAfter(kind, state, 'announce') !== undefined).toBe(state === 'draft');
      if (state === 'draft' || isOver(state)) continue;
      const ends = [stateAfter(kind, state, 'cancel'), stateAfter(kind, state, 'resolve')];
      expect(
        ends.some(one => one !== undefined && isOver(one)),
        state,
      ).toBe(true);
      expect(openStates).toContain(state);
    }
  });
});

test('every state belongs to some kind', () => {
  const all = noticeKinds.flatMap(kind =>
    noticeStates.flatMap(state =>
      moves.flatMap(move => noticeStates.filter(to => stateAfter(kind, state, move, to))),
    ),
  );
  expect(new Set(['draft', ...all])).toEqual(new Set(noticeStates));
});

const now = new Date('2026-10-20T12:00:00Z');
const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
const content = (more: Partial<NoticeContent> = {}): NoticeContent => ({
  title: { en: 'A' },
  text: { en: 'B' },
  objects: [{ type: 'location', value: 'WAW1', impact: 'outage' }],
  windows: [{ from: at(24), to: at(26) }],
  reminders: [1440, 60],
  starts: true,
  ends: true,
  ...more,
});
const codes = (more: Partial<NoticeContent>, state: 'draft' | 'running' = 'draft'): string[] =>
  faultsIn('maintenance', state, content(more), now).map(({ code }) => code);

test('what cannot be is refused with its place', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ title: {}, text: {}, objects: [] })).toEqual(['no-title', 'no-text', 'no-objects']);
  expect(codes({ windows: [] })).toEqual(['no-window']);
  expect(codes({ windows: [{ from: at(2), to: at(1) }] })).toEqual(['window-backwards']);
  expect(codes({ windows: [{ from: at(2), to: at(2) }] })).toEqual(['window-backwards']);
  expect(codes({ windows: [{ from: at(-3), to: at(-2) }] })).toEqual(['window-past']);
  expect(codes({ windows: [{ from: at(-3), to: at(2) }] })).toEqual(['window-past']);
  expect(codes({ windows: [{ from: at(-3), to: at(2) }] }, 'running')).toEqual([]);
  expect(codes({ windows: [{ from: at(-0.5), to: at(2) }] })).toEqual([]);
  expect(
    codes({
      windows: [
        { from: at(1), to: at(3) },
        { from: at(2), to: at(4) },
      ],
    }),
  ).toEqual(['window-overlaps']);
  expect(codes({ objects: [{ type: 'all', value: '', impact: 'none', windows: [1] }] })).toEqual([
    'object-window',
  ]);
  expect(codes({ objects: [{ type: 'all', value: 'x', impact: 'none' }] })).toEqual(['object-value']);
  expect(
    faultsIn(
      'change',
      'draft',
      content({
        windows: [
          { from: at(1), to: at(3) },
          { from: at(4), to: at(5) },
        ],
      }),
      now,
    ),
  ).toMatchObject([{ code: 'one-window' }]);
  expect(faultsIn('outage', 'draft', content({ windows: [] }), now)).toEqual([]);
});

test('windows are put into the order of time, and keep their objects', () => {
  const given = content({
    windows: [
      { from: at(48), to: at(49) },
      { from: at(24), to: at(25) },
    ],
    objects: [
      { type: 'location', value: 'A', impact: 'outage', windows: [0] },
      { type: 'location', value: 'B', impact: 'outage' },
    ],
  });
  const { windows, objects } = inOrder(given);
  expect(windows.map(({ from }) => from)).toEqual([at(24), at(48)]);
  expect(objects.map(one => one.windows)).toEqual([[1], undefined]);
});

test('values are read as services have them', () => {
  expect(readValue('network', ' 203.0.113.7 ')).toEqual({ value: '203.0.113.7/32' });
  expect(readValue('network', '203.0.113.7/24')).toEqual({ code: 'object-network' });
  expect(readValue('network', "'; drop table")).toEqual({ code: 'object-network' });
  expect(readValue('order', '#123456')).toEqual({ value: '123456' });
  expect(readValue('order', 'x')).toEqual({ code: 'object-value' });
  expect(readValue('location', '  ')).toEqual({ code: 'object-value' });
  expect(readValue('rack', ' WAW 1 / R12 ')).toEqual({ value: 'WAW 1/R12' });
  expect(readValue('rack', 'R12')).toEqual({ value: 'R12' });
  for (const nothing of ['', ' ', '/', 'WAW1/', '/ R12'])
    expect(readValue('rack', nothing)).toEqual({ code: 'object-value' });
  expect(readValue('all', '')).toEqual({ value: '' });
});

test('what the clock does is never in the past, and a reminder never after the beginning', () => {
  const hour = fc.integer({ min: -100, max: 400 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(hour, fc.integer({ min: 1, max: 9 })), { maxLength: 4 }),
      fc.array(fc.integer({ min: 5, max: 20_000 }), { maxLength: 5 }),
      (spans, reminders) => {
        const windows = spans.map(([from, length]) => ({ from: at(from), to: at(from + length) }));
        const said = content({ windows, reminders });
        const steps = stepsOf('maintenance', 'confirmed', said, now);
        for (const { stage, dueAt } of steps) {
          expect(dueAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
          if (stage.startsWith('reminder:')) expect(isLate(stage, said, dueAt)).toBe(false);
          const from = windows[windowOf(stage) ?? 0]?.from ?? '';
          if (stage.startsWith('reminder:')) expect(isLate(stage, said, new Date(from))).toBe(true);
        }
        expect(new Set(steps.map(({ stage }) => stage)).size).toBe(steps.length);
        const wanted = windows.flatMap(({ from }) =>
          [...new Set(reminders)].filter(minutes => Date.parse(from) - minutes * 60_000 > now.getTime()),
        );
        expect(steps.filter(({ stage }) => stage.startsWith('reminder:'))).toHaveLength(wanted.length);
      },
    ),
  );
  expect(stepsOf('maintenance', 'planned', content(), now).map(({ stage }) => stage)).toEqual([
    'reminder:0:60',
  ]);
  expect(stepsOf('outage', 'investigating', content(), now)).toEqual([]);
});

describe('clocks that change', () => {
  it('says how far a zone is from UTC, in winter and in summer, in halves of hours too', () => {
    expect(offsetAt(new Date('2026-12-01T00:00:00Z'), 'Europe/Warsaw')).toBe('UTC+1');
    expect(offsetAt(new Date('2026-07-01T00:00:00Z'), 'Europe/Warsaw')).toBe('UTC+2');
    expect(offsetAt(new Date('2026-07-01T00:00:00Z'), 'America/St_Johns')).toBe('UTC−2:30');
    expect(offsetAt(new Date('2026-07-01T00:00:00Z'), 'UTC')).toBe('UTC');
  });

  it('tells of a change between now and the end, before and within, in Warsaw and New York', () => {
    const change = (from: string, to: string, zone: string) =>
      clockChange(now, new Date(from), new Date(to), zone);
    expect(change('2026-10-24T00:00:00Z', '2026-10-24T02:00:00Z', 'Europe/Warsaw')).toBeUndefined();
    expect(change('2026-10-25T00:30:00Z', '2026-10-25T02:00:00Z', 'Europe/Warsaw')).toMatchObject({
      within: true,
      before: 'UTC+2',
      after: 'UTC+1',
    });
    expect(change('2026-10-26T00:30:00Z', '2026-10-26T02:00:00Z', 'Europe/Warsaw')).toMatchObject({
      within: false,
      before: 'UTC+2',
      after: 'UTC+1',
    });
    expect(change('2026-10-26T00:30:00Z', '2026-10-26T02:00:00Z', 'America/New_York')).toBeUndefined();
    expect(change('2026-11-02T00:30:00Z', '2026-11-02T02:00:00Z', 'America/New_York')).toMatchObject({
      before: 'UTC−4',
      after: 'UTC−5',
    });
    expect(change('2027-07-02T00:30:00Z', '2027-07-02T02:00:00Z', 'Europe/Warsaw')).toBeUndefined();
    expect(change('2026-10-26T00:30:00Z', '2026-10-26T02:00:00Z', 'Asia/Tokyo')).toBeUndefined();
  });

  it('is right wherever it is looked: a change is told exactly when the offset at the window is another than now, or changes in it', () => {
    const zone = fc.constantFrom(
      'Europe/Warsaw',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'UTC',
    );
    const hours = fc.integer({ min: 0, max: 9_000 });
    fc.assert(
      fc.property(zone, hours, fc.integer({ min: 1, max: 12 }), (where, start, length) => {
        const [from, to] = [new Date(at(start)), new Date(at(start + length))];
        const offsets = [
          offsetAt(now, where),
          offsetAt(from, where),
          offsetAt(new Date(to.getTime() - 1), where),
        ];
        const change = clockChange(now, from, to, where);
        expect(change !== undefined).toBe(new Set(offsets).size > 1);
        if (change?.within) expect([change.before, change.after]).toEqual(offsets.slice(1));
        else if (change) expect([change.before, change.after]).toEqual(offsets.slice(0, 2));
      }),
    );
  });
});

test('where the reader’s language is missing, the other is used', () => {
  expect([
    wordsIn({ en: 'a', pl: 'b' }, 'pl'),
    wordsIn({ en: 'a' }, 'pl'),
    wordsIn({ pl: 'b' }, 'en'),
    wordsIn({}, 'en'),
  ]).toEqual(['b', 'a', 'b', undefined]);
});
