import { z } from 'zod';
import type { CalendarRule, DayName, OpenHours } from '../sla/index.ts';
import { words } from './parts.ts';

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

/** What a day is called: a text, or one by language. */
const dayName = z.union([z.string().min(1).max(60), words], {
  error: 'a day is called by a text of at most 60 characters, or by one for each language: { en: …, pl: … }',
});

interface NamedDay {
  readonly date: string;
  readonly name: DayName | undefined;
}

/** `2026-04-06`, `12-25`, `12-25: Christmas Day`, `12-25: { en: Christmas Day, pl: Boże Narodzenie }`. */
const holiday = z.unknown().transform((given, issues): NamedDay => {
  const [date = '', name, more] =
    given !== null && typeof given === 'object' ? Object.entries(given).flat() : [given, undefined];
  const called = name === undefined ? undefined : dayName.safeParse(name);
  if (typeof date !== 'string' || !isHoliday(date) || more !== undefined)
    issues.addIssue(
      'a holiday is written 2026-04-06, or 12-25 for every year; with its name 12-25: Christmas Day',
    );
  else if (called?.success === false) issues.addIssue(called.error.issues[0]?.message ?? 'has no name');
  return { date: String(date), name: called?.data };
});

/** Hours, or hours with what the day is called. */
const otherDay = z.preprocess(
  given => (given !== null && typeof given === 'object' && !Array.isArray(given) ? given : { hours: given }),
  z.strictObject({ hours: dayHours, name: dayName.optional() }),
);

const isHoliday = (text: string): boolean =>
  isDate(text) || (/^\d\d-\d\d$/.test(text) && isDate(`2028-${text}`));

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
          dates: z.record(date, otherDay).default({}),
          holidays: z.array(holiday).default([]),
          holidays_file: z.string().min(1).optional(),
        })
        .transform(({ hours: open, holidays_file: file, ...rest }, issues): WrittenCalendar => {
          if (open.every(day => day.length === 0))
            issues.addIssue({ code: 'custom', path: ['hours'], message: 'it is never open' });
          return { rule: ruleOf(rest, open), file };
        }),
    )
    .refine(all => !('always' in all), '"always" is there already: it is 24/7')
    .default({});

interface WrittenDays {
  readonly zone: string;
  readonly dates: Readonly<Record<string, z.output<typeof otherDay>>>;
  readonly holidays: readonly NamedDay[];
}

/** A date of its own goes before a holiday, also with its name. */
function ruleOf({ zone, dates, holidays }: WrittenDays, week: readonly OpenHours[][]): CalendarRule {
  const others = Object.entries(dates);
  const named = [...holidays, ...others.map(([on, { name }]) => ({ date: on, name }))];
  return {
    always: false,
    zone,
    week,
    dates: Object.fromEntries(others.map(([on, { hours: open }]) => [on, open])),
    holidays: holidays.map(one => one.date),
    ...namesIn(named),
  };
}

/** Where no day has a name there are none: a calendar without is the same as before there were any. */
function namesIn(days: readonly NamedDay[]): { readonly names?: Readonly<Record<string, DayName>> } {
  const named = days.flatMap(({ date: on, name }): [string, DayName][] =>
    name === undefined ? [] : [[on, name]],
  );
  return named.length === 0 ? {} : { names: Object.fromEntries(named) };
}
