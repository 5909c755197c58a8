import { expect, test } from 'vitest';
import type { Policy } from '../../../src/core/index.ts';
import { letterDesk } from './kit.ts';

test('nothing is answered to machines, and no ticket is opened by them: they are kept aside', async () => {
  const t = await letterDesk();
  for (const automatic of ['reply', 'bulk', 'own'] as const)
    await t.writes('robot@example.com', { automatic });
  expect(t.mail.calls).toEqual([]);
  expect(t.forum.calls).toEqual([]);
  expect(await t.database.sql`select why from aside order by id`).toEqual([
    { why: 'reply' },
    { why: 'bulk' },
    { why: 'own' },
  ]);
});

test('an out-of-office in a ticket is shown, is nobody’s word, keeps no promise, and opens nothing again', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com');
  const [own] = await t.sent(1);
  await t.staffSays(1, 'Please restart it.');
  await t.database.sql`update ticket set state = 'solved'`;
  const before = await t.database.sql`select type from event order by id`;
  const promises = await t.database.sql`select target, cycle, state from promise order by target, cycle`;
  await t.writes('ben@example.com', {
    automatic: 'reply',
    answers: [own as never],
    text: 'I am **away** until Monday.',
  });
  expect(await t.database.sql`select type from event order by id`).toEqual(before);
  expect(await t.database.sql`select target, cycle, state from promise order by target, cycle`).toEqual(
    promises,
  );
  expect(await t.database.sql`select state from ticket`).toEqual([{ state: 'solved' }]);
  expect(t.seen().at(-1)).toMatch(/automatic answer.*ben@example\.com.*I am away until Monday/);
  expect(t.mail.calls.filter(({ what }) => what === 'thread')).toHaveLength(1);
});

test('a machine that answers each of our mails as if it were a person is stopped: twenty tickets an hour, then nothing more goes out', async () => {
  const t = await letterDesk(policy => ({
    ...policy,
    mail: { ...policy.mail, most: { sender: 3, unverified: 100 } },
  }));
  let answered = 0;
  for (let times = 0; times < 6; times++) {
    const before = t.told('robot@example.com').length;
    await t.writes('robot@example.com', { subject: `Ticket received ${times}` });
    answered += t.told('robot@example.com').length - before;
  }
  expect(answered).toBe(3);
  expect(await t.database.sql`select why, count(*)::int from aside group by why`).toEqual([
    { why: 'flood', count: 3 },
  ]);
  expect(t.seen().filter(text => text.includes('set aside'))).toHaveLength(1);
  const { eventId, ...more } = await t.writes('robot@example.com', { subject: 'once more' });
  // Whoever keeps its files may drop them; once, since what comes again may be what became a ticket.
  expect(await t.desk.accept('email', { ...more, eventId: `${eventId}, another` })).toEqual({
    type: 'nothing',
    aside: true,
  });
  expect(await t.desk.accept('email', { ...more, eventId })).toEqual({ type: 'nothing' });
  t.clock.forward(3_700_000);
  await t.writes('robot@example.com', { subject: 'an hour later' });
  expect(t.told('robot@example.com')).toHaveLength(4);
});

test('a storm of senders that nobody vouches for is stopped as a whole; who is vouched for still gets through', async () => {
  const t = await letterDesk(policy => ({
    ...policy,
    mail: { ...policy.mail, most: { sender: 20, unverified: 3 } },
  }));
  for (let who = 0; who < 5; who++) await t.writes(`s${who}@example.net`, { vouched: false });
  await t.writes('ben@example.com');
  expect(await t.database.sql`select count(*)::int from ticket`).toEqual([{ count: 4 }]);
  expect(t.told('ben@example.com')).toHaveLength(1);
  expect(await t.database.sql`select count(*)::int from aside where why = 'flood'`).toEqual([{ count: 2 }]);
});

const wantsProof = (policy: Policy): Policy => ({
  ...policy,
  departments: policy.departments.map((one, index) =>
    index === 0 ? { ...one, management: true as const } : one,
  ),
  mail: { ...policy.mail, most: { sender: 3, unverified: 5 } },
});

