import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Server, startServer } from '../../drizzle/server.ts';
import type { Person, Screen } from '../../src/simulator/model.ts';
import type { Defer } from '../kit/cleanup.ts';
import { type Platforms, startPlatforms } from '../kit/platforms.ts';
import { type StormClock, stormClock } from './clock.ts';
import { type Front, openFront } from './front.ts';
import { type Mortal, mortalDesk } from './process.ts';

/** All that the storm goes over. */
export interface World extends Pick<Platforms, 'slack' | 'discord' | 'telegram'> {
  readonly clock: StormClock;
  readonly front: Front;
  readonly desk: Mortal;
  /** The log of the desk and of its database. */
  readonly logFile: string;
  /** Where the desk's API is. */
  readonly deskUrl: string;
  /** Where the desk's PostgreSQL is. */
  readonly databaseUrl: string;
  stopDatabase(how: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void;
  everybody(): readonly Person[];
  screens(): Screen[];
}

/** Three platforms and a PostgreSQL here, the desk in a process of its own. */
export async function makeWorld(directory: string, defer: Defer, logFile: string): Promise<World> {
  const clock = stormClock();
  const platforms = await startPlatforms(directory, { clock });
  defer(platforms.stop);
  const database = await startDatabase(directory, defer);
  const port = await freePort();
  const front = await openFront(port, clock.now);
  defer(front.close);
  const { slack, discord, telegram } = platforms;
  slack.setRequestUrl(`${front.url}/hooks/slack`);
  const env = { ...platforms.env, PORT: String(port), DATABASE_URL: database.url, LOG_LEVEL: 'info' };
  const desk = mortalDesk(logFile, clock, env);
  defer(() => desk.close());
  const everybody = (): readonly Person[] => [...slack.people, ...discord.people, ...telegram.people];
  return {
    slack,
    discord,
    telegram,
    clock,
    front,
    desk,
    logFile,
    deskUrl: `http://127.0.0.1:${port}`,
    databaseUrl: database.url,
    stopDatabase: how => void signal(database.pid, how),
    everybody,
    screens: () => everybody().map(person => person.screen()),
  };
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
