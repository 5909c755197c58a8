import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read.ts';

const shipped = readFileSync(new URL('../../../desk.yaml', import.meta.url), 'utf8');
const withAlerts = (text: string) => readPolicy(shipped.replace('alerts: []', `alerts:\n${text}`));
const faultsOf = (text: string): string => {
  const result = withAlerts(text);
  return result.ok ? '' : result.faults.join('\n');
};

test('a source needs a name and a kind; the rest is what is usual, in seconds', () => {
  const result = withAlerts('  - { name: prom, kind: alertmanager }');
  if (!result.ok) throw new Error(result.faults.join('\n'));
  expect(result.policy.alerts).toEqual([
    {
      name: 'prom',
      kind: 'alertmanager',
      from: [],
      labels: {},
      values: {},
      window: 300,
      close_after: 1_800,
      publish: 'ask',
      publish_after: 120,
    },
  ]);
});

test('the example in the policy that ships is right', () => {
  const example = shipped.replace(
    /^alerts: \[\]\n((?:#.*\n)+)/m,
    (_, lines: string) => `alerts:\n${lines.replaceAll(/^#/gm, '')}`,
  );
  const result = readPolicy(example);
  expect(result.ok ? result.policy.alerts : result.faults).toMatchObject([
    { name: 'prom', labels: { hall: 'location' }, values: { 'edge-7': '203.0.113.0/24 = degraded' } },
  ]);
});

test.each([
  ['  - { name: prom, kind: nagios }', 'alerts.0.kind'],
  ['  - { name: Prom!, kind: grafana }', 'an id is 1 to 20 small letters'],
  ['  - { name: a, kind: grafana }\n  - { name: a, kind: zabbix }', '"a" is there twice'],
  ['  - { name: a, kind: grafana, labels: { rack: shelf } }', 'a label names a location'],
  ['  - { name: a, kind: grafana, values: { x: all } }', 'never about all customers'],
  ['  - { name: a, kind: grafana, values: { x: "WAW1 = nonsense" } }', 'is not clear'],
  ['  - { name: a, kind: mail }', 'say whose mail it is'],
  ['  - { name: a, kind: mail, from: [carrier.example] }', '@example.com for all of theirs'],
  ['  - { name: a, kind: mail, from: ["@c.example"], publish: auto }', 'never published without staff'],
  ['  - { name: a, kind: grafana, from: [noc@c.example] }', 'only a source of the kind mail'],
  [
    '  - { name: a, kind: mail, from: [noc@c.example] }\n  - { name: b, kind: mail, from: [NOC@c.example] }',
    'noc@c.example is named by "a" already',
  ],
  ['  - { name: a, kind: grafana, publish: yes please }', 'ask (staff press the button) or auto'],
  ['  - { name: a, kind: grafana, secret: xyz }', 'secret'],
])('%s is refused with its line', (text, words) => {
  expect(faultsOf(text)).toContain(words);
  expect(faultsOf(text)).toMatch(/^line \d+, alerts/);
});
