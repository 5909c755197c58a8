import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGeneric } from '../../../src/adapters/alerts/generic.ts';
import { maintnote } from './calendars.ts';

const now = new Date('2026-11-29T12:00:00Z');
const read = (body: string) => readGeneric(body, now);
const work = {
  uid: '42@carrier.example',
  sequence: 1,
  state: 'tentative',
  summary: 'Core router upgrade <@everyone>',
  provider: 'carrier.example',
  account: '137.035999173',
  from: new Date('2026-12-06T01:00:00Z'),
  to: new Date('2026-12-06T03:00:00Z'),
  objects: [
    { id: 'circuit-7', impact: 'reduced' },
    { id: 'circuit-8', impact: 'none' },
  ],
};

test('a calendar with MAINTNOTE fields: when, what, how much is felt, and where it stands', () => {
  const works = [{ ...work, stampedAt: now }];
  expect(read(maintnote())).toEqual({ alerts: [], works });
  expect(read(`\uFEFF\n${maintnote()}`)).toEqual({ alerts: [], works });
  expect(read(maintnote({ stamp: 'x' }))).toHaveProperty('works');
});

test.each([
  ['CONFIRMED', 'confirmed'],
  [' COMPLETED', 'completed'],
  ['IN-PROCESS', 'in-process'],
  ['CANCELLED', 'cancelled'],
  ['X-ODD', 'confirmed'],
])('the status %s is %s', (status, state) => {
  expect(read(maintnote({ status }))).toMatchObject({ works: [{ state }] });
});

test('an impact that is not known counts as an outage', () => {
  const lines = ['X-MAINTNOTE-OBJECT-ID:a', 'X-MAINTNOTE-IMPACT:X-ODD'];
  expect(read(maintnote({ lines }))).toMatchObject({ works: [{ objects: [{ id: 'a', impact: 'outage' }] }] });
});

const plain = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\n');

test('an event without them is read as far as it goes, also with the name of a zone', () => {
  const event = plain(
    'UID:1',
    'DTSTART;TZID=Europe/Warsaw:20261206T020000',
    'DTEND;TZID=Europe/Warsaw:20261206T040000',
    'STATUS:CANCELLED',
    'ORGANIZER:mailto:noc@carrier.example',
  );
  expect(read(event)).toEqual({
    alerts: [],
    works: [
      {
        ...work,
        uid: '1',
        sequence: 0,
        state: 'cancelled',
        summary: '1',
        provider: 'noc@carrier.example',
        account: '',
        objects: [],
      },
    ],
  });
});

test.each([
  ['no UID', ['DTSTART:20261206T010000Z', 'DTEND:20261206T030000Z'], 'UID'],
  ['no zone', ['UID:1', 'DTSTART:20261206T010000', 'DTEND:20261206T030000Z'], 'DTSTART'],
  [
    'a zone that is none',
    ['UID:1', 'DTSTART;TZID=Mars:20261206T010000', 'DTEND:20261206T030000Z'],
    'DTSTART',
  ],
  [
    'an hour that the clocks jump over',
    ['UID:1', 'DTSTART;TZID=Europe/Warsaw:20260329T023000', 'DTEND:20261206T030000Z'],
    'DTSTART',
  ],
  ['only a day', ['UID:1', 'DTSTART;VALUE=DATE:20261206', 'DTEND:20261207T030000Z'], 'DTSTART'],
  ['no end', ['UID:1', 'DTSTART:20261206T010000Z'], 'DTEND'],
  ['an end before its beginning', ['UID:1', 'DTSTART:20261206T030000Z', 'DTEND:20261206T010000Z'], 'DTEND'],
  [
    'a negative SEQUENCE',
    ['UID:1', 'DTSTART:20261206T010000Z', 'DTEND:20261206T030000Z', 'SEQUENCE:-1'],
    'SEQUENCE',
  ],
])('with %s it is refused, and says where', (_, lines, where) => {
  expect(read(plain(...lines))).toMatchObject({
    fault: { status: 400, faults: [{ path: ['VEVENT', 0, where] }] },
  });
});

