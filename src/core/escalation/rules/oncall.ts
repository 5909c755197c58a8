/** Who is on call: pure, second-exact, on the wall of the rotation's zone. */
import { Temporal } from 'temporal-polyfill';
import type { OncallPolicy } from '../../policy/index.ts';

/** Somebody stands in for whoever would be on call, from the first moment to before the last. */
export interface Override {
  readonly person: string;
  readonly from: Date;
  readonly to: Date;
}

/** A stretch of time with one person on call, or nobody. */
export interface Shift {
  readonly person: string | undefined;
  /** Somebody stands in. */
  readonly override: boolean;
  readonly from: Date;
  /** Undefined: it goes on without end. */
  readonly to: Date | undefined;
}

/** What the rules need of the calendars: whether one is open at a moment, and when that changes; undefined: never. */
export type Openings = (
  calendar: string,
  at: Date,
) => { readonly open: boolean; readonly until: Date | undefined };

type Layer = OncallPolicy['layers'][number];

const HOUR_MS = 3_600_000;
/** Changes that are looked through for one answer: weeks of shifts of an hour. */
const LOOKS = 2_000;

/** Who is on call at a moment, and until when. Of overrides the last one given counts, of layers the last one that is open. */
export function onCallAt(
  schedule: OncallPolicy,
  overrides: readonly Override[],
  openings: Openings,
  at: Date,
): Shift {
  const [first] = shifts(schedule, overrides, openings, at);
  return first as Shift;
}

/** The shifts from a moment on, joined where the same person goes on; they end after some thousands of changes. */
export function* shifts(
  schedule: OncallPolicy,
  overrides: readonly Override[],
  openings: Openings,
  from: Date,
): Generator<Shift> {
  let whole = stretchAt(schedule, overrides, openings, from);
  for (let looks = 0; whole.to !== undefined && looks < LOOKS; looks++) {
    const next: Shift = stretchAt(schedule, overrides, openings, whole.to);
    const same = next.person === whole.person && next.override === whole.override;
    if (!same) yield whole;
    whole = same ? { ...whole, to: next.to } : next;
  }
  yield whole;
}

/** Until the next moment at which anything may change. */
function stretchAt(
  schedule: OncallPolicy,
  overrides: readonly Override[],
  openings: Openings,
  at: Date,
): Shift {
  const edges: Date[] = overrides.flatMap(one => [one.from, one.to]).filter(edge => edge > at);
  const end = (): Date | undefined =>
    edges.length === 0 ? undefined : new Date(Math.min(...edges.map(edge => edge.getTime())));
  const standIn = overrides.findLast(one => one.from <= at && at < one.to);
  if (standIn !== undefined) return { person: standIn.person, override: true, from: at, to: end() };
  for (const layer of schedule.layers.toReversed()) {
    const opening = layer.calendar === undefined ? undefined : openings(layer.calendar, at);
    if (opening?.until !== undefined) edges.push(opening.until);
    if (opening?.open === false) continue;
    const turn = turnOf(layer, schedule.zone, at);
    if (turn.until !== undefined) edges.push(turn.until);
    if (turn.person !== undefined) return { person: turn.person, override: false, from: at, to: end() };
  }
  return { person: undefined, override: false, from: at, to: end() };
}

/** Whose turn it is in a layer, and when the next one's begins. */
function turnOf(
  layer: Layer,
  zone: string,
  at: Date,
): { person: string | undefined; until: Date | undefined } {
  const { members } = layer;
  const n = turnNumber(layer, zone, at);
  if (n < 0) return { person: undefined, until: handover(layer, zone, 0) };
  const person = members[n % members.length];
  return { person, until: members.length === 1 ? undefined : laterThan(layer, zone, n, at) };
}

/** The clocks can jump over a whole shift: then it has no length. */
function laterThan(layer: Layer, zone: string, n: number, at: Date): Date {
  let next = n + 1;
  while (handover(layer, zone, next) <= at) next++;
  return handover(layer, zone, next);
}

/** How many handovers there were since the first shift began; -1 before it. */
function turnNumber(layer: Layer, zone: string, at: Date): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime();
  const passed = firstWall(layer).until(wall, { largestUnit: 'hours' }).total('hours');
  let n = Math.floor(passed / hoursOf(layer));
  if (n < -1) return -1;
  while (n >= 0 && handover(layer, zone, n) > at) n--;
  while (handover(layer, zone, n + 1) <= at) n++;
  return n;
}

/** When the n-th shift begins. A time that the clocks jump over is the moment of the jump; of one that they go through twice the first counts. */
function handover(layer: Layer, zone: string, n: number): Date {
  const wall = firstWall(layer).add({ hours: n * hoursOf(layer) });
  const found = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (found.toPlainDateTime().equals(wall)) return new Date(found.epochMilliseconds);
  return new Date(
    found.getTimeZoneTransition('next')?.epochMilliseconds ?? found.epochMilliseconds + HOUR_MS,
  );
}

function firstWall({ start, handover: minutes }: Layer): Temporal.PlainDateTime {
  return Temporal.PlainDate.from(start).toPlainDateTime({
    hour: Math.floor(minutes / 60),
    minute: minutes % 60,
  });
}

const hoursOf = ({ every }: Layer): number => ('hours' in every ? every.hours : every.days * 24);
