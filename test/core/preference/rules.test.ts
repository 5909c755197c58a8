import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Destination,
  type DestinationState,
  notificationTypes,
} from '../../../src/core/preference/model.ts';
import { chooseCopies } from '../../../src/core/preference/rules/choose-copies.ts';
import {
  chooseRoute,
  type RouteQuestion,
  type TryState,
  tryOf,
} from '../../../src/core/preference/rules/choose-route.ts';
import { clockOf, minutesIn, quietUntil } from '../../../src/core/preference/rules/quiet.ts';
import { directRoute, routeOf } from '../../../src/core/preference/rules/route.ts';
import { audienceOf } from '../../../src/core/preference/rules/types.ts';

const at = (handleId: number, state: DestinationState = 'ready'): Destination => ({
  handleId,
  channel: 'email',
  externalId: `${handleId}@x.example`,
  name: `${handleId}@x.example`,
  state,
});

describe('quiet hours', () => {
  const zones = [
    'Europe/Warsaw',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Apia',
    'UTC',
  ];
  // Days around clock changes, and a day that one zone left out (Apia, 2011-12-30).
  const days = [
    '2026-03-29',
    '2026-10-25',
    '2026-03-08',
    '2026-11-01',
    '2026-04-05',
    '2026-10-04',
    '2011-12-29',
    '2026-07-01',
  ];

  const walls = new Map<string, Intl.DateTimeFormat>();
  const wallOf = (moment: number, zone: string): number => {
    const format =
      walls.get(zone) ??
      new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      });
    walls.set(zone, format);
    const [hours = 0, minutes = 0] = format.format(moment).split(':').map(Number);
    return hours * 60 + minutes;
  };

  test('they end at the first minute at which the wall is no longer within them, whatever the clocks do meanwhile', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...days),
        fc.integer({ min: -720, max: 2160 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 1439 }),
        (zone, day, offset, from, length) => {
          const to = (from + length) % 1440;
          const now = Date.parse(`${day}T00:00:00Z`) + offset * 60_000;
          const isQuiet = (moment: number): boolean => (wallOf(moment, zone) - from + 1440) % 1440 < length;
          let end = now;
          while (isQuiet(end)) end += 60_000;
          const found = quietUntil(new Date(now), { from, to }, zone);
          expect(found?.getTime()).toBe(end === now ? undefined : end);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('clocks jump over the end of the quiet: it ends with the jump', () => {
    const quiet = { from: 60, to: 150 };
    expect(quietUntil(new Date('2026-03-29T00:30:00Z'), quiet, 'Europe/Warsaw')).toEqual(
      new Date('2026-03-29T01:00:00Z'),
    );
  });

  test('clocks go through the end twice: what came between is quiet again', () => {
    const quiet = { from: 60, to: 150 };
    expect(quietUntil(new Date('2026-10-25T00:10:00Z'), quiet, 'Europe/Warsaw')).toEqual(
      new Date('2026-10-25T00:30:00Z'),
    );
    expect(quietUntil(new Date('2026-10-25T00:40:00Z'), quiet, 'Europe/Warsaw')).toBeUndefined();
    expect(quietUntil(new Date('2026-10-25T01:10:00Z'), quiet, 'Europe/Warsaw')).toEqual(
      new Date('2026-10-25T01:30:00Z'),
    );
  });

  test('times are read as people type them', () => {
    expect(['22:00', '22.00', '7:30', '0730', '22', '24', ' 7 '].map(minutesIn)).toEqual([
      1320, 1320, 450, 450, 1320, 0, 420,
    ]);
    expect(['', '25', '7:60', 'noon', '-1', '12:5'].map(minutesIn)).toEqual(Array(6).fill(undefined));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), minutes => minutesIn(clockOf(minutes)) === minutes),
    );
  });
});

