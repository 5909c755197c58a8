import type { Context } from '../context.ts';
import type { Reader, Words } from '../preference/index.ts';
import {
  formatClock,
  formatDay,
  formatDuration,
  formatSpan,
  literal,
  literalInline,
  oneLine,
  plain,
  raw,
} from '../text/index.ts';
import type { NoticeContent, NoticeKind, NoticeState } from './model.ts';
import { worstImpact } from './rules/impact.ts';
import { isSaidTo, isTheirs } from './rules/own.ts';
import { isSameTime } from './rules/parts.ts';
import { windowOf } from './rules/steps.ts';
import { clockChange, offsetAt } from './rules/time.ts';
import { titleIn, wordsIn } from './rules/worded.ts';

/** What a notice says to one reader. */
export interface Saying {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly stage: string;
  /** Where the revision leads to. */
  readonly state: NoticeState;
  readonly content: NoticeContent;
  /** What was said before it, for what was moved. */
  readonly before: NoticeContent | undefined;
  /** The reader's account, by its ref; absent where nobody in particular reads it. */
  readonly account?: string;
  /** By what it concerns the reader. */
  readonly hits: readonly Hit[];
}

/** An object that concerns the reader: its place in the list, and the service by which; null for an object that is everybody's. */
export interface Hit {
  readonly object: number;
  readonly service: { readonly name: string; readonly order: string | null } | null;
}

/** As much of it as its first words need. */
export type Lead = Pick<Saying, 'kind' | 'stage' | 'state' | 'account'> & {
  readonly content: Times;
  readonly before: Times | undefined;
};

type Times = Pick<NoticeContent, 'windows'> & Partial<Pick<NoticeContent, 'objects'>>;

type Say = (key: string, args?: Parameters<Context['phrases']['say']>[2]) => string;
type Zoned = Pick<Reader, 'locale' | 'zone'>;

const MINUTE_MS = 60_000;
/** Longest word of how something stands, in UTF-16 units: it finds room below a message that was nearly as long as may be. */
const STANDS = 300;
/** Services that are named, and the length of each name. */
const NAMED = { services: 8, length: 60 } as const;

/** A notice as a reader gets it: in their language, with times on their own clocks, and only as far as it concerns them. */
export function wordsOf(ctx: Context, given: Saying, reader: Zoned, now: Date): Words {
  const say: Say = ctx.phrases.say.bind(ctx.phrases, reader.locale);
  const saying = isMoved(given) ? given : { ...given, stage: 'update' };
  const { id, kind, content } = saying;
  const title = titleIn(content, reader.locale);
  const head = plain(say(`notice-kind-${kind}`));
  const what = stageWord(saying);
  const said = what === undefined ? '' : ` (${plain(say(`notice-stage-${what}`))})`;
  return {
    subject: oneLine(`${head} N-${id}${said}: ${title}`, 200),
    text: body(say, saying, reader, now),
    now: stands(say, saying, reader, now),
  };
}

/** Of a new time only those for whom it is one hear that it is. */
function isMoved({ stage, content, before, account }: Saying): boolean {
  if (stage !== 'reschedule' || before === undefined) return true;
  return !isSameTime(windowsFor(before, account), windowsFor(content, account));
}

function windowsFor({ windows, objects = [] }: Times, account: string | undefined) {
  return windows.filter((_, index) => isTheirs({ windows, objects }, index, account));
}

/** How it stands, for below the first message of it: the state or what has changed, and the times that hold now. A reminder changes nothing. */
function stands(say: Say, saying: Saying, reader: Zoned, now: Date): string | undefined {
  const { stage } = saying;
  if (stage.startsWith('reminder:')) return undefined;
  const isOff = stage === 'withdrawn';
  const head = say('notice-now', { at: momentIn(wholeMinute(now), reader, now) });
  const said = isOff ? say('notice-lead-withdrawn') : lead(say, saying, reader, now);
  const when = isOff || OVER.has(verbOf(stage)) ? [] : whenLines(say, saying, reader, now);
  const more = say('notice-now-more');
  const ways = [
    [head, said || more, ...when],
    [head, said, more],
    [head, more],
  ];
  const texts = ways.map(lines => lines.filter(line => line !== '').join('\\\n'));
  return texts.find(text => text.length <= STANDS) ?? texts.at(-1);
}

const wholeMinute = (at: Date): Date => new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);

/** Stages after which nothing is to come. */
const OVER: ReadonlySet<string> = new Set(['resolve', 'finish', 'cancel']);

const verbOf = (stage: string): string => stage.split(':')[0] ?? '';

/** What a stage adds to the subject; undefined for the first word of something. */
function stageWord({ kind, stage }: Saying): string | undefined {
  const verb = verbOf(stage);
  if (verb === 'announce') return undefined;
  if (verb === 'finish') return 'resolve';
  return verb === 'resolve' && kind === 'outage' ? 'resolved' : verb;
}

