/** The chat on the website as a rig: the real adapter behind its real door, with a room for everybody, and people in front of the pretend site. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWebchat, type WebchatConfig } from '../../../src/adapters/webchat/index.ts';
import { type Channel, createRooms } from '../../../src/core/index.ts';
import { createHttp, type HttpApp } from '../../../src/http/app.ts';
import { createFronts } from '../../../src/http/fronts.ts';
import { serveHttp } from '../../../src/http/listen.ts';
import { startWebsite, type WebsiteSimulator } from '../../../src/simulator/website/index.ts';
import { diskUploads } from '../../../src/storage/index.ts';
import { freshDatabase } from '../../harness/database.ts';
import { type KeptLog, keptLog, words } from '../../harness/desk.ts';
import type { RigOptions } from './model.ts';
import { type Core, type Own, overHttp } from './rig.ts';

/** The web chat, served, over a database of its own. */
export interface WebDesk {
  readonly channel: Channel;
  readonly site: WebsiteSimulator;
  readonly url: string;
  readonly log: KeptLog;
  readonly database: Awaited<ReturnType<typeof freshDatabase>>['database'];
  readonly uploads: WebchatConfig['uploads'];
  /** Where uploads lie. */
  readonly uploadsAt: string;
  /** The sites that may show the bubble; what is put in counts at once. */
  readonly origins: string[];
  stop(): Promise<void>;
}

/** Starts it; `over` is put over its configuration. */
export async function startWebDesk(
  over: (site: WebsiteSimulator) => Partial<WebchatConfig> = () => ({}),
  wrap: (channel: Channel) => Channel = one => one,
  options: Parameters<typeof startWebsite>[0] = {},
): Promise<WebDesk> {
  const { database, drop } = await freshDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'switchdesk-web-'));
  const site = await startWebsite(options);
  const log = keptLog();
  const now = () => new Date();
  const uploads = diskUploads(join(directory, 'files', 'uploads'));
  const origins = [site.origin];
  const { channel: real, front } = createWebchat({
    origins,
    tokens: { key: { secret: site.secret }, audience: 'switchdesk' },
    name: 'Example Hosting',
    answersWithin: () => 60_000,
    files: { perMessage: 10, maxSize: 1024 * 1024 },
    rooms: createRooms(database, 'webchat', now),
    uploads,
    log,
    now,
    phrases: words,
    ...over(site),
  });
  const channel = wrap(real);
  const fronts = createFronts([front]);
  const app: HttpApp = createHttp({
    channels: new Map([[channel.kind, channel]]),
    accept: async () => ({ type: 'nothing' }),
    ready: async () => ({ ok: true, checks: {} }),
    fronts,
    log,
    now,
  });
  const http = await serveHttp({ app, port: 0, upgrade: fronts.upgrade });
  const url = `http://127.0.0.1:${http.port}`;
  site.setDesk(url);
  const stop = async (): Promise<void> => {
    await real.close?.();
    await site.stop();
    await http.close();
    await drop();
    await rm(directory, { recursive: true, force: true });
  };
  return {
    channel,
    site,
    url,
    log,
    database,
    uploads,
    uploadsAt: join(directory, 'files', 'uploads'),
    origins,
    stop,
  };
}

/** What the desk does in a room is done when whoever is there sees it. */
function settled(channel: Channel, site: WebsiteSimulator, database: WebDesk['database']): Channel {
  const seen = async (): Promise<void> => {
    for (const person of site.people) {
      const [room] = await database.sql<
        { tail: number }[]
      >`select tail from room where address = ${person.id}`;
      const tail = room?.tail ?? 0;
      if (person.after >= 0) await person.watches(() => person.after >= tail, `line ${tail}`);
    }
  };
  const after =
    <A extends unknown[], R>(act: ((...args: A) => Promise<R>) | undefined) =>
    async (...args: A): Promise<R> => {
      if (act === undefined) throw new Error('the channel cannot do that');
      const done = await act(...args);
      await seen();
      return done;
    };
  const waits = ['deliver', 'openThread', 'edit', 'remove'] as const;
  return new Proxy(channel, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      const key = waits.find(one => one === name);
      return key === undefined || value === undefined ? value : after(target[key] as () => Promise<unknown>);
    },
  });
}

const nobody = (): never => {
  throw new Error('there is no platform in between that could do this');
};

/** Starts the website. */
export async function website({ via = 'listen', wrap }: RigOptions, core: Core): Promise<Own> {
  const people = [
    { name: 'ana', locale: 'en', customer: 'ana' },
    { name: 'bob', locale: 'en', customer: 'bob' },
  ];
  const desk = await startWebDesk(() => ({}), wrap, { people });
  const { site, channel, database } = desk;
  const listen = async () => {
    const listener = await channel.listen?.(async inbound => core.take(inbound));
    return async () => void (await listener?.stop());
  };
  if (via !== 'nothing') await listen();
  const ana = site.person('ana');
  const bob = site.person('bob');
  if (via === 'listen') await Promise.all([ana.goes(''), bob.goes('')]);
  return {
    ...overHttp,
    kind: 'webchat',
    channel: settled(channel, site, database),
    sim: site,
    who: { space: '', externalId: ana.id },
    staffRole: '',
    logged: desk.log.lines,
    says: async (person, _address, text) => (await person.says(text)) ?? '',
    sends: async (_address, text, file) => void (await ana.says(text, undefined, [file])),
    request: {},
    lost: {},
    reads: () => ana.reads(),
    connections: () => 0,
    asks: async () => ana.acts('list'),
    tells: nobody,
    files: () => [],
    last: nobody,
    forged: nobody,
    stale: nobody,
    tampered: nobody,
    signed: body => ({ body, headers: {}, now: new Date() }),
    vanish: async address => void (await database.sql`delete from room where address = ${address}`),
    forbid: nobody,
    block: nobody,
    revoke: () => void desk.origins.push('http://www.example.com'),
    listen,
    stop: () => desk.stop(),
  };
}
