import type { BarChart } from '../chart/index.ts';
import type { Context } from '../context.ts';
import { nameIn } from '../policy/index.ts';
import { formatWhen, raw } from '../text/index.ts';
import type { Load } from './model.ts';
import type { Piece } from './tell-week.ts';
import { type Words, wordsIn } from './words.ts';

/** Tells what each team has before it, and the promises that were missed. */
export function tellBoard(
  ctx: Context,
  loads: readonly Load[],
  now: Date,
  requested: string | undefined,
): Piece {
  const words = wordsIn(ctx, requested);
  const { say, bare, locale } = words;
  const rows = loads.map(load => ({ load, name: nameIn(ctx.policy, load.team, locale) }));
  const lines = rows.map(({ load, name }) => `- ${lineOf(words, load, name)}`);
  const title = bare('board-title');
  const missed = say('board-missed', {
    today: sum(loads, one => one.missedToday),
    week: sum(loads, one => one.missedThisWeek),
  });
  const chart: BarChart = {
    kind: 'bars',
    name: 'board',
    title,
    note: formatWhen(now, locale, ctx.policy.desk.zone, new Date(0), { zone: 'city' }),
    stacked: true,
    series: [
      { label: bare('board-late'), tone: 'late' },
      { label: bare('board-free'), tone: 'busy' },
      { label: bare('board-taken'), tone: 'calm' },
      { label: bare('board-waiting'), tone: 'quiet' },
    ],
    rows: rows.map(({ load, name }) => ({
      label: name,
      values: partsOf(load),
      says: partsOf(load).map(count => (count === 0 ? '' : String(count))),
      end: bare('board-open', { count: openOf(load) }),
    })),
  };
  return { text: `**${title}**\n\n${lines.join('\n')}\n\n${missed}`, chart };
}

const sum = (loads: readonly Load[], of: (load: Load) => number): number =>
  loads.reduce((all, one) => all + of(one), 0);
const partsOf = ({ late, free, taken, waiting }: Load): number[] => [late, free, taken, waiting];
const openOf = (load: Load): number => partsOf(load).reduce((all, one) => all + one, 0);

function lineOf({ say }: Words, load: Load, team: string): string {
  const { late, free, taken, waiting, critical, missedToday, missedThisWeek } = load;
  const counts: readonly [string, number][] = [
    ['board-late', late],
    ['board-free', free],
    ['board-taken', taken],
    ['board-waiting', waiting],
    ['board-critical', critical],
  ];
  const parts = counts
    .filter(([, count]) => count > 0)
    .map(([what, count]) => say('board-line-part', { what: raw(say(what)), count }));
  const missed = missedThisWeek > 0 && say('board-line-missed', { today: missedToday, week: missedThisWeek });
  const head = say('board-line', { team, open: openOf(load) });
  return [[head, parts.join(', ')].filter(Boolean).join(' – '), missed].filter(Boolean).join('; ');
}
