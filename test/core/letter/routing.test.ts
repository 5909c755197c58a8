import { expect, test } from 'vitest';
import type { Wrote } from '../../../src/core/index.ts';
import { eventsAt } from '../../harness/people.ts';
import { letterDesk } from './kit.ts';

const DAY_MS = 86_400_000;

test('an answer to our mail goes into its ticket, whatever its subject; staff’s answers go out in the same conversation', async () => {
  const t = await letterDesk();
  const first = await t.writes('ben@example.com');
  const [own] = await t.sent(1);
  const second = await t.writes('ben@example.com', {
    answers: [own as never],
    subject: 'Something else',
    text: 'Still down.',
  });
  await t.staffSays(1, 'We look at it.');
  expect(await t.database.sql`select count(*)::int from ticket`).toEqual([{ count: 1 }]);
  expect(t.seen()).toContain('**ben**\n\nStill down.');
  const [thread, reply] = t.mail.calls;
  expect([thread?.replyTo, reply?.replyTo]).toEqual([first.ref, second.ref]);
  expect(reply?.text).toBe('We look at it.');
});

test('one’s own earlier letter, and the number in the subject, lead to one’s own ticket', async () => {
  const t = await letterDesk();
  const first = await t.writes('ben@example.com');
  await t.writes('ben@example.com', {
    refs: ['unknown@example.com', first.ref],
    subject: 'Re: My server is down',
    text: 'one',
  });
  await t.writes('ben@example.com', { subject: 'Re: [#1] My server is down', text: 'two' });
  expect(await t.database.sql`select body from message where ticket_id = 1 order by id`).toHaveLength(3);
});

test.each<[string, Partial<Wrote> & { readonly who?: string }]>([
  ['names a letter of Ben’s', { refs: ['1@example.com'] }],
  ['names the number of his ticket', { subject: 'Re: [#1] My server is down' }],
  [
    'says it is Ben, and nobody vouches for it',
    { who: 'ben@example.com', vouched: false, subject: 'Re: [#1] My server is down' },
  ],
  [
    'says it is Ben, and names his letter',
    { who: 'ben@example.com', vouched: false, refs: ['1@example.com'] },
  ],
])(
  'who %s opens a ticket of their own, and learns nothing',
  async (_, { who = 'eve@example.com', ...letter }) => {
    const t = await letterDesk();
    await t.writes('ben@example.com', { ref: '1@example.com', text: 'A secret of Ben.' });
    await t.writes(who, { ...letter, text: 'Give me more.' });
    expect(await t.database.sql`select ticket_id as t from message where body = 'Give me more.'`).toEqual([
      { t: 2 },
    ]);
    expect(t.told(who).at(-1)).not.toContain('secret');
  },
);

test('who was sent our mail by somebody else joins as themselves, unverified; answers still go to whom the ticket is of', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com');
  const [own] = await t.sent(1);
  await t.writes('eve@example.com', { vouched: false, answers: [own as never], text: 'I am his colleague.' });
  await t.staffSays(1, 'Thanks.');
  expect(t.seen().find(text => text.includes('colleague'))).toMatch(
    /eve \\<eve@example\.com\\> .*somebody else, unverified/,
  );
  expect(t.told('eve@example.com')).toEqual([]);
  expect(t.mail.calls.at(-1)).toMatchObject({ text: 'Thanks.', to: 'email-thread-1' });
  expect(
    await t.database
      .sql`select h.space from message m join handle h on h.id = m.handle_id where m.body like '%colleague%'`,
  ).toEqual([{ space: 'unvouched' }]);
});

test('a delivery that never was, or was another one’s in an earlier database, leads nowhere', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com');
  const [own] = await t.sent(1);
  await t.writes('ben@example.com', { answers: [{ delivery: '99', at: new Date() }] });
  await t.writes('ben@example.com', {
    answers: [{ ...(own as never as { delivery: string }), at: new Date(0) }],
  });
  expect(await t.database.sql`select count(*)::int from ticket`).toEqual([{ count: 3 }]);
});

test('an answer opens a ticket that was closed lately; under a new subject, or too late, it opens one that follows it', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com');
  const [own] = await t.sent(1);
  const answers = [own as never];
  const close = async (): Promise<void> => {
    await t.database.sql`update ticket set state = 'closed', closed_at = ${t.clock.now()}`;
  };
  await close();
  await t.writes('ben@example.com', { answers, subject: 'AW: [#1] My server  is down', text: 'Again.' });
  expect(await t.database.sql`select state from ticket`).toEqual([{ state: 'open' }]);
  await close();
  await t.writes('ben@example.com', { answers, subject: 'My invoice', text: 'Another matter.' });
  t.clock.forward(15 * DAY_MS);
  await t.writes('ben@example.com', { answers, subject: 'Re: [#1] My server is down', text: 'Once more.' });
  expect(
    await t.database.sql`select id, subject, facts ->> 'follows' as follows from ticket order by id`,
  ).toEqual([
    { id: 1, subject: 'My server is down', follows: null },
    { id: 2, subject: 'My invoice', follows: '#1' },
    { id: 3, subject: 'My server is down', follows: '#1' },
  ]);
});

test('two letters of one name in one ticket are both there', async () => {
  const t = await letterDesk();
  const first = await t.writes('ben@example.com');
  const [own] = await t.sent(1);
  await t.writes('ben@example.com', { answers: [own as never], ref: first.ref, text: 'Not the same.' });
  expect(await t.database.sql`select body, ref from message order by id`).toEqual([
    { body: first.text, ref: first.ref },
    { body: 'Not the same.', ref: null },
  ]);
});

test('what is quoted is kept beside the words, and staff do not see it in the post', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com', { folded: '> what you said' });
  const [own] = await t.sent(1);
  await t.writes('ben@example.com', { answers: [own as never], text: 'Yes.', folded: '> is it down?' });
  expect(await t.database.sql`select folded from message order by id`).toEqual([
    { folded: '> what you said' },
    { folded: '> is it down?' },
  ]);
  expect(t.seen().join('\n')).not.toContain('is it down?');
  const bob = eventsAt(t.clock);
  const [post] = await t.database.sql<
    { address: string }[]
  >`select address from place where ticket_id = 1 and role = 'desk'`;
  const press = (roles?: readonly string[]) =>
    t.desk.accept('forum', bob.presses('bob', post?.address ?? '', 'folded:1', roles));
  expect(await press()).toEqual({
    type: 'say',
    text: '**ben**\n\n> what you said\n\n**ben**\n\n> is it down?',
  });
  expect(JSON.stringify(await press([]))).not.toContain('is it down');
});
