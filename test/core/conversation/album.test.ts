import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let thread: string;
beforeEach(async () => {
  chat = scriptedChannel('chat');
  const forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
  ({ thread } = await openTicket(t, chat, forum));
});
afterEach(() => t.close());

const file = (name: string) => ({ source: name, name });
const says = (text: string, more: object = {}) =>
  t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, text, more));
const part = (name: string, text = '') => says(text, { album: 'a', files: [file(name)] });
const passes = async (ms: number): Promise<void> => {
  t.clock.forward(ms);
  await settleAll(t);
};
/** What was written since, each with its files. */
const written = () => t.database.sql<{ body: string; files: string[] }[]>`
  select m.body, array(select f.name from file f where f.message_id = m.id order by f.id) as files
  from message m where m.ref is not null order by m.id`;

test('the parts of an album are one message, and what was said after it comes after it', async () => {
  await part('a.jpg', 'look');
  await passes(1_000);
  await part('b.jpg');
  await says('do you see it?');
  await passes(1_000);
  expect(await written()).toEqual([]);
  await part('c.jpg', 'and this');
  await passes(1_600);
  expect(await written()).toEqual([
    { body: 'look\n\nand this', files: ['a.jpg', 'b.jpg', 'c.jpg'] },
    { body: 'do you see it?', files: [] },
  ]);
});

test('a part that comes late is a message of its own, and one that comes twice is there once', async () => {
  const again = eventsAt(t.clock).says('ana', thread, '', { album: 'a', files: [file('a.jpg')] });
  await t.desk.accept('chat', again);
  await t.desk.accept('chat', again);
  await passes(1_600);
  await t.desk.accept('chat', again);
  await part('late.jpg');
  await passes(1_600);
  expect(await written()).toEqual([
    { body: '', files: ['a.jpg'] },
    { body: '', files: ['late.jpg'] },
  ]);
});
