import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { departmentName, priorityName, priorityOf } from '../../../src/core/policy/index.ts';
import { readPolicy } from '../../../src/core/policy/read.ts';

const shipped = readFileSync(new URL('../../../desk.yaml', import.meta.url), 'utf8');
const faultsOf = (text: string): readonly string[] => {
  const result = readPolicy(text);
  return result.ok ? [] : result.faults;
};
const changed = (from: string | RegExp, to: string): readonly string[] => faultsOf(shipped.replace(from, to));

test('the policy that ships is right, and durations are seconds', () => {
  const result = readPolicy(shipped);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  expect(result.policy.terms.promises['first-reply'].map(one => one.within)).toEqual([60, 900, 600]);
  expect(result.policy.tickets.reopen_within).toBe(14 * 86_400);
  expect(result.policy.texts).toEqual({});
});

test('every fault is told at once, each with its line and what to do', () => {
  const faults = faultsOf(
    [
      'desk: { name: "", language: english, zone: Europe/Atlantis }',
      'departments: []',
      'priorities:',
      '  - id: Regular!',
      '    name: { en: Regular }',
      '    critical: true',
      'promises: { first-reply: [{ within: ten minutes }] }',
      'staff: { language: en, roles: { discord: [12] } }',
      'tickets: { reopen_within: 0d }',
      'colour: blue',
    ].join('\n'),
  );
  const at = (line: number, path: string, words: string): unknown =>
    expect.stringMatching(new RegExp(`^line ${line}, ${path}: .*${words}`));
  expect(faults).toEqual(
    expect.arrayContaining([
      at(1, 'desk.name', '1'),
      at(1, 'desk.language', 'two small letters'),
      at(1, 'desk.zone', 'Europe/Warsaw'),
      at(2, 'departments', '1'),
      at(4, 'priorities.0.id', 'small letters'),
      at(7, 'promises.first-reply.0.within', 'such as 10m'),
      at(8, 'staff.roles.discord.0', 'string'),
      at(9, 'tickets.reopen_within', 'such as 10m'),
      at(1, 'the whole file', 'colour'),
    ]),
  );
});

test.each<[string, string | RegExp, string, RegExp]>([
  ['two of one id', 'id: critical', 'id: regular', /^line \d+, priorities\.1\.id: "regular" is there twice$/],
  [
    'no name in the desk’s language',
    'en: Technical, ',
    '',
    /^line \d+, departments\.0\.name: has no name in the desk's language \(en\)$/,
  ],
  [
    'all priorities critical',
    'critical: false',
    'critical: true',
    /at least one priority must not be critical/,
  ],
  ['a name too long for a tag', 'en: Technical', `en: ${'T'.repeat(61)}`, /departments\.0\.name\.en/],
  ['an unknown key', 'critical: false', 'critical: false\n    colour: red', /priorities\.0: .*colour/],
  ['a key that is missing', /tickets:[\s\S]*14d\n/, '', /tickets/],
  [
    'a duration without a unit',
    'reopen_within: 14d',
    'reopen_within: 14',
    /line \d+, tickets\.reopen_within/,
  ],
])('%s is told', (_, from, to, fault) => {
  expect(changed(from, to)).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
});

test('the report of the week comes at a time of the day, or never', () => {
  const weekly = (text: string) => {
    const result = readPolicy(shipped.replace('weekly: "08:00"', `weekly: ${text}`));
    return result.ok ? result.policy.reports.weekly : result.faults;
  };
  expect(weekly('"08:00"')).toBe(480);
  expect(weekly('23:59')).toBe(1439);
  expect(weekly('off')).toBeUndefined();
  for (const text of ['"24:00"', '"8:00"', 'monday', '"08:60"'])
    expect(weekly(text), text).toEqual([
      expect.stringMatching(/^line \d+, reports\.weekly: a time of the day such as "08:00", or off$/),
    ]);
});

test('what is no YAML is told with its line', () => {
  const faults = faultsOf('desk:\n  name: "open\n');
  expect(faults[0]).toMatch(/^line [23]: /);
  expect(faultsOf('a: 1\na: 2\n')).toEqual([expect.stringMatching(/^line 2: .*unique/)]);
});

test('a text that begins with a star must be quoted, and is told with its line', () => {
  const own = (text: string) => changed('texts: {}', `texts:\n  en:\n    nothing-written: ${text}`);
  expect(own('*Done*')).toEqual([
    expect.stringMatching(/^line \d+: put a text that begins with \* into quotes$/),
  ]);
  expect(own('*Done* and gone')).toEqual([expect.stringMatching(/^line \d+: /)]);
  expect(own('"*Done*"')).toEqual([]);
});

test('whatever the file holds, reading never throws, and a refused one has a fault', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), text => {
      const result = readPolicy(text);
      expect(result.ok ? 1 : result.faults.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
  expect(faultsOf('')).not.toEqual([]);
});

test('names are said in the person’s language, else in the desk’s, else by id', () => {
  const result = readPolicy(shipped.replace(', pl: Techniczny', ''));
  if (!result.ok) throw new Error(result.faults.join('\n'));
  const { policy } = result;
  expect(['pl', 'en'].map(locale => departmentName(policy, 'technical', locale))).toEqual([
    'Technical',
    'Technical',
  ]);
  expect(departmentName(policy, 'financial', 'pl')).toBe('Finansowy');
  expect(departmentName(policy, 'closed-long-ago', 'pl')).toBe('closed-long-ago');
  expect(priorityName(policy, 'regular', 'pl')).toBe('Zwykły');
  expect([priorityOf(policy, 'critical')?.critical, priorityOf(policy, 'none')]).toEqual([true, undefined]);
});
