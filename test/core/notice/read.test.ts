import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { impacts, objectTypes } from '../../../src/core/notice/model.ts';
import { readAbout, writeAbout } from '../../../src/core/notice/rules/read-about.ts';
import { readWindows, writeWindows } from '../../../src/core/notice/rules/read-windows.ts';

test('what it is about is read line by line, in both languages', () => {
  expect(
    readAbout(
      'WAW1\n\n203.0.113.0/24 = degraded\n2001:db8::/32\n#123456 = none\nproduct dedicated server @2\nusługa s-1 = gorzej @1,3\nwszyscy = reduced\nlokalizacja All In',
    ),
  ).toEqual({
    objects: [
      { type: 'location', value: 'WAW1', impact: 'outage' },
      { type: 'network', value: '203.0.113.0/24', impact: 'degraded' },
      { type: 'network', value: '2001:db8::/32', impact: 'outage' },
      { type: 'order', value: '#123456', impact: 'none' },
      { type: 'product', value: 'dedicated server', impact: 'outage', windows: [1] },
      { type: 'service', value: 's-1', impact: 'degraded', windows: [0, 2] },
      { type: 'all', value: '', impact: 'reduced' },
      { type: 'location', value: 'All In', impact: 'outage' },
    ],
  });
  for (const line of ['WAW1 = huge', '= outage', 'WAW1 @x', 'a = b = c'])
    expect(readAbout(`WAW2\n${line}`)).toEqual({ line });
});

test('a rack is read with its location or alone, in both languages; what has a slash and is no range is one', () => {
  const lines = [
    'WAW1/R12',
    'rack R12 = degraded',
    'Szafa WAW 1 / R 12 = gorzej @2',
    'RACK waw1/r12',
    'szafa',
  ];
  expect(readAbout(lines.join('\n'))).toEqual({
    objects: [
      { type: 'rack', value: 'WAW1/R12', impact: 'outage' },
      { type: 'rack', value: 'R12', impact: 'degraded' },
      { type: 'rack', value: 'WAW 1 / R 12', impact: 'degraded', windows: [1] },
      { type: 'rack', value: 'waw1/r12', impact: 'outage' },
      { type: 'location', value: 'szafa', impact: 'outage' },
    ],
  });
  const types = (text: string) => {
    const read = readAbout(text);
    return 'line' in read ? read.line : read.objects.map(({ type }) => type).join();
  };
  expect(types('203.0.113.0/24\n2001:db8::/32\nlocation A/B\nlokalizacja A/B\n203.0.113.7')).toBe(
    'network,network,location,location,network',
  );
});

test('what is written is read as it was', () => {
  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}( [a-z0-9]{1,8})?$/);
  const name = fc.oneof(
    word,
    fc.tuple(word, word).map(parts => parts.join('/')),
  );
  const object = fc.record(
    {
      type: fc.constantFrom(...objectTypes.filter(one => one !== 'all')),
      value: name,
      impact: fc.constantFrom(...impacts),
      windows: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['type', 'value', 'impact'] },
  );
  fc.assert(
    fc.property(fc.array(object, { minLength: 1, maxLength: 5 }), objects => {
      expect(readAbout(writeAbout(objects))).toEqual({ objects });
    }),
  );
});

const now = new Date('2026-10-20T12:00:00Z');
const read = (text: string, zone = 'Europe/Warsaw') => readWindows(text, now, zone);
const one = (text: string, zone?: string) => {
  const found = read(text, zone);
  return 'fault' in found ? found.fault : found.windows.map(({ from, to }) => `${from} ${to}`).join();
};

