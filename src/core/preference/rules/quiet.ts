import { Temporal } from 'temporal-polyfill';
import type { Quiet } from '../model.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * When the quiet that reigns at a moment ends: undefined when none does. Quiet is what the wall says: where the clocks jump over its end, it
 * ends with the jump; where they go through its end twice, it begins again with them.
 */
export function quietUntil(at: Date, { from, to }: Quiet, zone: string): Date | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const passed = wallMs(here);
  if (!isWithin(passed, from * MINUTE_MS, to * MINUTE_MS)) return undefined;
  const left = (to * MINUTE_MS - passed + DAY_MS) % DAY_MS;
  const end = at.getTime() + left;
  const jump = here.getTimeZoneTransition('next')?.epochMilliseconds;
  if (jump === undefined || jump >= end) return new Date(end);
  const then = new Date(jump);
  return quietUntil(then, { from, to }, zone) ?? then;
}

function wallMs({ hour, minute, second, millisecond }: Temporal.ZonedDateTime): number {
  return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

/** Over midnight when it ends before it begins. */
function isWithin(now: number, from: number, to: number): boolean {
  return from < to ? now >= from && now < to : now >= from || now < to;
}

const TIME = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/;

/** Minutes of the day in what somebody typed (`22:00`, `22.00`, `7:30`, `2200`, `22`); undefined for every other text. */
export function minutesIn(typed: string): number | undefined {
  const text = typed.trim();
  const bare = /^(?:[01]?\d|2[0-4])$/.test(text) ? `${text}:00` : text;
  if (bare === '24:00') return 0;
  const [, hours, minutes] = TIME.exec(bare) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** Minutes of the day as people read them: `07:30`. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
