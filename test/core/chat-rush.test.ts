/** Many who write in the chat at once: how much is asked of the database, and that nobody's words suffer from anybody else's. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../harness/desk.ts';
import { settleAll } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';

const CROWD = 40;
let t: TestDesk;
let forum: ScriptedChannel;
let people: ReturnType<typeof eventsAt>;
/** Every statement, but those by which the relay looks for work. */
const asked: string[] = [];

beforeEach(async () => {
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk(
    [scriptedChannel('web', { places: 'shared', way: 'chat' }), forum],
    testPolicy(['forum']),
  );
  people = eventsAt(t.clock);
  const note = (_: number, text: string): void => {
    if (!text.includes('due_lanes')) asked.push(text.trim());
  };
  Reflect.set(t.database.sql.options, 'debug', note);
});
afterEach(() => t.close());

const says = (who: string, text: string) =>
  t.desk.accept('web', people.says(who, `room-${who}`, text, { direct: true }));
const names = Array.from({ length: CROWD }, (_, nth) => `visitor${nth}`);
const posted = (text: string): number => forum.calls.filter(call => call.text.includes(text)).length;
const opened = async (): Promise<number> => (await t.database.sql`select from ticket`).count;

test('one message of a chat takes at most twenty statements, from the bubble to the desk', async () => {
  await says('ben', 'first words');
  await settleAll(t);
  asked.length = 0;
  await says('ben', 'and more');
  await expect.poll(() => posted('and more')).toBe(1);
  expect(asked.length).toBeLessThanOrEqual(20);
});

test('in a rush many share a transaction and a statement that opens; each becomes its own chat, once, and in order', async () => {
  asked.length = 0;
  await Promise.all(names.map(who => says(who, `${who} asks`)));
  await expect.poll(opened).toBe(CROWD);
  expect(asked.filter(text => text === 'begin').length).toBeLessThan(CROWD / 3);
  expect(asked.filter(text => text.includes('as g(n int, channel text')).length).toBeLessThan(CROWD / 3);
  await settleAll(t);
  for (const part of ['two', 'three']) await Promise.all(names.map(who => says(who, `${who} ${part}`)));
  await settleAll(t);
  const rows = await t.database.sql<{ name: string; said: string[] }[]>`
    select h.external_id as name, array_agg(m.body order by m.id) as said
    from message m join ticket t on t.id = m.ticket_id join handle h on h.id = t.handle_id group by t.id, h.external_id order by t.id`;
  expect(rows.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const { name, said } of rows) expect(said).toEqual([`${name} asks`, `${name} two`, `${name} three`]);
});

test('what cannot be worked of one holds up nobody who shares its transaction', async () => {
  await Promise.all(names.map(who => says(who, `${who} asks`)));
  await settleAll(t);
  await t.database.sql`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no such words'; end $$`;
  await t.database.sql`
    create trigger refuse before insert on message for each row when (new.body like '%poison%') execute function refuse()`;
  await Promise.all(
    names.map((who, nth) => says(who, nth === 7 ? 'poison' : nth === 9 ? ' ' : `${who} goes on`)),
  );
  await settleAll(t);
  const [count] = await t.database.sql<{ n: number }[]>`
    select count(*)::int as n from message where body like '% goes on'`;
  expect(count?.n).toBe(CROWD - 2);
  const stored = await t.database.sql<
    { payload: { text: string } }[]
  >`select payload from receipt where state = 'stored'`;
  expect(stored.map(({ payload }) => payload.text)).toEqual(['poison']);
  expect(
    t.log.lines.filter(line => line.startsWith('error')).every(line => line.includes('no such words')),
  ).toBe(true);
});
