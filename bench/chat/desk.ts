/** The desk of the bench, in a process of its own, with the web chat's real door; whoever started it talks to it by messages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../drizzle/database.ts';
import { migrate } from '../../drizzle/migrate.ts';
import { startServer } from '../../drizzle/server.ts';
import { createWebchat } from '../../src/adapters/webchat/index.ts';
import { type Channel, createDesk, createRooms, loadLocales, readPolicy } from '../../src/core/index.ts';
import { createHttp } from '../../src/http/app.ts';
import { createFronts } from '../../src/http/fronts.ts';
import { serveHttp } from '../../src/http/listen.ts';
import { openFileHouse } from '../../src/storage/index.ts';
import { residentMb } from '../kit/memory.ts';

/** The site whose page the bubbles are on. */
const ORIGIN = 'https://www.example.com';

const directory = process.argv[2] ?? '';
const root = new URL('../../', import.meta.url).pathname;
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (text: string) => void process.stderr.write(`${text}\n`),
};
const now = (): Date => new Date();
/** From the bubble until the message for the desk was committed, and until the desk's platform was given it, in ms. */
let enqueued: number[] = [];
let given: number[] = [];

/** A desk of staff that takes everything at once: what is measured is how soon it is there to be sent. */
const wide = { perSecond: 100_000, burst: 100_000 };
function count(text: string, into: number[]): void {
  for (const [, at] of text.matchAll(/at (\d+\.\d+)/g))
    into.push(performance.timeOrigin + performance.now() - Number(at));
}
let posts = 0;
const staff: Channel = {
  kind: 'staff',
  limits: {
    text: 4000,
    measure: text => text.length,
    forms: 'none',
    places: 'per-ticket',
    bot: wide,
    place: wide,
    resendIsSafe: true,
  },
  receive: async () => ({ verified: false, response: { status: 404 }, why: 'nothing comes' }),
  deliver: async ({ id, text }) => {
    count(text, given);
    return { outcome: 'delivered', ref: id };
  },
  openPost: async ({ body }) => {
    count(body, given);
    posts += 1;
    return { outcome: 'delivered', ref: `h${posts}`, address: `p${posts}` };
  },
  showCard: async () => ({ outcome: 'delivered' }),
};

const server = await startServer({ dataDir: join(directory, 'data'), log });
const database = await openDatabase({ url: server.url });
await migrate(database.sql);
// PostgreSQL tells of a message with the commit that puts it in, and not before.
await database.sql.unsafe(`
  create function tell_of_delivery() returns trigger language plpgsql as $$ begin
    if new.place_role = 'desk' and new.kind in ('post', 'desk-post') then
      perform pg_notify('put', coalesce(case when new.kind = 'post' then new.content ->> 'text'
        else (select body from message where ticket_id = new.ticket_id order by id limit 1) end, ''));
    end if;
    return null;
  end $$;
  create trigger tell after insert on delivery for each row execute function tell_of_delivery()`);
await database.sql.listen('put', text => count(text, enqueued));
const read = readPolicy(readFileSync(join(root, 'desk.yaml'), 'utf8'));
if (!read.ok) throw new Error(read.faults.join('\n'));
const phrases = loadLocales(join(root, 'locales'));
const { channel, front } = createWebchat({
  origins: [ORIGIN],
  name: 'Example Hosting',
  answersWithin: () => 60_000,
  files: { perMessage: 10, maxSize: 1024 },
  rooms: createRooms(database, 'webchat', now),
  uploads: openFileHouse(directory, {}).uploads,
  log,
  now,
  phrases,
  calm: 1_000_000,
});
const desk = createDesk({
  database,
  policy: read.policy,
  phrases,
  log,
  now,
  channels: [channel, staff],
  files: openFileHouse(directory, {}),
  draw: async () => new Uint8Array(),
});
desk.start();
const listener = await channel.listen?.(inbound => desk.accept('webchat', inbound));
const fronts = createFronts([front]);
const app = createHttp({
  channels: new Map(),
  accept: desk.accept,
  ready: async () => ({ ok: true, checks: {} }),
  fronts,
  log,
  now,
});
const http = await serveHttp({ app, port: 0, hostname: '127.0.0.1', upgrade: fronts.upgrade });

process.on('message', async (question: 'memory' | 'late' | 'stop') => {
  if (question === 'memory') {
    for (let times = 0; times < 3; times += 1) await globalThis.gc?.({ type: 'major', execution: 'async' });
    const { heapUsed, external } = process.memoryUsage();
    process.send?.({ mb: residentMb(process.pid), held: (heapUsed + external) / 2 ** 20 });
  } else if (question === 'late') {
    process.send?.({ enqueued, given });
    [enqueued, given] = [[], []];
  } else {
    await listener?.stop();
    await http.close();
    await desk.stop();
    await database.close();
    await server.stop();
    process.exit(0);
  }
});
process.send?.({ port: http.port });
