/** Where a chat may go on: where its customer talks with the desk, and not on a page. */
import { expect, test } from 'vitest';
import { createWebChannel, type Outbound } from '../../src/core/index.ts';
import { scriptedChannel } from '../harness/channel.ts';
import { testDesk, testPolicy } from '../harness/desk.ts';
import { settleAll } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';
import { contact } from './identity/kit.ts';

test('who was once signed in to a page of their own is not offered to go on there, and cannot', async () => {
  const told: Outbound[] = [];
  const chat = scriptedChannel('webchat', { places: 'shared', way: 'chat' });
  const bubble = {
    ...chat,
    deliver: async (message: Outbound, to: string) => {
      told.push(message);
      return chat.deliver(message, to);
    },
  };
  const web = createWebChannel({ publicUrl: 'https://desk.example.com', uploads: () => t.files.uploads });
  const phone = scriptedChannel('phone', { places: 'shared', forms: 'none' });
  const t = await testDesk(
    [bubble, scriptedChannel('forum', { desk: true }), phone, web],
    testPolicy(['forum']),
  );
  try {
    const { database, desk } = t;
    await contact(database, 'ana-1');
    t.files.links = { publicUrl: 'https://desk.example.com', secret: async () => Buffer.alloc(32, 7) };
    const expiresAt = new Date(t.clock.now().getTime() + 60_000);
    const voucher = { ref: 'ana-1', how: 'client-area', token: 'a.b.c', agoMs: 0, expiresAt } as const;
    await desk.client?.vouch(voucher, 'Firefox');
    const people = eventsAt(t.clock);
    const said = people.says('c-ana', 'room-c-ana', 'Hello', { direct: true });
    const vouched = { contact: 'ana-1', at: t.clock.now().toISOString() };
    await desk.accept('webchat', { ...said, from: { ...said.from, vouched } });
    await settleAll(t);
    await desk.accept('webchat', people.presses('c-ana', 'room-c-ana', 'make-ticket:1', []));
    await settleAll(t);
    const actions = told.flatMap(({ buttons = [] }) => buttons.map(({ action }) => action));
    expect(actions).toContain('details:1');
    expect(actions.filter(action => action.startsWith('go-on:'))).toEqual([]);
    const [page] = await database.sql<{ id: number }[]>`select id from handle where channel = 'web'`;
    const answer = await desk.accept(
      'webchat',
      people.presses('c-ana', 'room-c-ana', `go-on:1:${page?.id}`, []),
    );
    expect(answer).toMatchObject({ type: 'say', text: expect.stringContaining('cannot go on') });
  } finally {
    await t.close();
  }
});
