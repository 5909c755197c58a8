import type { PromiseRule, PromiseTarget, Terms } from '../model.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { dueOf, givenMs, type Pause } from './due.ts';
import { inOrder, type LogEntry } from './log.ts';
import { fittingRule, sameRule } from './match.ts';

/** Why a promise has the time it has: something changed, and it was counted anew from then, from its beginning, or left as it was. */
export interface Change {
  readonly at: number;
  readonly type: 'transferred' | 'prioritised' | 'made-ticket' | 'proved' | 'terms-changed';
  readonly effect: 'anew' | 'from-start' | 'kept';
}

/** One promise: from what opened it to what ended it. Times are ms of the epoch. */
export interface Cycle {
  readonly target: PromiseTarget;
  /** From 1, for each target. */
  readonly cycle: number;
  readonly startedAt: number;
  /** Null while it is paused. */
  readonly dueAt: number | null;
  /** `missed` may still be open; `void` when nothing was promised any more. */
  readonly state: 'running' | 'paused' | 'met' | 'missed' | 'void';
  readonly endedAt: number | null;
  readonly missedAt: number | null;
  readonly paused: readonly Pause[];
  /** The terms it was last counted under. */
  readonly terms: string;
  readonly rule: PromiseRule;
  /** Where its time is counted from: its start, or a later change. */
  readonly countedFrom: number;
  readonly changes: readonly Change[];
}

/** Terms by their hash. */
export type TermsBy = (hash: string) => Terms;

/** What goes on without a word of the customer: the news of an outage take its place. */
const UNASKED: readonly PromiseTarget[] = ['update', 'resolution'];

/** The customer was told the time of these: it is never put off. */
const TOLD: readonly PromiseTarget[] = ['acknowledgement', 'first-reply', 'answer'];

interface Open {
  readonly target: PromiseTarget;
  readonly cycle: number;
  readonly startedAt: number;
  from: number;
  rule: PromiseRule;
  terms: string;
  pauses: Pause[];
  /** It stands because the ticket is part of an outage, whose news are what is promised then. */
  held: boolean;
  readonly changes: Change[];
}

/** The ticket as far as the log was read. */
interface Reading {
  readonly termsBy: TermsBy;
  facts: Pick<Extract<LogEntry, { type: 'opened' }>, 'department' | 'priority' | 'way' | 'tier'>;
  terms: string;
  state: 'open' | 'waiting' | 'solved' | 'closed';
  replied: boolean;
  /** It is part of an outage. */
  part: boolean;
  readonly open: Map<PromiseTarget, Open>;
  readonly ended: Cycle[];
}

/**
 * What a ticket's events come to: every promise that was made on it, with what became of it as of the last event. Depends on its
 * arguments only. Empty for a log without its opening.
 */
export function cyclesOf(log: readonly LogEntry[], termsBy: TermsBy): Cycle[] {
  const [first, ...rest] = inOrder(log);
  if (first?.type !== 'opened') return [];
  const { department, priority, way, tier, terms } = first;
  const facts = { department, priority, way, tier };
  const reading: Reading = {
    termsBy,
    facts,
    terms,
    state: 'open',
    replied: false,
    part: false,
    open: new Map(),
    ended: [],
  };
  for (const target of ['acknowledgement', 'first-reply', 'resolution'] as const)
    start(reading, target, first.at);
  for (const entry of rest) read(reading, entry);
  const now = rest.at(-1)?.at ?? first.at;
  const open = [...reading.open.values()].map(one => asOf(reading, one, now));
  return [...reading.ended, ...open].toSorted(
    (a, b) => a.startedAt - b.startedAt || a.target.localeCompare(b.target) || a.cycle - b.cycle,
  );
}

