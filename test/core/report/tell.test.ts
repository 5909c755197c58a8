import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/core/context.ts';
import type { Load, WeekFigures } from '../../../src/core/report/model.ts';
import { weekOf } from '../../../src/core/report/rules/week.ts';
import { tellBoard } from '../../../src/core/report/tell-board.ts';
import { tellWeek } from '../../../src/core/report/tell-week.ts';
import { plain } from '../../../src/core/text/index.ts';
import { testPolicy, words } from '../../harness/desk.ts';

const ctx = { policy: testPolicy(), phrases: words } as unknown as Context;
const MINUTE_MS = 60_000;
const week = weekOf(new Date('2026-11-18T12:00:00Z'), 'Europe/Warsaw');
const hours = Array.from({ length: 7 }, (_, day) =>
  Array.from({ length: 24 }, (_, hour) => (hour === 23 && day === 6 ? 7 : 0)),
);
const figures: WeekFigures = {
  opened: 1200,
  critical: 3,
  closed: 1100,
  unanswered: 2,
  replies: { count: 1198, p50: 20_000, p90: 9 * MINUTE_MS, p95: 65 * MINUTE_MS },
  repliesBy: new Map([
    ['gone', { count: 1, p50: 1000, p90: 1000, p95: 1000 }],
    ['technical', { count: 1197, p50: 20_000, p90: 9 * MINUTE_MS, p95: 65 * MINUTE_MS }],
  ]),
  kept: { met: 2999, missed: 1 },
  keptBy: new Map([['technical', { met: 2999, missed: 1 }]]),
  hours,
  ratings: { asked: 0, good: 0, fair: 0, bad: 0, words: [] },
  longest: [
    { ticketId: 12, waitedMs: 26 * 60 * MINUTE_MS, isOver: true },
    { ticketId: 15, waitedMs: 30_000, isOver: false },
  ],
};
const numberOf = (id: number): string => `[#${id}](<https://desk.example/${id}>)`;

describe('a week', () => {
  it('is told in English as the English write', () => {
    const { sheet, pieces } = tellWeek(ctx, week, figures, 'en-US', numberOf);
    expect(`${sheet.mark} ${sheet.title}`).toBe('Week 47/2026 · 16–22 November 2026');
    expect(plain(sheet.text)).toContain('half within < 1 min, 90 % within 9 mins, 95 % within 1 hr 5 mins.');
    expect(sheet.text).toContain('No first reply yet: **2**');
    // Never rounded up to all of them.
    expect(plain(sheet.text)).toContain('Promises kept: 99.9% (2999 of 3000).');
    const text = pieces.map(piece => plain(piece.text)).join('\n');
    const links = pieces.at(-1)?.text ?? '';
    expect(text).toContain('Sunday 23:00–24:00 (messages: 7)');
    expect(links).toContain('- [#12](<https://desk.example/12>): 1 day 2 hrs');
    expect(text).toMatch(/#15\b.*: < 1 min, still waiting/);
  });

  it('is told in Polish as the Polish write', () => {
    const { sheet, pieces } = tellWeek(ctx, week, figures, 'pl', numberOf);
    expect(`${sheet.mark} ${sheet.title}`).toBe('Tydzień 47/2026 · 16–22 listopada 2026');
    expect(plain(sheet.text)).toContain('99,9%');
    expect(pieces.map(piece => piece.text).join('\n')).toContain('niedziela 23:00–24:00');
    expect(pieces.map(({ chart }) => chart?.title)).toEqual([
      'Pierwsza odpowiedź',
      'Obietnice dotrzymane',
      'Najbardziej pracowite godziny',
      undefined,
    ]);
  });

  it('has its departments in the order of the policy, and one that is gone by its id', () => {
    const [first] = tellWeek(ctx, week, figures, 'en', numberOf).pieces;
    const rows = first?.chart?.kind === 'bars' ? first.chart.rows.map(({ label }) => label) : [];
    expect(rows).toEqual(['Technical', 'gone']);
  });

  it('says on each picture nothing that its words do not say', () => {
    const [replies, kept] = tellWeek(ctx, week, figures, 'en', numberOf).pieces;
    for (const piece of [replies, kept]) {
      const rows = piece?.chart?.kind === 'bars' ? piece.chart.rows : [];
      for (const { label, says, end } of rows) {
        const text = plain(piece?.text ?? '');
        for (const said of [label, end ?? '', ...(piece === replies ? says : [])])
          expect(text).toContain(said);
      }
    }
  });

  it('without anything is a few words and no picture', () => {
    const none: WeekFigures = {
      ...figures,
      opened: 0,
      replies: undefined,
      unanswered: 0,
      repliesBy: new Map(),
      kept: { met: 0, missed: 0 },
      keptBy: new Map(),
      hours: hours.map(row => row.map(() => 0)),
      longest: [],
    };
    const { sheet, pieces } = tellWeek(ctx, week, none, 'en', numberOf);
    expect(pieces).toEqual([]);
    expect(sheet.text).toContain('No promise came due.');
  });
});

describe('the board', () => {
  const load: Load = {
    team: { id: 'support', name: { en: 'Support engineers', pl: 'Inżynierowie wsparcia' } },
    late: 2,
    free: 0,
    taken: 9,
    waiting: 4,
    critical: 1,
    missedToday: 3,
    missedThisWeek: 7,
  };
  const idle: Load = {
    team: { id: 'billing', name: { en: 'Billing', pl: 'Rozliczenia' } },
    late: 0,
    free: 0,
    taken: 0,
    waiting: 0,
    critical: 0,
    missedToday: 0,
    missedThisWeek: 0,
  };
  const now = new Date('2026-11-18T12:00:00Z');

  it('names what there is, and is silent on what there is not', () => {
    const { text } = tellBoard(ctx, [load, idle], now, 'en');
    expect(text).toContain(
      '- **Support engineers**: open 15 – late 2, taken 9, waiting for the customer 4, 🔴 critical 1; missed today 3, this week 7',
    );
    expect(text).toMatch(/- \*\*Billing\*\*: open 0$/m);
    expect(text).toContain('Promises missed today: **3**, this week: **7**.');
  });

  it('is a picture with the same numbers', () => {
    const { chart } = tellBoard(ctx, [load, idle], now, 'pl');
    expect(chart).toMatchObject({
      title: 'Tablica',
      note: '18 lis 2026, 13:00 (Warsaw)',
      rows: [
        {
          label: 'Inżynierowie wsparcia',
          values: [2, 0, 9, 4],
          says: ['2', '', '9', '4'],
          end: 'otwarte: 15',
        },
        { label: 'Rozliczenia', values: [0, 0, 0, 0], end: 'otwarte: 0' },
      ],
    });
  });
});