const from = 'DTSTART:20261206T010000Z';
const to = 'DTEND:20261206T030000Z';
const under = (method: string, ...lines: string[]): string =>
  plain('UID:1', from, to, ...lines).replace('VERSION:2.0', `VERSION:2.0\nMETHOD:${method}`);

test.each([
  ['CANCEL', 'cancelled'],
  ['cancel', 'cancelled'],
  ['PUBLISH', 'confirmed'],
  ['REQUEST', 'confirmed'],
])('what comes under the method %s is %s', (method, state) => {
  expect(read(under(method))).toMatchObject({ works: [{ state }] });
});

test('what is cancelled is cancelled, whatever its status; what answers an invitation is no work', () => {
  expect(read(under('CANCEL', 'STATUS:CONFIRMED'))).toMatchObject({ works: [{ state: 'cancelled' }] });
  for (const method of ['REPLY', 'COUNTER', 'REFRESH', 'DECLINECOUNTER'])
    expect(read(under(method))).toEqual({ alerts: [], works: [] });
});

test.each([
  ['RRULE', ['RRULE:FREQ=DAILY;COUNT=5']],
  ['RDATE', ['RDATE:20261207T010000Z']],
  ['RECURRENCE-ID', ['RECURRENCE-ID:20261206T010000Z']],
])('several nights in one event are not taken for the first of them: %s', (where, lines) => {
  const fault = (...path: (string | number)[]) => ({ fault: { status: 400, faults: [{ path }] } });
  expect(read(plain('UID:1', from, to, ...lines))).toMatchObject(fault('VEVENT', 0, where));
  expect(read(under('ADD'))).toMatchObject(fault('VEVENT', 0, 'METHOD'));
});

test('the rules of a zone are none of the event, and what else stands beside it may be long', () => {
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Warsaw',
    'BEGIN:DAYLIGHT',
    'DTSTART:19700329T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ];
  const html = `X-ALT-DESC;FMTTYPE=text/html:${'<p>'.repeat(10_000)}`.replace(/.{60}/g, '$&\n ');
  const event = plain(
    'UID:1',
    'DTSTART;TZID=Europe/Warsaw:20261206T020000',
    'DTEND;TZID=Europe/Warsaw:20261206T040000',
    html,
  ).replace('BEGIN:VEVENT', [...zone, 'BEGIN:VEVENT'].join('\n'));
  expect(read(event)).toMatchObject({ works: [{ from: work.from, to: work.to }] });
});

test('a calendar that would take long to read is refused before it is read', () => {
  const parameters = `SUMMARY;${'a=b;'.repeat(250_000)}b=c:x`;
  expect(read(plain('UID:1', from, to, parameters.replace(/.{70}/g, '$&\n ')))).toMatchObject({
    fault: { status: 400, title: expect.stringContaining('longer than') },
  });
  const lines = ['UID:1', from, to];
  for (const many of [`SUMMARY:${'x'.repeat(4_100)}`, 'X-MAINTNOTE-OBJECT-ID:aa\n'.repeat(20_000)])
    expect(read(plain(...lines, many))).toMatchObject({
      fault: { title: expect.stringContaining('longer than') },
    });
  expect(read(plain(...lines, `DESCRIPTION:${'x'.repeat(1024 * 1024)}`))).toHaveProperty('fault');
});

test('no calendar throws', () => {
  const lines = maintnote().split('\r\n');
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('BEGIN:VEVENT', 'END:VCALENDAR', 'DTSTART:', 'SEQUENCE:1e9', 'UID:\u0000'),
  );
  fc.assert(
    fc.property(fc.nat(lines.length), odd, fc.boolean(), (at, line, instead) => {
      const made = read(lines.toSpliced(at, instead ? 1 : 0, line).join('\r\n'));
      if ('works' in made)
        for (const one of made.works ?? []) {
          expect(one.uid.length).toBeGreaterThan(0);
          expect(one.uid.length).toBeLessThanOrEqual(200);
          expect(JSON.stringify(one)).not.toContain('\\u0000');
        }
    }),
  );
  expect(read('BEGIN:VCALENDAR')).toMatchObject({ fault: { status: 400 } });
});