function read(reading: Reading, entry: LogEntry): void {
  const { at } = entry;
  switch (entry.type) {
    case 'acknowledged':
      end(reading, ['acknowledgement'], at);
      break;
    case 'customer-wrote':
      begin(reading, at);
      break;
    case 'staff-replied':
      end(reading, ['first-reply', 'next-reply', 'answer', 'update'], at);
      reading.replied = true;
      if (isLive(reading)) start(reading, 'update', at);
      break;
    case 'escalation-asked':
      ask(reading, at);
      break;
    case 'moved':
      moved(reading, entry);
      break;
    case 'transferred':
      reading.facts = { ...reading.facts, department: entry.to };
      retune(reading, { at, type: entry.type });
      break;
    case 'prioritised':
      reading.facts = { ...reading.facts, priority: entry.to };
      retune(reading, { at, type: entry.type });
      break;
    case 'made-ticket':
      madeTicket(reading, at);
      break;
    case 'proved':
      reading.facts = { ...reading.facts, tier: entry.tier };
      retune(reading, { at, type: entry.type });
      break;
    case 'terms-changed':
      reading.terms = entry.terms;
      retune(reading, { at, type: entry.type });
      break;
    case 'attached':
      attached(reading, at);
      break;
    case 'detached':
      reading.part = false;
      for (const open of reading.open.values()) if (open.held) release(reading, open, at);
      break;
    default: // only that it is so late
  }
}

/** What a chat has promised goes on; an answer that did not come at once is promised again, as a ticket's. */
function madeTicket(reading: Reading, at: number): void {
  reading.facts = { ...reading.facts, way: 'ticket' };
  const first = reading.open.get('first-reply');
  if (first !== undefined && isLate(reading, first, at)) {
    end(reading, ['first-reply'], at);
    start(reading, 'first-reply', at);
  }
  retune(reading, { at, type: 'made-ticket' });
}

function isLive({ state }: Reading): boolean {
  return state === 'open' || state === 'waiting';
}

/** What was promised stands while the outage lasts: its own news are promised instead. What is late stays so. */
function attached(reading: Reading, at: number): void {
  reading.part = true;
  for (const open of reading.open.values())
    if (open.target !== 'acknowledgement' && !isLate(reading, open, at)) hold(open, at);
}

function hold(open: Open, at: number): void {
  open.held = true;
  if (open.pauses.at(-1)?.[1] !== null) open.pauses.push([at, null]);
}

/** It counts again, unless it waits for the customer. */
function release(reading: Reading, open: Open, at: number): void {
  open.held = false;
  const waits = reading.state === 'waiting' && reading.termsBy(open.terms).paused.includes(open.target);
  if (!waits) resume(open, at);
}

/** A customer waits for the next reply, unless it is the first. Whoever writes again during an outage asks for more than its news. */
function begin(reading: Reading, at: number): void {
  const [first, next] = [reading.open.get('first-reply'), reading.open.get('next-reply')];
  if (next?.held) release(reading, next, at);
  else if (first === undefined || first.held) start(reading, 'next-reply', at);
}

/** One that was promised already and is not late stays: it is sooner. */
function ask(reading: Reading, at: number): void {
  const open = reading.open.get('answer');
  if (open?.held) release(reading, open, at);
  if (open !== undefined && !isLate(reading, open, at)) return;
  end(reading, ['answer'], at);
  start(reading, 'answer', at);
}

function moved(reading: Reading, { to, by, who, at }: Extract<LogEntry, { type: 'moved' }>): void {
  reading.state = to;
  if (to === 'solved' || to === 'closed')
    end(reading, ['first-reply', 'next-reply', 'answer', 'update', 'resolution'], at);
  if (to === 'waiting') {
    end(reading, ['answer'], at);
    for (const open of reading.open.values()) pause(reading, open, at);
  }
  if (to !== 'open') return;
  for (const open of reading.open.values()) if (!open.held) resume(open, at);
  if (by !== 'reopen') return;
  start(reading, 'resolution', at);
  if (who === 'customer') begin(reading, at);
}

function pause(reading: Reading, open: Open, at: number): void {
  const { paused } = reading.termsBy(open.terms);
  const stands = open.pauses.at(-1)?.[1] === null;
  if (!stands && paused.includes(open.target) && !isLate(reading, open, at)) open.pauses.push([at, null]);
}

function resume(open: Open, at: number): void {
  const last = open.pauses.at(-1);
  if (last === undefined || last[1] !== null) return;
  open.pauses.pop();
  if (at > last[0]) open.pauses.push([last[0], at]);
}

/** Opens a promise where the terms have one for this ticket and none of the kind is open. */
function start(reading: Reading, target: PromiseTarget, at: number): void {
  const rule = fittingRule(reading.termsBy(reading.terms), target, reading.facts);
  if (rule === undefined || reading.open.has(target)) return;
  const cycle = 1 + reading.ended.filter(one => one.target === target).length;
  const open: Open = {
    target,
    cycle,
    startedAt: at,
    from: at,
    rule,
    terms: reading.terms,
    pauses: [],
    held: false,
    changes: [],
  };
  reading.open.set(target, open);
  if (reading.part && UNASKED.includes(target)) hold(open, at);
  if (reading.state === 'waiting') pause(reading, open, at);
}

