import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../drizzle/database.ts';
import { createKeys } from '../../src/core/key/index.ts';
import type { Chance } from './chance.ts';
import type { Said, Saying } from './model.ts';
import type { Diary } from './people.ts';
import type { World } from './world.ts';

/** The provider's own program, which announces work to all customers over the API. */
export interface Provider {
  /** What it said so far, in its order. Only what was confirmed is here. */
  readonly said: readonly Said[];
  /** What the desk says of whom it could not tell, by notice: names of people. */
  readonly missed: ReadonlyMap<number, ReadonlySet<string>>;
  /** Resolves when the storm is over and what was begun is done. */
  readonly done: Promise<void>;
  /** Asks the desk whom it could not tell. */
  ask(): Promise<void>;
}

/** From one word to the next, in ms of real time: from, to. */
const PAUSE_MS = [2500, 7000] as const;
/** What has no answer is asked again, after so long, in ms of real time. */
const AGAIN_MS = 300;
/** The work is so far ahead that nobody is reminded of it while the storm lasts, in ms. */
const AHEAD_MS = 40 * 86_400_000;

interface Status {
  readonly id: number;
  readonly edition: number;
  readonly revision: number;
}

/** An answer that says that it was not done, and never will be as it was asked. */
class Refused extends Error {}

/** Brings every customer as a contact with their chat, and a key for the program. */
export async function bringContacts(
  { sql }: Database,
  { slack, discord, telegram }: World,
  customer: RegExp,
): Promise<void> {
  const people = [
    ...slack.people.map(({ name, id }) => ({ name, id, channel: 'slack', space: slack.teamId })),
    ...discord.people.map(({ name, id }) => ({ name, id, channel: 'discord', space: discord.guildId })),
    ...telegram.people.map(({ name, id }) => ({ name, id, channel: 'telegram', space: '' })),
  ].filter(({ name }) => customer.test(name));
  for (const { name, id, channel, space } of people)
    await sql`
      with a as (
        insert into account (ref, name, state, updated_at, locale) values (${name}, ${name}, 'active', now(), 'en') returning id
      ), c as (
        insert into contact (ref, account_id, name, roles, updated_at) select ${name}, id, ${name}, '{technical}', now() from a returning id
      ), h as (
        insert into handle (channel, space, external_id, name, locale, seen_at) values (${channel}, ${space}, ${id}, ${name}, 'en', now())
        on conflict (channel, space, external_id) do update set name = excluded.name returning id
      ), l as (
        insert into link (handle_id, contact_id, how, linked_at, proved_at) select h.id, c.id, 'client-area', now(), now() from h, c
      )
      insert into route (contact_id, type, handles, updated_at) select c.id, 'maintenance', array[h.id], now() from h, c`;
}

/** Makes a key by which the program may write and read notices. */
export async function keyFor(database: Database): Promise<string> {
  const keys = createKeys({ database, now: () => new Date() });
  return (await keys.create('storm', ['notices:write', 'notices:read'])).secret;
}

/** The desk's API, asked until it answers, as a program with a queue of its own does. */
interface Api {
  /** Once. */
  ask<T>(method: string, path: string, body?: object): Promise<T>;
  persist<T>(work: () => Promise<T>): Promise<T>;
  prepared(id: number, move: string, token: string, more: object): Promise<Status>;
}

function apiAt({ url, secret }: { readonly url: string; readonly secret: string }): Api {
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${url}/api/v1/notices${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`);
    if (!answer.ok) throw new Refused(`${path} ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function persist<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refused) throw error;
        await delay(AGAIN_MS);
      }
    }
  }

  const read = (id: number): Promise<Status & { prepared: object | null; revisions: readonly object[] }> =>
    persist(() => ask('GET', `/${id}`));

  /** Whether the word is prepared or confirmed is read back where the answer was lost. */
  async function prepared(id: number, move: string, token: string, more: object): Promise<Status> {
    for (;;) {
      const now = await read(id);
      if (JSON.stringify(now.prepared ?? '').includes(token)) return now;
      const { edition } = now;
      const made = await persist(() => ask<Status>('POST', `/${id}/${move}`, { edition, ...more })).catch(
        error => {
          if (error instanceof Refused && error.message.includes(' 409 ')) return undefined;
          throw error;
        },
      );
      if (made !== undefined) return made;
    }
  }

  return { ask, persist, prepared };
}

/** Starts it. */
export function startProvider(
  at: { readonly url: string; readonly secret: string },
  diary: Diary,
  chance: Chance,
): Provider {
  const { ask, persist, prepared } = apiAt(at);
  const said: Said[] = [];
  const missed = new Map<number, ReadonlySet<string>>();
  const live = new Set<number>();

  async function confirm({ id, edition }: Status, kind: Saying, token: string): Promise<void> {
    await persist(() => ask('POST', `/${id}/confirm`, { edition }));
    said.push({ notice: id, kind, token, at: diary.now() });
  }

  const text = (token: string): object => ({ text: { en: `Storm work ${token}.` } });
  const windows = (): object => {
    const from =
      Math.ceil(diary.now() / 3_600_000) * 3_600_000 + AHEAD_MS + chance.between(0, 200) * 3_600_000;
    return {
      windows: [{ from: new Date(from).toISOString(), to: new Date(from + 7_200_000).toISOString() }],
    };
  };

  async function announce(): Promise<void> {
    const token = diary.token();
    const body = {
      key: token,
      kind: 'maintenance',
      title: { en: 'Storm work' },
      objects: [{ type: 'all', value: '', impact: 'outage' }],
      ...text(token),
      ...windows(),
    };
    const drafted = await persist(() => ask<Status>('POST', '', body));
    await confirm(drafted, 'announced', token);
    live.add(drafted.id);
  }

  async function goOn(id: number): Promise<void> {
    const token = diary.token();
    const roll = chance.next();
    if (roll < 0.3) {
      live.delete(id);
      await confirm(await prepared(id, 'cancel', token, text(token)), 'cancelled', token);
    } else if (roll < 0.7)
      await confirm(
        await prepared(id, 'reschedule', token, { ...text(token), ...windows() }),
        'changed',
        token,
      );
    else await confirm(await prepared(id, 'update', token, text(token)), 'changed', token);
  }

  async function works(): Promise<void> {
    while (!diary.isOver()) {
      await delay(chance.between(...PAUSE_MS));
      if (diary.isOver()) return;
      if (live.size === 0 || (live.size < 3 && chance.next() < 0.4)) await announce();
      else await goOn(chance.of([...live]));
    }
  }

  return {
    said,
    missed,
    done: works(),
    async ask() {
      for (const id of new Set(said.map(({ notice }) => notice))) {
        const { not_reached } = await ask<{ not_reached: readonly { contact: { name: string } | null }[] }>(
          'GET',
          `/${id}`,
        );
        missed.set(id, new Set(not_reached.flatMap(({ contact }) => contact?.name ?? [])));
      }
    },
  };
}
