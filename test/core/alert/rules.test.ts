import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertRow } from '../../../src/core/alert/model.ts';
import { dueOf, isAuto } from '../../../src/core/alert/rules/due.ts';
import { aboutOf, hostIn, namedBy, objectKey, union } from '../../../src/core/alert/rules/named.ts';
import { saidBy, stepOf } from '../../../src/core/alert/rules/step.ts';
import { placesIn } from '../../../src/core/alert/rules/words.ts';
import type { Alert } from '../../../src/core/index.ts';
import { source } from './kit.ts';

const at = new Date('2026-11-29T12:00:00Z');
const minutes = (count: number): Date => new Date(at.getTime() + count * 60_000);
const firing = (more: Partial<Alert> = {}): Alert => ({
  fingerprint: 'f',
  state: 'firing',
  summary: '',
  labels: {},
  ...more,
});
const row = (more: Partial<AlertRow> = {}): AlertRow => ({
  id: 1,
  source: 'prom',
  fingerprint: 'f',
  state: 'firing',
  summary: '',
  objects: [],
  asks: false,
  noticeId: null,
  beganAt: minutes(-30),
  endedAt: null,
  times: 1,
  heardAt: minutes(-20),
  toldAt: null,
  saidAt: minutes(-30),
  ...more,
});
const over = row({ state: 'resolved', endedAt: minutes(-5), heardAt: minutes(-5), saidAt: minutes(-5) });

test.each([
  ['begins', 'one that nobody knows', undefined, firing()],
  ['ends', 'the end of one that nobody knows', undefined, firing({ state: 'resolved' })],
  ['repeat', 'one that fires already', row(), firing()],
  ['ends', 'its end', row(), firing({ state: 'resolved', endedAt: minutes(-1) })],
  ['late', 'the end of an earlier time', row(), firing({ state: 'resolved', endedAt: minutes(-40) })],
  ['repeat', 'the end of one that is over', over, firing({ state: 'resolved' })],
  ['begins', 'one that begins anew', over, firing({ beganAt: minutes(-1) })],
  ['begins', 'one that does not say when it began', over, firing()],
  ['held', 'the beginning of one that is over, after its end', over, firing({ beganAt: minutes(-30) })],
  [
    'ends',
    'an end before the beginning by our clock',
    row({ saidAt: null }),
    firing({ state: 'resolved', endedAt: minutes(-40) }),
  ],
  [
    'begins',
    'a beginning before an end without a time',
    { ...over, saidAt: minutes(-30) },
    firing({ beganAt: minutes(-6) }),
  ],
  [
    'begins',
    'an old beginning long after its end',
    { ...over, heardAt: minutes(-20) },
    firing({ beganAt: minutes(-30) }),
  ],
])('%s: %s', (step, _, known, alert) => expect(stepOf(known, alert, at)).toBe(step));

test('what a source has said is the newest of its moments, and not far ahead of us', () => {
  const said = (known: Date | null, more: Partial<Alert>) => saidBy({ saidAt: known }, firing(more), at);
  expect(saidBy(undefined, firing(), at)).toBeNull();
  expect(said(minutes(-9), {})).toEqual(minutes(-9));
  expect(said(minutes(-9), { beganAt: minutes(-30), endedAt: minutes(-2) })).toEqual(minutes(-2));
  expect(said(minutes(-1), { beganAt: minutes(-30) })).toEqual(minutes(-1));
  expect(said(null, { beganAt: minutes(3) })).toEqual(minutes(3));
  expect(said(null, { endedAt: minutes(9_000) })).toEqual(minutes(10));
});