describe('windows as staff write them', () => {
  it.each([
    ['2026-12-06 02:00 - 04:00', '2026-12-06T01:00:00.000Z 2026-12-06T03:00:00.000Z'],
    ['6.12.2026 22:00–06:00', '2026-12-06T21:00:00.000Z 2026-12-07T05:00:00.000Z'],
    ['2026-12-06 22:00 to 2026-12-08 06:00', '2026-12-06T21:00:00.000Z 2026-12-08T05:00:00.000Z'],
    ['2026-12-06 02:00 - 04:00 UTC', '2026-12-06T02:00:00.000Z 2026-12-06T04:00:00.000Z'],
    ['tomorrow 02:00 - 03:30', '2026-10-21T00:00:00.000Z 2026-10-21T01:30:00.000Z'],
    ['jutro 02:00 do 03:30', '2026-10-21T00:00:00.000Z 2026-10-21T01:30:00.000Z'],
    ['6 March 02:00 - 03:00', '2027-03-06T01:00:00.000Z 2027-03-06T02:00:00.000Z'],
    ['2026-10-25 01:30 - 04:00', '2026-10-24T23:30:00.000Z 2026-10-25T03:00:00.000Z'],
    ['2026-10-25 02:30 - 04:00', 'twice'],
    // The zone says which of two hours is meant; the other time is on the clocks of the wall.
    ['2026-10-25 02:30 CEST - 04:00', '2026-10-25T00:30:00.000Z 2026-10-25T03:00:00.000Z'],
    ['2026-10-25 02:30 +01:00 - 04:00', '2026-10-25T01:30:00.000Z 2026-10-25T03:00:00.000Z'],
    ['2026-10-25 01:30 - 02:30 CET', '2026-10-24T23:30:00.000Z 2026-10-25T01:30:00.000Z'],
    ['2026-10-24 22:00 - 02:30 CET', '2026-10-24T20:00:00.000Z 2026-10-25T01:30:00.000Z'],
    ['2026-10-25 02:30 CEST - 02:30 CET', '2026-10-25T00:30:00.000Z 2026-10-25T01:30:00.000Z'],
    ['2026-10-25 02:45 CEST - 02:15 CET', '2026-10-25T00:45:00.000Z 2026-10-25T01:15:00.000Z'],
    ['2026-10-25 02:30 CEST - 02:30 CEST', '2026-10-25T00:30:00.000Z 2026-10-26T00:30:00.000Z'],
    ['2026-10-25 01:30 - 02:30', 'twice'],
    ['2026-10-25 00:30 UTC - 04:00', '2026-10-25T00:30:00.000Z 2026-10-25T04:00:00.000Z'],
    ['2026-10-25 02:30 EST - 04:00', '2026-10-25T07:30:00.000Z 2026-10-25T09:00:00.000Z'],
    ['2027-03-28 01:30 - 03:30', '2027-03-28T00:30:00.000Z 2027-03-28T01:30:00.000Z'],
    ['2027-03-28 22:00 - 02:30', '2027-03-28T20:00:00.000Z 2027-03-29T00:30:00.000Z'],
    ['2027-03-27 22:00 - 02:30', 'gap'],
    ['2027-03-28 02:30 - 04:00', 'gap'],
    ['02:30 - 04:00', 'no-day'],
    ['yesterday 02:30 - 04:00', 'no-day'],
    ['2026-02-31 02:30 - 04:00', 'unreadable'],
    ['2026-12-06 26:30 - 04:00', 'unreadable'],
    ['2026-12-06', 'unreadable'],
    ['in the night', 'unreadable'],
    ['x'.repeat(900), 'unreadable'],
  ])('%s', (text, expected) => {
    expect(one(text)).toBe(expected);
  });

  it('goes by the clocks of the zone', () => {
    expect(one('2026-11-01 01:30 - 04:00', 'America/New_York')).toBe('twice');
    expect(one('2027-03-14 02:30 - 04:00', 'America/New_York')).toBe('gap');
  });

  it('says what the clocks do, in the words in which it can be written', () => {
    expect(read('2026-10-25 02:30 - 04:00')).toMatchObject({
      fault: 'twice',
      line: '2026-10-25 02:30 - 04:00',
      first: '02:30 +02:00',
      second: '02:30 +01:00',
    });
    expect(read('2027-03-28 02:30 - 04:00')).toMatchObject({ fault: 'gap', first: '02:00', second: '03:00' });
    expect(read('2026-11-01 01:15 - 04:00', 'America/New_York')).toMatchObject({
      first: '01:15 -04:00',
      second: '01:15 -05:00',
    });
    expect(read('2027-10-03 02:10 - 04:00', 'Australia/Lord_Howe')).toMatchObject({
      first: '02:00',
      second: '02:30',
    });
  });

  it('takes each of the two hours as it was said to write it', () => {
    for (const [line, written] of [
      ['2026-10-25 02:30 - 04:00', '02:30'],
      ['2026-10-25 01:30 - 02:30', '02:30'],
      ['2026-10-24 23:00 - 02:30', '02:30'],
    ] as const) {
      const asked = read(line);
      if (!('fault' in asked)) throw new Error('it was not asked about');
      const hours = [asked.first, asked.second].map(one => read(line.replace(written, one ?? '')));
      const [early, late] = hours.map(found => ('windows' in found ? found.windows[0] : undefined));
      if (early === undefined || late === undefined) throw new Error('it was not taken');
      const apart = [
        Date.parse(late.from) - Date.parse(early.from),
        Date.parse(late.to) - Date.parse(early.to),
      ];
      expect(apart.toSorted((a, b) => a - b)).toEqual([0, 3_600_000]);
    }
  });

  it('takes words for what the clock does and for a date that is not final', () => {
    expect(read('2026-12-06 02:00 - 04:00\nauto\n\nTentative')).toMatchObject({
      clock: true,
      tentative: true,
    });
    expect(read('2026-12-06 02:00 - 04:00')).toMatchObject({ clock: false, tentative: false });
    expect(read('nonsense\nauto')).toEqual({ fault: 'unreadable', line: 'nonsense' });
  });

  it('is read back as it was, in every zone, also in hours that come twice', () => {
    const zone = fc.constantFrom('Europe/Warsaw', 'America/New_York', 'Asia/Kolkata', 'UTC');
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: 0, max: 8_000 }),
        fc.integer({ min: 1, max: 40 }),
        (where, start, length) => {
          const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
          const windows = [{ from: at(start), to: at(start + length) }];
          expect(read(writeWindows(windows, where), where)).toMatchObject({ windows });
        },
      ),
    );
  });
});
