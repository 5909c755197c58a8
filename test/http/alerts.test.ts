import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAlertReceiver } from '../../src/adapters/alerts/index.ts';
import { createHttp } from '../../src/http/app.ts';
import { type Listening, serveHttp } from '../../src/http/listen.ts';
import { maintnote } from '../adapters/alerts/calendars.ts';
import { alertmanager, statuspageComponent } from '../adapters/alerts/payloads.ts';
import { source, withSources } from '../core/alert/kit.ts';
import { bring, startTold, type Told } from '../core/notice/kit.ts';

const secrets = {
  prom: 'prom-secret-0123456789abcdef',
  other: 'other-secret-0123456789abcde',
  carrier: 'carrier-secret-0123456789abc',
  // The vector of the specification's own libraries.
  robot: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  shy: '',
};
const sources = [
  source('prom'),
  source('other'),
  source('carrier', { kind: 'statuspage', values: { 'Warsaw transit': 'WAW1' } }),
  source('robot', { kind: 'generic', values: { 'circuit-7': 'WAW1' } }),
  source('shy', { kind: 'zabbix' }),
];

let told: Told;
let server: Listening;
let fails = false;

beforeEach(async () => {
  told = await startTold(withSources(...sources));
  const { desk, log, clock } = told.t;
  fails = false;
  const app = createHttp({
    channels: new Map(),
    accept: desk.accept,
    ready: async () => ({ ok: true, checks: {} }),
    alerts: {
      receiver: createAlertReceiver({ sources, secrets: new Map(Object.entries(secrets)) }),
      take: sent =>
        fails ? Promise.reject(new Error(`no database for ${secrets.prom}`)) : desk.alerts(sent),
    },
    log,
    now: clock.now,
  });
  server = await serveHttp({ app, port: 0, hostname: '127.0.0.1' });
  await bring(told.t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
});
afterEach(async () => {
  await server.close();
  await told.t.close();
});

type Headers = Readonly<Record<string, string>>;
const bearer = (secret: string): Headers => ({ authorization: `Bearer ${secret}` });
const basic = (secret: string): Headers => ({
  authorization: `Basic ${Buffer.from(`anyone:${secret}`).toString('base64')}`,
});

async function posts(path: string, body: unknown, headers: Headers = {}) {
  const answer = await fetch(`http://127.0.0.1:${server.port}/hooks/alerts${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() };
}

/** The rows that alerts make; what is refused makes none. */
async function rows(): Promise<number> {
  const [row] = await told.t.database.sql<{ n: number }[]>`
    select ((select count(*) from alert) + (select count(*) from notice) + (select count(*) from receipt where channel like 'alerts:%'))::int as n`;
  return row?.n ?? 0;
}

const noSecretIn = (text: string): void => {
  for (const secret of Object.values(secrets)) if (secret !== '') expect(text).not.toContain(secret);
};

test('by its secret a source is known: as a bearer, as a password, behind the address of a status page', async () => {
  expect(await posts('/alertmanager', alertmanager('firing'), bearer(secrets.prom))).toMatchObject({
    status: 200,
    body: { alerts: 1, changed: 1 },
  });
  expect(await posts('/alertmanager', alertmanager('firing'), basic(secrets.other))).toMatchObject({
    status: 200,
    body: { changed: 1 },
  });
  expect(await posts(`/statuspage/${secrets.carrier}`, statuspageComponent('major_outage'))).toMatchObject({
    status: 200,
    body: { changed: 1 },
  });
  const found = await told.t.database.sql<{ source: string }[]>`select source from alert order by source`;
  expect(found.map(one => one.source)).toEqual(['carrier', 'other', 'prom']);
  expect(await told.t.desk.api.notices.list()).toHaveLength(1);
  noSecretIn(told.t.log.lines.join());
});

test.each([
  ['/alertmanager', {}],
  ['/alertmanager', bearer('wrong-secret-0123456789abcde')],
  ['/alertmanager', bearer(secrets.carrier)],
  ['/alertmanager', { authorization: secrets.prom }],
  ['/alertmanager', { authorization: `Digest ${secrets.prom}` }],
  ['/alertmanager', { authorization: 'Basic !!!' }],
  ['/alertmanager', bearer('')],
  ['/statuspage/wrong-secret-0123456789abcde', {}],
  ['/statuspage', {}],
  ['/generic', bearer(secrets.robot)],
  ['/generic', { 'webhook-id': 'm', 'webhook-timestamp': 'x', 'webhook-signature': 'v1,' }],
] as const)('%s with %j is refused before anything is read, and changes nothing', async (path, headers) => {
  const answer = await posts(path, '{"alerts": [', headers);
  expect(answer).toMatchObject({ status: 401, type: 'application/problem+json' });
  expect(await rows()).toBe(0);
  noSecretIn(JSON.stringify(answer) + told.t.log.lines.join());
});

test.each(['/zabbix', '/grafana', '/nagios', '/__proto__', `/alertmanager/${secrets.prom}`])(
  '%s: there is none',
  async path => {
    expect(await posts(path, {}, bearer(secrets.prom))).toMatchObject({ status: 404 });
  },
);

const sign = (id: string, timestamp: number, body: string, secret = secrets.robot): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;
const fired = JSON.stringify({ id: 'rack-7', state: 'firing', summary: 'No power', about: ['WAW1'] });

test('a signature of Standard Webhooks is checked on the body as it came; old, ahead, altered and repeated ones do nothing', async () => {
  const seconds = told.t.clock.now().getTime() / 1000;
  const signed = (more: Headers = {}, at = seconds, body = fired) =>
    posts('/generic', body, {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(at),
      'webhook-signature': sign('msg_1', at, fired),
      ...more,
    });
  for (const at of [seconds - 301, seconds + 301]) expect((await signed({}, at)).status).toBe(401);
  expect((await signed({}, seconds, fired.replace('WAW1', 'KRK1'))).status).toBe(401);
  expect((await signed({ 'webhook-id': 'msg_2' })).status).toBe(401);
  expect((await signed({ 'webhook-id': 'a.b' })).status).toBe(401);
  expect((await signed({ 'webhook-signature': `v1a,${'A'.repeat(88)} v1,short` })).status).toBe(401);
  expect(await rows()).toBe(0);
  const two = `${sign('msg_1', seconds - 299, fired, `whsec_${'B'.repeat(32)}`)} ${sign('msg_1', seconds - 299, fired)}`;
  expect(await signed({ 'webhook-signature': two }, seconds - 299)).toMatchObject({
    status: 200,
    body: { changed: 1 },
  });
  expect(await signed()).toMatchObject({ status: 200, body: { changed: 0 } });
});

test('the vector of the specification is right', async () => {
  const receiver = createAlertReceiver({
    sources: [source('robot', { kind: 'generic' })],
    secrets: new Map([['robot', secrets.robot]]),
  });
  const admission = receiver.admit({
    kind: 'generic',
    token: undefined,
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    now: new Date(1_614_265_330_000),
  });
  if (!admission.ok) throw new Error(admission.why);
  expect(admission.read('{"test": 2432232314}')).toMatchObject({ ok: false, status: 400 });
  expect(admission.read('{"test": 2432232315}')).toMatchObject({ ok: false, status: 401 });
});

test('what cannot be read says where it is wrong, and changes nothing', async () => {
  const { alerts } = alertmanager('firing');
  const body = alertmanager('firing', { alerts: [...alerts, { ...alerts[0], status: 'on fire' }] });
  expect(await posts('/alertmanager', body, bearer(secrets.prom))).toMatchObject({
    status: 400,
    type: 'application/problem+json',
    body: { errors: [{ pointer: '#/alerts/1/status', detail: 'firing or resolved' }] },
  });
  expect(
    await posts('/alertmanager', JSON.stringify(body).slice(0, 900), bearer(secrets.prom)),
  ).toMatchObject({
    status: 400,
    body: { title: expect.stringContaining('no whole JSON') },
  });
  const many = { alerts: Array.from({ length: 10_001 }, () => ({ status: 'firing' })) };
  expect(await posts('/alertmanager', many, bearer(secrets.prom))).toMatchObject({
    status: 413,
    body: { title: expect.stringContaining('max_alerts') },
  });
  expect(await rows()).toBe(0);
});

test('a body that is too long is refused by its stated length, sooner where only a signature is claimed', async () => {
  const states = (path: string, length: number, headers: Headers) =>
    new Promise<number | undefined>((resolve, reject) => {
      const url = `http://127.0.0.1:${server.port}/hooks/alerts${path}`;
      const asking = request(
        url,
        { method: 'POST', headers: { ...headers, 'content-length': length } },
        answer => {
          answer.resume();
          resolve(answer.statusCode);
          asking.destroy();
        },
      );
      asking.on('error', error => (asking.destroyed ? undefined : reject(error)));
      asking.flushHeaders();
    });
  expect(await states('/alertmanager', 9_000_000, bearer(secrets.prom))).toBe(413);
  const claim = {
    'webhook-id': 'm',
    'webhook-timestamp': String(told.t.clock.now().getTime() / 1000),
    'webhook-signature': 'v1,AAAA',
  };
  expect(await states('/generic', 1_100_000, claim)).toBe(413);
});

