import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Hono } from 'hono';
import { openDatabase } from '../drizzle/database.ts';
import { migrate } from '../drizzle/migrate.ts';
import { startServer } from '../drizzle/server.ts';
import { createDesk, type Desk, loadLocales, noticeBodySchema, readPolicy } from '../src/core/index.ts';
import { createHttp } from '../src/http/app.ts';
import { serveHttp } from '../src/http/listen.ts';
import { fileKeepsake, openFileHouse } from '../src/storage/index.ts';
import { inDirectory } from './kit/cleanup.ts';
import type { Options } from './kit/report.ts';
import { median, round } from './kit/stats.ts';

/** What the bench found. */
export interface StatusResult {
  /** Requests of the page in a second, as a share of those of a bare handler that gives the same bytes. */
  readonly ratio: number;
  readonly per_s: number;
  /** The page with some thirty notices, over the wire, in KB. */
  readonly kb: number;
}

/** Connections, and requests that each has under way: more than the server can work at once. */
const SOCKETS = 16;
const AHEAD = 10;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const root = new URL('../', import.meta.url).pathname;

/** Asks for the page and for the same bytes from a bare handler in turns, so that a machine that is busy is busy for both. */
export function runStatus({ short, say }: Options): Promise<StatusResult> {
  return inDirectory(async (directory, defer) => {
    const desk = await openDesk(directory, defer);
    await fill(desk);
    const parts = { channels: new Map(), accept: desk.accept, log, now: () => new Date() };
    const app = createHttp({ ...parts, ready: async () => ({ ok: true, checks: {} }), status: desk.status });
    const page = await served(app, defer);
    const body = await (await fetch(`http://127.0.0.1:${page}/status`)).text();
    const bare = new Hono();
    bare.get('/bare', () => new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
    const floor = await served(bare, defer);
    const [rounds, count] = short ? [5, 2_000] : [20, 10_000];
    const seen: { readonly page: number; readonly bare: number }[] = [];
    await ask(page, '/status', count);
    await ask(floor, '/bare', count);
    for (let nth = 0; nth < rounds; nth += 1)
      seen.push({ page: await ask(page, '/status', count), bare: await ask(floor, '/bare', count) });
    const rates = seen.map(one => one.page);
    say(
      `${rounds} rounds: the page ${round(median(rates), 0)}/s, a bare handler ${round(median(seen.map(one => one.bare)), 0)}/s`,
    );
    return {
      ratio: round(median(seen.map(one => one.page / one.bare))),
      per_s: round(median(rates), 0),
      kb: round(Buffer.byteLength(body) / 1024, 1),
    };
  });
}

async function openDesk(directory: string, defer: (close: () => unknown) => void): Promise<Desk> {
  const server = await startServer({ dataDir: join(directory, 'data'), log });
  defer(() => server.stop());
  const database = await openDatabase({ url: server.url });
  defer(() => database.close());
  await migrate(database.sql);
  const read = readPolicy(readFileSync(join(root, 'desk.yaml'), 'utf8'));
  if (!read.ok) throw new Error(read.faults.join('\n'));
  const desk = createDesk({
    database,
    policy: read.policy,
    phrases: loadLocales(join(root, 'locales')),
    log,
    now: () => new Date(),
    channels: [],
    files: openFileHouse(directory, {}),
    draw: async () => new Uint8Array(),
    lastKnown: fileKeepsake(join(directory, 'status.json')),
  });
  defer(() => desk.stop());
  return desk;
}

/** Twenty locations, ten outages that go on and twenty that are over. */
async function fill(desk: Desk): Promise<void> {
  const locations = Array.from({ length: 20 }, (_, nth) => `DC${nth}`);
  const service = { kind: 'vps', order_number: null, networks: [], rack: null, state: 'active' as const };
  await desk.api.accounts.put([
    {
      ref: 'A-1',
      name: 'A customer',
      tier: null,
      language: null,
      time_zone: null,
      state: 'active',
      contacts: [],
      services: locations.map(location => ({ ...service, ref: location, name: location, location })),
    },
  ]);
  for (let nth = 0; nth < 30; nth += 1) {
    const objects = [{ type: 'location', value: `DC${nth % 20}` }];
    const input = {
      kind: 'outage',
      title: { en: `Outage ${nth}` },
      text: { en: 'Words. '.repeat(40) },
      objects,
    };
    const made = await desk.api.notices.draft(`k-${nth}`, noticeBodySchema.parse(input));
    if (!('notice' in made)) throw new Error(`notice ${nth} was refused`);
    const { id, edition } = made.notice;
    await desk.api.notices.confirm(id, edition);
    if (nth < 10) continue;
    const next = await desk.api.notices.prepare(id, 'resolve', { edition: edition + 1 });
    if (next === undefined || !('notice' in next)) throw new Error(`notice ${nth} was not ended`);
    await desk.api.notices.confirm(id, next.notice.edition);
  }
}

async function served(
  app: Parameters<typeof serveHttp>[0]['app'],
  defer: (close: () => unknown) => void,
): Promise<number> {
  const server = await serveHttp({ app, port: 0, hostname: '127.0.0.1' });
  defer(() => server.close());
  return server.port;
}

/** Requests in a second. All answers of a round are as long as the first, so they are counted by their bytes: whoever asks costs little. */
async function ask(port: number, path: string, count: number): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`;
  const length = await lengthOf(port, request);
  const each = Math.floor(count / SOCKETS);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: SOCKETS }, () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      let [sent, got] = [Math.min(AHEAD, each), 0];
      const socket = connect(port, '127.0.0.1', () => socket.write(request.repeat(sent)));
      socket.on('error', reject);
      socket.on('data', chunk => {
        got += chunk.byteLength;
        const more = Math.min(each, Math.floor(got / length) + AHEAD) - sent;
        if (more > 0) socket.write(request.repeat(more));
        sent += Math.max(0, more);
        if (got < each * length) return;
        socket.destroy();
        resolve();
      });
      return promise;
    }),
  );
  return (each * SOCKETS) / ((performance.now() - began) / 1000);
}

/** Bytes of one answer with its headers: those end with an empty line, and say how long the rest is. */
function lengthOf(port: number, request: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('error', reject);
    socket.on('data', chunk => {
      text += chunk.toString('latin1');
      const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(text) ?? [];
      const head = text.indexOf('\r\n\r\n') + 4;
      if (length === undefined || text.length < head + Number(length)) return;
      socket.destroy();
      resolve(head + Number(length));
    });
  });
}
