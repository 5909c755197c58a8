import type { FinishStage, NoticeContent, NoticeKind, NoticeState } from '../model.ts';
import { type Ended, partEnd, partsLeft } from './parts.ts';

/** Something that happens by itself. */
export interface Step {
  readonly stage: `start:${number}` | FinishStage | `reminder:${number}:${number}`;
  readonly dueAt: Date;
}

const MINUTE_MS = 60_000;

/**
 * What follows from a confirmed revision by the clock. Nothing that would be in the past, and no reminder of what has begun. Each part ends with its own
 * windows, and once: `ended` is what has ended before.
 */
export function stepsOf(
  kind: NoticeKind,
  state: NoticeState,
  content: NoticeContent,
  now: Date,
  ended: readonly Ended[] = [],
): readonly Step[] {
  const { windows, reminders, starts, ends } = content;
  if (kind === 'outage') return [];
  const steps: Step[] = [];
  for (const [index, window] of windows.entries()) {
    const from = Date.parse(window.from);
    for (const minutes of new Set(reminders))
      steps.push({ stage: `reminder:${index}:${minutes}`, dueAt: new Date(from - minutes * MINUTE_MS) });
    // A date that is not final starts nothing.
    if (starts && kind === 'maintenance' && state !== 'planned')
      steps.push({ stage: `start:${index}`, dueAt: new Date(from) });
  }
  const ahead = steps.filter(({ dueAt }) => dueAt > now);
  if (!ends || (kind === 'maintenance' && state === 'planned')) return ahead;
  const finishes = partsLeft(content, ended).flatMap((part): [FinishStage, number][] => {
    const end = partEnd(content, part);
    return end === undefined ? [] : [[part.end, Math.max(end, now.getTime())]];
  });
  return [...ahead, ...[...new Map(finishes)].map(([stage, at]) => ({ stage, dueAt: new Date(at) }))];
}

/** The window that a stage is about; undefined for what is about all. */
export function windowOf(stage: string): number | undefined {
  const [, index] = /^(?:start|reminder):(\d+)/.exec(stage) ?? [];
  return index === undefined ? undefined : Number(index);
}

/** The objects, by their places, that a stage is about: of what is over nobody hears any more. */
export function objectsAt(stage: string, content: NoticeContent, ended: readonly Ended[]): readonly number[] {
  const left = partsLeft(content, ended);
  const told = stage.startsWith('finish') ? left.filter(({ end }) => end === stage) : left;
  const window = windowOf(stage);
  return told
    .flatMap(({ objects }) => objects)
    .filter(place => window === undefined || (content.objects[place]?.windows?.includes(window) ?? true));
}

/** Whether a reminder comes too late: what it is of has begun. */
export function isLate(stage: string, { windows }: Pick<NoticeContent, 'windows'>, now: Date): boolean {
  if (!stage.startsWith('reminder:')) return false;
  const window = windows[windowOf(stage) ?? 0];
  return window === undefined || Date.parse(window.from) <= now.getTime();
}
