import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWhen, type WhenResult } from '../../../src/core/intake/rules/when.ts';

const NOW = '2026-11-23T12:00:00Z'; // a Monday, 13:00 in Warsaw
const read = (input: string, now = NOW): WhenResult => readWhen(input, { now: new Date(now) });
const moment = (input: string, now = NOW): string => {
  const result = read(input, now);
  if (result.kind === 'at') return result.at.toISOString().replace(/:00\.000Z$/, 'Z');
  if (result.kind === 'ambiguous') return result.choices.map(choice => choice.label).join(' or ');
  return result.kind === 'impossible' ? result.why : result.kind;
};

describe('a time is read in Warsaw, unless it names a zone', () => {
  test.each([
    ['12:30', '2026-11-23T11:30Z'],
    ['12.30', '2026-11-23T11:30Z'],
    ['1230', '2026-11-23T11:30Z'],
    ['12:30 CET', '2026-11-23T11:30Z'],
    ['12:30 CEST', '2026-11-23T10:30Z'],
    ['11:30 UTC', '2026-11-23T11:30Z'],
    ['11:30Z', '2026-11-23T11:30Z'],
    ['11:30 (gmt)', '2026-11-23T11:30Z'],
    ['11:30+02:00', '2026-11-23T09:30Z'],
    ['11:30 +0200', '2026-11-23T09:30Z'],
    ['11:30 UTC+2', '2026-11-23T09:30Z'],
    ['11:30 Europe/London', '2026-11-23T11:30Z'],
    ['2:30 am', '2026-11-23T01:30Z'],
    ['2:30 pm', '2026-11-22T13:30Z'],
    ['2pm', '2026-11-22T13:00Z'],
    ['12 am', '2026-11-22T23:00Z'],
    ['2026-11-22 14:30 UTC', '2026-11-22T14:30Z'],
    ['2026-11-22T14:30:00Z', '2026-11-22T14:30Z'],
    ['2026-11-22T14:30+01:00', '2026-11-22T13:30Z'],
    ['22.11.2026 14:30', '2026-11-22T13:30Z'],
    ['22.11.2026, 14:30', '2026-11-22T13:30Z'],
    ['14:30 22.11.2026', '2026-11-22T13:30Z'],
    ['14:30 UTC 22.11.2026', '2026-11-22T14:30Z'],
    ['22.11 14:30', '2026-11-22T13:30Z'],
    ['22/11/2026 14:30', '2026-11-22T13:30Z'],
    ['11/22/2026 14:30', '2026-11-22T13:30Z'],
    ['22 Nov 2026 14:30', '2026-11-22T13:30Z'],
    ['November 22nd, 14:30', '2026-11-22T13:30Z'],
    ['22 listopada o 14:30', '2026-11-22T13:30Z'],
    ['22 października 2026 r. 14:30', '2026-10-22T12:30Z'],
  ])('%s', (input, expected) => expect(moment(input)).toBe(expected));
});

describe('people write time in words', () => {
  test.each([
    ['now', '2026-11-23T12:00Z'],
    ['Teraz', '2026-11-23T12:00Z'],
    ['20 minutes ago', '2026-11-23T11:40Z'],
    ['20 min temu', '2026-11-23T11:40Z'],
    ['około 20 min temu', '2026-11-23T11:40Z'],
    ['an hour ago', '2026-11-23T11:00Z'],
    ['half an hour ago', '2026-11-23T11:30Z'],
    ['godzinę temu', '2026-11-23T11:00Z'],
    ['2 godziny temu', '2026-11-23T10:00Z'],
    ['pół godziny temu', '2026-11-23T11:30Z'],
    ['1.5h ago', '2026-11-23T10:30Z'],
    ['yesterday 14:30', '2026-11-22T13:30Z'],
    ['Yesterday at 2:30 p.m.', '2026-11-22T13:30Z'],
    ['wczoraj 14:30', '2026-11-22T13:30Z'],
    ['wczoraj około 14:30', '2026-11-22T13:30Z'],
    ['14:30 wczoraj', '2026-11-22T13:30Z'],
    ['przedwczoraj o 14.30', '2026-11-21T13:30Z'],
    ['dziś 12:30', '2026-11-23T11:30Z'],
    ['dzisiaj 12:30', '2026-11-23T11:30Z'],
    ['dzis od 12:30', '2026-11-23T11:30Z'],
    ['today 12:30', '2026-11-23T11:30Z'],
    ['about 12:30', '2026-11-23T11:30Z'],
    ['since about 12:30.', '2026-11-23T11:30Z'],
    ['od godz. 12:30', '2026-11-23T11:30Z'],
    ['~12:30', '2026-11-23T11:30Z'],
    ['monday 12:30', '2026-11-23T11:30Z'],
    ['monday 14:30', '2026-11-16T13:30Z'],
    ['w poniedziałek 14:30', '2026-11-16T13:30Z'],
    ['w środę o 14:30', '2026-11-18T13:30Z'],
    ['last Friday at 14:30', '2026-11-20T13:30Z'],
    ['3 days ago 14:30', '2026-11-20T13:30Z'],
  ])('%s', (input, expected) => expect(moment(input)).toBe(expected));
});

