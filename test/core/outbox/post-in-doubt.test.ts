import { afterEach, expect, test } from 'vitest';
import type { Lookup } from '../../../src/core/index.ts';
import { scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
afterEach(() => t.close());

test.each([
  ['was made after all', 1],
  ['was not made', 2],
] as const)(
  'a deleted post whose new one %s is looked for as a post, and what waits for it goes on',
  async (_, posts) => {
    const looked: Lookup[] = [];
    let answers = true;
    let made: string | undefined;
    const chat = scriptedChannel('chat');
    const forum = scriptedChannel('forum', {
      desk: true,
      find: async lookup => {
        looked.push(lookup);
        if (made === undefined) return { outcome: 'unsure' };
        return posts === 1 ? { outcome: 'delivered', address: made, ref: 'head' } : { outcome: 'absent' };
      },
    });
    t = await testDesk([chat, forum]);
    const { thread, post } = await openTicket(t, chat, forum);
    forum.calls.length = 0;
    forum.script = call => {
      if (call.to === post) return { outcome: 'refused', code: 'gone', why: 'deleted' };
      if (call.what === 'desk-post' && !answers) return { outcome: 'unknown', why: 'it never answered' };
      return {
        outcome: 'delivered',
        ref: call.id,
        ...(call.what === 'desk-post' && { address: 'second-post' }),
      };
    };
    answers = false;
    await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'still down'));
    await settleAll(t);
    for (let turn = 0; turn < 10 && looked.length === 0; turn += 1) {
      t.clock.forward(10 * 60_000);
      await settleAll(t);
    }
    expect(
      forum.calls.filter(call => call.what === 'desk-post'),
      'not made twice',
    ).toHaveLength(1);
    expect(looked.at(-1)).toMatchObject({ kind: 'desk-post', mark: expect.stringMatching(/^#\d+$/) });
    [answers, made] = [true, 'second-post'];
    t.clock.forward(10 * 60_000);
    await settleAll(t);
    expect(forum.calls.filter(call => call.what === 'desk-post')).toHaveLength(posts);
    const said = forum.calls.filter(call => call.what === 'deliver' && call.to !== post);
    expect(said.map(call => call.text).join('\n')).toContain('still down');
    expect(
      await column(t.database, `select count(*) from delivery where state in ('retry', 'sending')`),
    ).toEqual([0]);
  },
);

test('a message of which nobody knows whether it came is not taken for the head of the post that was made for it', async () => {
  const heads = ['second-head'];
  const chat = scriptedChannel('chat');
  const forum = scriptedChannel('forum', {
    desk: true,
    // As Discord looks: what the bot said there and no other delivery did.
    find: async ({ others }) => {
      const ref = heads.find(head => !others.includes(head));
      return ref === undefined
        ? { outcome: 'absent' }
        : { outcome: 'delivered', address: 'second-post', ref };
    },
  });
  t = await testDesk([chat, forum]);
  const { thread, post } = await openTicket(t, chat, forum);
  let lost = 1;
  forum.script = call => {
    if (call.to === post) return { outcome: 'refused', code: 'gone', why: 'deleted' };
    if (call.what === 'desk-post')
      return { outcome: 'delivered', address: 'second-post', ref: 'second-head' };
    if (call.what === 'deliver' && lost-- > 0) return { outcome: 'unknown', why: 'it never answered' };
    return { outcome: 'delivered', ref: `m${call.id}` };
  };
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'still down'));
  await settleAll(t);
  for (let turn = 0; turn < 5; turn += 1) {
    t.clock.forward(10 * 60_000);
    await settleAll(t);
  }
  const said = forum.calls.filter(
    ({ what, to, text }) => what === 'deliver' && to !== post && /still down/.test(text),
  );
  expect(said, 'the second time it came').toHaveLength(2);
});
