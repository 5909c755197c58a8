/** Where people come for a quick word: a chat, what becomes of it, and what its customer may see of staff. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answer, Outbound } from '../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../harness/desk.ts';
import { settleAll } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';
import { contact } from './identity/kit.ts';
import { freeWhile } from './kit.ts';

let t: TestDesk;
let web: ScriptedChannel & { way?: never };
let phone: ScriptedChannel;
let forum: ScriptedChannel;
let people: ReturnType<typeof eventsAt>;
/** What was told in the bubble: by whom, and what. */
const told: { readonly to: string; readonly author: string | undefined; readonly text: string }[] = [];

beforeEach(async () => {
  told.length = 0;
  const chat = scriptedChannel('web', { places: 'shared', way: 'chat' });
  web = {
    ...chat,
    deliver: async (message: Outbound, to: string) => {
      told.push({ to, author: message.author, text: message.text });
      return chat.deliver(message, to);
    },
  };
  phone = scriptedChannel('phone', { places: 'shared', forms: 'none' });
  forum = scriptedChannel('forum', { desk: true });
  const policy = testPolicy(['forum']);
  t = await testDesk([web, phone, forum], {
    ...policy,
    people: [
      { id: 'bob', name: 'Bob Miller', public: 'Bob', reach: { forum: 'bob' } },
      { id: 'cleo', name: 'Cleo Adams', reach: { forum: 'cleo' } },
    ],
  });
  people = eventsAt(t.clock);
});
afterEach(() => t.close());

const says = (who: string, text: string) =>
  t.desk.accept('web', people.says(who, `room-${who}`, text, { direct: true }));
const presses = (who: string, action: string): Promise<Answer> =>
  t.desk.accept('web', people.presses(who, `room-${who}`, action, []));
const deskPost = async (ticket: number): Promise<string> => {
  const [place] = await t.database.sql<{ address: string }[]>`
    select address from place where role = 'desk' and ticket_id = ${ticket}`;
  return place?.address ?? '';
};
const wayOf = async (ticket: number): Promise<unknown> => {
  const [row] = await t.database.sql`select way from ticket where id = ${ticket}`;
  return row?.way;
};

test('the first words open a chat under its own promise; what is said is not said back, and what follows goes to the same', async () => {
  await says('ben', 'Do you *have* servers?');
  await settleAll(t);
  await says('ben', 'In Warsaw?');
  await settleAll(t);
  expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('your message has reached us')]);
  expect(forum.calls.filter(({ what }) => what === 'deliver').map(({ text }) => text)).toEqual([
    expect.stringContaining('In Warsaw?'),
  ]);
  const promises = await t.database.sql<{ minutes: number }[]>`
    select extract(epoch from due_at - started_at)::int / 60 as minutes from promise where target = 'first-reply'`;
  expect([...promises]).toEqual([{ minutes: 1 }]);
});

test('a customer reads the public name of who answers, and of who has none nothing', async () => {
  await says('ben', 'Hello');
  await settleAll(t);
  for (const who of ['bob', 'cleo'])
    await t.desk.accept('forum', people.staffSays(who, await deskPost(1), `from ${who}`));
  await settleAll(t);
  expect(told.slice(1)).toEqual([
    { to: 'room-ben', author: 'Bob', text: 'from bob' },
    { to: 'room-ben', author: undefined, text: 'from cleo' },
  ]);
});

