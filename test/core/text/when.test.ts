import { describe, expect, test } from 'vitest';
import { formatDuration, formatWhen } from '../../../src/core/text/index.ts';

const now = new Date('2026-11-23T22:30:00Z'); // 23:30 in Warsaw
const said = (at: string, locale = 'en') => formatWhen(new Date(at), locale, 'Europe/Warsaw', now);

describe('a moment is said as people near it say it', () => {
  test.each([
    ['2026-11-23T13:40:00Z', '14:40', '14:40'],
    ['2026-11-23T23:10:00Z', 'tomorrow 00:10', 'jutro 00:10'],
    ['2026-11-22T08:10:00Z', 'yesterday 09:10', 'wczoraj 09:10'],
    ['2026-11-25T13:40:00Z', '25 Nov, 14:40', '25 lis, 14:40'],
    ['2027-01-02T13:40:00Z', '2 Jan 2027, 14:40', '2 sty 2027, 14:40'],
  ])('%s', (at, en, pl) => {
    expect(said(at)).toBe(en);
    expect(said(at, 'pl')).toBe(pl);
  });

  test('with its zone when asked, in its season', () => {
    const at = new Date('2026-07-01T12:40:00Z');
    const style = (zone: 'abbreviation' | 'city') => formatWhen(at, 'en', 'Europe/Warsaw', at, { zone });
    expect(style('abbreviation')).toBe('14:40 CEST');
    expect(style('city')).toBe('14:40 (Warsaw)');
    expect(formatWhen(now, 'en', 'Europe/Warsaw', now, { zone: 'abbreviation' })).toBe('23:30 CET');
  });

  test('the day after a clock change is still tomorrow', () => {
    const evening = new Date('2026-10-24T21:30:00Z');
    expect(formatWhen(new Date('2026-10-25T22:30:00Z'), 'en', 'Europe/Warsaw', evening)).toBe(
      'tomorrow 23:30',
    );
  });

  test('an unknown zone is refused', () =>
    expect(() => formatWhen(now, 'en', 'Mars/Base', now)).toThrow(RangeError));
});

describe('a length of time', () => {
  test.each([
    [10, '10 minutes', '10 minut'],
    [1, '1 minute', '1 minuta'],
    [2, '2 minutes', '2 minuty'],
    [90, '1 hour 30 minutes', '1 godzina 30 minut'],
    [2880, '2 days', '2 dni'],
    [0, '0 minutes', '0 minut'],
    [-5, '0 minutes', '0 minut'],
  ])('%d', (minutes, en, pl) => {
    expect(formatDuration(minutes, 'en')).toBe(en);
    expect(formatDuration(minutes, 'pl')).toBe(pl);
  });
});
