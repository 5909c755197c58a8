import { COUNTS, DAYS_BACK, LEADING, MONTHS, OFFSETS, UNITS, WEEKDAYS } from './when-words.ts';

/** A calendar day as written; the year may be left out. */
export interface WrittenDate {
  readonly year?: number;
  readonly month: number;
  readonly day: number;
}

/** The day a text names. Several dates: 03/04 can be read both ways. */
export type WrittenDay =
  | { readonly kind: 'dates'; readonly dates: readonly WrittenDate[] }
  | { readonly kind: 'back'; readonly days: number }
  | { readonly kind: 'weekday'; readonly weekday: number };

/** What a text says about time, before any calendar or clock is asked. `zone` is an offset ('+02:00') or an IANA name. */
export type WrittenTime =
  | { readonly kind: 'now' }
  | { readonly kind: 'ago'; readonly minutes: number }
  | {
      readonly kind: 'clock';
      readonly hour: number;
      readonly minute: number;
      readonly second: number;
      readonly millisecond: number;
      readonly zone?: string;
      readonly day?: WrittenDay;
    };

/** Longest text that is read; a moment needs less. */
const MAX_LENGTH = 100;

const NOW = /^(?:(?:just |right )?now|teraz|wlasnie teraz|przed chwila)$/;
const AGO = /^(?:(\d{1,6}(?:[.,]\d{1,2})?)\s*)?((?:[a-z]+\s+)*?)([a-z]+)\s+(?:ago|temu)$/;
const ZONE = String.raw`(?:\(?(z|[a-z]{2,5}|[a-z]+(?:/[a-z_]+)+|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)\)?)`;
const COLON = String.raw`\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?:\s*(?:[ap]\.?m\.?|h))?`;
const TIME = String.raw`(${COLON}|\d{1,2}\s*[ap]\.?m\.?|\d{4})`;
const DAY_THEN_TIME = new RegExp(
  String.raw`^(?:(.+?)(?:\s*,?\s+(?:(?:at|o|ok\.?|okolo|about|around|od|godz\.?)\s+)*|t))?${TIME}\s*${ZONE}?$`,
);
const TIME_THEN_DAY = new RegExp(String.raw`^${TIME}(?:\s+${ZONE}|z)?\s*,?\s+(?:(?:on|dnia|w|we)\s+)?(.+)$`);

/** Reads what is written; undefined when it is no time at all. Never throws. */
export function parseWhen(input: string): WrittenTime | undefined {
  if (input.length > MAX_LENGTH) return undefined;
  const text = plainWords(input);
  if (NOW.test(text)) return { kind: 'now' };
  return ago(text) ?? clockOf(text);
}

function plainWords(input: string): string {
  let text = input
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replace(/[–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/[\s.,;!?]+$/, '')
    .trim();
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(LEADING, '');
  }
  return text;
}

/** '20 min ago', 'an hour ago', 'pol godziny temu', 'godzine temu'. */
function ago(text: string): WrittenTime | undefined {
  const match = AGO.exec(text);
  const unit = UNITS.get(match?.[3] ?? '');
  if (!match || unit === undefined) return undefined;
  let count = match[1] === undefined ? 1 : Number(match[1].replace(',', '.'));
  for (const word of (match[2] ?? '').split(' ').filter(w => w !== '')) {
    const times = COUNTS.get(word);
    if (times === undefined) return undefined;
    count *= times;
  }
  return { kind: 'ago', minutes: count * unit };
}

function clockOf(text: string): WrittenTime | undefined {
  const first = DAY_THEN_TIME.exec(text);
  if (first) {
    const read = clock(first[2] ?? '', first[3], first[1]);
    if (read) return read;
  }
  const second = TIME_THEN_DAY.exec(text);
  if (!second) return undefined;
  const zoned = clock(second[1] ?? '', second[2], second[3]);
  return zoned ?? clock(second[1] ?? '', undefined, [second[2], second[3]].join(' ').trim());
}

function clock(timeText: string, zoneText?: string, dayText?: string): WrittenTime | undefined {
  const day = dayText === undefined ? undefined : dayOf(dayText);
  const zone = zoneText === undefined ? undefined : zoneOf(zoneText);
  if ((dayText !== undefined && !day) || (zoneText !== undefined && !zone)) return undefined;
  if (/^\d{4}$/.test(timeText) && day?.kind === 'dates') return undefined;
  return { kind: 'clock', ...timeOf(timeText), zone, day };
}

function timeOf(text: string): { hour: number; minute: number; second: number; millisecond: number } {
  const digits = /^\d{4}$/.test(text) ? `${text.slice(0, 2)}:${text.slice(2)}` : text;
  const [hours = '0', minutes = '0', seconds = '0', fraction = '0'] = digits.match(/\d+/g) ?? [];
  let hour = Number(hours);
  const half = /([ap])\.?m/.exec(text)?.[1];
  // 13 pm and 0 am are no times: an hour out of range is refused later, as 25:00 is.
  if (half !== undefined) hour = hour < 1 || hour > 12 ? 99 : (hour % 12) + (half === 'p' ? 12 : 0);
  const millisecond = Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
  return { hour, minute: Number(minutes), second: Number(seconds), millisecond };
}

function zoneOf(text: string): string | undefined {
  if (text.includes('/')) return text;
  const named = OFFSETS.get(text);
  if (named !== undefined) return offset(named);
  const match = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 14 * 60 ? undefined : offset(match[1] === '-' ? -minutes : minutes);
}

function offset(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const part = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${part(Math.abs(minutes) / 60)}:${part(Math.abs(minutes) % 60)}`;
}

function dayOf(text: string): WrittenDay | undefined {
  const words = text.replace(/,$/, '').replace(LEADING, '');
  const days = DAYS_BACK.get(words) ?? (words === 'day before yesterday' ? 2 : undefined);
  if (days !== undefined) return { kind: 'back', days };
  const weekday = WEEKDAYS.get(words.replace(/\.$/, ''));
  if (weekday !== undefined) return { kind: 'weekday', weekday };
  const back = /^(\d{1,3}) (?:days?|dni) (?:ago|temu)$/.exec(words)?.[1];
  if (back !== undefined) return { kind: 'back', days: Number(back) };
  const dates = numericDates(words) ?? namedDate(words);
  return dates && { kind: 'dates', dates };
}

function numericDates(text: string): WrittenDate[] | undefined {
  const iso = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (iso) return [{ year: Number(iso[1]), month: Number(iso[3]), day: Number(iso[4]) }];
  const match = /^(\d{1,2})([-./])(\d{1,2})(?:\2(\d{4}|\d{2})?)?$/.exec(text);
  if (!match) return undefined;
  const [a, b, year] = [Number(match[1]), Number(match[3]), yearOf(match[4])];
  const dayFirst = { year, month: b, day: a };
  if (match[2] === '.' || a > 12 || a === b) return [dayFirst];
  const monthFirst = { year, month: a, day: b };
  return b > 12 ? [monthFirst] : [dayFirst, monthFirst];
}

/** '22 November 2026', 'November 22nd', '22 listopada'. */
function namedDate(text: string): WrittenDate[] | undefined {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)? ([a-z]+)\.?,?(?: (\d{4})(?: ?r\.?)?)?$/.exec(text);
  const monthFirst = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$/.exec(text);
  const month = MONTHS.get(dayFirst?.[2] ?? monthFirst?.[1] ?? '');
  if (month === undefined) return undefined;
  return [
    { year: yearOf((dayFirst ?? monthFirst)?.[3]), month, day: Number(dayFirst?.[1] ?? monthFirst?.[2]) },
  ];
}

function yearOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}