describe('a time without its day is the latest that has been', () => {
  test('ten past midnight, 23:50 is yesterday', () =>
    expect(moment('23:50', '2026-11-22T23:10:00Z')).toBe('2026-11-22T22:50Z'));
  test('a clock that runs five minutes ahead means now', () => {
    expect(moment('13:05')).toBe('2026-11-23T12:00Z');
    expect(moment('13:06')).toBe('2026-11-22T12:06Z');
  });
  test('in January, 31.12 was last year', () =>
    expect(moment('31.12 23:00', '2027-01-05T12:00:00Z')).toBe('2026-12-31T22:00Z'));
});

describe('the hours of a clock change', () => {
  const spring = '2026-03-29T10:00:00Z';
  const autumn = '2026-10-25T10:00:00Z';
  test('an hour that was jumped over does not exist', () => {
    expect(moment('2026-03-29 02:30', spring)).toBe('gap');
    expect(moment('02:30', spring)).toBe('gap');
    expect(moment('2026-03-29 02:30 UTC', spring)).toBe('2026-03-29T02:30Z');
  });
  test('before the jump, the hour is yesterday’s', () =>
    expect(moment('02:30', '2026-03-29T00:10:00Z')).toBe('2026-03-28T01:30Z'));
  test('an hour that came twice is asked about', () => {
    const both = '2026-10-25 02:30 CEST or 2026-10-25 02:30 CET';
    expect(moment('2026-10-25 02:30', autumn)).toBe(both);
    expect(moment('02:30', autumn)).toBe(both);
    expect(moment('02:30 CET', autumn)).toBe('2026-10-25T01:30Z');
    expect(moment('02:30 CEST', autumn)).toBe('2026-10-25T00:30Z');
  });
  test('while only the first of the two has been, it is that one', () =>
    expect(moment('02:30', '2026-10-25T00:40:00Z')).toBe('2026-10-25T00:30Z'));
});

describe('what cannot be is said', () => {
  test.each([
    ['03/04/2026 14:30', 'too-old'],
    ['03/11 14:30', '2026-11-03T13:30Z'],
    ['09/10/2026 14:30', '2026-09-10 14:30 CEST or 2026-10-09 14:30 CEST'],
    ['31.02.2026 14:30', 'no-such-date'],
    ['31.02 14:30', 'no-such-date'],
    ['22.13.2026 14:30', 'no-such-date'],
    ['0.0.2026 14:30', 'no-such-date'],
    ['25:00', 'no-such-date'],
    ['12:75', 'no-such-date'],
    ['13:30 pm', 'no-such-date'],
    ['24.11.2026 14:30', 'future'],
    ['today 14:30', 'future'],
    ['jutro 14:30', 'future'],
    ['24.11 14:30', 'future'],
    ['2026-01-01 14:30', 'too-old'],
    ['9999 hours ago', 'too-old'],
    ['', 'unreadable'],
    ['yesterday', 'unreadable'],
    ['22 November 2026', 'unreadable'],
    ['22.11.2026', 'unreadable'],
    ['soon', 'unreadable'],
    ['12:30 XYZ', 'unreadable'],
    ['12:30 Mars/Base', 'unreadable'],
    ['-5 minutes ago', 'unreadable'],
  ])('%s', (input, expected) => expect(moment(input)).toBe(expected));
});

const now = new Date(NOW);
const instants = fc
  .integer({ min: now.getTime() - 89 * 86_400_000, max: now.getTime() })
  .map(ms => new Date(ms - (ms % 60_000)));
const two = (n: number) => String(n).padStart(2, '0');

describe('for any moment of the last weeks', () => {
  test('what was written in UTC or with an offset reads back exactly', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -12 * 60, max: 14 * 60 }), (at, minutes) => {
        const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 16);
        const size = Math.abs(minutes);
        const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
        const zulu = at.toISOString();
        for (const text of [
          zulu,
          `${zulu.slice(0, 16).replace('T', ' ')} UTC`,
          `${local}${offset}`,
          `${local} ${offset}`,
        ]) {
          expect(read(text)).toMatchObject({ kind: 'at', at });
        }
      }),
    );
  });

  test('what was written in Warsaw reads back, and is asked about only when the hour came twice', {
    timeout: 60_000,
  }, () => {
    const format = new Intl.DateTimeFormat('pl', {
      timeZone: 'Europe/Warsaw',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(instants, at => {
        const result = read(format.format(at));
        if (result.kind === 'ambiguous')
          expect(result.choices.map(c => c.at.getTime())).toContain(at.getTime());
        else expect(result).toEqual({ kind: 'at', at, zone: 'Europe/Warsaw' });
      }),
      { numRuns: 500 },
    );
  });

  test('no text whatever makes it throw', { timeout: 60_000 }, () => {
    const bits = fc.constantFrom(
      ...[
        '1',
        '2',
        '9',
        '0',
        '14:30',
        '.',
        ':',
        '/',
        '-',
        '+',
        ' ',
        'z',
        'T',
        'pm',
        'CET',
        'UTC',
        'wczoraj',
        'ago',
        'temu',
      ],
      ...[
        'monday',
        'w',
        'h',
        '99',
        '2026',
        'Europe/Warsaw',
        'Etc/GMT+99',
        'ż',
        '\u0000',
        '😀',
        '(',
        ')',
        ',',
        '31.02',
        'nov',
      ],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(bits, { maxLength: 8 }).map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(texts, text => {
        const result = read(text);
        if (result.kind === 'at') expect(result.at.getTime()).toBeLessThanOrEqual(now.getTime());
      }),
      { numRuns: 5000 },
    );
    expect(moment('1'.repeat(100_000))).toBe('unreadable');
  });
});
