import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type Openings, type Override, onCallAt, shifts } from '../../../src/core/escalation/rules/oncall.ts';
import type { OncallPolicy } from '../../../src/core/policy/index.ts';

const always: Openings = () => ({ open: true, until: undefined });
const at = (text: string): Date => new Date(Temporal.ZonedDateTime.from(text).epochMilliseconds);
const MINUTE = 60_000;

function schedule(layer: Partial<OncallPolicy['layers'][number]> = {}, zone = 'Europe/Warsaw'): OncallPolicy {
  const base = { members: ['ana', 'ben', 'cleo'], every: { days: 7 }, start: '2026-01-05', handover: 540 };
  return { id: 'x', name: { en: 'X' }, zone, layers: [{ ...base, ...layer }] };
}
const whoAt = (one: OncallPolicy, when: string, overrides: readonly Override[] = []): string | undefined =>
  onCallAt(one, overrides, always, at(when)).person;

test('a week goes from Monday 09:00 to Monday 09:00, winter and summer', () => {
  const one = schedule();
  for (const [when, who] of [
    ['2026-01-05T08:59:59[Europe/Warsaw]', undefined],
    ['2026-01-05T09:00[Europe/Warsaw]', 'ana'],
    ['2026-01-12T08:59:59[Europe/Warsaw]', 'ana'],
    ['2026-01-12T09:00[Europe/Warsaw]', 'ben'],
    // The clocks changed on 29 March.
    ['2026-03-30T08:59:59[Europe/Warsaw]', 'cleo'],
    ['2026-03-30T09:00[Europe/Warsaw]', 'ana'],
    ['2026-10-26T08:59:59[Europe/Warsaw]', 'cleo'],
    ['2026-10-26T09:00[Europe/Warsaw]', 'ana'],
  ] as const)
    expect([when, whoAt(one, when)]).toEqual([when, who]);
});

test('a handover that the clocks jump over comes with the jump, and one they go through twice comes the first time', () => {
  const one = schedule({ every: { days: 1 }, handover: 150, start: '2026-01-01' });
  const spring = onCallAt(one, [], always, at('2026-03-28T12:00[Europe/Warsaw]'));
  expect(spring.to).toEqual(at('2026-03-29T03:00[Europe/Warsaw]'));
  const autumn = onCallAt(one, [], always, at('2026-10-24T12:00[Europe/Warsaw]'));
  expect(autumn.to).toEqual(new Date('2026-10-25T00:30:00Z'));
  expect(onCallAt(one, [], always, new Date('2026-10-25T01:15:00Z')).person).toBe(
    onCallAt(one, [], always, new Date('2026-10-25T00:30:00Z')).person,
  );
});

test('day and night stay where the wall says, also on the day that has 23 hours', () => {
  const one = schedule({
    members: ['day', 'night'],
    every: { hours: 12 },
    handover: 480,
    start: '2026-01-01',
  });
  for (const day of ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26']) {
    expect(whoAt(one, `${day}T08:00[Europe/Warsaw]`)).toBe('day');
    expect(whoAt(one, `${day}T19:59[Europe/Warsaw]`)).toBe('day');
    expect(whoAt(one, `${day}T20:00[Europe/Warsaw]`)).toBe('night');
    expect(whoAt(one, `${day}T07:59[Europe/Warsaw]`)).toBe('night');
  }
});

test('a stand-in goes before everybody, from the first moment to before the last; of two the later counts', () => {
  const one = schedule();
  const overrides = [
    {
      person: 'dora',
      from: at('2026-01-06T10:00[Europe/Warsaw]'),
      to: at('2026-01-06T14:00[Europe/Warsaw]'),
    },
    { person: 'eve', from: at('2026-01-06T12:00[Europe/Warsaw]'), to: at('2026-01-06T13:00[Europe/Warsaw]') },
  ];
  for (const [time, who] of [
    ['09:59', 'ana'],
    ['10:00', 'dora'],
    ['12:00', 'eve'],
    ['13:00', 'dora'],
    ['14:00', 'ana'],
  ])
    expect([time, whoAt(one, `2026-01-06T${time}[Europe/Warsaw]`, overrides)]).toEqual([time, who]);
});

test('a later layer goes before the first one while its calendar is open', () => {
  const base = schedule().layers[0] as OncallPolicy['layers'][number];
  const one = {
    ...schedule(),
    layers: [base, { ...base, members: ['office'], calendar: 'office' }],
  };
  const opens = at('2026-01-06T09:00[Europe/Warsaw]');
  const closes = at('2026-01-06T17:00[Europe/Warsaw]');
  const office: Openings = (_, now) =>
    now < opens
      ? { open: false, until: opens }
      : now < closes
        ? { open: true, until: closes }
        : { open: false, until: undefined };
  const found = [...shifts(one, [], office, at('2026-01-06T08:00[Europe/Warsaw]'))].slice(0, 3);
  expect(found.map(({ person, to }) => [person, to])).toEqual([
    ['ana', opens],
    ['office', closes],
    ['ana', at('2026-01-12T09:00[Europe/Warsaw]')],
  ]);
});

