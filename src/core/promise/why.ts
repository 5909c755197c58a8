import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { type Change, type Cycle, givenMs, type Part, partsOf, type Terms } from '../sla/index.ts';
import {
  formatDay,
  formatDuration,
  formatSpan,
  formatWhen,
  literalInline,
  oneLine,
  plain,
  raw,
} from '../text/index.ts';
import { inspect } from '../ticket/index.ts';
import { countCycles } from './keep.ts';

/** Promises that are explained, and parts of each: together they fit into one message of Discord (2,000). */
const SHOWN = 6;
const PARTS = 8;

type Say = (key: string, args?: Readonly<Record<string, string | number>>) => string;

/** How each due time of a ticket came about, for staff: a line for each stretch that counted or did not. Throws `Refusal` when there is no such ticket. */
export async function whyText(act: Act, who: Handle, id: number): Promise<string> {
  await inspect(act, id, 0, false);
  const { cycles, termsBy } = await countCycles(act, id);
  const { locale } = who;
  const say: Say = (key, args = {}) =>
    act.phrases.say(
      locale,
      key,
      Object.fromEntries(
        Object.entries(args).map(([name, value]) => [name, typeof value === 'string' ? raw(value) : value]),
      ),
    );
  const parts = await act.tx<PartOf[]>`
    select since, ended_at as "endedAt" from ticket_notice where ticket_id = ${id} and how = 'part' order by since`;
  const shown = latest(cycles);
  if (shown.length === 0) return say('why-nothing', { number: id });
  const view: View = { act, say, locale, parts };
  return [
    say('why-heading', { number: id }),
    ...shown.map(one => explained(view, one, termsBy(one.terms))),
  ].join('\n\n');
}

/** What is open, and the last of each kind that is not. */
function latest(cycles: readonly Cycle[]): Cycle[] {
  const last = cycles.filter(
    one => !cycles.some(({ target, cycle }) => target === one.target && cycle > one.cycle),
  );
  return last
    .toSorted((a, b) => Number(a.endedAt !== null) - Number(b.endedAt !== null) || a.startedAt - b.startedAt)
    .slice(0, SHOWN);
}

/** From when until when it was part of an outage. */
interface PartOf {
  readonly since: Date;
  readonly endedAt: Date | null;
}

interface View {
  readonly parts: readonly PartOf[];
  readonly act: Act;
  readonly say: Say;
  readonly locale: string;
}

function explained(view: View, cycle: Cycle, terms: Terms): string {
  const { say } = view;
  const state = say(`why-state-${cycle.state}`, {
    when: cycle.endedAt === null ? '' : whenOf(view, cycle.endedAt),
  });
  const when = cycle.dueAt === null ? say('why-paused-for-now') : whenOf(view, cycle.dueAt);
  const head = say('why-promise', { what: plain(say(`promise-${cycle.target}`)), when, state });
  const told =
    cycle.rule.latest === undefined
      ? []
      : [say('why-told', { given: formatDuration(cycle.rule.within / 60, view.locale) })];
  const parts = partsOf(cycle, terms);
  const more = parts.length - PARTS;
  const lines = [
    ...cycle.changes.map(one => changeLine(view, one)),
    ruleLine(view, cycle, terms),
    ...told,
    ...parts.slice(0, PARTS).map(one => partLine(view, one, zoneOf(view, cycle, terms))),
    ...(more > 0 ? [say('why-more', { count: more })] : []),
  ];
  return [head, ...lines.map(line => `- ${line}`)].join('\n');
}

function whenOf({ act, locale }: View, at: number): string {
  return formatWhen(new Date(at), locale, act.policy.desk.zone, act.at, { zone: 'abbreviation' });
}

/** The hours of a calendar are read in its zone, everything else in the desk's. */
function zoneOf({ act }: View, { rule }: Cycle, terms: Terms): string {
  const calendar = terms.calendars[rule.calendar ?? 'always'];
  return calendar === undefined || calendar.always ? act.policy.desk.zone : calendar.zone;
}

function ruleLine(view: View, cycle: Cycle, terms: Terms): string {
  const given = formatDuration(givenMs(cycle.rule) / 60_000, view.locale);
  const from = whenOf(view, cycle.countedFrom);
  const { calendar = 'always' } = cycle.rule;
  if (terms.calendars[calendar]?.always !== false) return view.say('why-rule-always', { given, from });
  return view.say('why-rule', { given, from, calendar, zone: zoneOf(view, cycle, terms) });
}

function partLine(view: View, part: Part, zone: string): string {
  const { say, locale } = view;
  if (part.kind === 'day-off') return dayOffLine(view, part);
  const from = new Date(part.from);
  const stood = view.parts.some(one => one.since <= from && (one.endedAt ?? from) >= from)
    ? 'part'
    : 'paused';
  if (part.to === null) return view.say(`why-${stood}-since`, { from: whenOf(view, part.from) });
  const span = formatSpan(from, new Date(part.to), locale, zone);
  if (part.kind === 'paused') return say(`why-${stood}`, { span });
  return say('why-open', { length: formatDuration((part.to - part.from) / 60_000, locale), span });
}

function dayOffLine({ act, say, locale }: View, { date, name }: Extract<Part, { kind: 'day-off' }>): string {
  const day = formatDay(new Date(`${date}T12:00:00Z`), locale, 'UTC');
  if (name === undefined) return say('why-day-off', { day });
  const called =
    typeof name === 'string'
      ? name
      : (name[locale] ?? name[act.policy.desk.language] ?? Object.values(name)[0] ?? '');
  return say('why-day-off-named', { day, name: literalInline(oneLine(called, 60)) });
}

function changeLine(view: View, { at, type, effect }: Change): string {
  const reason = plain(view.say(`why-reason-${type}`));
  return view.say(`why-change-${effect}`, { when: whenOf(view, at), reason });
}
