import { afterEach, beforeEach, expect, test } from 'vitest';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { secondDesk } from '../kit.ts';
import { LADDER, type LadderDesk, ladderDesk, ladderPolicy } from './kit.ts';

let t: LadderDesk;

beforeEach(async () => {
  t = await ladderDesk();
});
afterEach(async () => {
  expect(t.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
  await t.close();
});

test('a critical ticket pages the first level at once, and each next one in its time', async () => {
  const { number } = await t.opens();
  expect(await t.calls()).toEqual({ bob: 1 });
  expect(t.told('bob').at(-1)).toContain(`Ticket **#${number}** needs you`);
  await t.pass(2);
  expect(t.told('cleo')).toEqual([]);
  await t.pass(1);
  expect(t.told('cleo')).toHaveLength(1);
  await t.pass(3);
  expect(t.told('dora')).toHaveLength(1);
  expect(await t.events(number)).toEqual(['paged bob', 'paged cleo', 'paged dora']);
});

test('a ticket that is not critical pages nobody by itself', async () => {
  await t.opens('regular');
  await t.pass(7);
  expect(await t.calls()).toEqual({});
});

test('after the last step the ladder is gone through again, and then everybody is called until a person answers', async () => {
  const opened = await t.opens();
  await t.pass(6 + 9);
  expect((await t.events(opened.number)).slice(3)).toEqual(['paged bob', 'paged cleo', 'paged dora']);
  await t.pass(3);
  expect((await t.events(opened.number)).at(-1)).toBe('all-called bob cleo dora');
  expect(
    t.forum.calls.filter(call => call.to === opened.post && call.text.includes('🔴 Nobody has answered')),
  ).toHaveLength(1);
  await t.pass(30);
  expect((await t.events(opened.number)).filter(one => one.startsWith('all-called'))).toHaveLength(4);
  await t.replies('bob', opened);
  const before = await t.calls();
  // An hour without word would break the next promise.
  await t.pass(40);
  expect(await t.calls()).toEqual(before);
  const [left] = await t.database.sql`select from climb where state <> 'ended'`;
  expect(left).toBe(undefined);
});

test('an acknowledgement stops the paging and is no reply: it runs out, its giver is reminded, and the ladder goes on', async () => {
  const { number } = await t.opens();
  expect(await t.presses('bob', 'page-ack', number)).toContain('is in your hands');
  await t.pass(4);
  expect(await t.calls()).toEqual({ bob: 1 });
  await t.pass(1);
  expect(await t.calls()).toEqual({ bob: 2 });
  expect(t.told('bob').at(-1)).toContain('You had it in hand');
  await t.pass(3);
  expect(await t.events(number)).toEqual([
    'paged bob',
    'page-acknowledged bob',
    'page-expired bob',
    'paged bob',
    'paged cleo',
  ]);
});

test('who answers in time is left alone, and so is everybody else', async () => {
  const opened = await t.opens();
  await t.presses('bob', 'page-ack', opened.number);
  await t.pass(2);
  await t.replies('bob', opened);
  await t.pass(30);
  expect(await t.calls()).toEqual({ bob: 1 });
});

test('a press on a call that is over says so and changes nothing', async () => {
  const opened = await t.opens();
  await t.replies('bob', opened);
  expect(await t.presses('bob', 'page-ack', opened.number)).toContain('This call is over');
  expect((await t.events(opened.number)).at(-1)).toBe('paged bob');
});

test('passing on calls the next at once', async () => {
  const { number } = await t.opens();
  await t.presses('bob', 'page-pass', number);
  expect(await t.calls()).toEqual({ bob: 1, cleo: 1 });
  expect(await t.events(number)).toEqual(['paged bob', 'page-passed-on bob', 'paged cleo']);
});

test('who was not called has nothing to pass on, and who has passed it on has it no more', async () => {
  const { number } = await t.opens();
  expect(await t.presses('dora', 'page-pass', number, 'bob')).toContain(
    'You are not called about this ticket',
  );
  expect(await t.events(number)).toEqual(['paged bob']);
  await t.presses('bob', 'page-pass', number);
  expect(await t.presses('bob', 'page-pass', number)).toContain('You are not called about this ticket');
  expect(await t.events(number)).toEqual(['paged bob', 'page-passed-on bob', 'paged cleo']);
});

test('who has acknowledged can still pass on', async () => {
  const { number } = await t.opens();
  await t.presses('bob', 'page-ack', number);
  await t.presses('bob', 'page-pass', number);
  expect((await t.calls()).cleo).toBe(1);
});

test('a level with nobody on duty is passed at once, with its reason', async () => {
  await t.commands('bob', 'duty', 'off');
  await t.commands('cleo', 'duty', 'off');
  const { number } = await t.opens();
  expect(await t.calls()).toEqual({ dora: 1 });
  expect(await t.events(number)).toEqual([
    'page-nobody level:support empty',
    'page-nobody level:technicians empty',
    'paged dora',
  ]);
});

test('when nobody at all is on duty it goes to the red mark at once', async () => {
  for (const who of ['bob', 'cleo', 'dora']) await t.commands(who, 'duty', 'off');
  const { number, post } = await t.opens();
  expect((await t.events(number)).at(-1)).toBe('all-called');
  expect(
    t.forum.calls.find(call => call.to === post && call.text.includes('nobody is on duty')),
  ).toBeDefined();
});

test('a person whose every way fails is passed at once', async () => {
  t.forum.script = call =>
    call.to === 'forum-chat-bob' || call.mentions?.includes('bob')
      ? { outcome: 'refused', code: 'blocked', why: 'blocked' }
      : { outcome: 'delivered', ref: `r${call.id}` };
  const { number } = await t.opens();
  expect((await t.events(number)).slice(0, 3)).toEqual(['paged bob', 'page-unreachable bob', 'paged cleo']);
});

test('who does not acknowledge is called by the next of their ways after a minute', async () => {
  await t.commands('cleo', 'duty', 'mail dm');
  await t.commands('bob', 'duty', 'off');
  await t.opens();
  expect(t.mail.calls.map(call => [call.to, call.subject])).toEqual([
    ['cleo@example.com', expect.stringContaining('It is down')],
  ]);
  expect(t.told('cleo')).toEqual([]);
  await t.pass(1);
  expect(t.told('cleo')).toHaveLength(1);
});

test('a mention stands in the ticket’s post and tells the one who is meant', async () => {
  await t.commands('bob', 'duty', 'mention');
  const { post } = await t.opens();
  expect(
    t.forum.calls.filter(call => call.mentions !== undefined).map(call => [call.to, call.mentions]),
  ).toEqual([[post, ['bob']]]);
});

test('a promise pages at its shares, when it is missed, and after', async () => {
  const { number } = await t.opens('regular');
  await t.risks(number, 50);
  expect(await t.events(number)).toEqual(['paged bob']);
  await t.risks(number, 70);
  expect(await t.calls()).toEqual({ bob: 1, cleo: 1 });
  await t.misses(number);
  expect(await t.calls()).toEqual({ bob: 1, cleo: 1, dora: 1 });
  await t.pass(5);
  expect(await t.events(number)).toEqual(['paged bob', 'paged cleo', 'paged dora', 'paged cleo dora']);
});

test('a ladder that is further up does not go back when a share comes late', async () => {
  const { number } = await t.opens('regular');
  await t.misses(number);
  await t.risks(number, 50);
  expect(await t.events(number)).toEqual(['paged dora']);
});

test('a ticket that becomes critical is paged from then on; one that is no longer is not', async () => {
  const { number } = await t.opens('regular');
  await t.desk.accept('forum', eventsAt(t.clock).commands('bob', 'priority', { number, value: 'critical' }));
  await t.pass(1);
  expect(await t.events(number)).toEqual(['paged bob']);
  await t.desk.accept('forum', eventsAt(t.clock).commands('bob', 'priority', { number, value: 'regular' }));
  await t.pass(2);
  expect(await t.events(number)).toEqual(['paged bob']);
});

test('a ticket that waits for the customer, or is closed, pages nobody', async () => {
  for (const verb of ['wait', 'close'] as const) {
    const { number } = await t.opens('critical', `ana-${verb}`);
    await t.desk.accept('forum', eventsAt(t.clock).commands('bob', verb, { number }));
    const before = await t.events(number);
    await t.pass(7);
    expect(await t.events(number)).toEqual(before);
  }
});

test('somebody who is taken out of the policy while they are called is passed at once, when the desk starts', async () => {
  const { number } = await t.opens();
  const without = LADDER.replace(/ {2}- \{ id: bob.*\n/, '').replace('members: [bob]', 'members: []');
  const next = await secondDesk({ ...t, policy: ladderPolicy(without) }, [t.chat, t.forum, t.mail]);
  await settleAll({ ...t, desk: next.desk });
  expect(await t.events(number)).toEqual(['paged bob', 'page-unreachable bob', 'paged cleo']);
  expect(t.told('cleo')).toHaveLength(1);
  await next.close();
});

test('what somebody had in hand who is taken out of the policy goes on at once', async () => {
  const { number } = await t.opens();
  await t.presses('bob', 'page-ack', number);
  const without = LADDER.replace(/ {2}- \{ id: bob.*\n/, '').replace('members: [bob]', 'members: []');
  const next = await secondDesk({ ...t, policy: ladderPolicy(without) }, [t.chat, t.forum, t.mail]);
  await settleAll({ ...t, desk: next.desk });
  expect(await t.events(number)).toEqual([
    'paged bob',
    'page-acknowledged bob',
    'page-expired bob',
    'paged cleo',
  ]);
  await next.close();
});

test('somebody who is in the policy no more is passed at once, also on call', async () => {
  const { number } = await t.opens();
  await t.close();
  const without = LADDER.replace(/ {2}- \{ id: cleo.*\n/, '').replace('members: [cleo]', 'members: []');
  const again = await ladderDesk(ladderPolicy(without));
  t = again;
  const opened = await again.opens();
  expect(opened.number).toBe(number);
  await again.pass(3);
  expect(await again.events(opened.number)).toEqual([
    'paged bob',
    'page-nobody level:technicians empty',
    'paged dora',
  ]);
});

/** The customer asks for a quicker answer. */
const asks = async (number: number): Promise<string> => {
  const event = eventsAt(t.clock).asks('ana', { what: 'escalate', number: String(number), text: '' });
  const answer = await t.desk.accept('chat', event);
  await settleAll(t);
  return answer.type === 'say' ? answer.text : '';
};

test('a customer who asks for a quicker answer has people called at once, level by level', async () => {
  const opened = await t.opens('regular');
  await t.replies('bob', opened);
  await asks(opened.number);
  expect(t.told('bob').at(-1)).toContain('The customer asks for a quicker answer.');
  await t.pass(3);
  expect(await t.events(opened.number)).toEqual(['paged bob', 'paged cleo']);
  await t.replies('cleo', opened);
  await t.pass(15);
  expect(await t.events(opened.number)).toHaveLength(2);
});

test('asking again too soon is refused, and calls nobody', async () => {
  const { number } = await t.opens('regular');
  await asks(number);
  const before = await t.calls();
  expect(await asks(number)).not.toContain('cannot wait');
  expect(await t.calls()).toEqual(before);
});

test('who has claimed the ticket is called first; who is not on duty is passed at once', async () => {
  const { number } = await t.opens('regular');
  await t.desk.accept('forum', eventsAt(t.clock).commands('dora', 'claim', { number }));
  await asks(number);
  expect(await t.events(number)).toEqual(['paged dora']);
  const other = await t.opens('regular', 'ana');
  await t.desk.accept('forum', eventsAt(t.clock).commands('zoe', 'claim', { number: other.number }));
  await asks(other.number);
  const events = await t.events(other.number);
  expect(events.at(-1)).toBe('paged bob');
  expect(events[0]).toMatch(/^page-nobody person:@\d+ empty$/);
});

test('who has it in hand is called again, and can still pass it on', async () => {
  const { number } = await t.opens();
  await t.presses('bob', 'page-ack', number);
  await asks(number);
  expect(await t.events(number)).toEqual(['paged bob', 'page-acknowledged bob', 'paged bob']);
  expect(t.told('bob').at(-1)).toContain('The customer asks for a quicker answer.');
  await t.presses('bob', 'page-pass', number);
  expect((await t.events(number)).slice(-2)).toEqual(['page-passed-on bob', 'paged cleo']);
});

test('while somebody is being called the ladder does not hurry; one that waits for its moment does', async () => {
  const { number } = await t.opens();
  await asks(number);
  expect(await t.events(number)).toEqual(['paged bob']);
  const late = await t.opens('regular', 'eva');
  await t.risks(late.number, 50);
  await t.pass(4);
  expect(await t.events(late.number)).toEqual(['paged bob']);
  const event = eventsAt(t.clock).asks('eva', { what: 'escalate', number: String(late.number), text: '' });
  await t.desk.accept('chat', event);
  await settleAll(t);
  expect(await t.events(late.number)).toEqual(['paged bob', 'paged cleo']);
});