function end(reading: Reading, targets: readonly PromiseTarget[], at: number, state?: 'void'): void {
  for (const target of targets) {
    const open = reading.open.get(target);
    if (open === undefined) continue;
    resume(open, at);
    const late = isLate(reading, open, at);
    reading.open.delete(target);
    const dueAt = dueAtOf(reading, open);
    reading.ended.push({
      ...plain(open),
      dueAt,
      state: late ? 'missed' : (state ?? 'met'),
      endedAt: at,
      missedAt: late ? dueAt : null,
    });
  }
}

/** What is open runs under what holds now; what was missed stays as it is. */
function retune(reading: Reading, { at, type }: Pick<Change, 'at' | 'type'>): void {
  for (const open of [...reading.open.values()]) {
    if (isLate(reading, open, at)) continue;
    const terms = reading.termsBy(reading.terms);
    const rule = fittingRule(terms, open.target, reading.facts);
    if (rule === undefined) {
      if (TOLD.includes(open.target)) open.changes.push({ at, type, effect: 'kept' });
      else end(reading, [open.target], at, 'void');
    } else if (!sameRule(terms, rule, reading.termsBy(open.terms), open.rule))
      recount(reading, open, rule, { at, type });
  }
  if (isLive(reading)) start(reading, 'resolution', at);
  if (isLive(reading) && reading.replied) start(reading, 'update', at);
}

/**
 * More time counts from the start, less from the change, and less never makes it later than it was. A pause that goes on is looked at as if it
 * ended now.
 */
function recount(
  reading: Reading,
  open: Open,
  rule: PromiseRule,
  { at, type }: Pick<Change, 'at' | 'type'>,
): void {
  const calendar = calendarIn(reading.termsBy(reading.terms), rule);
  const pauses = open.pauses.map(([from, to]): Pause => [from, to ?? at]);
  const before = dueOf(
    calendarIn(reading.termsBy(open.terms), open.rule),
    open.from,
    givenMs(open.rule),
    pauses,
  );
  const fromStart = dueOf(calendar, open.startedAt, givenMs(rule), pauses);
  const anew = dueOf(calendar, at, givenMs(rule), []);
  if (before === null || fromStart === null || anew === null) return;
  const longer = fromStart >= before;
  const effect = longer
    ? TOLD.includes(open.target)
      ? 'kept'
      : 'from-start'
    : anew < before
      ? 'anew'
      : 'kept';
  open.changes.push({ at, type, effect });
  if (effect === 'kept') return;
  open.rule = rule;
  open.terms = reading.terms;
  open.from = effect === 'anew' ? at : open.startedAt;
}

function dueAtOf(reading: Reading, open: Open): number | null {
  const calendar = calendarIn(reading.termsBy(open.terms), open.rule);
  return dueOf(calendar, open.from, givenMs(open.rule), open.pauses);
}

function isLate(reading: Reading, open: Open, at: number): boolean {
  const due = dueAtOf(reading, open);
  return due !== null && due < at;
}

/** An open one as it is now: what is due at this very moment was not kept in time. */
function asOf(reading: Reading, open: Open, now: number): Cycle {
  const dueAt = dueAtOf(reading, open);
  const missed = dueAt !== null && dueAt <= now;
  return {
    ...plain(open),
    dueAt,
    state: missed ? 'missed' : dueAt === null ? 'paused' : 'running',
    endedAt: null,
    missedAt: missed ? dueAt : null,
  };
}

function plain({ target, cycle, startedAt, pauses, terms, rule, from, changes }: Open) {
  return { target, cycle, startedAt, paused: pauses, terms, rule, countedFrom: from, changes };
}

/** The calendar of a rule. Throws when the terms have none of the name, which `readPolicy` refuses. */
export function calendarIn({ calendars }: Terms, { calendar }: PromiseRule): Calendar {
  const rule = calendars[calendar ?? 'always'];
  if (rule === undefined) throw new Error(`there is no calendar "${calendar}"`);
  return calendarOf(rule);
}
