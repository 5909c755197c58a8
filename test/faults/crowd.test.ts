import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Inbound, Receipt } from '../../src/core/index.ts';
import { audit } from '../core/audit.ts';
import { chance, column, secondDesk, until } from '../core/kit.ts';
import { type ScriptedChannel, scriptedChannel } from '../harness/channel.ts';
import { STAFF_ROLE, type TestDesk, testDesk } from '../harness/desk.ts';
import { openTicket } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';

let t: TestDesk;
let other: Awaited<ReturnType<typeof secondDesk>>;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let talk: ScriptedChannel;

/** A platform with its moods, so that every way to settle is taken. */
function moody(roll: () => number): () => Receipt {
  return () => {
    const mood = roll();
    if (mood < 0.05) return { outcome: 'retry', afterMs: 500, scope: 'place', why: 'busy' };
    if (mood < 0.1) return { outcome: 'refused', code: 'invalid', why: 'never' };
    if (mood < 0.12) return { outcome: 'unknown', why: 'no answer' };
    return { outcome: 'delivered', ref: `r${roll()}` };
  };
}

beforeEach(async () => {
  chat = scriptedChannel('chat', { find: async () => ({ outcome: 'absent' }) });
  forum = scriptedChannel('forum', { desk: true });
  talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  t = await testDesk([chat, forum, talk]);
  other = await secondDesk(t, [chat, forum, talk]);
});
afterEach(async () => {
  await other.close();
  await t.close();
});

/** What many people do at once, most of it to the same few tickets. */
async function crowd(count: number, roll: () => number): Promise<[string, Inbound][]> {
  const people = eventsAt(t.clock);
  const tickets: { who: string; number: number; thread: string; post: string }[] = [];
  for (const who of ['ana', 'ben', 'cleo']) tickets.push({ who, ...(await openTicket(t, chat, forum, who)) });
  return Array.from({ length: count }, (_, n): [string, Inbound] => {
    const ticket = tickets[Math.floor(roll() * tickets.length)];
    if (ticket === undefined) throw new Error('there are no tickets');
    const { who, number, thread, post } = ticket;
    const dm = `dm${n % 3}`;
    const what = roll();
    if (what < 0.25) return ['chat', people.says(who, thread, `words ${n}`)];
    if (what < 0.5) return ['forum', people.staffSays(`bob${n % 2}`, post, `reply ${n}`)];
    if (what < 0.6) return ['forum', people.staffSays('bob0', post, `// note ${n}`)];
    if (what < 0.8) {
      const verb = ['claim', 'wait', 'solve', 'close'][n % 4];
      return ['forum', people.presses(`bob${n % 2}`, post, `${verb}:${number}`, [STAFF_ROLE])];
    }
    if (what < 0.9) return ['talk', people.says(`dan${n % 3}`, dm, `help ${n}`, { direct: true })];
    if (what < 0.95)
      return ['talk', people.asks(`dan${n % 3}`, { what: 'list' }, { place: dm, direct: true })];
    return ['chat', people.submits(`eve${n}`)];
  });
}

/** Both desks tick until nothing is left. */
async function rest(): Promise<void> {
  await until(async () => {
    await Promise.all([t.desk.tick(), other.desk.tick()]);
    const [left] = await column<string>(
      t.database,
      `select (select count(*) from receipt where state = 'stored') + coalesce((select sum(backlog) from lane), 0)`,
    );
    const [held] = await column<string>(
      t.database,
      'select count(*) from lane where leased_until is not null',
    );
    if (Number(held) === 0) t.clock.forward(30_001);
    return Number(left) === 0;
  });
}

test('a crowd on two desks makes no deadlock, no error in the log, and the books agree', async () => {
  const roll = chance(11);
  const events = await crowd(240, roll);
  const moods = moody(roll);
  for (const channel of [chat, forum, talk]) {
    const script = channel.script;
    channel.script = call => (['deliver', 'card', 'react'].includes(call.what) ? moods() : script(call));
  }
  for (let at = 0; at < events.length; at += 24)
    await Promise.all(
      events
        .slice(at, at + 24)
        .map(([kind, event]) => (roll() < 0.5 ? t.desk : other.desk).accept(kind, event)),
    );
  await rest();
  expect(t.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
  expect(await audit(t.database)).toEqual([]);
  await t.database.sql`select pg_stat_force_next_flush()`;
  const deadlocks = 'select deadlocks::int from pg_stat_database where datname = current_database()';
  expect(await column<number>(t.database, deadlocks)).toEqual([0]);
});
