import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
});
afterEach(() => t.close());

test('in one place messages appear in order, though single ones fail for a while (guarantee 3)', async () => {
  const people = eventsAt(t.clock);
  const { post } = await openTicket(t, chat, forum);
  let failures = 0;
  chat.script = call =>
    call.text.includes('line 3') && failures++ < 3
      ? { outcome: 'retry', afterMs: 1000, scope: 'place', why: 'busy' }
      : { outcome: 'delivered', ref: call.id };
  for (let n = 0; n < 10; n++) await t.desk.accept('forum', people.staffSays('bob', post, `line ${n}`));
  for (let wait = 0; wait < 4; wait++) {
    await settleAll(t);
    t.clock.forward(1001);
  }
  expect(t.log.lines).toEqual([]);
  const shown = chat.calls.filter(call => call.what === 'deliver').map(call => call.text);
  const firstTimes = [...new Set(shown)];
  expect(firstTimes).toEqual(Array.from({ length: 10 }, (_, n) => `line ${n}`));
  expect(shown.filter(text => text === 'line 3')).toHaveLength(4);
  const afterThree = shown.slice(shown.lastIndexOf('line 3') + 1);
  expect(afterThree).toEqual(['line 4', 'line 5', 'line 6', 'line 7', 'line 8', 'line 9']);
});

test('one poisonous message delays nobody else, and staff see that it is dead (guarantees 3 and 11)', async () => {
  const people = eventsAt(t.clock);
  const first = await openTicket(t, chat, forum, 'ana');
  const second = await openTicket(t, chat, forum, 'ben');
  chat.script = call =>
    call.text.includes('poison')
      ? { outcome: 'refused', code: 'invalid', why: 'poison' }
      : { outcome: 'delivered', ref: call.id };
  await t.desk.accept('forum', people.staffSays('bob', first.post, 'poison'));
  await t.desk.accept('forum', people.staffSays('bob', first.post, 'after it'));
  await t.desk.accept('forum', people.staffSays('bob', second.post, 'hello ben'));
  await settleAll(t);
  const delivered = chat.calls
    .filter(call => call.what === 'deliver')
    .map(call => `${call.to}: ${call.text}`);
  expect(delivered).toContain(`${first.thread}: after it`);
  expect(delivered).toContain(`${second.thread}: hello ben`);
  expect(
    forum.calls.some(call => call.to === first.post && call.text.includes('did not get this message')),
  ).toBe(true);
  expect(
    forum.calls
      .filter(call => call.what === 'react')
      .map(call => call.text)
      .sort(),
  ).toEqual(['failed', 'sent', 'sent']);
});

test('a message that must wait holds up only its own place (guarantee 11)', async () => {
  const people = eventsAt(t.clock);
  const first = await openTicket(t, chat, forum, 'ana');
  const second = await openTicket(t, chat, forum, 'ben');
  chat.script = call =>
    call.to === first.thread
      ? { outcome: 'retry', afterMs: 3_600_000, scope: 'place', why: 'slow down' }
      : { outcome: 'delivered', ref: call.id };
  await t.desk.accept('forum', people.staffSays('bob', first.post, 'to ana'));
  await settleAll(t);
  await t.desk.accept('forum', people.staffSays('bob', second.post, 'to ben'));
  await settleAll(t);
  const tried = chat.calls.filter(call => call.what === 'deliver').map(call => `${call.to}: ${call.text}`);
  expect(tried.sort()).toEqual([`${first.thread}: to ana`, `${second.thread}: to ben`].sort());
});

test('a wait that the platform asks of the whole bot is kept', async () => {
  const people = eventsAt(t.clock);
  const first = await openTicket(t, chat, forum, 'ana');
  const second = await openTicket(t, chat, forum, 'ben');
  chat.calls.length = 0;
  chat.script = () => ({ outcome: 'retry', afterMs: 30_000, scope: 'bot', why: 'global limit' });
  await t.desk.accept('forum', people.staffSays('bob', first.post, 'one'));
  await settleAll(t);
  expect(chat.calls).toHaveLength(1);
  chat.script = call => ({ outcome: 'delivered', ref: call.id });
  await t.desk.accept('forum', people.staffSays('bob', second.post, 'two'));
  await settleAll(t, 1);
  expect(chat.calls).toHaveLength(1);
  t.clock.forward(30_001);
  await settleAll(t);
  expect(chat.calls.map(call => call.text).sort()).toEqual(['one', 'one', 'two']);
});