describe('the choice of a destination', () => {
  const base: RouteQuestion = {
    destinations: [at(1), at(2), at(3)],
    tried: new Map(),
    quietUntil: undefined,
    urgent: false,
    refusable: false,
  };
  const later = new Date('2026-11-23T06:00:00Z');
  const states = fc.constantFrom<DestinationState>('ready', 'unconfirmed', 'unlinked', 'gone', 'off');
  const question = fc.record({
    destinations: fc
      .array(states, { maxLength: 5 })
      .map(list => list.map((state, index) => at(index + 1, state))),
    tried: fc
      .array(
        fc.tuple(
          fc.integer({ min: 1, max: 6 }),
          fc.constantFrom<TryState>('open', 'sent', 'failed', 'unknown'),
        ),
        { maxLength: 4 },
      )
      .map(list => new Map(list)),
    there: fc.option(
      fc.record({
        handleId: fc.integer({ min: 1, max: 6 }),
        state: fc.constantFrom<TryState>('open', 'sent', 'failed', 'unknown'),
      }),
      { nil: undefined },
    ),
    quietUntil: fc.option(fc.constant(later), { nil: undefined }),
    urgent: fc.boolean(),
    refusable: fc.boolean(),
  });

  test('goes to the first that is ready, then to the next for each that failed', () => {
    expect(chooseRoute(base)).toMatchObject({ do: 'send', to: { handleId: 1 } });
    expect(chooseRoute({ ...base, tried: new Map([[1, 'failed']]) })).toMatchObject({
      do: 'send',
      to: { handleId: 2 },
    });
    expect(
      chooseRoute({
        ...base,
        tried: new Map([
          [1, 'failed'],
          [2, 'failed'],
          [3, 'failed'],
        ]),
      }),
    ).toEqual({ do: 'end', state: 'failed', why: 'all-failed' });
    expect(chooseRoute({ ...base, destinations: [] })).toEqual({
      do: 'end',
      state: 'failed',
      why: 'nowhere',
    });
    expect(chooseRoute({ ...base, destinations: [], refusable: true })).toEqual({
      do: 'end',
      state: 'skipped',
      why: 'refused',
    });
  });

  test('what the conversation says anyway is not said twice; when it failed there the next place has its turn', () => {
    const there = (state: TryState) => ({ ...base, there: { handleId: 1, state } });
    expect(chooseRoute(there('sent'))).toEqual({ do: 'end', state: 'skipped', why: 'in-conversation' });
    expect(chooseRoute(there('open'))).toEqual({ do: 'wait' });
    expect(chooseRoute(there('failed'))).toMatchObject({ do: 'send', to: { handleId: 2 } });
    const second = { ...base, there: { handleId: 2, state: 'sent' as const } };
    expect(chooseRoute(second)).toMatchObject({ do: 'send', to: { handleId: 1 } });
    expect(chooseRoute({ ...second, tried: new Map([[1, 'failed']]) })).toMatchObject({
      do: 'end',
      state: 'failed',
    });
  });

  test('never two at once, never again where it was tried, never where it may not, never in the quiet what can wait', () => {
    fc.assert(
      fc.property(question, asked => {
        const step = chooseRoute(asked);
        const states = [...asked.tried.values()];
        if (states.includes('open') || states.includes('sent')) expect(step.do).not.toBe('send');
        if (step.do === 'hold') expect(asked.urgent).toBe(false);
        if (step.do !== 'send') return;
        expect(step.to.state).toBe('ready');
        expect(asked.tried.has(step.to.handleId)).toBe(false);
        expect(step.to.handleId).not.toBe(asked.there?.handleId);
        expect(asked.quietUntil === undefined || asked.urgent).toBe(true);
      }),
    );
  });

  test('as long as each try fails it ends, after each place that is ready was tried once, in order', () => {
    fc.assert(
      fc.property(fc.array(states, { maxLength: 6 }), list => {
        const destinations = list.map((state, index) => at(index + 1, state));
        const tried = new Map<number, TryState>();
        for (;;) {
          const step = chooseRoute({ ...base, destinations, tried });
          if (step.do !== 'send') break;
          tried.set(step.to.handleId, 'failed');
        }
        expect([...tried.keys()]).toEqual(
          destinations.filter(one => one.state === 'ready').map(one => one.handleId),
        );
      }),
    );
  });

  test('of several deliveries one that failed decides, and one that waits keeps it open', () => {
    expect(tryOf(['sent', 'dead', 'pending'])).toBe('failed');
    expect(tryOf(['sent', 'retry'])).toBe('open');
    expect(tryOf(['sent', 'unknown'])).toBe('unknown');
    expect(tryOf(['sent', 'sent'])).toBe('sent');
    expect(tryOf(['cancelled'])).toBe('failed');
  });
});

