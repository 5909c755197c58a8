import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Call, type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let other: ScriptedChannel;
let people: ReturnType<typeof eventsAt>;
let at: Awaited<ReturnType<typeof openTicket>>;

async function begin(without: readonly ('edit' | 'remove' | 'echo')[] = []): Promise<void> {
  chat = scriptedChannel('chat', { without });
  forum = scriptedChannel('forum', { desk: true, without });
  other = scriptedChannel('board', { desk: true, without });
  t = await testDesk([chat, forum, other]);
  people = eventsAt(t.clock);
  at = await openTicket(t, chat, forum);
  for (const one of [chat, forum, other]) one.calls.length = 0;
}
beforeEach(() => begin());
afterEach(() => t.close());

const happens = async (
  channel: ScriptedChannel,
  event: Parameters<TestDesk['desk']['accept']>[1],
): Promise<void> => {
  await t.desk.accept(channel.kind, event);
  await settleAll(t);
};
const staffSays = async (text: string): Promise<string> => {
  const said = people.staffSays('bob', at.post, text);
  await happens(forum, said);
  return said.ref;
};
const anaSays = async (text: string): Promise<string> => {
  const said = people.says('ana', at.thread, text);
  await happens(chat, said);
  return said.ref;
};
/** Staff reply, and Ana reacts on the reply as she has it, with 🎉. Returns the reply's ref at the desk. */
const reactsOnReply = async (text: string): Promise<string> => {
  const reply = await staffSays(text);
  const [copy] = await column(
    t.database,
    `select ref from delivery where message_kind = 'reply' and place_role = 'customer'`,
  );
  await happens(chat, people.reacts('ana', at.thread, copy as string, '🎉'));
  return reply;
};
const shown = (channel: ScriptedChannel, ...kinds: Call['what'][]): string[] =>
  channel.calls.filter(call => kinds.includes(call.what)).map(call => `${call.what} ${call.text}`.trim());

test('an edit of a reply follows to the customer and to the other desk', async () => {
  const ref = await staffSays('helo');
  await happens(forum, people.edits('bob', at.post, ref, 'hello', 1));
  expect(shown(chat, 'deliver', 'edit')).toEqual(['deliver helo', 'edit hello']);
  expect(shown(other, 'deliver', 'edit')).toEqual([
    'deliver **bob replied to the customer**\n\nhelo',
    'edit **bob replied to the customer**\n\nhello',
  ]);
  expect(shown(forum, 'deliver', 'edit')).toEqual([]);
});

test('a reply that is deleted is taken back from the customer; the other desk sees that it was', async () => {
  const ref = await staffSays('wrong ticket');
  await happens(forum, people.deletes(at.post, ref));
  expect(shown(chat, 'deliver', 'remove')).toEqual(['deliver wrong ticket', 'remove']);
  expect(shown(other, 'edit')).toEqual(['edit *This message was taken back.*']);
  expect(await column(t.database, `select body from message where ref = '${ref}'`)).toEqual(['']);
});

test('what a customer edits and deletes follows to every desk, under their name', async () => {
  const ref = await anaSays('my pasword is x');
  await happens(chat, people.edits('ana', at.thread, ref, 'my password is x', 1));
  await happens(chat, people.deletes(at.thread, ref));
  for (const desk of [forum, other])
    expect(shown(desk, 'deliver', 'edit')).toEqual([
      'deliver **ana**\n\nmy pasword is x',
      'edit **ana**\n\nmy password is x',
      'edit *This message was taken back.*',
    ]);
  const answer = await t.desk.accept('chat', people.asks('ana', { what: 'show', number: String(at.number) }));
  expect(JSON.stringify(answer)).not.toContain('password');
});

test('where nothing can be changed nothing false is said', async () => {
  await t.close();
  await begin(['edit', 'remove', 'echo']);
  const ref = await staffSays('helo');
  const hers = await anaSays('hi');
  await happens(forum, people.edits('bob', at.post, ref, 'hello', 1));
  await happens(chat, people.edits('ana', at.thread, hers, 'hi there', 1));
  await happens(forum, people.deletes(at.post, ref));
  await happens(chat, people.deletes(at.thread, hers));
  await happens(chat, people.reacts('ana', at.thread, hers, '👍'));
  expect(shown(chat, 'deliver', 'edit', 'remove', 'echo')).toEqual([
    'deliver helo',
    'deliver **Changed:**\n\nhello',
  ]);
  expect(shown(forum, 'deliver', 'edit', 'remove', 'echo')).toEqual([
    'deliver **ana**\n\nhi',
    'deliver **ana**\n\n**Changed:**\n\nhi there',
    'deliver *This message was taken back.*',
  ]);
});