test('who is alone is on call without end', () => {
  const only = onCallAt(schedule({ members: ['ana'] }), [], always, at('2026-06-06T08:00[Europe/Warsaw]'));
  expect(only).toMatchObject({ person: 'ana', to: undefined });
});

const zones = [
  'Europe/Warsaw',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
  'America/Sao_Paulo',
];
const rotation = fc.record({
  zone: fc.constantFrom(...zones),
  members: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2, maxLength: 5 }),
  every: fc.oneof(
    fc.constantFrom(1, 2, 3, 4, 6, 8, 12).map(hours => ({ hours })),
    fc.integer({ min: 1, max: 21 }).map(days => ({ days })),
  ),
  handover: fc.integer({ min: 0, max: 1439 }),
});
/** Around the changes of the clocks, where things go wrong, and anywhere else. */
const moment = fc
  .oneof(
    fc
      .constantFrom(
        '2026-03-29T01:00Z',
        '2026-10-25T01:00Z',
        '2026-03-08T07:00Z',
        '2026-11-01T06:00Z',
        '2026-04-04T15:00Z',
        '2026-10-03T15:30Z',
      )
      .map(text => Date.parse(text)),
    fc.integer({ min: Date.parse('2026-01-03'), max: Date.parse('2027-01-01') }),
  )
  .chain(near =>
    fc
      .integer({ min: -30 * 3600, max: 30 * 3600 })
      .map(off => new Date(Math.floor(near / 1000 + off) * 1000)),
  );

/** The same told slowly: walk through the wall time of every handover since the start. */
function slowly({ zone, layers }: OncallPolicy, now: Date): string | undefined {
  const [layer] = layers;
  if (layer === undefined) return undefined;
  const hours = 'hours' in layer.every ? layer.every.hours : layer.every.days * 24;
  let wall = Temporal.PlainDateTime.from(layer.start).add({ minutes: layer.handover });
  let turn = -1;
  for (;;) {
    const early = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
    const late = wall.toZonedDateTime(zone, { disambiguation: 'later' });
    const gap = !early.toPlainDateTime().equals(wall);
    // Within a gap the jump is where the offset before it and the one after it meet: as far behind `early` as the wall is from its reading.
    const begins = gap
      ? late.epochMilliseconds -
        wall.since(early.getTimeZoneTransition('next')?.toPlainDateTime() ?? wall).total('milliseconds') -
        late.toPlainDateTime().since(wall).total('milliseconds')
      : early.epochMilliseconds;
    if (begins > now.getTime()) return turn < 0 ? undefined : layer.members[turn % layer.members.length];
    turn += 1;
    wall = wall.add({ hours });
  }
}

test('agrees with a slow walk through all handovers, over zones and clock changes', () => {
  fc.assert(
    fc.property(rotation, moment, ({ zone, ...layer }, now) => {
      const one = schedule({ ...layer, start: '2026-01-01' }, zone);
      expect(onCallAt(one, [], always, now).person).toBe(slowly(one, now));
    }),
    { numRuns: 120 },
  );
});

test('a shift holds to its last second and no longer; the shifts leave no gap', () => {
  fc.assert(
    fc.property(rotation, moment, ({ zone, ...layer }, now) => {
      const one = schedule({ ...layer, start: '2026-01-01' }, zone);
      const found = [];
      for (const shift of shifts(one, [], always, now)) if (found.push(shift) === 4) break;
      for (const [n, { person, from, to }] of found.entries()) {
        if (to === undefined) throw new Error('several take turns without end');
        expect(to > from).toBe(true);
        expect(onCallAt(one, [], always, new Date(to.getTime() - 1)).person).toBe(person);
        expect(onCallAt(one, [], always, to).person).not.toBe(person);
        if (found[n + 1] !== undefined) expect(found[n + 1]?.from).toEqual(to);
      }
    }),
    { numRuns: 120 },
  );
});

test('an override is on call through its whole time and nobody else is', () => {
  fc.assert(
    fc.property(
      rotation,
      moment,
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 0, max: 5000 }),
      ({ zone, ...layer }, now, long, into) => {
        const one = schedule({ ...layer, start: '2026-01-01' }, zone);
        const override = { person: 'z', from: now, to: new Date(now.getTime() + long * MINUTE) };
        const then = new Date(now.getTime() + (into % long) * MINUTE);
        expect(onCallAt(one, [override], always, then)).toMatchObject({ person: 'z', to: override.to });
        expect(onCallAt(one, [override], always, override.to)).toEqual(
          onCallAt(one, [], always, override.to),
        );
      },
    ),
  );
});
