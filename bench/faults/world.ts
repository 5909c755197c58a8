import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../drizzle/database.ts';
import { type Server, startServer } from '../../drizzle/server.ts';
import { type MailSimulator, startMail } from '../../src/simulator/mail/index.ts';
import type { Person, Screen } from '../../src/simulator/model.ts';
import { startWebsite, type WebsiteSimulator } from '../../src/simulator/website/index.ts';
import type { Defer } from '../kit/cleanup.ts';
import { type Platforms, startPlatforms } from '../kit/platforms.ts';
import { type StormClock, stormClock } from './clock.ts';
import { type Front, openFront } from './front.ts';
import { type Mortal, mortalDesk } from './process.ts';
import { CARRIER_SECRET, type Carrier, carrierTo } from './writers.ts';

/** All that the storm goes over. */
export interface World extends Pick<Platforms, 'slack' | 'discord' | 'telegram'> {
  readonly mail: MailSimulator;
  readonly website: WebsiteSimulator;
  readonly clock: StormClock;
  readonly front: Front;
  /** Brings mail to the desk over HTTP, through the front. */
  readonly carrier: Carrier;
  readonly desk: Mortal;
  /** The log of the desk and of its database. */
  readonly logFile: string;
  /** Where the desk's API is. */
  readonly deskUrl: string;
  /** Where the desk's PostgreSQL is. */
  readonly databaseUrl: string;
  stopDatabase(how: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void;
  /** So much time passes while the desk is down, in ms, for its leases as well that go by the database's own time. */
  pass(ms: number): Promise<void>;
  everybody(): readonly Person[];
  screens(): Screen[];
}

/** How often the database, which may be away, is asked to let time pass, with how long between, in ms of real time. */
const PASS_TRIES = 100;
const PASS_AGAIN_MS = 100;

/** The platforms, a mail server, the website and a PostgreSQL here, the desk in a process of its own. */
export async function makeWorld(directory: string, defer: Defer, logFile: string): Promise<World> {
  const clock = stormClock();
  const platforms = await startPlatforms(directory, { clock });
  defer(platforms.stop);
  const [mail, website] = await Promise.all([
    startMail({ clock, people: [] }),
    startWebsite({ clock, people: [] }),
  ]);
  defer(() => Promise.all([mail.stop(), website.stop()]));
  await letWrite(platforms.env.DESK_POLICY ?? '');
  const database = await startDatabase(directory, defer);
  const port = await freePort();
  const front = await openFront(port, clock.now);
  defer(front.close);
  const { slack, discord, telegram } = platforms;
  slack.setRequestUrl(`${front.url}/hooks/slack`);
  const deskUrl = `http://127.0.0.1:${port}`;
  website.setDesk(deskUrl);
  const env = {
    ...platforms.env,
    ...mailEnv(mail),
    WEBCHAT_ORIGINS: website.origin,
    WEBCHAT_JWT_SECRET: website.secret,
    PORT: String(port),
    DATABASE_URL: database.url,
    DATA_DIR: join(directory, 'desk'),
    LOG_LEVEL: 'info',
  };
  const desk = mortalDesk(logFile, clock, env);
  defer(() => desk.close());
  const everybody = (): readonly Person[] =>
    [slack, discord, telegram, mail, website].flatMap(({ people }): readonly Person[] => people);
  return {
    slack,
    discord,
    telegram,
    mail,
    website,
    clock,
    front,
    carrier: carrierTo(`${front.url}/hooks/email/raw`),
    desk,
    logFile,
    deskUrl,
    databaseUrl: database.url,
    stopDatabase: how => void signal(database.pid, how),
    async pass(ms) {
      clock.forward(ms);
      await ageLeases(database.url, ms);
    },
    everybody,
    screens: () => everybody().map(person => person.screen()),
  };
}

function mailEnv({ url, imapUrl, house }: MailSimulator): Record<string, string> {
  return {
    SMTP_URL: url,
    MAIL_FROM: `Support <${house.address}>`,
    MAIL_IN_RAW_SECRET: CARRIER_SECRET,
    MAIL_IN_AUTHSERV_ID: 'mx.desk.example',
    IMAP_URL: imapUrl.replace('://', `://${house.user}:${house.pass}@`),
  };
}

/** A storm has hours within minutes: its few writers write more than the policy lets anybody write. */
async function letWrite(policyFile: string): Promise<void> {
  const policy = await readFile(policyFile, 'utf8');
  const changed = policy.replace(/^( *most: \{ sender: )\d+/m, '$110000');
  if (changed === policy) throw new Error('desk.yaml has no `most: { sender: … }` under mail to change');
  await writeFile(policyFile, changed);
}

/** The right to read the mailbox goes by the database's time, and whoever was killed still has it. */
async function ageLeases(url: string, ms: number): Promise<void> {
  for (let tries = 1; tries <= PASS_TRIES; tries += 1) {
    try {
      const { sql, close } = await openDatabase({ url, max: 1, name: 'storm' });
      await sql`update lease set until = until - ${ms} * interval '1 ms'`.finally(close);
      return;
    } catch {
      await delay(PASS_AGAIN_MS);
    }
  }
}

/** It may be away at this moment. */
function signal(pid: number, how: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, how);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function startDatabase(directory: string, defer: Defer): Promise<Server> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const server = await startServer({ dataDir: join(directory, 'data'), log: silent });
  defer(() => server.stop());
  return server;
}

/** Below those that the system hands out by itself (from 32768 on): while the desk is down nobody else is given its port. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>(resolve => {
      probe.once('error', () => resolve(false)).listen(port, () => resolve(true));
    });
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
