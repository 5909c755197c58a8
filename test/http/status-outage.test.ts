import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { migrate } from '../../drizzle/migrate.ts';
import { type Server, startServer } from '../../drizzle/server.ts';
import { createDesk, type Desk } from '../../src/core/index.ts';
import { diskStore, diskUploads, fileKeepsake } from '../../src/storage/index.ts';
import { bring, confirmed, drafted, outage } from '../core/notice/kit.ts';
import { drawHere, keptLog, movedClock, type TestDesk, testPolicy, words } from '../harness/desk.ts';
import { type StatusSite, serveStatus } from './status-kit.ts';

const clock = movedClock();
const log = keptLog();
let directory: string;
let server: Server;
let database: Database;
const desks: Desk[] = [];
const sites: StatusSite[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'switchdesk-status-'));
  server = await startServer({ dataDir: join(directory, 'data'), log });
  database = await openDatabase({ url: server.url, max: 4 });
  await migrate(database.sql);
});

afterAll(async () => {
  await Promise.all(sites.map(site => site.close()));
  await Promise.all(desks.map(desk => desk.stop()));
  await database.close();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** A desk over the database, with its site; as after a restart. */
async function opens(kept: string): Promise<{ readonly desk: Desk; readonly site: StatusSite }> {
  const desk = createDesk({
    database,
    policy: testPolicy(),
    phrases: words,
    log,
    now: clock.now,
    channels: [],
    files: {
      store: diskStore(join(directory, 'kept')),
      spool: join(directory, 'incoming'),
      uploads: diskUploads(join(directory, 'uploads')),
    },
    draw: drawHere,
    lastKnown: fileKeepsake(join(directory, kept)),
  });
  desks.push(desk);
  const site = await serveStatus(desk.status);
  sites.push(site);
  return { desk, site };
}

test('without its database the page stays up with what was last known, marked and with its time; also after a restart', async () => {
  const first = await opens('status.json');
  const t = { desk: first.desk, clock } as TestDesk;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  const id = await drafted(t, outage());
  await confirmed(t, id);
  clock.forward(60_000);
  const live = await first.site.text('/status');
  expect(live).toContain('Power</a>');
  expect(live).not.toContain('Last known state');
  await first.desk.stop();

  await server.stop();
  clock.forward(7 * 60_000);
  const restarted = await opens('status.json');
  for (const { site } of [first, restarted]) {
    const page = await site.get('/status');
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toMatch(
      /role="status"><strong>Last known state, as of <time datetime="2026-11-22T13:31:00.000Z">Sun 22 Nov 14:31 \(UTC\+1\)<\/time>\.<\/strong> We cannot look/,
    );
    expect(html).toContain('Power</a>');
    expect(html).toContain('not available');
    expect(await site.text('/status?lang=pl')).toContain('Ostatni znany stan z chwili <time');
    expect(await site.text(`/status/N-${id}`)).toContain('Last known state');
    expect(JSON.parse(await site.text('/status.json'))).toMatchObject({
      last_known_at: '2026-11-22T13:31:00.000Z',
      state: 'outage',
    });
    for (const path of ['/status.atom', '/status.rss', '/status.ics'])
      expect((await site.get(path)).status).toBe(200);
  }
  expect(
    log.lines.filter(line => line.startsWith('warn the status page shows what was last known')).length,
  ).toBe(2);

  const { site } = await opens('never-written.json');
  const unknown = await site.get('/status', { 'accept-language': 'pl' });
  expect(unknown.status).toBe(503);
  expect(unknown.headers.get('retry-after')).toBe('10');
  expect(unknown.headers.get('cache-control')).toBe('no-store');
  expect(await unknown.text()).toContain('Nie możemy teraz powiedzieć');
  expect((await site.get('/status.json')).headers.get('content-type')).toBe('application/problem+json');

  server = await startServer({ dataDir: join(directory, 'data'), log });
  const back = await openDatabase({ url: server.url, max: 4 });
  await database.close();
  database = back;
  const again = await opens('status.json');
  expect(await again.site.text('/status')).not.toContain('Last known state');
}, 60_000);
