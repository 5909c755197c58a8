import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAlertSecrets, secretVariable } from '../../src/config/alerts.ts';
import { readConfig } from '../../src/config.ts';

const long = 'a'.repeat(24);
const prom = { name: 'prom-waw', kind: 'alertmanager' } as const;
const page = { name: 'carrier', kind: 'statuspage' } as const;
const robot = { name: 'robot', kind: 'generic' } as const;

test('each source has a secret of its own, in a variable named after it', () => {
  expect(secretVariable('prom-waw')).toBe('ALERT_SECRET_PROM_WAW');
  const env = {
    ALERT_SECRET_PROM_WAW: ` ${long} `,
    ALERT_SECRET_ROBOT: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ALERT_SECRET_CARRIER: 'f'.repeat(64),
  };
  const { secrets, faults } = readAlertSecrets([prom, robot, page], env);
  expect(faults).toEqual([]);
  expect(secrets.get('prom-waw')).toBe(long);
});

test.each([
  [prom, undefined, 'is not set'],
  [prom, '  ', 'is not set'],
  [prom, 'tooshort-xyzzy', 'is too short'],
  [prom, `${long} with spaces`, 'holds spaces'],
  [prom, `whsec_${'A'.repeat(32)}`, 'only a source of the kind generic'],
  [robot, 'whsec_tooshort-xyzzy', 'no secret of Standard Webhooks'],
  [page, `${long}/+=`, 'stands in an address'],
] as const)('%j with %j is refused, and the value is not said', (source, value, why) => {
  const { faults } = readAlertSecrets([source], { [secretVariable(source.name)]: value });
  expect(faults).toEqual([expect.stringContaining(why)]);
  expect(faults[0]).toContain(secretVariable(source.name));
  if (value !== undefined && value.trim() !== '') expect(faults[0]).not.toContain(value.trim());
});

test('whose mail brings planned work needs no secret', () => {
  expect(
    readAlertSecrets(
      [
        { name: 'noc', kind: 'mail' },
        { name: 'noc2', kind: 'mail' },
      ],
      {},
    ),
  ).toEqual({ secrets: new Map(), faults: [] });
});

test('two sources with one secret are refused', () => {
  const env = { ALERT_SECRET_PROM_WAW: long, ALERT_SECRET_CARRIER: long };
  expect(readAlertSecrets([prom, page], env).faults).toEqual([
    'ALERT_SECRET_CARRIER is the same as ALERT_SECRET_PROM_WAW: each source of alerts needs its own.',
  ]);
});

test('the desk does not start while a source of its policy has no secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchdesk-alerts-'));
  const DESK_POLICY = join(folder, 'desk.yaml');
  const shipped = readFileSync(new URL('../../desk.yaml', import.meta.url), 'utf8');
  writeFileSync(DESK_POLICY, shipped.replace('alerts: []', 'alerts: [{ name: prom, kind: alertmanager }]'));
  const result = readConfig({ DESK_POLICY });
  rmSync(folder, { recursive: true });
  expect(result.ok ? [] : result.faults).toContainEqual(
    expect.stringContaining('ALERT_SECRET_PROM is not set'),
  );
});
