import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { impacts, type NoticeState } from '../../../src/core/notice/model.ts';
import { type Component, type ComponentState, componentStates } from '../../../src/core/status/model.ts';
import {
  beginOf,
  effectOfAll,
  endOf,
  phaseOf,
  stateOf,
  worst,
} from '../../../src/core/status/rules/state.ts';
import { content, logOf, shown } from './kit.ts';

const component = (more: Partial<Component>): Component => ({
  name: {},
  locations: [],
  products: [],
  networks: [],
  ...more,
});
const waw = component({ locations: ['WAW1'] });
const NIGHTS = [1, 2, 3].map(day => ({
  from: `2026-12-0${day}T01:00:00.000Z`,
  to: `2026-12-0${day}T03:00:00.000Z`,
}));
const at = (text: string): Date => new Date(`2026-12-${text}:00Z`);
const work = (state: NoticeState, windows?: number[], impact: 'none' | 'outage' = 'outage') =>
  shown(
    logOf(
      { kind: 'maintenance', state },
      content({ windows: NIGHTS, objects: [{ type: 'location', value: 'waw1', impact, windows }] }),
    ),
  );
const broken = (state: NoticeState, impact: (typeof impacts)[number]) =>
  shown(logOf({ state }, content({ objects: [{ type: 'location', value: 'WAW1', impact }] })));

describe('an outage', () => {
  test.each<[NoticeState, (typeof impacts)[number], ComponentState]>([
    ['investigating', 'outage', 'outage'],
    ['identified', 'degraded', 'degraded'],
    ['identified', 'reduced', 'degraded'],
    ['investigating', 'none', 'operational'],
    ['watching', 'outage', 'degraded'],
    ['resolved', 'outage', 'operational'],
    ['cancelled', 'outage', 'operational'],
  ])('that is %s with the impact "%s": %s', (state, impact, expected) => {
    expect(stateOf(waw, [broken(state, impact)], at('01T00:00'))).toBe(expected);
  });
});

describe('planned work', () => {
  test.each<[string, NoticeState, number[] | undefined, string, ComponentState]>([
    ['before its window', 'confirmed', undefined, '01T00:59', 'operational'],
    ['from its first moment', 'confirmed', undefined, '01T01:00', 'maintenance'],
    ['to its last, and no longer', 'confirmed', undefined, '01T03:00', 'operational'],
    ['in a window whose date is not final', 'planned', undefined, '01T02:00', 'operational'],
    ['between two nights', 'running', undefined, '01T12:00', 'operational'],
    ['in the second night', 'running', undefined, '02T02:00', 'maintenance'],
    ['in a night that is another object’s', 'running', [1], '01T02:00', 'operational'],
    ['in its own night', 'running', [1], '02T02:00', 'maintenance'],
    ['begun early', 'running', undefined, '01T00:30', 'maintenance'],
    ['begun early, but not here', 'running', [1, 2], '01T00:30', 'operational'],
    ['not ended yet', 'running', undefined, '03T03:30', 'maintenance'],
    ['not ended yet, but it was not here', 'extended', [0], '03T03:30', 'operational'],
    ['nobody began it and its time is over', 'confirmed', undefined, '03T03:30', 'operational'],
    ['done early', 'done', undefined, '01T02:00', 'operational'],
  ])('%s', (_, state, windows, time, expected) => {
    expect(stateOf(waw, [work(state, windows)], at(time))).toBe(expected);
  });

  test('that nobody feels changes no state', () => {
    expect(stateOf(waw, [work('running', undefined, 'none')], at('01T02:00'))).toBe('operational');
  });

  test('stands where it belongs: to come, now, between two nights to come again, over', () => {
    const phases = ['01T00:00', '01T02:00', '01T12:00', '03T02:00', '03T04:00'].map(time =>
      phaseOf(work('confirmed'), at(time)),
    );
    expect(phases).toEqual(['planned', 'now', 'planned', 'now', 'past']);
    expect(phaseOf(work('running'), at('03T04:00'))).toBe('now');
    expect(phaseOf(work('cancelled'), at('01T00:00'))).toBe('past');
  });

  test('began with its window, was over when that was said or when its time was', () => {
    expect(beginOf(work('running'), at('02T02:00'))).toBe(Date.parse(NIGHTS[1]?.from ?? ''));
    expect(endOf(work('confirmed'))).toBe(Date.parse(NIGHTS[2]?.to ?? ''));
    expect(endOf(work('done'))).toBe(Date.parse('2026-11-22T12:00:00Z'));
    expect(beginOf(broken('identified', 'outage'), at('02T02:00'))).toBe(Date.parse('2026-11-22T12:00:00Z'));
  });
});

