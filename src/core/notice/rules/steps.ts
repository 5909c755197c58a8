import type { NoticeContent, NoticeKind, NoticeState } from '../model.ts';

/** Something that happens by itself. */
export interface Step {
  readonly stage: `start:${number}` | 'finish' | `reminder:${number}:${number}`;
  readonly dueAt: Date;
}

const MINUTE_MS = 60_000;

/** What follows from a confirmed revision by the clock. Nothing that would be in the past, and no reminder of what has begun. */
export function stepsOf(
  kind: NoticeKind,
  state: NoticeState,
  { windows, reminders, starts, ends }: NoticeContent,
  now: Date,
): readonly Step[] {
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
  if (!ends || windows.length === 0 || (kind === 'maintenance' && state === 'planned')) return ahead;
  return [
    ...ahead,
    { stage: 'finish', dueAt: new Date(Math.max(...windows.map(({ to }) => Date.parse(to)), now.getTime())) },
  ];
}

/** The window that a stage is about; undefined for what is about all. */
export function windowOf(stage: string): number | undefined {
  const [, index] = /^(?:start|reminder):(\d+)/.exec(stage) ?? [];
  return index === undefined ? undefined : Number(index);
}

/** Whether a reminder comes too late: what it is of has begun. */
export function isLate(stage: string, { windows }: Pick<NoticeContent, 'windows'>, now: Date): boolean {
  if (!stage.startsWith('reminder:')) return false;
  const window = windows[windowOf(stage) ?? 0];
  return window === undefined || Date.parse(window.from) <= now.getTime();
}
