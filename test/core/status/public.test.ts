import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NoticeObject } from '../../../src/core/notice/model.ts';
import { objectTypes } from '../../../src/core/notice/model.ts';
import { publicOf } from '../../../src/core/status/rules/public.ts';
import { content, logOf, shown } from './kit.ts';

const about = (...objects: [NoticeObject['type'], string][]) =>
  content({ objects: objects.map(([type, value]) => ({ type, value, impact: 'outage' })) });

describe('what is public', () => {
  test.each<[boolean, string, [NoticeObject['type'], string][]]>([
    [true, 'a location', [['location', 'WAW1']]],
    [true, 'a product', [['product', 'vps']]],
    [true, 'a range of addresses', [['network', '203.0.113.0/24']]],
    [true, 'a range of IPv6', [['network', '2001:db8::/48']]],
    [true, 'everything', [['all', '']]],
    [
      true,
      'a location and a service',
      [
        ['service', 's-1'],
        ['location', 'WAW1'],
      ],
    ],
    [false, 'a service', [['service', 's-1']]],
    [false, 'an order', [['order', '123456']]],
    [false, 'a rack of one customer', [['rack', 'WAW1/R12']]],
    [
      false,
      'services and orders',
      [
        ['service', 's-1'],
        ['order', '123456'],
      ],
    ],
    [false, 'a single address, which is somebody’s server', [['network', '203.0.113.7/32']]],
    [false, 'a single address of IPv6', [['network', '2001:db8::7/128']]],
    [false, 'the one subnet of a server', [['network', '2001:db8:0:1::/64']]],
  ])('%s: %s', (isPublic, _, objects) => {
    expect(publicOf(logOf({}, about(...objects))) !== undefined).toBe(isPublic);
  });

  test('of a draft that was withdrawn nobody ever hears', () => {
    const [first] = logOf().revisions;
    if (first === undefined) throw new Error('no revision');
    const withdrawn = { ...first, move: 'cancel' as const, state: 'cancelled' as const };
    expect(publicOf(logOf({ state: 'cancelled', revisions: [withdrawn] }))).toBeUndefined();
  });

  test('nothing confirmed is nothing public', () => {
    expect(publicOf(logOf({ revisions: [] }))).toBeUndefined();
  });

  test('services and orders are not named, and what was said while it was about them alone stays theirs', () => {
    const narrow = { ...about(['service', 's-acme']), text: { en: 'The shop of Acme is down.' } };
    const wide = {
      ...about(['service', 's-acme'], ['order', '987654'], ['rack', 'WAW1/R-acme'], ['location', 'WAW1']),
      text: { en: 'All of WAW1.' },
    };
    const notice = shown(logOf({}, narrow, { content: wide }));
    expect(notice.objects).toEqual([{ type: 'location', value: 'WAW1', impact: 'outage' }]);
    expect(notice.events.map(one => one.text.en)).toEqual(['All of WAW1.']);
    expect(JSON.stringify(notice)).not.toMatch(/acme|987654/i);
    expect(publicOf(logOf({}, wide, { content: narrow }))).toBeUndefined();
  });

  test('whatever a notice is about, no service, order or single address is in what everybody sees', () => {
    const object = fc.record({
      type: fc.constantFrom(...objectTypes),
      n: fc.integer({ min: 0, max: 9 }),
      impact: fc.constantFrom('none', 'reduced', 'degraded', 'outage'),
    });
    const given = fc.array(object, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 4 }), fc.boolean(), (revisions, single) => {
        const made = revisions.map(objects =>
          content({
            objects: objects.map(({ type, n, impact }): NoticeObject => {
              const network = single ? `10.0.0.${n}/32` : `10.${n}.0.0/16`;
              const value = type === 'all' ? '' : type === 'network' ? network : `${type}-${n}`;
              return { type, value, impact: impact as NoticeObject['impact'] };
            }),
          }),
        );
        const [first, ...later] = made;
        const notice = publicOf(logOf({}, first, ...later.map(one => ({ content: one }))));
        const text = JSON.stringify(notice ?? null);
        expect(text).not.toMatch(/service-|order-|rack-|\/32/);
        const shared = made
          .at(-1)
          ?.objects.filter(
            ({ type, value }) =>
              type === 'location' ||
              type === 'product' ||
              type === 'all' ||
              (type === 'network' && value.endsWith('/16')),
          );
        expect(notice?.objects ?? []).toEqual(shared);
      }),
    );
  });
});

