import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read.ts';

const shipped = readFileSync(new URL('../../../desk.yaml', import.meta.url), 'utf8');
/** Its other sections. */
const others = shipped.replace(/^# Who works where[\s\S]*?(?=^# Your own words)/m, '');

/** The policy that ships, with other sections about people, levels and ladders. */
const faultsOf = (sections: string): readonly string[] => {
  const result = readPolicy(`${others}\n${sections}`);
  return result.ok ? [] : result.faults.map(fault => fault.replace(/^line \d+, /, ''));
};

const PEOPLE = `
people:
  - { id: bob, name: Bob, reach: { discord: "1" } }
  - { id: cleo, name: Cleo, reach: { email: cleo@example.com } }
`;
const TEAMS = `
teams:
  - { id: support, name: { en: Support }, members: anyone }
  - { id: admins, name: { en: Admins }, members: [bob, cleo] }
`;
const LEVELS = `
levels:
  - { id: one, name: { en: One }, team: support, up: [two] }
  - { id: two, name: { en: Two }, team: admins }
`;

test('the levels and the ladders that ship are those of the plan', () => {
  const result = readPolicy(shipped);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  const { levels, ladder } = result.policy;
  expect(levels.map(({ id, up, calendar }) => [id, up, calendar])).toEqual([
    ['support', ['billing', 'datacentre'], undefined],
    ['billing', ['admins'], 'billing'],
    ['datacentre', ['admins'], 'datacentre'],
    ['admins', [], 'admins'],
  ]);
  expect(Object.keys(result.policy.terms.calendars)).toEqual(
    expect.arrayContaining(['billing', 'datacentre', 'admins']),
  );
  expect(ladder.map(({ id, steps }) => [id, steps.map(({ at }) => at)])).toEqual([
    ['critical', [{ opened: 0 }, { opened: 180 }, { opened: 360 }]],
    ['promise', [{ share: 75 }, { missed: 0 }, { missed: 300 }]],
  ]);
});

test('all of it can be left out', () => {
  expect(faultsOf('')).toEqual([]);
});

test('a whole policy of people, shifts, levels and steps is taken', () => {
  const policy = `${PEOPLE}${TEAMS}
oncall:
  - id: night
    name: { en: Night }
    zone: America/New_York
    layers:
      - { members: [bob, cleo], every: 1w, start: "2026-01-05", handover: "17:30" }
      - { members: [cleo], every: 12h, start: "2026-01-05" }
levels:
  - { id: one, name: { en: One }, team: support, up: [two], untouched: 30m }
  - { id: two, name: { en: Two }, oncall: night, departments: [technical] }
ladder:
  - id: all
    for: { critical: true, departments: [technical] }
    wait: 2m
    steps:
      - { at: 0s, page: [{ up: 0 }, { assignee: true }], how: [mention], repeat: 2 }
      - { at: 5m, page: [{ level: two }], when: { critical: true } }
      - { at: 50%, page: [{ oncall: night }] } # at the next share at which staff are warned
      - { at: missed, page: [{ team: admins }] }
      - { at: missed+5m, page: [{ person: bob }] }
`;
  expect(faultsOf(policy)).toEqual([]);
});

test.each<[string, string, readonly string[]]>([
  [
    'a team that contains itself, and one more circle',
    `${PEOPLE}
teams:
  - { id: a, name: { en: A }, members: ["team:b"] }
  - { id: b, name: { en: B }, members: ["team:c", bob] }
  - { id: c, name: { en: C }, members: ["team:a"] }
  - { id: d, name: { en: D }, members: ["team:d"] }`,
    [
      'teams.0.members: goes in a circle: a contains b contains c contains a',
      'teams.3.members: goes in a circle: d contains d',
    ],
  ],
  [
    'levels that lead to each other',
    `${TEAMS.replace('[bob, cleo]', '[]')}
levels:
  - { id: one, name: { en: One }, team: support, up: [two] }
  - { id: two, name: { en: Two }, team: admins, up: [one] }`,
    ['levels.0.up: goes in a circle: one leads to two leads to one'],
  ],
  [
    'teams, persons, levels, departments and shifts that are not there',
    `${PEOPLE}
teams: [{ id: support, name: { en: S }, members: [bob, dora, "team:x"] }]
oncall: [{ id: o, name: { en: O }, zone: UTC, layers: [{ members: [eve], every: 1d, start: "2026-01-01", calendar: nine }] }]
levels: [{ id: one, name: { en: One }, team: nobody, up: [two], departments: [legal], calendar: never }]
ladder:
  - id: l
    for: { departments: [sales] }
    steps: [{ at: 0s, page: [{ level: three }, { team: t }, { oncall: p }, { person: zoe }], when: { during: tea } }]`,
    [
      'teams.0.members.1: there is no person "dora"; there are: bob, cleo',
      'teams.0.members.2: there is no team "x"; there are: support',
      'oncall.0.layers.0.calendar: there is no calendar "nine"',
      'oncall.0.layers.0.members.0: there is no person "eve"',
      'levels.0.team: there is no team "nobody"; there are: support',
      'levels.0.calendar: there is no calendar "never"',
      'levels.0.departments.0: there is no department "legal"',
      'levels.0.up.0: there is no level "two"; there are: one',
      'ladder.0.for.departments.0: there is no department "sales"',
      'ladder.0.steps.0.when.during: there is no calendar "tea"',
      'ladder.0.steps.0.page.0: there is no level "three"',
      'ladder.0.steps.0.page.1: there is no team "t"',
      'ladder.0.steps.0.page.2: there is no oncall "p"',
      'ladder.0.steps.0.page.3: there is no person "zoe"',
    ],
  ],
  [
    'steps out of order',
    `${TEAMS.replace('[bob, cleo]', '[]')}${LEVELS}
ladder:
  - id: l
    steps:
      - { at: 5m, page: [{ up: 0 }] }
      - { at: 3m, page: [{ up: 0 }] }
      - { at: 70%, page: [{ up: 1 }] }
      - { at: 50%, page: [{ up: 1 }] }
      - { at: missed+5m, page: [{ up: 1 }] }
      - { at: missed, page: [{ up: 1 }] }
      - { at: 10m, page: [{ up: 1 }] }`,
    [
      'ladder.0.steps.1.at: comes before the step above it; put the steps in order',
      'ladder.0.steps.3.at: comes before the step above it; put the steps in order',
      'ladder.0.steps.5.at: comes before the step above it; put the steps in order',
      'ladder.0.steps.6.at: is out of order: first times since the opening, then shares of the promise, then missed',
    ],
  ],
  [
    'the same id twice, a level with nobody, a level with both',
    `${TEAMS.replace('[bob, cleo]', '[]')}
levels:
  - { id: one, name: { en: One } }
  - { id: one, name: { pl: Jeden }, team: support, oncall: x }`,
    [
      'levels.1.id: "one" is there twice',
      "levels.1.name: has no name in the desk's language (en)",
      'levels.0: say who works at "one": either a team or an oncall',
      'levels.1: say who works at "one": either a team or an oncall',
      'levels.1.oncall: there is no oncall "x"; there are none',
    ],
  ],
])('%s: refused with place and reason, all at once', (_, sections, expected) => {
  const faults = faultsOf(sections);
  expect(faults).toEqual(expected.map(one => expect.stringContaining(one)));
});

test.each<[string, string, RegExp]>([
  ['a shift that does not divide a day', 'every: 5h', /hours that divide a day/],
  ['a day that is not there', 'start: "2026-02-30"', /no such day/],
  ['a time of the day that is none', 'handover: "25:00"', /time of the day is written/],
  ['a zone that is none', 'zone: Europe/Atlantis', /not a time zone/],
])('%s', (_, given, words) => {
  const base = ['every: 1w', 'start: "2026-01-05"', 'handover: "09:00"', 'zone: UTC'].map(one =>
    one.startsWith(given.split(':')[0] ?? '') ? given : one,
  );
  const [every, start, handover, zone] = base;
  const faults = faultsOf(`${PEOPLE}
oncall: [{ id: o, name: { en: O }, ${zone}, layers: [{ members: [bob], ${every}, ${start}, ${handover} }] }]`);
  expect(faults).toEqual([expect.stringMatching(words)]);
});

test.each([
  ['a moment that is none', 'at: soon', /a step comes at/],
  ['a share of all', 'at: 100%', /a step comes at/],
  ['a way that is none', 'at: 0s, how: [pigeon]', /dm, mention or mail/],
])('%s', (_, given, words) => {
  const faults = faultsOf(`ladder: [{ id: l, steps: [{ ${given}, page: [{ up: 0 }] }] }]`);
  expect(faults).toEqual([expect.stringMatching(words)]);
});