test('somebody who writes in another’s name makes the desk send them one mail a day that asks for proof, and no more is kept than of a flood', async () => {
  const t = await letterDesk(wantsProof);
  for (let times = 0; times < 5; times++) await t.writes('victim@example.net', { vouched: false });
  const told = () => t.mail.calls.filter(({ to }) => to === 'victim@example.net');
  expect(told()).toHaveLength(1);
  expect(await t.database.sql`select why from aside order by id`).toEqual(
    ['proof', 'proof', 'proof', 'flood', 'flood'].map(why => ({ why })),
  );
  // The one who has that address and is vouched for is somebody else.
  await t.writes('victim@example.net');
  expect(told()).toHaveLength(2);
  t.clock.forward(2 * 3_600_000);
  await t.writes('victim@example.net', { vouched: false });
  expect(told()).toHaveLength(2);
  t.clock.forward(23 * 3_600_000);
  await t.writes('victim@example.net', { vouched: false });
  expect(told()).toHaveLength(3);
});

test('who asks for proof in many names is stopped as a whole', async () => {
  const t = await letterDesk(wantsProof);
  for (let who = 0; who < 8; who++) await t.writes(`v${who}@example.net`, { vouched: false });
  expect(t.mail.calls).toHaveLength(5);
});

test('mails into one ticket have a bound, too: of one sender, of all nobody vouches for together, and of machines; others still write', async () => {
  const t = await letterDesk(policy => ({
    ...policy,
    mail: { ...policy.mail, most: { sender: 3, unverified: 100 } },
  }));
  await t.writes('ben@example.com');
  const answers = [(await t.sent(1))[0] as never];
  for (let nth = 0; nth < 4; nth++) {
    await t.writes('ben@example.com', { answers, text: `ben ${nth}` });
    await t.writes(`x${nth}@example.net`, { answers, vouched: false, text: `x ${nth}` });
    await t.writes('robot@example.net', { answers, automatic: 'reply', text: `robot ${nth}` });
  }
  await t.writes('colleague@example.com', { answers, text: 'I am somebody else.' });
  const words = t.seen().join('\n');
  expect(words).toMatch(/ben 1[\s\S]*x 2[\s\S]*I am somebody else/);
  expect(words).toContain('robot 2');
  expect(words).not.toMatch(/ben [23]|x 3|robot 3/);
  expect(await t.database.sql`select count(*)::int as n from aside where why = 'flood'`).toEqual([{ n: 4 }]);
  t.clock.forward(3_700_000);
  await t.writes('ben@example.com', { answers, text: 'an hour later' });
  expect(t.seen().join('\n')).toContain('an hour later');
});

test('a bounce shows at the message that came back: the reply is marked failed, and the card says that nobody is there', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com');
  await t.staffSays(1, 'Are you there?');
  const [, reply] = await t.sent(1);
  await t.bounces(reply as never);
  await t.bounces(reply as never);
  await t.bounces(reply as never, 'gone', 'the same told anew');
  expect((await t.sent(1)).map(({ state }) => state)).toEqual(['sent', 'dead']);
  expect(t.forum.calls.filter(({ what }) => what === 'react').map(({ text }) => text)).toEqual([
    'sent',
    'failed',
  ]);
  expect(
    t.seen().filter(text => text.includes('the address no longer exists') || text.includes('no longer')),
  ).not.toEqual([]);
  expect(await t.database.sql`select gone from place where role = 'customer'`).toEqual([{ gone: 'gone' }]);
  await t.writes('ben@example.com', { answers: [reply as never], text: 'I am back.' });
  expect(await t.database.sql`select gone from place where role = 'customer'`).toEqual([{ gone: null }]);
});

test('a bounce of what was never sent, or to staff, or made up, changes nothing', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com');
  const [first] = await t.sent(1);
  await t.bounces({ delivery: (first as { delivery: string }).delivery, at: new Date(0) }, 'gone', 'b2');
  await t.bounces({ delivery: '999999999', at: new Date(0) }, 'gone', 'b3');
  expect((await t.sent(1)).map(({ state }) => state)).toEqual(['sent']);
});