test.each([
  ['https://host.example:8443/x?y#z', 'host.example'],
  ['203.0.113.7:9100', '203.0.113.7'],
  ['[2001:db8::1]:9100', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['web-1', 'web-1'],
  ['tcp://10.0.0.1', '10.0.0.1'],
])('the host in %s is %s', (value, host) => expect(hostIn(value)).toBe(host));

const names = (labels: Record<string, string>, policy = {}, more: Partial<Alert> = {}) => {
  const { sure, likely } = namedBy(firing({ labels, ...more }), source('prom', policy));
  return { sure: sure.map(objectKey), likely: likely.map(objectKey) };
};

test('labels name what they usually mean, or what the policy says, and never all customers', () => {
  expect(names({ DC: 'WAW1', instance: 'web-1:80', job: 'node', subnet: '203.0.113.0/24' }).likely).toEqual([
    'location waw1',
    'service web-1',
    'network 203.0.113.0/24',
  ]);
  expect(
    names({ hall: 'WAW1', instance: 'x' }, { labels: { hall: 'location', instance: 'ignore' } }),
  ).toEqual({
    sure: [],
    likely: ['location waw1'],
  });
  expect(names({ job: 'Edge-7' }, { values: { 'edge-7': '203.0.113.0/24 = degraded\nKRK1' } }).sure).toEqual([
    'network 203.0.113.0/24',
    'location krk1',
  ]);
  expect(names({ subnet: '0.0.0.0/0', order: 'x', site: '' })).toEqual({ sure: [], likely: [] });
  expect(names({}, {}, { about: ['all', 'KRK1 = reduced', '= ='] }).sure).toEqual(['location krk1']);
  expect(names({ constructor: 'x', __proto__x: 'y' }).likely).toEqual([]);
});

test('a rack is the one in the location that another label says; without one, any of its name', () => {
  expect(names({ rack: 'R12' }).likely).toEqual(['rack r12']);
  expect(names({ rack_name: 'R12', DC: 'WAW1' }).likely).toEqual(['rack waw1/r12', 'location waw1']);
  expect(names({ cabinet: 'WAW1 / R12', site: 'WAW1' }).likely).toEqual([
    'rack waw1/waw1/r12',
    'rack waw1/r12',
    'location waw1',
  ]);
  expect(names({ rack: 'R12', site: 'A', dc: 'B', pop: 'a' }).likely.slice(0, 2)).toEqual([
    'rack a/r12',
    'rack b/r12',
  ]);
  expect(names({ pdu: 'R12' }, { labels: { pdu: 'rack' } }).likely).toEqual(['rack r12']);
  expect(names({ rack: 'R12' }, { labels: { rack: 'ignore' } }).likely).toEqual([]);
  expect(names({ job: 'pdu-7' }, { values: { 'pdu-7': 'WAW1/R7 = degraded' } }).sure).toEqual([
    'rack waw1/r7',
  ]);
  expect(names({ rack: 'x'.repeat(300), site: '/' }).likely).toEqual(['location /']);
});

test('a rack is narrower than its location and wider than a host, and is not told by itself without staff', () => {
  const { likely, sure, isSlight } = namedBy(
    firing({ labels: { rack: 'R12', site: 'WAW1', instance: '10.0.0.1' } }),
    source('prom'),
  );
  const about = (services: Record<string, number>) => {
    const { objects, asks } = aboutOf({ sure, likely, isSlight }, new Map(Object.entries(services)));
    return [objects.map(objectKey).join(), asks];
  };
  expect(about({ 'rack waw1/r12': 4, 'location waw1': 40 })).toEqual(['rack waw1/r12', true]);
  expect(about({ 'rack waw1/r12': 4, 'location waw1': 4 })).toEqual(['rack waw1/r12', true]);
  expect(about({ 'rack waw1/r12': 1, 'location waw1': 1, 'network 10.0.0.1/32': 1 })).toEqual([
    'network 10.0.0.1/32',
    false,
  ]);
  expect(about({ 'rack r12': 2, 'location waw1': 40 })).toEqual(['location waw1', true]);
  const said = namedBy(firing({ about: ['WAW1/R12'] }), source('prom'));
  expect(aboutOf(said, new Map([['rack waw1/r12', 4]])).asks).toBe(false);
});

test('a warning is felt less than an outage, and what is written counts', () => {
  const impacts = (more: Partial<Alert>) => {
    const { sure, likely } = namedBy(firing(more), source('prom'));
    return [...sure, ...likely].map(({ impact }) => impact);
  };
  expect(impacts({ labels: { site: 'A', severity: 'critical' } })).toEqual(['outage']);
  expect(impacts({ labels: { site: 'A', severity: 'Warning' } })).toEqual(['degraded']);
  expect(impacts({ about: ['A', 'B = none'], impact: 'reduced' })).toEqual(['reduced', 'none']);
});

test.each(['info', 'Informational', 'information', 'notice', 'none', 'debug', 'Not classified', 'P5'])(
  'a severity of %s is no outage, and is not told without staff, however exactly it says where',
  severity => {
    const named = namedBy(firing({ labels: { ip: '10.0.0.1', severity }, about: ['A'] }), source('prom'));
    expect([...named.sure, ...named.likely].map(({ impact }) => impact)).toEqual(['degraded', 'degraded']);
    expect(aboutOf({ ...named, sure: [] }, new Map([['network 10.0.0.1/32', 1]])).asks).toBe(true);
    expect(aboutOf(named, new Map([['location a', 1]])).asks).toBe(true);
  },
);

test.each(['average', 'low', 'p3', 'P4', 'Medium', 'moderate', ' warn'])(
  'a severity of %s is felt less than an outage',
  severity => {
    const named = namedBy(firing({ labels: { priority: severity }, about: ['A'] }), source('prom'));
    expect(named).toMatchObject({ sure: [{ impact: 'degraded' }], isSlight: false });
  },
);

test('of what labels name, what the fewest services are in counts; wider than it was named is a guess', () => {
  const [site, host, plan] = (['location WAW1', 'network 10.0.0.1/32', 'product vps'] as const).map(text => {
    const [type, value] = text.split(' ') as ['location', string];
    return { type, value, impact: 'outage' as const };
  });
  const likely = [site, host, plan].filter(one => one !== undefined);
  const isSlight = false;
  const about = (services: Record<string, number>, sure: typeof likely = []) => {
    const { objects, asks } = aboutOf({ sure, likely, isSlight }, new Map(Object.entries(services)));
    return [objects.map(({ type }) => type).join(), asks];
  };
  expect(about({ 'location waw1': 9, 'network 10.0.0.1/32': 1, 'product vps': 40 })).toEqual([
    'network',
    false,
  ]);
  expect(about({ 'location waw1': 9, 'product vps': 40 })).toEqual(['location', true]);
  expect(about({})).toEqual(['', false]);
  const place = likely.slice(0, 1);
  const held = new Map([['location waw1', 9]]);
  expect(aboutOf({ sure: [], likely: place, isSlight }, held)).toEqual({ objects: place, asks: true });
  expect(aboutOf({ sure: place, likely: [], isSlight }, held)).toEqual({ objects: place, asks: false });
  expect(about({ 'location waw1': 1, 'network 10.0.0.1/32': 1, 'product vps': 1 })).toEqual([
    'network',
    false,
  ]);
  expect(about({ 'product vps': 40, 'network 10.0.0.1/32': 1 }, likely.slice(2))).toEqual(['product', false]);
});

test('a union has each object once with the most that is felt, the wide ones first, and at most a hundred', () => {
  const object = fc.record({
    type: fc.constantFrom('location' as const, 'rack' as const, 'network' as const, 'service' as const),
    value: fc.constantFrom(...Array.from({ length: 120 }, (_, nr) => `V${nr}`)),
    impact: fc.constantFrom('none' as const, 'degraded' as const, 'outage' as const),
  });
  fc.assert(
    fc.property(fc.array(fc.array(object, { maxLength: 80 }), { maxLength: 6 }), lists => {
      const all = union(lists);
      const keys = all.map(objectKey);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.length).toBe(Math.min(100, new Set(lists.flat().map(objectKey)).size));
      for (const one of all) {
        const felt = lists.flat().filter(other => objectKey(other) === objectKey(one));
        expect(felt.some(({ impact }) => impact === one.impact)).toBe(true);
        if (felt.some(({ impact }) => impact === 'outage')) expect(one.impact).toBe('outage');
      }
      const wide = all.map(({ type }) => type === 'location' || type === 'rack');
      expect(wide.toSorted((a, b) => Number(b) - Number(a))).toEqual(wide);
    }),
  );
});