describe('the route', () => {
  const known = [at(1), at(2)];

  test('the defaults follow the roles: billing invoices, technical and abuse their own, an owner all', () => {
    const told = (roles: string[]) =>
      notificationTypes.filter(
        type => routeOf(type, { roles, known, chosen: undefined }).destinations.length > 0,
      );
    expect(told(['owner'])).toEqual(notificationTypes);
    expect(told(['billing'])).toEqual(['invoices']);
    expect(told(['technical'])).toEqual(['technical', 'announcements', 'maintenance', 'outages']);
    expect(told(['abuse'])).toEqual(['abuse']);
    expect(told([])).toEqual([]);
    expect(directRoute('invoices', { roles: [], known, chosen: undefined }).destinations).toEqual(known);
  });

  test('where nothing of the choice can be used, what must arrive goes to the defaults too; what was refused does not', () => {
    const chosen = [at(9, 'unconfirmed')];
    expect(
      routeOf('invoices', { roles: ['owner'], known, chosen }).destinations.map(one => one.handleId),
    ).toEqual([9, 1, 2]);
    expect(routeOf('announcements', { roles: ['owner'], known, chosen: [] }).destinations).toEqual([]);
    expect(directRoute('announcements', { roles: ['owner'], known, chosen: [] }).destinations).toEqual([]);
  });

  test('an account is told by those whom it is for; where it has none, by all, because somebody must know', () => {
    const contacts = [{ roles: ['technical'] }, { roles: ['abuse'] }];
    expect(audienceOf('technical', undefined, contacts)).toEqual([contacts[0]]);
    expect(audienceOf('invoices', undefined, contacts)).toEqual(contacts);
    expect(audienceOf('invoices', 'abuse', contacts)).toEqual([contacts[1]]);
    expect(audienceOf('announcements', undefined, [{ roles: ['abuse'] }])).toEqual([]);
  });
});

describe('by chat, with a copy by mail', () => {
  const chat = (handleId: number): Destination => ({ ...at(handleId), channel: 'talk' });
  const [one, two, first, second] = [chat(1), chat(2), at(3), at(4)];
  const question: RouteQuestion = {
    destinations: [first, one, second, two],
    tried: new Map(),
    quietUntil: undefined,
    urgent: false,
    refusable: false,
  };
  const tried = (...states: [Destination, TryState][]) =>
    new Map(states.map(([{ handleId }, state]) => [handleId, state]));

  test('both go at once, each way goes on by itself, and one that arrived is enough', () => {
    expect(chooseCopies(question)).toEqual({ do: 'send', to: [one, first] });
    expect(chooseCopies({ ...question, tried: tried([one, 'failed'], [first, 'sent']) })).toEqual({
      do: 'send',
      to: [two],
    });
    expect(chooseCopies({ ...question, tried: tried([one, 'open'], [first, 'sent']) })).toEqual({
      do: 'wait',
    });
    const end = (...states: [Destination, TryState][]) =>
      chooseCopies({ ...question, tried: tried(...states) });
    expect(end([one, 'failed'], [two, 'failed'], [first, 'sent'])).toMatchObject({ state: 'sent' });
    expect(end([one, 'unknown'], [first, 'sent'])).toMatchObject({ state: 'sent' });
    expect(end([one, 'unknown'], [first, 'failed'], [second, 'failed'])).toMatchObject({ state: 'unknown' });
    expect(end([one, 'failed'], [two, 'failed'], [first, 'failed'], [second, 'failed'])).toMatchObject({
      state: 'failed',
      why: 'all-failed',
    });
  });

  test('with nowhere to go it has failed; quiet hours hold both ways, unless it is urgent', () => {
    expect(chooseCopies({ ...question, destinations: [] })).toMatchObject({
      state: 'failed',
      why: 'nowhere',
    });
    expect(chooseCopies({ ...question, destinations: [at(9, 'gone')] })).toMatchObject({ state: 'failed' });
    const quiet = { ...question, quietUntil: new Date(0) };
    expect(chooseCopies(quiet)).toEqual({ do: 'hold', until: new Date(0) });
    expect(chooseCopies({ ...quiet, urgent: true })).toMatchObject({ do: 'send' });
  });

  test('where many are not to be told unasked, a chat that nobody chose is the last resort', () => {
    const unasked = new Set([1, 2]);
    expect(chooseCopies(question, unasked)).toEqual({ do: 'send', to: [first] });
    const failed = { ...question, tried: tried([first, 'failed'], [second, 'failed']) };
    expect(chooseCopies(failed, unasked)).toEqual({ do: 'send', to: [one] });
    expect(chooseCopies({ ...question, destinations: [one] }, unasked)).toEqual({ do: 'send', to: [one] });
  });
});