test('what could not be stored is answered 500, so that it comes again, and says nothing of what happened', async () => {
  fails = true;
  const answer = await posts('/alertmanager', alertmanager('firing'), bearer(secrets.prom));
  expect(answer).toMatchObject({ status: 500, body: { title: 'Not stored, please send it again' } });
  noSecretIn(JSON.stringify(answer) + told.t.log.lines.join());
});

test('a calendar of a supplier is taken at the same address, and one that is not whole is refused', async () => {
  const calendar = maintnote({ from: '20261206T010000Z', lines: ['X-MAINTNOTE-OBJECT-ID:circuit-7'] });
  const seconds = told.t.clock.now().getTime() / 1000;
  const signed = (body: string, id: string) =>
    posts('/generic', body, {
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': sign(id, seconds, body),
    });
  expect(await signed(calendar.slice(0, 400), 'msg_1')).toMatchObject({
    status: 400,
    body: { title: expect.stringContaining('no whole iCalendar file') },
  });
  expect(await rows()).toBe(0);
  expect(await signed(calendar, 'msg_1')).toMatchObject({ status: 200, body: { alerts: 1, changed: 1 } });
  expect(await signed(calendar, 'msg_2')).toMatchObject({ status: 200, body: { changed: 0 } });
  expect(await told.t.desk.api.notices.list()).toMatchObject([{ kind: 'maintenance', state: 'draft' }]);
});
