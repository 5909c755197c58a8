import type { Database } from '../../drizzle/database.ts';
import type { DiscordPerson, DiscordSimulator } from '../../src/simulator/discord/index.ts';
import { until } from '../kit/wait.ts';
import { filled } from './submission.ts';

/** Requests to Discord for each ticket that was opened. */
export interface Calls {
  /** Those that count against the bot's 50 a second. */
  readonly perTicket: number;
  /** Answers to interactions, which do not: docs.discord.com/developers/interactions/receiving-and-responding, "Endpoints". */
  readonly answersPerTicket: number;
  /** The former by kind, the ids left out. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** Lets tickets be opened and delivered, all of it, and counts. `opens` returns how many it opened. */
export async function countCalls(
  discord: DiscordSimulator,
  database: Database,
  opens: () => Promise<number>,
): Promise<Calls> {
  await settled(database);
  const kinds: Record<string, number> = {};
  let answers = 0;
  const stop = discord.onRequest(({ method, path, status }) => {
    if (/^\/(interactions|webhooks)\//.test(path)) answers += 1;
    else {
      const kind = `${method} ${path.replace(/\d{15,}/g, '…')} ${status}`;
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
  });
  try {
    const opened = await opens();
    await settled(database);
    const calls = Object.values(kinds).reduce((sum, one) => sum + one, 0);
    return { perTicket: calls / opened, answersPerTicket: answers / opened, kinds };
  } finally {
    stop();
  }
}

async function settled(database: Database): Promise<void> {
  await until('all is delivered', async () => ((await waiting(database)) === 0 ? true : undefined), 180_000);
}

async function waiting(database: Database): Promise<number> {
  const rows = await database.sql<{ count: number }[]>`
    select count(*) as count from delivery where state in ('pending', 'sending', 'retry')`;
  return rows[0]?.count ?? 0;
}

/** People of Discord open tickets by themselves, all beside each other and each one after the other. Returns how many there are. */
export async function openOnDiscord(
  discord: DiscordSimulator,
  people: number,
  each: number,
): Promise<number> {
  const crowd = Array.from({ length: people }, (_, index) =>
    discord.addPerson({ name: `crowd${index}`, role: 'customer', locale: 'en-US' }),
  );
  await Promise.all(
    crowd.map(async person => {
      for (let count = 0; count < each; count++) await openOne(person);
    }),
  );
  return people * each;
}

async function openOne(person: DiscordPerson): Promise<void> {
  await person.says('/ticket open', 'support');
  const { modal } = await person.watches(screen => screen.modal !== null, 'the form');
  await person.fills(filled(modal));
  await person.submits();
  await person.watches(screen => screen.modal === null, 'that the form was taken');
}
