import type { Database } from '../../drizzle/database.ts';
import { createKeys, type Desk, type Scope, scopes } from '../../src/core/index.ts';
import { createHttp } from '../../src/http/app.ts';
import { type Listening, serveHttp } from '../../src/http/listen.ts';
import type { ScriptedChannel } from '../harness/channel.ts';
import { type KeptLog, type MovedClock, type TestDesk, testDesk } from '../harness/desk.ts';

/** The desk's API on a port of its own, over a fresh database. */
export interface ApiWorld {
  readonly database: Database;
  readonly clock: MovedClock;
  readonly log: KeptLog;
  readonly t: TestDesk;
  readonly desk: Desk;
  readonly url: string;
  /** A key with these scopes; all of them when not said. */
  key(...scopes: Scope[]): Promise<string>;
  /** A request with that key. */
  asks(method: string, path: string, options?: Asking): Promise<Answered>;
  stop(): Promise<void>;
}

interface Asking {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a stranger would read
  readonly body: any;
}

/** Starts one; it ticks only when told. */
export async function startApi(channels: readonly ScriptedChannel[] = []): Promise<ApiWorld> {
  const t = await testDesk(channels);
  const { desk, database, clock, log } = t;
  const keys = createKeys({ database, now: clock.now });
  const app = createHttp({
    channels: new Map(),
    accept: desk.accept,
    ready: async () => ({ ok: true, checks: {} }),
    api: desk.api,
    pages: desk.pages,
    log,
    now: clock.now,
  });
  const server: Listening = await serveHttp({ app, port: 0, hostname: '127.0.0.1' });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    database,
    clock,
    log,
    t,
    desk,
    url,
    key: async (...given) => (await keys.create('billing', given.length === 0 ? scopes : given)).secret,
    asks: (method, path, options = {}) => ask(`${url}${path}`, method, options),
    async stop() {
      await server.close();
      await t.close();
    },
  };
}

async function ask(url: string, method: string, { key, body, headers = {} }: Asking): Promise<Answered> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

/** An account as a billing system sends it. */
export const acme = {
  name: 'Acme sp. z o.o.',
  tier: 'business',
  language: 'pl',
  time_zone: 'Europe/Warsaw',
  contacts: [
    {
      ref: 'c-1',
      name: 'Jan Kowalski',
      roles: ['technical', 'owner'],
      addresses: ['Jan@Acme.example', 'jan@acme.example'],
    },
  ],
  services: [
    {
      ref: 's-1',
      name: 'Shop',
      kind: 'dedicated server',
      order_number: '#123456',
      networks: ['203.0.113.7', '2001:DB8:0:0::/64'],
      location: 'WAW1',
      rack: 'R12',
    },
  ],
};