describe('a rack', () => {
  const racks = [
    { rack: 'waw1/r12', locations: ['WAW1'] },
    { rack: 'r7', locations: ['FRA1', 'WAW1'] },
  ];
  const objectsOf = (...objects: NoticeObject[]) => {
    const log = logOf({}, content({ objects }));
    const notice = publicOf({ ...log, revisions: log.revisions.map(one => ({ ...one, racks })) });
    return notice?.objects.map(({ type, value, impact, windows }) =>
      [type, value, impact, windows].filter(Boolean).join(' '),
    );
  };
  const rack = (value: string, more: Partial<NoticeObject> = {}): NoticeObject => ({
    type: 'rack',
    value,
    impact: 'outage',
    ...more,
  });

  test('that several customers share is its location, which is disturbed and not down; its name is nowhere', () => {
    expect(objectsOf(rack('WAW1/R12'))).toEqual(['location WAW1 degraded']);
    expect(objectsOf(rack('R7', { impact: 'reduced' }))).toEqual([
      'location FRA1 reduced',
      'location WAW1 reduced',
    ]);
    expect(objectsOf(rack('WAW1/R12', { impact: 'none', windows: [1] }))).toEqual(['location WAW1 none 1']);
  });

  test('of which nobody may know makes nothing public, beside others or alone', () => {
    expect(objectsOf(rack('WAW1/R13'))).toBeUndefined();
    expect(objectsOf(rack('WAW1/R13'), rack('waw1/r12'))).toEqual(['location WAW1 degraded']);
  });

  test('beside its location, or another rack in it, is one line with the most that is felt', () => {
    const location = (impact: NoticeObject['impact']): NoticeObject => ({
      type: 'location',
      value: 'waw1',
      impact,
    });
    expect(objectsOf(rack('WAW1/R12'), location('outage'))).toEqual(['location waw1 outage']);
    expect(objectsOf(location('none'), rack('WAW1/R12'))).toEqual(['location waw1 degraded']);
    expect(objectsOf(rack('WAW1/R12', { impact: 'none' }), rack('R7'))).toEqual([
      'location WAW1 degraded',
      'location FRA1 degraded',
    ]);
  });

  test('that others have come into since is as it was told: revision by revision', () => {
    const about12 = content({ objects: [rack('WAW1/R12')], text: { en: 'Your own rack.' } });
    const log = logOf({}, about12, { content: { ...about12, text: { en: 'The rack.' } } });
    const revisions = log.revisions.map((one, index) => (index === 0 ? one : { ...one, racks }));
    expect(publicOf({ ...log, revisions })?.events.map(({ text }) => text.en)).toEqual(['The rack.']);
  });
});

describe('what was said', () => {
  test('in the order of time, with what the clock did; each word has a key of its own', () => {
    const window = { from: '2026-11-22T13:00:00.000Z', to: '2026-11-22T14:00:00.000Z' };
    const notice = shown(
      logOf(
        {
          kind: 'maintenance',
          state: 'done',
          steps: [
            { revision: 2, stage: 'start:0', at: '2026-11-22T13:00:01+00:00' },
            { revision: 2, stage: 'finish', at: '2026-11-22T14:00:01.5+00:00' },
            { revision: 7, stage: 'finish', at: '2026-11-22T14:00:01+00:00' },
          ],
        },
        content({ windows: [window] }),
        { state: 'confirmed' },
      ),
    );
    expect(notice.events.map(({ what, at, state }) => [what, at, state])).toEqual([
      ['announce', '2026-11-22T12:00:00.000Z', 'investigating'],
      ['update', '2026-11-22T12:10:00.000Z', 'confirmed'],
      ['start', '2026-11-22T13:00:01.000Z', 'running'],
      ['finish', '2026-11-22T14:00:01.500Z', 'done'],
    ]);
    expect(new Set(notice.events.map(({ key }) => key)).size).toBe(4);
  });

  test('windows that there are no more are remembered as they last were', () => {
    const night = (day: number) => ({
      from: `2026-12-0${day}T01:00:00.000Z`,
      to: `2026-12-0${day}T03:00:00.000Z`,
    });
    const three = content({ windows: [night(1), night(2), night(3)] });
    const moved = content({ windows: [night(1), night(2), night(5)] });
    const one = content({ windows: [night(4)] });
    const notice = shown(logOf({ kind: 'maintenance' }, three, { content: moved }, { content: one }));
    expect(notice.windows).toEqual([night(4)]);
    expect(notice.dropped).toEqual([night(2), night(5)]);
    expect(shown(logOf({}, one, { content: three })).dropped).toEqual([]);
  });
});