test('a change is announced until its time is over, and no component is worse for it', () => {
  const change = (windows: typeof NIGHTS) =>
    shown(
      logOf(
        { kind: 'change', state: 'planned' },
        content({ windows, objects: [{ type: 'all', value: '', impact: 'outage' }] }),
      ),
    );
  expect(phaseOf(change([]), at('09T00:00'))).toBe('planned');
  expect(phaseOf(change(NIGHTS.slice(0, 1)), at('01T02:00'))).toBe('planned');
  expect(phaseOf(change(NIGHTS.slice(0, 1)), at('01T03:00'))).toBe('past');
  expect(stateOf(waw, [change(NIGHTS)], at('01T02:00'))).toBe('operational');
});

describe('a component', () => {
  const outage = (type: 'location' | 'product' | 'network' | 'all', value: string) =>
    shown(logOf({}, content({ objects: [{ type, value, impact: 'outage' }] })));
  test.each<[boolean, string, Partial<Component>, ReturnType<typeof outage>]>([
    [
      true,
      'by its location, however that is written',
      { locations: ['WAW2', 'waw1'] },
      outage('location', 'WAW1'),
    ],
    [false, 'by the name of a product', { locations: ['vps'] }, outage('product', 'vps')],
    [true, 'by a product', { products: ['VPS'] }, outage('product', 'vps')],
    [true, 'by a network within its own', { networks: ['10.0.0.0/8'] }, outage('network', '10.1.0.0/16')],
    [true, 'by a network around its own', { networks: ['10.1.2.0/24'] }, outage('network', '10.1.0.0/16')],
    [false, 'by another network', { networks: ['10.2.0.0/16'] }, outage('network', '10.1.0.0/16')],
    [false, 'by one of another family', { networks: ['2001:db8::/32'] }, outage('network', '10.1.0.0/16')],
    [true, 'by what is about all', { networks: ['2001:db8::/32'] }, outage('all', '')],
  ])('is concerned (%s) %s', (isConcerned, _, more, notice) => {
    expect(stateOf(component(more), [notice], at('01T00:00'))).toBe(isConcerned ? 'outage' : 'operational');
  });
});

test('the worst wins, whatever else goes on and in whatever order', () => {
  const one = fc.constantFrom(...componentStates);
  fc.assert(
    fc.property(fc.array(one), fc.array(one), (some, more) => {
      const all = worst([...some, ...more]);
      expect(worst([...more, ...some])).toBe(all);
      expect(worst([worst(some), worst(more)])).toBe(all);
      for (const state of some)
        expect(componentStates.indexOf(all)).toBeGreaterThanOrEqual(componentStates.indexOf(state));
    }),
  );
});

test('what a notice does to all is never better than what it does to a component, and what is over does nothing', () => {
  const states = fc.constantFrom<NoticeState>(
    'planned',
    'confirmed',
    'running',
    'extended',
    'done',
    'cancelled',
  );
  const windows = fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1 }), {
    nil: undefined,
  });
  const object = fc.record({
    value: fc.constantFrom('WAW1', 'WAW2'),
    impact: fc.constantFrom(...impacts),
    windows,
  });
  fc.assert(
    fc.property(
      states,
      fc.array(object, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: -5, max: 60 }),
      (state, objects, hours) => {
        const now = new Date(Date.parse('2026-12-01T00:00:00Z') + hours * 3_600_000);
        const made = content({
          windows: NIGHTS,
          objects: objects.map(given => ({ type: 'location' as const, ...given })),
        });
        const notice = shown(logOf({ kind: 'maintenance', state }, made));
        const here = stateOf(waw, [notice], now);
        expect(componentStates.indexOf(effectOfAll(notice, now))).toBeGreaterThanOrEqual(
          componentStates.indexOf(here),
        );
        if (phaseOf(notice, now) !== 'now') expect(here).toBe('operational');
        expect(['operational', 'maintenance']).toContain(here);
      },
    ),
  );
});