function body(say: Say, saying: Saying, reader: Zoned, now: Date): string {
  const { content, stage } = saying;
  const text = wordsIn(content.text, reader.locale);
  if (stage === 'withdrawn') return say('notice-lead-withdrawn');
  const isOver = OVER.has(verbOf(stage));
  const lines = [
    ...(isOver ? [] : whenLines(say, saying, reader, now)),
    ...(isOver ? [] : impactLine(say, saying)),
    ...concernLine(say, saying),
  ];
  // What a clock says by itself comes without the words that were said at the beginning, but for a reminder.
  const speaks = !['start', 'finish'].includes(verbOf(stage)) && text !== undefined;
  return [lead(say, saying, reader, now), lines.join('\\\n'), speaks ? literal(text) : '']
    .filter(part => part !== '')
    .join('\n\n');
}

/** What a stage says by itself, before the words of staff; empty where it says nothing. */
export function lead(say: Say, saying: Lead, reader: Zoned, now: Date): string {
  const { kind, stage, state, content, before, account } = saying;
  const [verb = ''] = stage.split(':');
  const old = windowsFor(before ?? content, account)
    .map(one => spanIn(one, reader, now))
    .join('; ');
  if (kind === 'outage') return say(`notice-state-${verb === 'cancel' ? 'cancelled' : state}`);
  switch (verb) {
    case 'cancel':
      return old === '' ? say('notice-lead-cancelled') : say('notice-lead-cancelled-was', { old });
    case 'reschedule':
      return old === '' ? '' : say('notice-lead-moved', { old });
    case 'resolve':
    case 'finish':
      return say('notice-lead-done');
    case 'start':
      return say('notice-lead-started');
    case 'reminder': {
      const window = content.windows[windowOf(stage) ?? 0];
      const minutes = (Date.parse(window?.from ?? '') - now.getTime()) / 60_000;
      return say('notice-lead-reminder', { in: formatDuration(rounded(minutes), reader.locale) });
    }
    default:
      return state === 'planned' && kind === 'maintenance' ? say('notice-lead-tentative') : '';
  }
}

/** "In 23 hours 59 minutes" helps nobody. */
function rounded(minutes: number): number {
  const step = minutes > 2_880 ? 1_440 : minutes > 120 ? 60 : 5;
  return Math.max(1, minutes > 10 ? Math.round(minutes / step) * step : Math.round(minutes));
}

function whenLines(
  say: Say,
  { kind, stage, content, account, hits }: Saying,
  reader: Zoned,
  now: Date,
): string[] {
  const only = windowOf(stage);
  const mine = content.windows.filter((_, index) =>
    only === undefined ? isSaidTo(content, index, { account, objects: objectsOf(hits) }) : index === only,
  );
  const span = (one: NoticeContent['windows'][number]): string => spanIn(one, reader, now);
  const lines = mine.map(one => say(kind === 'change' ? 'notice-from' : 'notice-when', { when: span(one) }));
  const changes = mine.flatMap(({ from, to }) => {
    const change = clockChange(now, new Date(from), new Date(to), reader.zone);
    return change === undefined
      ? []
      : [{ ...change, day: formatDay(change.at, reader.locale, reader.zone, now) }];
  });
  const [change] = changes;
  if (change === undefined) return lines;
  const { day, before, after, within } = change;
  return [...lines, say(within ? 'notice-clocks-within' : 'notice-clocks', { day, before, after })];
}

const objectsOf = (hits: readonly Hit[]): number[] => hits.map(({ object }) => object);

/** On the reader's clocks with how far these are from UTC, and in UTC. */
export function spanIn(
  { from, to }: { readonly from: string; readonly to: string },
  { locale, zone }: Zoned,
  now: Date,
): string {
  const [begin, end] = [new Date(from), new Date(to)];
  const [first, last] = [offsetAt(begin, zone), offsetAt(end, zone)];
  const utc = `${formatSpan(begin, end, locale, 'UTC', now)} UTC`;
  if (first === 'UTC' && last === 'UTC') return utc;
  if (first === last) return `${formatSpan(begin, end, locale, zone, now)} (${first}) = ${utc}`;
  return `${momentIn(begin, { locale, zone }, now)} – ${momentIn(end, { locale, zone }, now)} = ${utc}`;
}

/** A moment on the reader's clocks, with how far these are from UTC. */
export function momentIn(at: Date, { locale, zone }: Zoned, now: Date): string {
  return `${formatDay(at, locale, zone, now)} ${formatClock(at, locale, zone)} (${offsetAt(at, zone)})`;
}

function impactLine(say: Say, { content, hits }: Saying): string[] {
  const worst = worstImpact(content, objectsOf(hits));
  return worst === undefined ? [] : [say('notice-impact', { impact: raw(say(`notice-impact-${worst}`)) })];
}

function concernLine(say: Say, { hits }: Saying): string[] {
  const names = [...new Set(hits.flatMap(({ service }) => (service === null ? [] : nameOf(service))))];
  if (names.length === 0) return [];
  const shown = names
    .slice(0, NAMED.services)
    .map(name => literalInline(name))
    .join(', ');
  const count = names.length - NAMED.services;
  return [
    count > 0
      ? say('notice-concerns-more', { services: raw(shown), count })
      : say('notice-concerns', { services: raw(shown) }),
  ];
}

function nameOf({ name, order }: { readonly name: string; readonly order: string | null }): string {
  return oneLine(order === null ? name : `${name} (#${order})`, NAMED.length);
}
