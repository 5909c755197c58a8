import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { LEASE_MS } from '../../../src/core/outbox/claim.ts';
import { type Call, type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { audit } from '../audit.ts';
import { chance, column, secondDesk, until } from '../kit.ts';

let t: TestDesk;
let other: Awaited<ReturnType<typeof secondDesk>>;

afterEach(async () => {
  await other.close();
  await t.close();
});

/** A platform that fails now and then, in every way, after a moment. It keeps what was really shown, and says so when asked. */
function moody(kind: string, roll: () => number, shown: Map<string, Call>, desk = false): ScriptedChannel {
  const channel = scriptedChannel(kind, {
    desk,
    find: async ({ id }) =>
      shown.has(id) ? { outcome: 'delivered', ref: `found${id}` } : { outcome: 'absent' },
  });
  channel.script = async (call): Promise<Receipt> => {
    for (let turns = Math.floor(roll() * 4); turns > 0; turns--) await setImmediate();
    const mood = call.what === 'deliver' ? roll() : 1;
    if (mood < 0.1) return { outcome: 'retry', afterMs: 500, scope: 'place', why: 'busy' };
    if (mood < 0.13) return { outcome: 'retry', afterMs: 500, scope: 'bot', why: 'busy' };
    if (mood < 0.18) return { outcome: 'refused', code: 'invalid', why: 'never' };
    if (mood < 0.23) return { outcome: 'unknown', why: 'it never answered' };
    if (shown.has(call.id) && call.what === 'deliver') throw new Error(`shown twice: ${call.text}`);
    shown.set(call.id, call);
    if (mood < 0.3) return { outcome: 'unknown', why: 'the answer was lost' };
    return { outcome: 'delivered', ref: call.id };
  };
  return channel;
}

/** Both desks tick, time passes, until nothing waits. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 300; turn++) {
    await Promise.all([t.desk.tick(), other.desk.tick()]);
    const [left] = await column<string>(
      t.database,
      `select (select count(*) from receipt where state = 'stored') + (select sum(backlog) from lane)`,
    );
    if (Number(left) === 0) return;
    await until(
      async () =>
        (await column(t.database, 'select 1 from lane where leased_until is not null')).length === 0,
    );
    t.clock.forward(1001);
  }
  throw new Error('the desks do not come to rest');
}

test.each([1, 2, 3])(
  'two desks on one database keep each place in order, whatever fails (guarantee 3, seed %i)',
  async seed => {
    const roll = chance(seed);
    const shown = new Map<string, Call>();
    const chat = moody('chat', roll, shown);
    const forum = moody('forum', roll, shown, true);
    t = await testDesk([chat, forum]);
    other = await secondDesk(t, [chat, forum]);
    const people = eventsAt(t.clock);
    const tickets = [];
    for (const who of ['ana', 'ben', 'cleo']) tickets.push(await openTicket(t, chat, forum, who));
    for (let n = 0; n < 14; n++)
      await Promise.all(
        tickets.map(async ({ post }, index) => {
          const desk = roll() < 0.5 ? t.desk : other.desk;
          await desk.accept('forum', people.staffSays('bob', post, `line ${n} of ${index}`));
        }),
      );
    await rest();
    expect(t.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
    for (const [index, { thread, post }] of tickets.entries()) {
      const said = await column(
        t.database,
        `select body from message where kind = 'reply' and body like '% of ${index}' order by id`,
      );
      expect(said).toEqual(Array.from({ length: 14 }, (_, n) => `line ${n} of ${index}`));
      const seen = [...shown.values()].filter(call => call.to === thread).map(call => call.text);
      const dead = await column(
        t.database,
        `select m.body from delivery d join message m on m.id = d.message_id join place p on p.id = d.place_id
         where d.state = 'dead' and p.address = '${thread}' order by d.seq`,
      );
      expect(seen, 'in order, with gaps only where one is dead').toEqual(
        said.filter(text => !dead.includes(text)),
      );
      const told = `select count(*) from delivery d join place p on p.id = d.place_id
        where p.address = '${post}' and content ->> 'say' = 'delivery-failed'`;
      expect(Number((await column(t.database, told))[0]), 'staff see each gap').toBe(dead.length);
    }
    expect(await audit(t.database)).toEqual([]);
  },
);

test('two desks that both die in the middle are followed by a third, and the order holds', async () => {
  const shown = new Map<string, Call>();
  const calm = () => 1;
  const chat = moody('chat', calm, shown);
  const forum = moody('forum', calm, shown, true);
  t = await testDesk([chat, forum]);
  other = await secondDesk(t, [chat, forum]);
  const { thread, post } = await openTicket(t, chat, forum);
  const people = eventsAt(t.clock);
  const hangs = chat.script;
  let attempts = 0;
  const dead = Promise.withResolvers<Receipt>();
  chat.script = call => (attempts++ < 2 ? dead.promise : hangs(call));
  for (let n = 0; n < 6; n++) await t.desk.accept('forum', people.staffSays('bob', post, `line ${n}`));
  await until(() => attempts === 1);
  t.clock.forward(LEASE_MS);
  await other.desk.tick();
  await until(() => attempts === 2);
  t.clock.forward(LEASE_MS);
  const third = await secondDesk(t, [chat, forum]);
  await until(async () => {
    await third.desk.tick();
    t.clock.forward(1000);
    return [...shown.values()].filter(call => call.to === thread).length >= 6;
  });
  dead.resolve({ outcome: 'refused', code: 'gone', why: 'much too late' });
  await rest();
  await third.close();
  const seen = [...shown.values()].filter(call => call.to === thread).map(call => call.text);
  expect(seen).toEqual(Array.from({ length: 6 }, (_, n) => `line ${n}`));
  expect(await column(t.database, `select 1 from place where gone is not null`)).toEqual([]);
  expect(await audit(t.database)).toEqual([]);
});
