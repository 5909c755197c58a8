/** How the zone is shown after the time: not at all, 'CET', or 'Warsaw'. */
export interface WhenStyle {
  readonly zone?: 'none' | 'abbreviation' | 'city';
}

const DAY_MS = 86_400_000;

/** English means British English here: 24 hours, day before month. */
const tag = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

const REMEMBERED = 200;
const formats = new Map<string, Intl.DateTimeFormat>();

/** To make a format takes 0.2 ms, to use it 0.02 (measured), and each ticket needs five. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  if (formats.size >= REMEMBERED) formats.clear();
  formats.set(key, made);
  return made;
}

/**
 * A moment as people near `now` say it: '14:40', 'tomorrow 09:10', '24 Nov, 14:40', '24 Nov 2027, 14:40', in the given language and
 * IANA zone. Depends on its arguments only. Throws RangeError for an invalid date or an unknown zone.
 */
export function formatWhen(
  date: Date,
  locale: string,
  timeZone: string,
  now: Date,
  style: WhenStyle = {},
): string {
  const time = dateFormat(tag(locale), {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (
    dayBefore(date, locale, timeZone, now) +
    time.format(date) +
    zoneAfter(date, timeZone, style.zone ?? 'none')
  );
}

function dayBefore(date: Date, locale: string, timeZone: string, now: Date): string {
  const days = dayNumber(date, timeZone) - dayNumber(now, timeZone);
  if (days === 0) return '';
  if (days === 1 || days === -1) {
    return `${new Intl.RelativeTimeFormat(tag(locale), { numeric: 'auto' }).format(days, 'day')} `;
  }
  const year = yearOf(date, timeZone) === yearOf(now, timeZone) ? {} : ({ year: 'numeric' } as const);
  const day = dateFormat(tag(locale), { timeZone, day: 'numeric', month: 'short', ...year });
  return `${day.format(date)}, `;
}

function dateParts(date: Date, timeZone: string): Record<string, number> {
  const format = dateFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  return Object.fromEntries(format.formatToParts(date).map(part => [part.type, Number(part.value)]));
}

function dayNumber(date: Date, timeZone: string): number {
  const { year = 0, month = 1, day = 1 } = dateParts(date, timeZone);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function yearOf(date: Date, timeZone: string): number | undefined {
  return dateParts(date, timeZone).year;
}

function zoneAfter(date: Date, timeZone: string, style: 'none' | 'abbreviation' | 'city'): string {
  if (style === 'none') return '';
  if (style === 'city') return ` (${timeZone.split('/').at(-1)?.replaceAll('_', ' ')})`;
  const parts = dateFormat('en-GB', { timeZone, timeZoneName: 'short' }).formatToParts(date);
  return ` ${parts.find(part => part.type === 'timeZoneName')?.value ?? timeZone}`;
}

/** '10 minutes', '1 hour 30 minutes', '2 days' ('10 minut', …), or '10 min', '1 hr 30 min'; rounded to whole minutes, never negative. */
export function formatDuration(minutes: number, locale: string, display: 'long' | 'short' = 'long'): string {
  const whole = Math.max(0, Math.round(minutes));
  const parts: [number, string][] = [
    [Math.floor(whole / 1440), 'day'],
    [Math.floor((whole % 1440) / 60), 'hour'],
    [whole % 60, 'minute'],
  ];
  const shown = parts.filter(([count]) => count > 0);
  if (shown.length === 0) shown.push([0, 'minute']);
  return shown
    .map(([count, unit]) =>
      new Intl.NumberFormat(tag(locale), { style: 'unit', unit, unitDisplay: display }).format(count),
    )
    .join(' ');
}

/** Whole days from one to the other, in words: '16–22 November 2026', '28 December 2026 – 3 January 2027'. */
export function formatDays(first: Date, last: Date, locale: string, timeZone: string): string {
  const format = dateFormat(tag(locale), { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
  // Some editions of the languages' data put spaces between two numbers.
  return format.formatRange(first, last).replace(/^(\d+)\s*–\s*(?=\d+ \p{L}+ \d{4}$)/u, '$1–');
}

/** The days of the week as the language says them, Monday first: 'Mon', or 'Monday'. */
export function weekdays(locale: string, weekday: 'long' | 'short'): string[] {
  const format = dateFormat(tag(locale), { timeZone: 'UTC', weekday });
  // The fifth of January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, day) => format.format(new Date((day + 4) * DAY_MS)));
}

/** A part of a whole: '96 %', '99.9 %'. Cut, never rounded up: only all of it is 100 %. */
export function formatShare(part: number, whole: number, locale: string): string {
  const share = whole === 0 ? 1 : Math.floor((part / whole) * 1000) / 1000;
  return new Intl.NumberFormat(tag(locale), { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** A stretch of time: 'Fri 27 Nov 16:30–17:00', 'Fri 27 Nov 22:00 – Sat 28 Nov 06:00'; with seconds where there are some. `now`: see `formatDay`. */
export function formatSpan(from: Date, to: Date, locale: string, timeZone: string, now?: Date): string {
  const sameDay = dayNumber(from, timeZone) === dayNumber(to, timeZone);
  const begin = `${formatDay(from, locale, timeZone, now)} ${formatClock(from, locale, timeZone)}`;
  if (sameDay) return `${begin}–${formatClock(to, locale, timeZone)}`;
  return `${begin} – ${formatDay(to, locale, timeZone, now)} ${formatClock(to, locale, timeZone)}`;
}

/** 'Fri 27 Nov'; with its year where that is not the year of `now`. */
export function formatDay(date: Date, locale: string, timeZone: string, now?: Date): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    dateFormat(tag(locale), { timeZone, ...options }).format(date);
  const isOther = now !== undefined && yearOf(date, timeZone) !== yearOf(now, timeZone);
  const year = isOther ? ({ year: 'numeric' } as const) : {};
  return `${part({ weekday: 'short' })} ${part({ day: 'numeric', month: 'short', ...year })}`;
}

/** '16:30'; with its seconds where there are some. */
export function formatClock(date: Date, locale: string, timeZone: string): string {
  const second = date.getTime() % 60_000 < 1000 ? {} : ({ second: '2-digit' } as const);
  const options = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...second } as const;
  return dateFormat(tag(locale), options).format(date);
}
