import { expect, test } from 'vitest';
import { readHolidays } from '../../../src/core/sla/index.ts';

const calendar = (...events: string[][]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    ...events.flatMap((lines, n) => ['BEGIN:VEVENT', `UID:${n}@example.com`, ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
const datesOf = (text: string): readonly string[] => {
  const read = readHolidays(text);
  if (!read.ok) throw new Error(read.why);
  return read.dates;
};

test('whole days, several in a row, and without an end', () => {
  expect(
    datesOf(
      calendar(
        ['DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas'],
        ['DTSTART;VALUE=DATE:20261111', 'SUMMARY:Independence'],
      ),
    ),
  ).toEqual(['2026-11-11', '2026-12-25', '2026-12-26']);
});

test('days that come again every year, without those that were taken out', () => {
  const dates = datesOf(
    calendar(['DTSTART;VALUE=DATE:20240501', 'RRULE:FREQ=YEARLY', 'EXDATE;VALUE=DATE:20250501']),
  );
  expect(dates.slice(0, 3)).toEqual(['2024-05-01', '2026-05-01', '2027-05-01']);
  expect(dates.at(-1)).toBe('2050-05-01');
});

test('an event with hours touches its days in its own time; a cancelled one none', () => {
  expect(
    datesOf(
      calendar(
        ['DTSTART:20261231T220000Z', 'DTEND:20270101T020000Z'],
        ['DTSTART;VALUE=DATE:20260101', 'STATUS:CANCELLED'],
      ),
    ),
  ).toEqual(['2026-12-31', '2027-01-01']);
});

test.each([
  ['what is something else', 'holidays: [2026-12-25]', /no iCalendar file/],
  ['nothing', '', /no iCalendar file|no events/],
  ['a calendar without events', calendar(), /no events/],
  [
    'one that never ends',
    calendar(['DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=DAILY']),
    /more than 5000 days/,
  ],
  ['one without a start', calendar(['SUMMARY:x']), /no iCalendar file/],
])('%s is refused with the reason', (_, text, why) => {
  const read = readHolidays(text);
  expect(read).toEqual({ ok: false, why: expect.stringMatching(why) });
});

test('a day is called as the first event on it that has a name, in one line', () => {
  const read = readHolidays(
    calendar(
      ['DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas\\, at home'],
      ['DTSTART;VALUE=DATE:20261226', 'SUMMARY:Boxing Day'],
      ['DTSTART;VALUE=DATE:20261111'],
      ['DTSTART;VALUE=DATE:20261111', 'SUMMARY:Independence\\nDay'],
      ['DTSTART;VALUE=DATE:20260101'],
      ['DTSTART;VALUE=DATE:20260501', `SUMMARY:${'long '.repeat(100)}`],
    ),
  );
  if (!read.ok) throw new Error(read.why);
  expect(read.names).toMatchObject({
    '2026-12-25': 'Christmas, at home',
    '2026-12-26': 'Christmas, at home',
    '2026-11-11': 'Independence Day',
  });
  expect(Object.keys(read.names)).not.toContain('2026-01-01');
  expect(read.dates).toContain('2026-01-01');
  expect(read.names['2026-05-01']?.length).toBeLessThanOrEqual(60);
});
