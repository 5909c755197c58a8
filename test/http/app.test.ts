import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../src/adapters/telegram/index.ts';
import type { Answer, Channel, Inbound, RawRequest } from '../../src/core/index.ts';
import { loadLocales } from '../../src/core/index.ts';
import { createHttp, type Readiness } from '../../src/http/app.ts';
import { type Listening, serveHttp } from '../../src/http/listen.ts';

const LIMIT = 1024;
const NOW = new Date('2026-11-22T12:00:00Z');
const SECRET = 'a-right_secret';
const logged: string[] = [];
const line = (message: string, fields?: object): void =>
  void logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
const log = { info: line, warn: line, error: line };

/** The smallest channel: what it was given, and a signature that is one word. */
const given: RawRequest[] = [];
const plain: Channel = {
  kind: 'plain',
  limits: createTelegramChannel({ token: '1:x', log, now: () => NOW, phrases: loadLocales('locales') })
    .limits,
  async receive(request) {
    given.push(request);
    if (request.headers['x-signature'] !== 'right')
      return { verified: false, response: { status: 401, body: '' }, why: 'no signature' };
    const inbound: Inbound[] = request.body
      .split(',')
      .filter(word => word !== '')
      .map(text => ({
        type: 'said',
        eventId: text,
        at: NOW,
        from: { space: '', externalId: '1' },
        place: '1',
        direct: true,
        ref: '1',
        text,
      }));
    if (request.body === 'respond fails')
      return { verified: true, inbound, respond: () => Promise.reject(new Error('no')) };
    return {
      verified: true,
      inbound,
      respond: async answers => ({
        status: 200,
        headers: { 'x-answers': String(answers.length) },
        body: answers.map(({ type }) => type).join(),
      }),
    };
  },
  deliver: async () => ({ outcome: 'unknown', why: 'nothing is sent here' }),
};

let accepted: string[];
let accept: (kind: string, inbound: Inbound) => Promise<Answer>;
let ready: () => Promise<Readiness>;
let server: Listening;
beforeEach(async () => {
  accepted = [];
  given.length = 0;
  logged.length = 0;
  accept = async (kind, inbound) => {
    accepted.push(`${kind} ${inbound.eventId}`);
    return { type: 'nothing' };
  };
  ready = async () => ({ ok: true, checks: { database: true, relay: true } });
  const telegram = createTelegramChannel({
    token: '1:x',
    webhookSecret: SECRET,
    log,
    now: () => NOW,
    phrases: loadLocales('locales'),
  });
  const app = createHttp({
    channels: new Map([plain, telegram].map(channel => [channel.kind, channel])),
    accept: (kind, inbound) => accept(kind, inbound),
    ready: () => ready(),
    log,
    now: () => NOW,
    bodyLimit: LIMIT,
  });
  server = await serveHttp({ app, port: 0, hostname: '127.0.0.1' });
});
afterEach(() => server.close());

const at = (path: string) => `http://127.0.0.1:${server.port}${path}`;
const post = (path: string, body: string | ReadableStream, headers: Record<string, string> = {}) =>
  fetch(at(path), { method: 'POST', body, headers: { 'x-signature': 'right', ...headers }, duplex: 'half' });

/** Writes bytes as they are, and gives all that comes back until the connection ends. */
function raw(text: string, more?: (write: (chunk: string) => boolean) => void): Promise<string> {
  return new Promise(resolve => {
    let seen = '';
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(text);
      more?.(chunk => socket.write(chunk));
    });
    socket.on('data', data => {
      seen += data.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(seen));
  });
}

const head = (...headers: string[]) =>
  `${['POST /hooks/plain HTTP/1.1', 'host: x', 'x-signature: right', ...headers].join('\r\n')}\r\n\r\n`;

describe('a webhook', () => {
  it('is verified, stored and answered, in this order', async () => {
    const response = await post('/hooks/plain', 'one,two');
    expect([response.status, await response.text()]).toEqual([200, 'nothing,nothing']);
    expect(response.headers.get('x-answers')).toBe('2');
    expect(accepted).toEqual(['plain one', 'plain two']);
  });

  it('reaches the channel as it was sent: lower-case headers, the body to the byte, the time', async () => {
    await post('/hooks/plain', '\uFEFF{"ą": 1}\r\n', { 'X-Custom': 'Y' });
    expect(given[0]).toMatchObject({ body: '\uFEFF{"ą": 1}\r\n', now: NOW, headers: { 'x-custom': 'Y' } });
  });

  it('with a wrong signature gets the channel’s answer, and nothing is stored', async () => {
    const response = await post('/hooks/plain', 'one', { 'x-signature': 'wrong' });
    expect(response.status).toBe(401);
    expect(accepted).toEqual([]);
    expect(logged.join()).toContain('no signature');
  });

  it('of an unknown channel is not there', async () => {
    for (const name of ['fax', '__proto__', 'constructor', '%2e%2e', 'plain/x'])
      expect((await post(`/hooks/${name}`, 'one')).status).toBe(404);
    expect((await fetch(at('/hooks/plain'))).status).toBe(404);
    expect(given).toEqual([]);
  });

  it('that cannot be stored is answered 500 so that it comes again, and tells nothing', async () => {
    accept = async () =>
      Promise.reject(new Error('postgres://desk:hunter2@db said no to "a customer’s words"'));
    const response = await post('/hooks/plain', 'one');
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({ type: 'about:blank', title: expect.any(String), status: 500 });
    expect(text + logged.join()).not.toMatch(/hunter2|customer’s words/);
    expect(logged.join()).toContain('could not be stored');
  });

  it('that cannot be answered is a 500 too', async () => {
    const response = await post('/hooks/plain', 'respond fails');
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ status: 500 });
  });
});

