import { afterEach, expect, test } from 'vitest';
import type { DeskVerb, Receipt } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { STAFF_ROLE, type TestDesk, testDesk } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { until } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
const made = Promise.withResolvers<Receipt>();

afterEach(() => t.close());

test('a command typed into a post that is on the screen before the desk has written it down is about that ticket', async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  forum.script = call =>
    call.what === 'desk-post' ? made.promise : { outcome: 'delivered', ref: `m-${call.id}` };
  t = await testDesk([chat, forum]);
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana'));
  await until(async () => {
    await t.desk.tick();
    return forum.calls.some(call => call.what === 'desk-post');
  });
  const asks = (verb: DeskVerb, place: string) =>
    t.desk.accept('forum', eventsAt(t.clock).commands('bob', verb, { place, number: '' }, [STAFF_ROLE]));
  const asked = asks('claim', 'post-of-1');
  // Whoever does not wait has answered by the time another question was.
  for (let n = 0; n < 3; n++) await asks('queue', 'elsewhere');
  made.resolve({ outcome: 'delivered', ref: 'head', address: 'post-of-1' });
  expect(await asked).toMatchObject({ type: 'say', text: expect.stringContaining('#1') });
  await settleAll(t);
  const [ticket] = await t.database.sql<
    { assignee: number | null }[]
  >`select assignee_id as assignee from ticket`;
  expect(ticket?.assignee).not.toBeNull();
});

test('where no post is being made nobody waits', async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
  const answer = await t.desk.accept(
    'forum',
    eventsAt(t.clock).commands('bob', 'claim', { place: 'elsewhere', number: '' }, [STAFF_ROLE]),
  );
  expect(answer).toMatchObject({ type: 'say', text: expect.stringContaining('Which ticket?') });
});