test('of windows that are of single accounts alone nothing is told, neither that they are nor that they begin', () => {
  const window = (day: number) => ({ from: `2026-12-0${day}T01:00:00Z`, to: `2026-12-0${day}T03:00:00Z` });
  const first = content({
    objects: [
      { type: 'account', value: 'A-1', impact: 'outage', windows: [0, 2] },
      { type: 'location', value: 'WAW1', impact: 'outage', windows: [1, 3] },
    ],
    windows: [window(1), window(2), window(3), window(4)],
  });
  const at = '2026-12-01T01:00:00Z';
  const steps = [0, 1].map(index => ({ revision: 1, stage: `start:${index}` as const, at }));
  const told = shown(logOf({ kind: 'maintenance', state: 'confirmed', steps }, first));
  expect(told.windows).toEqual([window(2), window(4)]);
  expect(told.objects).toEqual([{ type: 'location', value: 'WAW1', impact: 'outage', windows: [0, 1] }]);
  expect(told.events.map(({ key }) => key)).toEqual(['1', '1-start-1']);
  expect(JSON.stringify(told)).not.toMatch(/A-1|12-01T03|12-03/);
});

test('that single accounts have another time is no event, nor what is said to them when it is over for all others', () => {
  const window = (day: number) => ({ from: `2026-11-2${day}T01:00:00Z`, to: `2026-11-2${day}T03:00:00Z` });
  const with1 = (own: number) =>
    content({
      objects: [
        { type: 'location', value: 'WAW1', impact: 'outage', windows: [0] },
        { type: 'account', value: 'A-1', impact: 'outage', windows: [1] },
      ],
      windows: [window(3), window(own)],
    });
  const general = content({ windows: [window(3)] });
  const step = (stage: 'start:0' | 'finish', revision: number, at: string) => ({ stage, revision, at });
  const moved = (own: number, at: string) => ({
    move: 'reschedule' as const,
    state: 'running' as const,
    content: with1(own),
    at,
  });
  const log = logOf(
    {
      kind: 'maintenance',
      state: 'running',
      steps: [step('start:0', 1, '2026-11-23T01:00:00Z'), step('finish', 2, '2026-11-23T03:00:00Z')],
    },
    general,
    moved(5, '2026-11-23T02:00:00Z'),
    moved(6, '2026-11-23T03:00:00Z'),
    { ...moved(6, '2026-11-23T04:00:00Z'), move: 'cancel', state: 'cancelled' },
  );
  const told = shown({ ...log, state: 'cancelled' });
  expect(told.events.map(({ key, what }) => [key, what])).toEqual([
    ['1', 'announce'],
    ['1-start-0', 'start'],
    ['2-finish', 'finish'],
  ]);
  expect([told.state, told.revision, told.windows]).toEqual(['done', 1, [window(3)]]);
  const again = { ...moved(6, '2026-11-24T01:00:00Z'), content: content({ windows: [window(7)] }) };
  const later = shown({ ...log, revisions: [...log.revisions, { ...again, revision: 5, racks: [] }] });
  expect([later.state, later.events.at(-1)?.what]).toEqual(['running', 'reschedule']);
});
