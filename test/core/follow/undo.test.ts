import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let people: ReturnType<typeof eventsAt>;
let at: Awaited<ReturnType<typeof openTicket>>;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  const policy = testPolicy();
  t = await testDesk([chat, forum], { ...policy, staff: { ...policy.staff, undo: 3 } });
  people = eventsAt(t.clock);
  at = await openTicket(t, chat, forum);
  chat.calls.length = 0;
  forum.calls.length = 0;
});
afterEach(() => t.close());

const happens = async (event: Parameters<TestDesk['desk']['accept']>[1]): Promise<void> => {
  await t.desk.accept('forum', event);
  await settleAll(t);
};
const says = async (text: string): Promise<string> => {
  const said = people.staffSays('bob', at.post, text);
  await happens(said);
  return said.ref;
};
const passes = async (ms: number): Promise<void> => {
  t.clock.forward(ms);
  await settleAll(t);
};
const calls = () => chat.calls.map(call => `${call.what} ${call.text}`.trim());
const promise = () => column(t.database, "select ended_at from promise where target = 'first-reply'");

test('a reply that is deleted within its first seconds is never sent, and kept no promise', async () => {
  const ref = await says('wrong window');
  await passes(2999);
  await happens(people.deletes(at.post, ref));
  expect(await promise()).toEqual([null]);
  await passes(60_000);
  expect(calls()).toEqual([]);
  expect(forum.calls.filter(call => call.what === 'react')).toEqual([]);
});

test('after its seconds it goes; what is edited meanwhile goes as it is then', async () => {
  const ref = await says('helo');
  await passes(1500);
  await happens(people.edits('bob', at.post, ref, 'hello', 1));
  await passes(1499);
  expect(calls()).toEqual([]);
  await passes(1);
  expect(calls()).toEqual(['deliver hello']);
  expect(forum.calls.filter(call => call.what === 'react').map(call => call.text)).toEqual(['sent']);
  expect((await promise())[0]).not.toBeNull();
});

test('a reply that becomes a note in time never leaves', async () => {
  const ref = await says('the customer is right');
  await happens(people.edits('bob', at.post, ref, '// the customer is right', 1));
  await passes(60_000);
  expect(calls()).toEqual([]);
});

test('replies keep their order, and one that is taken back holds up nobody', async () => {
  const first = await says('first');
  await passes(1000);
  await says('second');
  await happens(people.deletes(at.post, first));
  await passes(1000);
  await says('third');
  await passes(1999);
  expect(calls()).toEqual([]);
  await passes(1);
  expect(calls()).toEqual(['deliver second']);
  await passes(1000);
  expect(calls()).toEqual(['deliver second', 'deliver third']);
});

test('what the desk says of itself waits behind a reply', async () => {
  await says('it is fixed');
  await happens(people.presses('bob', at.post, `solve:${at.number}`));
  expect(calls()).toEqual([]);
  await passes(3000);
  expect(calls()).toEqual([
    'deliver it is fixed',
    expect.stringMatching(/solved/),
    expect.stringMatching(/How did it go/),
  ]);
});

test('a second reply is held for seconds of its own after the first went', async () => {
  await says('first');
  await passes(2000);
  await says('second');
  await passes(1000);
  expect(calls()).toEqual(['deliver first']);
  await passes(1999);
  expect(calls()).toEqual(['deliver first']);
  await passes(1);
  expect(calls()).toEqual(['deliver first', 'deliver second']);
});
