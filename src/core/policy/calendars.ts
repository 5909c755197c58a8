import { z } from 'zod';
import type { CalendarRule, OpenHours } from '../sla/index.ts';

const DAY_S = 86_400;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A calendar as the policy writes it, with the file of holidays that is still to be read. */
export interface WrittenCalendar {
  readonly rule: CalendarRule;
  readonly file: string | undefined;
}

/** "09:00-18:00", "22:00-06:00" (over midnight), "00:00-24:00" → seconds of the day. */
const hours = z.string().transform((text, issues): OpenHours => {
  const [, from, to] = /^(\d\d:\d\d(?::\d\d)?)\s*[-–]\s*(\d\d:\d\d(?::\d\d)?)$/.exec(text.trim()) ?? [];
  const [begin, end] = [secondsIn(from), secondsIn(to)];
  if (begin === undefined || end === undefined || begin === DAY_S || begin === end) {
    issues.addIssue('hours are written 09:00-18:00; 22:00-06:00 goes over midnight');
    return z.NEVER;
  }
  return [begin, end < begin ? end + DAY_S : end];
});

function secondsIn(text: string | undefined): number | undefined {
  const [h = 0, m = 0, s = 0] = (text ?? 'x').split(':').map(Number);
  const seconds = h * 3600 + m * 60 + s;
  return m < 60 && s < 60 && seconds <= DAY_S ? seconds : undefined;
}

/** One stretch, several, or none. */
const dayHours = z
  .union(
    [z.literal('closed').transform((): OpenHours[] => []), hours.transform(one => [one]), z.array(hours)],
    {
      error:
        'hours are written 09:00-18:00, [09:00-12:00, 13:00-17:00] or closed; the whole day is 00:00-24:00',
    },
  )
  .superRefine((list, issues) => {
    const sorted = list.toSorted((a, b) => a[0] - b[0]);
    if (sorted.some((one, index) => index > 0 && one[0] < (sorted[index - 1]?.[1] ?? 0)))
      issues.addIssue('these hours overlap');
  });

const date = z.string().refine(isDate, 'a date is written 2026-12-24, and must be in the calendar');
const holiday = z
  .string()
  .refine(
    text => isDate(text) || (/^\d\d-\d\d$/.test(text) && isDate(`2028-${text}`)),
    'a holiday is written 2026-04-06, or 12-25 for every year',
  );

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** "mon", "mon-fri", "fri-mon" → days of the week from 0; undefined for what is neither. */
function daysIn(text: string): number[] | undefined {
  const [from, to, ...rest] = text.split('-').map(one => days.indexOf(one as (typeof days)[number]));
  if (from === undefined || from < 0 || (to !== undefined && to < 0) || rest.length > 0) return undefined;
  const count = (((to ?? from) - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, n) => (from + n) % 7);
}

const week = z.record(z.string(), dayHours).transform((written, issues) => {
  const result: OpenHours[][] = [[], [], [], [], [], [], []];
  const seen = new Set<number>();
  for (const [name, open] of Object.entries(written)) {
    const meant = daysIn(name);
    if (meant === undefined)
      issues.addIssue({
        code: 'custom',
        path: [name],
        message: 'a day is mon to sun, or a range such as mon-fri',
      });
    for (const day of meant ?? []) {
      if (seen.has(day))
        issues.addIssue({ code: 'custom', path: [name], message: `${days[day]} is there twice` });
      seen.add(day);
      result[day] = open;
    }
  }
  return result;
});

/** The calendars of the policy by name. */
export const calendarsSchema = (zone: z.ZodType<string, string>) =>
  z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,19}$/, 'a calendar is named with 1 to 20 small letters, digits or dashes'),
      z
        .strictObject({
          zone,
          hours: week,
          dates: z.record(date, dayHours).default({}),
          holidays: z.array(holiday).default([]),
          holidays_file: z.string().min(1).optional(),
        })
        .transform(({ hours: open, holidays_file: file, ...rest }, issues): WrittenCalendar => {
          if (open.every(day => day.length === 0))
            issues.addIssue({ code: 'custom', path: ['hours'], message: 'it is never open' });
          return { rule: { always: false, ...rest, week: open }, file };
        }),
    )
    .refine(all => !('always' in all), '"always" is there already: it is 24/7')
    .default({});
