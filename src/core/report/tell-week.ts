import type { BarChart, Chart, HeatChart } from '../chart/index.ts';
import type { Context } from '../context.ts';
import type { Sheet } from '../outbox/index.ts';
import { departmentName } from '../policy/index.ts';
import { formatDays, formatShare, oneLine, raw, weekdays } from '../text/index.ts';
import type { Kept, Replies, Week, WeekFigures } from './model.ts';
import { busiestOf } from './rules/busiest.ts';
import { type Words, wordsIn } from './words.ts';

/** A part of what is told: words, and the picture of them where there is one. */
export interface Piece {
  readonly text: string;
  readonly chart?: Chart;
}

/** A report in words and pictures: its head, and what follows. */
interface Told {
  readonly sheet: Sheet;
  readonly pieces: readonly Piece[];
}

/** How a ticket's number is written where it is read: with a link, if there is one. */
export type NumberOf = (ticketId: number) => string;

/** Tells the numbers of a week in a language; in the desk's zone. */
export function tellWeek(
  ctx: Context,
  week: Week,
  figures: WeekFigures,
  requested: string | undefined,
  numberOf: NumberOf,
): Told {
  const words = wordsIn(ctx, requested);
  const days = daysOf(ctx, week, words);
  const mark = words.bare('report-mark', { number: week.number, year: String(week.year) });
  const pieces = [
    repliesPiece(ctx, words, figures, days),
    keptPiece(ctx, words, figures, days),
    hoursPiece(words, figures, days),
    longestPiece(words, figures, numberOf),
    ratingsPiece(words, figures, numberOf),
  ];
  return {
    sheet: { mark, title: `· ${days}`, text: headOf(words, figures) },
    pieces: pieces.filter(piece => piece !== undefined),
  };
}

function daysOf(ctx: Context, { from, to }: Week, { locale }: Words): string {
  return formatDays(from, new Date(to.getTime() - 1), locale, ctx.policy.desk.zone);
}

function headOf({ say, time, locale }: Words, figures: WeekFigures): string {
  const { opened, critical, closed, replies, unanswered, kept } = figures;
  const all = kept.met + kept.missed;
  return [
    say('report-opened', { opened, critical, closed }),
    replies &&
      say('report-replies', { p50: time(replies.p50), p90: time(replies.p90), p95: time(replies.p95) }),
    unanswered > 0 && say('report-unanswered', { count: unanswered }),
    all === 0
      ? say('report-nothing-due')
      : say('report-kept', { share: formatShare(kept.met, all, locale), met: kept.met, all }),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const list = (heading: string, lines: readonly string[]): string =>
  `**${heading}**\n\n${lines.map(line => `- ${line}`).join('\n')}`;

/** In the order of the policy; then those that it no longer has. */
function byDepartment<T>(ctx: Context, of: ReadonlyMap<string, T>, locale: string): [string, T][] {
  const order = ctx.policy.departments.map(({ id }) => id);
  const place = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...of]
    .toSorted(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .map(([id, value]) => [departmentName(ctx.policy, id, locale), value]);
}

function repliesPiece(
  ctx: Context,
  { say, bare, time, locale }: Words,
  { repliesBy }: WeekFigures,
  days: string,
): Piece | undefined {
  if (repliesBy.size === 0) return undefined;
  const rows = byDepartment(ctx, repliesBy, locale);
  const times = ({ p50, p90, p95 }: Replies): number[] => [p50, p90, p95];
  const lines = rows.map(([department, one]) => {
    const [p50 = '', p90 = '', p95 = ''] = times(one).map(time);
    return say('report-replies-line', { department, p50, p90, p95, count: one.count });
  });
  const title = bare('report-replies-title');
  const chart: BarChart = {
    kind: 'bars',
    name: 'first-reply',
    title,
    note: days,
    stacked: false,
    series: [
      { label: bare('report-half'), tone: 'good' },
      { label: bare('report-of-hundred', { count: 90 }), tone: 'calm' },
      { label: bare('report-of-hundred', { count: 95 }), tone: 'busy' },
    ],
    rows: rows.map(([label, one]) => ({ label, values: times(one), says: times(one).map(time) })),
  };
  return { text: list(title, lines), chart };
}

function keptPiece(
  ctx: Context,
  { say, bare, locale }: Words,
  { keptBy }: WeekFigures,
  days: string,
): Piece | undefined {
  if (keptBy.size === 0) return undefined;
  const rows = byDepartment(ctx, keptBy, locale);
  const share = ({ met, missed }: Kept): string => formatShare(met, met + missed, locale);
  const lines = rows.map(([department, one]) =>
    say('report-kept-line', {
      department,
      share: share(one),
      met: one.met,
      all: one.met + one.missed,
    }),
  );
  const title = bare('report-kept-title');
  const chart: BarChart = {
    kind: 'bars',
    name: 'promises-kept',
    title,
    note: days,
    stacked: true,
    series: [
      { label: bare('report-met'), tone: 'good' },
      { label: bare('report-missed'), tone: 'late' },
    ],
    rows: rows.map(([label, one]) => ({
      label,
      values: [one.met / (one.met + one.missed), one.missed / (one.met + one.missed)],
      says: [String(one.met), one.missed === 0 ? '' : String(one.missed)],
      end: share(one),
    })),
    most: 1,
  };
  return { text: list(title, lines), chart };
}

/** Every third hour is written below the picture. */
const WRITTEN = 3;

function hoursPiece({ say, bare, locale }: Words, { hours }: WeekFigures, days: string): Piece | undefined {
  const busiest = busiestOf(hours);
  if (busiest.length === 0) return undefined;
  const long = weekdays(locale, 'long');
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  const lines = busiest.map(({ day, hour, count }) =>
    say('report-hours-line', { day: long[day] ?? '', from: clock(hour), to: clock(hour + 1), count }),
  );
  const title = bare('report-hours-title');
  const chart: HeatChart = {
    kind: 'heat',
    name: 'busiest-hours',
    title,
    note: bare('report-hours-note', { days }),
    rows: weekdays(locale, 'short'),
    columns: Array.from({ length: 24 }, (_, hour) => (hour % WRITTEN === 0 ? String(hour) : '')),
    values: hours,
  };
  return { text: list(title, lines), chart };
}

function longestPiece(
  { say, bare, time }: Words,
  { longest }: WeekFigures,
  numberOf: NumberOf,
): Piece | undefined {
  if (longest.length === 0) return undefined;
  const lines = longest.map(({ ticketId, waitedMs, isOver }) => {
    const args = { number: raw(numberOf(ticketId)), wait: time(waitedMs) };
    return say(isOver ? 'report-longest-line' : 'report-longest-still', args);
  });
  return { text: list(bare('report-longest-title'), lines) };
}

/** Longest comment that is shown, in UTF-16 units. */
const COMMENT = 200;

function ratingsPiece(
  { say, bare }: Words,
  { ratings: { words, ...counts } }: WeekFigures,
  numberOf: NumberOf,
): Piece | undefined {
  if (counts.asked + counts.good + counts.fair + counts.bad === 0) return undefined;
  const lines = words.map(({ ticketId, answer, comment }) =>
    say('report-ratings-words', {
      number: raw(numberOf(ticketId)),
      answer: bare(`rate-${answer}`),
      comment: oneLine(comment, COMMENT),
    }),
  );
  return { text: list(bare('report-ratings-title'), [say('report-ratings', counts), ...lines]) };
}
