import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueOf, isAuto } from '../../../src/core/alert/rules/due.ts';
import { aboutOf, hostIn, namedBy, objectKey, union } from '../../../src/core/alert/rules/named.ts';
import { stepOf } from '../../../src/core/alert/rules/step.ts';
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
const row = (more: Partial<NonNullable<Parameters<typeof stepOf>[0]>> = {}) => ({
  id: 1,
  source: 'prom',
  fingerprint: 'f',
  state: 'firing' as const,
  summary: '',
  objects: [],
  widened: false,
  noticeId: null,
  beganAt: minutes(-30),
  endedAt: null,
  times: 1,
  heardAt: minutes(-20),
  toldAt: null,
  ...more,
});
const over = row({ state: 'resolved', endedAt: minutes(-5), heardAt: minutes(-5) });

test.each([
  ['begins', 'one that nobody knows', undefined, firing()],
  ['ends', 'the end of one that nobody knows', undefined, firing({ state: 'resolved' })],
  ['repeat', 'one that fires already', row(), firing()],
  ['ends', 'its end', row(), firing({ state: 'resolved', endedAt: minutes(-1) })],
  ['late', 'the end of an earlier time', row(), firing({ state: 'resolved', endedAt: minutes(-40) })],
  ['repeat', 'the end of one that is over', over, firing({ state: 'resolved' })],
  ['begins', 'one that begins anew', over, firing({ beganAt: minutes(-1) })],
  ['begins', 'one that does not say when it began', over, firing()],
  ['late', 'the beginning of one that is over, after its end', over, firing({ beganAt: minutes(-30) })],
  [
    'begins',
    'an old beginning long after its end',
    { ...over, heardAt: minutes(-20) },
    firing({ beganAt: minutes(-30) }),
  ],
])('%s: %s', (step, _, known, alert) => expect(stepOf(known, alert, at)).toBe(step));

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
    names({ rack: 'WAW1', instance: 'x' }, { labels: { rack: 'location', instance: 'ignore' } }),
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

test('a warning is felt less than an outage, and what is written counts', () => {
  const impacts = (more: Partial<Alert>) => {
    const { sure, likely } = namedBy(firing(more), source('prom'));
    return [...sure, ...likely].map(({ impact }) => impact);
  };
  expect(impacts({ labels: { site: 'A', severity: 'critical' } })).toEqual(['outage']);
  expect(impacts({ labels: { site: 'A', severity: 'Warning' } })).toEqual(['degraded']);
  expect(impacts({ about: ['A', 'B = none'], impact: 'reduced' })).toEqual(['reduced', 'none']);
});

test('of what labels name, what the fewest services are in counts; wider than it was named is a guess', () => {
  const [site, host, plan] = (['location WAW1', 'network 10.0.0.1/32', 'product vps'] as const).map(text => {
    const [type, value] = text.split(' ') as ['location', string];
    return { type, value, impact: 'outage' as const };
  });
  const likely = [site, host, plan].filter(one => one !== undefined);
  const about = (services: Record<string, number>, sure: typeof likely = []) => {
    const { objects, widened } = aboutOf({ sure, likely }, new Map(Object.entries(services)));
    return [objects.map(({ type }) => type).join(), widened];
  };
  expect(about({ 'location waw1': 9, 'network 10.0.0.1/32': 1, 'product vps': 40 })).toEqual([
    'network',
    false,
  ]);
  expect(about({ 'location waw1': 9, 'product vps': 40 })).toEqual(['location', true]);
  expect(about({})).toEqual(['', false]);
  const place = likely.slice(0, 1);
  const held = new Map([['location waw1', 9]]);
  expect(aboutOf({ sure: [], likely: place }, held)).toEqual({ objects: place, widened: true });
  expect(aboutOf({ sure: place, likely: [] }, held)).toEqual({ objects: place, widened: false });
  expect(about({ 'location waw1': 1, 'network 10.0.0.1/32': 1, 'product vps': 1 })).toEqual([
    'network',
    false,
  ]);
  expect(about({ 'product vps': 40, 'network 10.0.0.1/32': 1 }, likely.slice(2))).toEqual(['product', false]);
});

test('a union has each object once with the most that is felt, the wide ones first, and at most a hundred', () => {
  const object = fc.record({
    type: fc.constantFrom('location' as const, 'network' as const, 'service' as const),
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
      const wide = all.map(({ type }) => type === 'location');
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
  const one = { source: 'x', widened: false };
  expect([
    isAuto([], by('auto')),
    isAuto([one], by('ask')),
    isAuto([one], by('auto')),
    isAuto([one, { ...one, widened: true }], by('auto')),
  ]).toEqual([false, false, true, false]);
});

test('a title names a few places, and nothing else', () => {
  const place = (value: string) => ({ type: 'location' as const, value, impact: 'outage' as const });
  expect(placesIn([place('WAW1'), place('KRK1')])).toBe('WAW1, KRK1');
  expect(placesIn([place('A'), place('B'), place('C'), place('D')])).toBeUndefined();
  expect(placesIn([place('A'), { ...place('10.0.0.1/32'), type: 'network' }])).toBeUndefined();
  expect(placesIn([])).toBeUndefined();
});
