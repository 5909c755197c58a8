import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read.ts';
import { calendarIn, promisesAtOpening } from '../../../src/core/sla/index.ts';

const shipped = readFileSync(new URL('../../../desk.yaml', import.meta.url), 'utf8');

/** The shipped policy with other calendars and promises; without levels and ladder, which name calendars of their own. */
function withPart(calendars: string, promises: string): string {
  const begin = shipped.indexOf('calendars:\n');
  const end = shipped.indexOf('\nstaff:\n');
  const rest = shipped.slice(end).replace(/\nlevels:\n[\s\S]*(?=\n# Your own words)/, '\n');
  return `${shipped.slice(0, begin)}calendars: ${calendars}\npromises: ${promises}\n${rest}`;
}
const enough = '{ first-reply: [{ within: 10m }], answer: [{ within: 10m }] }';
const more = (rest: string): string =>
  `{ first-reply: [{ within: 10m }], answer: [{ within: 10m }], ${rest} }`;
const faultsOf = (text: string, files?: Parameters<typeof readPolicy>[1]): readonly string[] => {
  const result = readPolicy(text, files);
  return result.ok ? [] : result.faults;
};
const office = (rest: string): string => `{ office: { zone: Europe/Warsaw, ${rest} } }`;

test('the shipped policy is what DESIGN §1 says', () => {
  const result = readPolicy(shipped);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  const at = new Date('2026-11-27T15:30:00Z');
  const minutes = (way: 'ticket' | 'chat' | 'mail', priority: string) => {
    const { cycles, by } = promisesAtOpening(result.policy.terms, {
      department: 'technical',
      priority,
      way,
      tier: null,
      at,
    });
    const due = (target: string) =>
      ((cycles.find(one => one.target === target)?.dueAt ?? 0) - at.getTime()) / 60_000;
    return [due('acknowledgement'), due('first-reply'), (by.getTime() - at.getTime()) / 60_000];
  };
  expect(minutes('ticket', 'regular')).toEqual([2, 10, 10]);
  expect(minutes('ticket', 'critical')).toEqual([2, 10, 10]);
  expect(minutes('chat', 'regular')).toEqual([1, 1, 1]);
  expect(minutes('mail', 'regular'), 'told for 15, missed after 30').toEqual([2, 30, 15]);
  const billing = calendarIn(result.policy.terms, { within: 1, calendar: 'billing' });
  expect(billing.isOpen(Date.parse('2026-11-27T09:00:00+01:00'))).toBe(true);
  expect(billing.isOpen(Date.parse('2026-12-25T09:00:00+01:00'))).toBe(false);
});

test('a policy that says nothing of promises keeps the usual ones', () => {
  const begin = shipped.indexOf('\npromises:\n');
  const result = readPolicy(shipped.slice(0, begin) + shipped.slice(shipped.indexOf('\nstaff:\n')));
  if (!result.ok) throw new Error(result.faults.join('\n'));
  expect(result.policy.terms.promises['first-reply']).toEqual([{ within: 600 }]);
});

describe('refused with its place and reason:', () => {
  test.each<[string, string, RegExp]>([
    [
      'no open time',
      office('hours: { mon: closed }'),
      /line \d+, calendars\.office\.hours: it is never open/,
    ],
    ['no hours at all', office('hours: {}'), /never open/],
    [
      'hours that overlap',
      office('hours: { mon: [09:00-12:00, 11:00-13:00] }'),
      /calendars\.office\.hours\.mon: these hours overlap/,
    ],
    [
      'hours without length',
      office('hours: { mon: 09:00-09:00 }'),
      /hours\.mon: .*the whole day is 00:00-24:00/,
    ],
    ['hours of no clock', office('hours: { mon: 09:00-25:00 }'), /09:00-18:00/],
    ['an unknown day', office('hours: { monday: 09:00-17:00 }'), /hours\.monday: a day is mon to sun/],
    [
      'a day twice',
      office('hours: { mon-fri: 09:00-17:00, wed: 10:00-11:00 }'),
      /hours\.wed: wed is there twice/,
    ],
    ['a date that is not', office('hours: { mon: 09:00-17:00 }, dates: { 2026-02-30: closed }'), /dates/],
    [
      'a holiday that is not',
      office('hours: { mon: 09:00-17:00 }, holidays: [13-01]'),
      /holidays\.0: a holiday is written/,
    ],
    [
      'a holiday with two names',
      office('hours: { mon: 09:00-17:00 }, holidays: [{ 12-25: One, 12-26: Two }]'),
      /holidays\.0: a holiday is written/,
    ],
    [
      'a holiday whose name is a number',
      office('hours: { mon: 09:00-17:00 }, holidays: [12-25: 5]'),
      /holidays\.0: a day is called by a text/,
    ],
    [
      'another day without its hours',
      office('hours: { mon: 09:00-17:00 }, dates: { 2026-12-24: { name: Eve } }'),
      /dates\.2026-12-24\.hours: hours are written/,
    ],
    [
      'an unknown zone',
      '{ office: { zone: Europe/Atlantis, hours: { mon: 09:00-17:00 } } }',
      /calendars\.office\.zone.*Europe\/Warsaw/,
    ],
    [
      'the name that is there already',
      '{ always: { zone: UTC, hours: { mon: 09:00-17:00 } } }',
      /"always" is there already/,
    ],
    [
      'a file that is not there',
      office('hours: { mon: 09:00-17:00 }, holidays_file: x.ics'),
      /holidays_file: x\.ics cannot be read/,
    ],
  ])('a calendar with %s', (_, calendars, fault) => {
    expect(faultsOf(withPart(calendars, enough))).toEqual([expect.stringMatching(fault)]);
  });

  test.each<[string, string, RegExp]>([
    [
      'of no time',
      more('next-reply: [{ within: 0m }]'),
      /next-reply\.0\.within: a promise is a time above 0/,
    ],
    [
      'with an unknown department',
      more('next-reply: [{ department: sales, within: 1h }]'),
      /next-reply\.0\.department: there is no department "sales"; there is technical, financial/,
    ],
    [
      'with an unknown priority',
      more('update: [{ priority: urgent, within: 1h }]'),
      /there is no priority "urgent"/,
    ],
    [
      'with an unknown calendar',
      more('update: [{ calendar: nights, within: 1h }]'),
      /there is no calendar "nights"; there is always/,
    ],
    ['with an unknown way', more('update: [{ way: phone, within: 1h }]'), /a way is ticket, chat, mail/],
    [
      'that never counts',
      more('update: [{ within: 1h }, { priority: critical, within: 5m }]'),
      /promises\.update\.1: never counts/,
    ],
    [
      'whose latest time is not later',
      more('update: [{ within: 1h, latest: 30m }]'),
      /update\.0\.latest: must be later/,
    ],
    ['at risk at no share', more('at_risk: [0]'), /at_risk.*percents from 1 to 99/],
    ['whose shares go back', more('at_risk: [75, 50]'), /at_risk: shares go upwards/],
    ['that does not exist', more('first-word: [{ within: 1m }]'), /promises: .*first-word/],
    [
      'to nobody else',
      '{ first-reply: [{ priority: critical, within: 5m }], answer: [{ within: 10m }] }',
      /promises\.first-reply: needs one without conditions/,
    ],
  ])('a promise %s', (_, promises, fault) => {
    expect(faultsOf(withPart('{}', promises))).toEqual([expect.stringMatching(fault)]);
  });
});

test('a day off has the name that the policy gives it, else that of the file; a date of its own goes first', () => {
  const days = `hours: { mon-sun: 09:00-17:00 }, holidays_file: h.ics,
    holidays: [12-26, 12-25: Christmas Day, 11-11: { en: Independence Day, pl: Święto }],
    dates: { 2026-12-25: { hours: closed, name: The long day }, 2026-12-31: 09:00-12:00 }`;
  const file = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:1',
    'SUMMARY:From the file',
    'DTSTART;VALUE=DATE:20261226',
  ]
    .concat('END:VEVENT', 'BEGIN:VEVENT', 'UID:2', 'SUMMARY:Also', 'DTSTART;VALUE=DATE:20261225')
    .concat('END:VEVENT', 'END:VCALENDAR')
    .join('\r\n');
  const result = readPolicy(withPart(office(days), enough), () => file);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  expect(result.policy.terms.calendars.office).toMatchObject({
    dates: { '2026-12-25': [], '2026-12-31': [[9 * 3600, 12 * 3600]] },
    holidays: ['12-26', '12-25', '11-11', '2026-12-25', '2026-12-26'],
    names: {
      '12-25': 'Christmas Day',
      '11-11': { en: 'Independence Day', pl: 'Święto' },
      '2026-12-25': 'The long day',
      '2026-12-26': 'From the file',
    },
  });
});

test('a calendar without names is what it was before there were any, so that no promise is counted anew', () => {
  const text = withPart(office('hours: { mon-sun: 09:00-17:00 }, holidays: [12-25]'), enough);
  const result = readPolicy(text);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  expect(Object.keys(result.policy.terms.calendars.office ?? {}).sort()).toEqual(
    ['always', 'dates', 'holidays', 'week', 'zone'].sort(),
  );
});

test('holidays come from a file beside the policy, and what is wrong with it is told', () => {
  const text = withPart(office('hours: { mon-sun: 09:00-17:00 }, holidays_file: h.ics'), enough);
  const file = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART;VALUE=DATE:20261111',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const result = readPolicy(text, name => (name === 'h.ics' ? file : undefined));
  if (!result.ok) throw new Error(result.faults.join('\n'));
  expect(result.policy.terms.calendars.office).toMatchObject({ holidays: ['2026-11-11'] });
  expect(faultsOf(text, () => 'nothing')).toEqual([
    expect.stringMatching(/calendars\.office\.holidays_file: h\.ics: it is no iCalendar file/),
  ]);
});
