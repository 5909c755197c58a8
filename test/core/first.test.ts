import { expect, test } from 'vitest';
import { scriptedChannel } from '../harness/channel.ts';
import { testDesk } from '../harness/desk.ts';

test('a filled form becomes a ticket, an acknowledgement and a desk post', async () => {
  const chat = scriptedChannel('chat');
  const forum = scriptedChannel('forum', { desk: true });
  const t = await testDesk([chat, forum]);
  const answer = await t.desk.accept('chat', {
    type: 'submitted',
    eventId: 'v1',
    at: t.clock.now(),
    from: { space: 's', externalId: 'u1', name: 'Ana', locale: 'pl-PL' },
    draft: '',
    page: 'all',
    values: { department: 'technical', priority: 'regular', description: 'nothing *works*' },
  });
  expect(answer).toMatchObject({ type: 'say', done: true });
  await t.desk.tick();
  await t.desk.stop();
  expect(t.log.lines).toEqual([]);
  expect(chat.calls.map(c => c.what)).toEqual(['thread']);
  expect(forum.calls.map(c => c.what)).toEqual(['desk-post']);
  await t.close();
});
