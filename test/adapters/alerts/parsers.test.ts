import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../../../src/adapters/alerts/limits.ts';
import { parserOf } from '../../../src/adapters/alerts/parsers.ts';
import type { HookKind } from '../../../src/core/index.ts';
import {
  alertmanager,
  grafana,
  statuspageComponent,
  statuspageIncident,
  uptimeKuma,
  zabbix,
} from './payloads.ts';

const now = new Date('2026-11-29T12:10:00Z');
const read = (kind: HookKind, body: unknown) =>
  parserOf(kind)(typeof body === 'string' ? body : JSON.stringify(body), now);
const kinds: readonly HookKind[] = [
  'alertmanager',
  'grafana',
  'uptime-kuma',
  'zabbix',
  'statuspage',
  'generic',
];
const began = new Date('2026-11-29T12:00:03.157Z');

test('Alertmanager: each alert of the group, with its beginning and its end', () => {
  const labels = { alertname: 'SiteUnreachable', datacenter: 'WAW1', severity: 'critical' };
  const one = { fingerprint: '1a30ba71cca2921f', summary: 'No answer from WAW1', labels, beganAt: began };
  expect(read('alertmanager', alertmanager('firing', { truncatedAlerts: 5 }))).toEqual({
    alerts: [{ ...one, state: 'firing' }],
    truncated: 5,
  });
  expect(read('alertmanager', alertmanager('resolved'))).toEqual({
    alerts: [{ ...one, state: 'resolved', endedAt: new Date('2026-11-29T12:09:03.157Z') }],
    truncated: 0,
  });
});

test('Alertmanager of old, without fingerprints: the labels are what makes an alert the same, in any order', () => {
  const prints = (labels: Record<string, string>) => {
    const made = read('alertmanager', { alerts: [{ status: 'firing', labels }] });
    return 'alerts' in made ? made.alerts.map(({ fingerprint }) => fingerprint) : [];
  };
  expect(prints({ a: '1', b: '2' })).toEqual(prints({ b: '2', a: '1' }));
  expect(prints({ a: '1', b: '2' })).not.toEqual(prints({ a: '1', b: '3' }));
});

test('Grafana: the same list, with less in its annotations', () => {
  expect(read('grafana', grafana)).toEqual({
    alerts: [
      {
        fingerprint: 'fac0861a85de433a',
        state: 'firing',
        summary: 'High latency',
        labels: { alertname: 'High latency', grafana_folder: 'Network', site: 'KRK1' },
        beganAt: new Date('2026-11-29T12:00:00Z'),
      },
    ],
    truncated: 3,
  });
});

test('Uptime Kuma: down and up of a monitor, with its tags; a test, a wait and maintenance are no alerts', () => {
  const one = {
    fingerprint: 'monitor:7',
    summary: 'Shop of ben',
    labels: { monitor: 'Shop of ben', url: 'https://203.0.113.7/health', location: 'WAW1' },
  };
  expect(read('uptime-kuma', uptimeKuma(0))).toEqual({
    alerts: [{ ...one, state: 'firing', beganAt: began }],
  });
  expect(read('uptime-kuma', uptimeKuma(1))).toEqual({
    alerts: [{ ...one, state: 'resolved', endedAt: began }],
  });
  for (const body of [uptimeKuma(2), uptimeKuma(3), { heartbeat: null, monitor: null, msg: 'Testing' }])
    expect(read('uptime-kuma', body)).toEqual({ alerts: [] });
});

test('Zabbix: a problem and its recovery have one id; what was not filled in is left out', () => {
  const one = {
    fingerprint: 'event:4711',
    summary: 'Unavailable by ICMP ping',
    labels: {
      host: 'node7.waw1',
      host_ip: '203.0.113.7',
      severity: 'High',
      location: 'WAW1',
      scope: 'availability',
    },
    beganAt: new Date(1_795_953_603_000),
  };
  expect(read('zabbix', zabbix('1'))).toEqual({ alerts: [{ ...one, state: 'firing' }] });
  expect(read('zabbix', zabbix('0'))).toEqual({
    alerts: [{ ...one, state: 'resolved', endedAt: new Date(1_795_954_143_000) }],
  });
  const bare = {
    event_id: 4711,
    event_value: 1,
    event_name: '{EVENT.NAME}',
    host_ip: '*UNKNOWN*',
    host_name: 'h',
  };
  expect(read('zabbix', { ...bare, event_tags: '{EVENT.TAGSJSON}' })).toEqual({
    alerts: [{ fingerprint: 'event:4711', state: 'firing', summary: 'h', labels: { host: 'h' } }],
  });
  expect(read('zabbix', { ...bare, event_id: '{EVENT.ID}' })).toMatchObject({
    fault: { status: 400, faults: [{ path: ['event_id'], detail: 'the macro {EVENT.ID}' }] },
  });
});

