import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read.ts';

const shipped = readFileSync(new URL('../../../desk.yaml', import.meta.url), 'utf8');
const given = (section: string) => readPolicy(shipped.replace(/^status:\n {2}public: true\n/m, section));
const lineOf = (section: string, words: string): number =>
  shipped
    .replace(/^status:\n {2}public: true\n/m, section)
    .split('\n')
    .findIndex(line => line.includes(words)) + 1;

test('as it ships there is a page, which shows the locations of services', () => {
  const read = given('');
  expect(read.ok && read.policy.status).toEqual({ public: true });
  expect(given('status:\n  public: false\n')).toMatchObject({
    ok: true,
    policy: { status: { public: false } },
  });
});

test('components name what they cover, networks as services have them', () => {
  const read = given(`status:
  title: { en: Is it up }
  components:
    - { name: { en: Warsaw, pl: Warszawa }, locations: [WAW1, WAW2] }
    - { name: { en: Network }, networks: [203.0.113.7, "2001:DB8:0::/48"] }
`);
  expect(read.ok && read.policy.status).toEqual({
    public: true,
    title: { en: 'Is it up' },
    components: [
      { name: { en: 'Warsaw', pl: 'Warszawa' }, locations: ['WAW1', 'WAW2'], products: [], networks: [] },
      { name: { en: 'Network' }, locations: [], products: [], networks: ['203.0.113.7/32', '2001:db8::/48'] },
    ],
  });
});

test.each<[string, string, string, RegExp]>([
  [
    'a network that is none',
    '{ name: { en: A }, networks: [203.0.113.5/24] }',
    'components.0.networks.0',
    /bits are set beyond \/24/,
  ],
  ['nothing that is covered', '{ name: { en: A } }', 'components.0', /say what it covers/],
  [
    'no name in the desk’s language',
    '{ name: { pl: A }, locations: [WAW1] }',
    'components.0.name',
    /has no name in the desk's language \(en\)/,
  ],
  ['a word that is not known', '{ name: { en: A }, location: [WAW1] }', 'components.0', /location/],
])('%s is told with its line', (_, component, path, words) => {
  const section = `status:\n  components:\n    - ${component}\n`;
  const read = given(section);
  const faults = read.ok ? [] : read.faults;
  expect(faults).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
  expect(faults.every(fault => fault.startsWith(`line ${lineOf(section, component)}, status.${path}`))).toBe(
    true,
  );
});

test('no components at all, and a title that is missing in the desk’s language, are refused', () => {
  expect(given('status:\n  components: []\n')).toMatchObject({ ok: false });
  expect(given('status:\n  title: { pl: Stan }\n')).toMatchObject({
    faults: [expect.stringMatching(/status\.title: has no name in the desk's language/)],
  });
});