test('nothing goes out by the clock unless every source may, and nobody has taken it in hand', () => {
  fc.assert(
    fc.property(
      fc.record({
        isPublished: fc.boolean(),
        isUntouched: fc.boolean(),
        isAuto: fc.boolean(),
        auto: fc.boolean(),
        calm: fc.boolean(),
      }),
      ({ calm, auto, ...more }) => {
        const outage = { firingAt: at, calmAt: calm ? at : null, auto };
        const due = dueOf({
          outage,
          ...more,
          source: { window: 300, close_after: 1_800, publish_after: 120 },
        });
        const tells = due?.what === 'publish' || due?.what === 'resolve';
        if (!more.isAuto || !more.isUntouched) expect(tells).toBe(false);
        if (due?.what === 'publish') expect([calm, more.isPublished]).toEqual([false, false]);
        if (due?.what === 'close') expect([calm, more.isPublished]).toEqual([true, false]);
        if (due?.what === 'resolve') expect([calm, auto]).toEqual([true, true]);
      },
    ),
  );
  const by = (publish: 'ask' | 'auto') => () => ({ publish });
  const one = { source: 'x', asks: false };
  expect([
    isAuto([], by('auto')),
    isAuto([one], by('ask')),
    isAuto([one], by('auto')),
    isAuto([one, { ...one, asks: true }], by('auto')),
  ]).toEqual([false, false, true, false]);
});

test('a title names a few places, and nothing else', () => {
  const place = (value: string) => ({ type: 'location' as const, value, impact: 'outage' as const });
  expect(placesIn([place('WAW1'), place('KRK1')])).toBe('WAW1, KRK1');
  expect(placesIn([place('A'), place('B'), place('C'), place('D')])).toBeUndefined();
  expect(placesIn([place('A'), { ...place('10.0.0.1/32'), type: 'network' }])).toBeUndefined();
  expect(placesIn([{ ...place('WAW1/R12'), type: 'rack' }])).toBeUndefined();
  expect(placesIn([])).toBeUndefined();
});