test('nobody is there in time: a ticket is offered once, and made by its customer alone; the promise is then a ticket’s', async () => {
  await says('ben', 'Hello');
  await says('eve', 'Hello');
  await settleAll(t);
  t.clock.forward(61_000);
  await settleAll(t);
  t.clock.forward(61_000);
  await settleAll(t);
  expect(
    told
      .filter(({ text }) => text.includes('everybody is busy'))
      .map(({ to }) => to)
      .toSorted(),
  ).toEqual(['room-ben', 'room-eve']);
  for (const action of ['make-ticket:1', 'details:1', 'by-mail:1', 'go-on:1:1'])
    expect(await presses('eve', action)).toMatchObject({ type: 'say' });
  expect(await wayOf(1)).toBe('chat');
  expect(await presses('ben', 'make-ticket:1')).toEqual({ type: 'nothing' });
  expect(await wayOf(1)).toBe('ticket');
  const [first] = await t.database.sql<{ minutes: number }[]>`
    select extract(epoch from due_at - started_at)::int / 60 as minutes from promise where ticket_id = 1 and target = 'first-reply' and cycle = 2`;
  expect(first?.minutes).toBe(10);
  expect(await presses('ben', 'make-ticket:1')).toMatchObject({
    text: expect.stringContaining('ticket **#1** already'),
  });
});

test('the provider’s site says who somebody is: they are that contact, freshly for fifteen minutes; of another contact nothing changes', async () => {
  await contact(t.database, 'ana-1');
  await contact(t.database, 'eve-1');
  const at = new Date(t.clock.now().getTime() - 60_000).toISOString();
  const said = people.says('c-ana', 'room-c-ana', 'Hello', { direct: true });
  const vouched = (ref: string, event: string, when = at) => ({
    ...said,
    eventId: event,
    ref: event,
    from: { ...said.from, vouched: { contact: ref, at: when } },
  });
  await t.desk.accept('web', vouched('ana-1', 'v1'));
  await settleAll(t);
  const [ticket] = await t.database.sql`select trust, contact_id from ticket`;
  expect(ticket).toMatchObject({ trust: 'fresh' });
  await t.desk.accept('web', vouched('eve-1', 'v2'));
  await t.desk.accept('web', vouched('nobody', 'v3'));
  await t.desk.accept('web', vouched('ana-1', 'v4', '2031-01-01T00:00:00Z'));
  await settleAll(t);
  const links = await t.database
    .sql`select c.ref, proved_at <= ${t.clock.now()} as past from link l join contact c on c.id = l.contact_id`;
  expect([...links]).toEqual([{ ref: 'ana-1', past: true }]);
});

test('staff make it a ticket by the button and by the command, once; who is no staff does not', async () => {
  await says('ben', 'Hello');
  await says('eve', 'Hello');
  await settleAll(t);
  const post = await deskPost(1);
  expect(await t.desk.accept('forum', people.presses('bob', post, 'ticket:1', []))).toMatchObject({
    type: 'say',
  });
  expect(await wayOf(1)).toBe('chat');
  await t.desk.accept('forum', people.presses('bob', post, 'ticket:1'));
  expect(await wayOf(1)).toBe('ticket');
  await t.desk.accept('forum', people.commands('bob', 'ticket', { number: 2 }));
  expect(await wayOf(2)).toBe('ticket');
  await settleAll(t);
  expect(told.filter(({ text }) => text.includes('with all that we have said'))).toHaveLength(2);
});

test('a chat that goes on elsewhere waits for its places before it has the ticket', async () => {
  await says('ben', 'Hello');
  await t.desk.accept('phone', people.says('ben', 'phone-ben', 'Hi', { direct: true }));
  await settleAll(t);
  const id = await contact(t.database, 'ben-1');
  await t.database.sql`
    insert into link (handle_id, contact_id, how, linked_at) select id, ${id}, 'client-area', now() from handle where external_id = 'ben'`;
  const [there] = await t.database.sql<{ id: number }[]>`select id from handle where channel = 'phone'`;
  const [room] = await t.database.sql<{ id: number }[]>`select id from place where address = 'room-ben'`;
  await t.database.sql`update place set current_ticket_id = 1 where id = ${room?.id ?? 0}`;
  const goes = () => presses('ben', `go-on:1:${there?.id}`);
  expect(await freeWhile(t.database, { place: room?.id ?? 0, ticket: 1 }, goes)).toBe(true);
  const rows = await t.database.sql`select handle_id = ${there?.id ?? 0} as there from ticket where id = 1`;
  expect(rows).toEqual([{ there: true }]);
});