test('a note that is edited into a reply stays a note, and its author is told', async () => {
  const ref = await staffSays('// the customer is wrong');
  await happens(forum, people.edits('bob', at.post, ref, 'the customer is wrong', 1));
  expect(shown(chat, 'deliver', 'edit')).toEqual([]);
  expect(shown(forum, 'deliver').join()).toContain('stays a note');
  expect(shown(other, 'deliver', 'edit')).toEqual(['deliver **Note by bob**\n\nthe customer is wrong']);
  await happens(forum, people.edits('bob', at.post, ref, '// the customer is right', 2));
  expect(shown(other, 'deliver', 'edit')).toContain('edit **Note by bob**\n\nthe customer is right');
});

test('a reply that is edited into a note is taken back, and no later edit brings it to the customer', async () => {
  const ref = await staffSays('it is our fault');
  await happens(forum, people.edits('bob', at.post, ref, '// it is our fault', 1));
  await happens(forum, people.edits('bob', at.post, ref, 'it is nobody’s fault', 2));
  expect(shown(chat, 'deliver', 'edit', 'remove')).toEqual(['deliver it is our fault', 'remove']);
  expect(shown(forum, 'deliver').join()).toContain('we take it back from the customer');
  const answer = await t.desk.accept('chat', people.asks('ana', { what: 'show', number: String(at.number) }));
  expect(JSON.stringify(answer)).not.toContain('fault');
});

test('reactions cross to the other side, once for each emoji, and go when nobody has them any more', async () => {
  const hers = await anaSays('thank you');
  const reply = await reactsOnReply('fixed');
  const [deskCopy] = await column(
    t.database,
    `select d.ref from delivery d join place p on p.id = d.place_id where message_kind = 'request' and p.address = '${at.post}' and d.kind = 'post'`,
  );
  await happens(forum, people.reacts('bob', at.post, deskCopy as string, '👍'));
  await happens(forum, people.reacts('eve', at.post, deskCopy as string, '👍'));
  await happens(forum, people.reacts('bob', at.post, deskCopy as string, '👍', false));
  await happens(
    forum,
    people.reacts('mallory', at.post, deskCopy as string, '💩', true, {
      from: { space: 's', externalId: 'mallory', roles: [] },
    }),
  );
  await happens(forum, people.reacts('bob', at.post, reply, '😬'));
  expect(forum.calls.filter(call => call.what === 'echo').map(call => [call.id, call.text])).toEqual([
    [reply, '+🎉'],
  ]);
  const crossed = chat.calls.filter(call => call.what === 'echo').map(call => [call.id, call.text]);
  expect(crossed.every(([id, text]) => id === hers && text === '+👍')).toBe(true);
  await happens(forum, people.reacts('eve', at.post, deskCopy as string, '👍', false));
  expect(chat.calls.at(-1)).toMatchObject({ what: 'echo', id: hers, text: '-👍' });
});

test('a reaction that comes before the other desk has the reply is shown there behind it', async () => {
  other.script = ({ what }) =>
    what === 'deliver'
      ? { outcome: 'retry', afterMs: 60_000, scope: 'place', why: 'busy' }
      : { outcome: 'delivered', ref: 'late' };
  await reactsOnReply('fixed');
  expect(other.calls.filter(({ what }) => what === 'echo')).toEqual([]);
  other.script = () => ({ outcome: 'delivered', ref: 'late' });
  t.clock.forward(60_000);
  await settleAll(t);
  expect(other.calls.slice(-2)).toMatchObject([
    { what: 'deliver' },
    { what: 'echo', id: 'late', text: '+🎉' },
  ]);
});

test('a reaction on a reply whose other copy never comes is shown nowhere, and nobody is troubled', async () => {
  other.script = ({ what }) =>
    what === 'deliver' ? { outcome: 'unknown', why: 'no answer' } : { outcome: 'delivered', ref: 'late' };
  await reactsOnReply('fixed');
  expect(other.calls.filter(({ what }) => what === 'echo')).toEqual([]);
  expect(await column(t.database, `select state from delivery where kind = 'echo' order by id`)).toContain(
    'cancelled',
  );
});

test('nobody edits the message of somebody else', async () => {
  const ref = await anaSays('mine');
  await happens(chat, people.edits('mallory', at.thread, ref, 'hers', 1));
  expect(shown(forum, 'edit')).toEqual([]);
});