test('Statuspage: a component and an incident; maintenance neither begins nor ends one', () => {
  const at = new Date('2026-11-29T12:00:09.379Z');
  const one = {
    fingerprint: 'component:sqm6pl84wzjc',
    summary: 'Warsaw transit',
    labels: { page: 'jb7j80lkgqvb', component: 'Warsaw transit' },
  };
  expect(read('statuspage', statuspageComponent('partial_outage'))).toEqual({
    alerts: [{ ...one, state: 'firing', impact: 'degraded', beganAt: at }],
  });
  expect(read('statuspage', statuspageComponent('operational'))).toEqual({
    alerts: [{ ...one, state: 'resolved', endedAt: at }],
  });
  expect(read('statuspage', statuspageIncident('investigating'))).toEqual({
    alerts: [
      {
        fingerprint: 'incident:lbkhbwn21v5q',
        state: 'firing',
        summary: 'Fibre cut near Warsaw',
        labels: {
          page: 'jb7j80lkgqvb',
          incident: 'Fibre cut near Warsaw',
          component: 'Warsaw transit',
          'component 2': 'Kraków transit',
        },
        impact: 'outage',
        beganAt: new Date('2026-11-29T12:00:00Z'),
      },
    ],
  });
  expect(read('statuspage', statuspageIncident('resolved'))).toMatchObject({
    alerts: [{ state: 'resolved', endedAt: new Date('2026-11-29T12:09:00Z') }],
  });
  for (const body of [statuspageComponent('under_maintenance'), statuspageIncident('in_progress')])
    expect(read('statuspage', body)).toEqual({ alerts: [] });
});

test('generic: one, several, or wrapped as Standard Webhooks do; what is wrong is named by its place', () => {
  const one = { id: 'rack-7', state: 'firing', summary: 'Rack 7 has no power', about: ['WAW1 = degraded'] };
  const alert = {
    fingerprint: 'rack-7',
    state: 'firing',
    summary: 'Rack 7 has no power',
    labels: {},
    about: ['WAW1 = degraded'],
  };
  for (const body of [one, { alerts: [one] }, { type: 'alert.fired', timestamp: 'x', data: one }])
    expect(read('generic', body)).toEqual({ alerts: [alert] });
  expect(read('generic', { alerts: [{ ...one, began_at: '2026-11-29 12:00', color: 'red' }] })).toMatchObject(
    {
      fault: {
        status: 400,
        faults: [
          { path: ['alerts', 0, 'began_at'], detail: expect.stringContaining('a moment with its offset') },
          {},
        ],
      },
    },
  );
});

test.each(kinds)('%s: what is cut, is no JSON, or is something else is refused with what to do', kind => {
  for (const body of ['', '{"alerts": [{"status": "fir', 'null', '[]', '"x"', '7', '{}', '{"alerts": 7}'])
    expect(read(kind, body), body).toMatchObject({
      fault: { status: 400, title: expect.stringMatching(/docs|send|choose|use/) },
    });
});

/** A body of the kind with something hostile in the place of anything in it. */
const bodies: Readonly<Record<HookKind, unknown>> = {
  alertmanager: alertmanager('firing'),
  grafana,
  'uptime-kuma': uptimeKuma(0),
  zabbix: zabbix('1'),
  statuspage: statuspageIncident('investigating'),
  generic: { alerts: [{ id: 'x', state: 'firing', summary: 's', labels: { a: 'b' }, about: ['WAW1'] }] },
};

function replaced(value: unknown, nth: { left: number }, hostile: unknown): unknown {
  if (nth.left-- === 0) return hostile;
  if (Array.isArray(value)) return value.map(one => replaced(one, nth, hostile));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, nth, hostile)]));
}

const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('\u0000', '\ud800', 'x'.repeat(5_000), '0001-01-01T00:00:00Z', '9999-99-99', 1e308, -1, ''),
  fc.string({ unit: 'binary' }),
  fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'toString', 'a'), fc.string()),
);

test.each(kinds)('%s: no body throws, and what comes out of it can be kept', kind => {
  const isKept = (text: string, most: number): boolean =>
    text.length <= most && text.isWellFormed() && !text.includes('\u0000');
  const check = (body: string): void => {
    const made = parserOf(kind)(body, now);
    if ('fault' in made) return;
    for (const { fingerprint, summary, labels, beganAt, endedAt } of made.alerts) {
      expect(fingerprint !== '' && isKept(fingerprint, limits.fingerprint)).toBe(true);
      expect(summary !== '' && isKept(summary, limits.summary)).toBe(true);
      const pairs = Object.entries(labels);
      expect(pairs.length).toBeLessThanOrEqual(limits.labels);
      for (const [name, value] of pairs)
        expect(isKept(name, limits.label) && isKept(value, limits.value)).toBe(true);
      for (const at of [beganAt, endedAt]) expect(Number.isNaN(at?.getTime())).toBe(false);
    }
  };
  fc.assert(fc.property(fc.string({ unit: 'binary' }), check));
  fc.assert(fc.property(fc.json(), check));
  fc.assert(
    fc.property(fc.nat(60), nasty, (left, hostile) =>
      check(JSON.stringify(replaced(bodies[kind], { left }, hostile))),
    ),
  );
  check(`${'['.repeat(200_000)}`);
  check(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
});