describe('a body', () => {
  it('at the limit is taken, and one byte more is not', async () => {
    expect((await post('/hooks/plain', 'x'.repeat(LIMIT))).status).toBe(200);
    expect((await post('/hooks/plain', 'x'.repeat(LIMIT + 1))).status).toBe(413);
    expect((await post('/hooks/plain', 'ą'.repeat(LIMIT / 2 + 1))).status).toBe(413);
    expect(given).toHaveLength(1);
  });

  it('that is chunked is counted as it comes', async () => {
    const chunks = (count: number) =>
      ReadableStream.from(Array.from({ length: count }, () => Buffer.alloc(256, 120)));
    expect((await post('/hooks/plain', chunks(4))).status).toBe(200);
    expect((await post('/hooks/plain', chunks(5))).status).toBe(413);
    expect(given).toHaveLength(1);
  });

  it('that never ends is refused once it is too long', async () => {
    const chunk = `100\r\n${'x'.repeat(256)}\r\n`;
    const seen = await raw(head('transfer-encoding: chunked'), write => {
      for (let count = 0; count < 6; count += 1) write(chunk);
    });
    expect(seen).toMatch(/^HTTP\/1\.1 413 /);
    expect(given).toEqual([]);
  });

  it('that says it is too long is refused before it comes', async () => {
    expect(await raw(head(`content-length: ${LIMIT + 1}`))).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each([
    ['two lengths', ['content-length: 3', 'content-length: 4']],
    ['a length and chunks', ['content-length: 3', 'transfer-encoding: chunked']],
    ['a length that is no number', ['content-length: 3x']],
    ['a negative length', ['content-length: -3']],
  ])('with %s is refused', async (_, headers) => {
    expect(await raw(`${head(...headers)}abc`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(accepted).toEqual([]);
  });

  it('without a length is empty', async () => {
    const seen = await raw(head('connection: close'));
    expect(seen).toMatch(/^HTTP\/1\.1 200 /);
    expect(given[0]?.body).toBe('');
  });

  it('that is no UTF-8 is no exception', async () => {
    const body = new Blob([new Uint8Array([0xff, 0xfe, 0x00])]).stream();
    expect((await post('/hooks/plain', body)).status).toBe(200);
  });
});

describe('the real Telegram channel', () => {
  const update = JSON.stringify({
    update_id: 5,
    message: {
      message_id: 1,
      date: 1_767_224_888,
      chat: { id: 7, type: 'private' },
      from: { id: 7, is_bot: false, first_name: 'Ana' },
      text: 'hello',
    },
  });
  const name = 'X-Telegram-Bot-Api-Secret-Token';

  it('takes what has the secret, and nothing else', async () => {
    expect((await post('/hooks/telegram', update)).status).toBe(401);
    expect((await post('/hooks/telegram', update, { [name]: 'guess' })).status).toBe(401);
    expect((await post('/hooks/telegram', '{', { [name]: 'guess' })).status).toBe(401);
    expect(accepted).toEqual([]);
    expect((await post('/hooks/telegram', '{', { [name]: SECRET })).status).toBe(400);
    expect((await post('/hooks/telegram', update, { [name]: SECRET })).status).toBe(200);
    expect(accepted).toEqual(['telegram upd:5']);
  });

  it('refuses the secret sent twice', async () => {
    const seen = await raw(
      `POST /hooks/telegram HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${name}: ${SECRET}\r\n${name}: ${SECRET}\r\ncontent-length: 2\r\n\r\n{}`,
    );
    expect(seen).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe('health', () => {
  it('is alive whatever else is not', async () => {
    ready = () => Promise.reject(new Error('down'));
    const response = await fetch(at('/healthz'));
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  });

  it('is ready when the desk says so', async () => {
    const response = await fetch(at('/readyz'));
    expect([response.status, await response.json()]).toEqual([
      200,
      { ok: true, checks: { database: true, relay: true } },
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is not ready with the checks that failed, or when they cannot be made', async () => {
    ready = async () => ({ ok: false, checks: { database: true, relay: false } });
    const stale = await fetch(at('/readyz'));
    expect([stale.status, await stale.json()]).toEqual([
      503,
      { ok: false, checks: { database: true, relay: false } },
    ]);
    ready = () => Promise.reject(new Error('hunter2'));
    const broken = await fetch(at('/readyz'));
    expect([broken.status, await broken.text()]).toEqual([503, '{"ok":false,"checks":{}}']);
  });
});

describe('every answer', () => {
  it('has the headers that keep browsers out of trouble', async () => {
    for (const path of ['/healthz', '/nowhere', '/readyz']) {
      const { headers } = await fetch(at(path));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('to an unknown path is a problem', async () => {
    const response = await fetch(at('/wp-login.php'));
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json',
    ]);
    expect(await response.json()).toEqual({ type: 'about:blank', title: 'Not found', status: 404 });
  });
});

describe('the server', () => {
  it('lets a request under way end before it closes, and takes no new one', async () => {
    const held = Promise.withResolvers<Answer>();
    const arrived = Promise.withResolvers<void>();
    accept = () => {
      arrived.resolve();
      return held.promise;
    };
    const response = post('/hooks/plain', 'one');
    await arrived.promise;
    const closed = server.close();
    held.resolve({ type: 'nothing' });
    expect((await response).status).toBe(200);
    await closed;
    await expect(fetch(at('/healthz'))).rejects.toThrow();
    server = await serveHttp({
      app: createHttp({ channels: new Map(), accept, ready, log, now: () => NOW }),
      port: 0,
    });
  });

  it('says when the port is taken', async () => {
    const app = createHttp({ channels: new Map(), accept, ready, log, now: () => NOW });
    await expect(serveHttp({ app, port: server.port, hostname: '127.0.0.1' })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
