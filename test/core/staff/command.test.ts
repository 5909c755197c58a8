import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, DeskVerb } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { STAFF_ROLE, type TestDesk, testDesk, words } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
/** The buttons of each card that was shown. */
const shown: string[][] = [];
const roles = new Map<string, readonly string[] | undefined>();

beforeAll(async () => {
  chat = scriptedChannel('chat');
  const plain = scriptedChannel('forum', { desk: true });
  forum = {
    ...plain,
    rolesOf: async id => roles.get(id),
    showCard: async (card, to, ref) => {
      shown.push(card.buttons.map(one => one.action.split(':')[0] as string));
      return (await plain.showCard?.(card, to, ref)) ?? { outcome: 'delivered' };
    },
  };
  t = await testDesk([chat, forum]);
  for (const who of ['bob', 'cleo', 'dora']) roles.set(who, [STAFF_ROLE]);
});
afterAll(() => t.close());

type Given = Parameters<ReturnType<typeof eventsAt>['commands']>[2];
const give = (who: string, verb: DeskVerb, given: Given, held?: readonly string[]) =>
  t.desk.accept('forum', eventsAt(t.clock).commands(who, verb, given, held));
const said = (answer: Answer): string => (answer.type === 'say' ? answer.text : answer.type);
const row = async (number: number) =>
  (
    await t.database.sql<
      { state: string; priority: string; department: string; assignee: string | null; due: Date }[]
    >`
      select t.state, t.priority, t.department, h.name as assignee, (
        select due_at from promise p where p.ticket_id = t.id and p.target = 'first-reply') as due
      from ticket t left join handle h on h.id = t.assignee_id where t.id = ${number}`
  )[0];
const events = (number: number) =>
  column(t.database, `select type from event where ticket_id = ${number} order by id`);
const heard = (channel: ScriptedChannel, place: string): string =>
  channel.calls
    .filter(call => call.to === place && call.what === 'deliver')
    .map(call => call.text)
    .join('\n');

const verbs: readonly [DeskVerb, string][] = [
  ['claim', ''],
  ['assign', 'cleo'],
  ['transfer', 'financial'],
  ['priority', 'critical'],
  ['note', 'SECRET'],
  ['wait', ''],
  ['solve', ''],
  ['reopen', ''],
  ['close', ''],
  ['show', ''],
  ['why', ''],
  ['queue', ''],
  ['board', ''],
  ['report', '47'],
  ['help', ''],
];

test.each(verbs)('%s by somebody who is no staff is refused, and changes nothing', async (verb, value) => {
  const { number, post } = await openTicket(t, chat, forum);
  const before = await row(number);
  for (const given of [
    { number, value },
    { value, place: post },
  ]) {
    const answer = await give('mallory', verb, given, []);
    expect(said(answer)).toBe('Only support staff can do this.');
  }
  await settleAll(t);
  expect(await row(number)).toEqual(before);
  expect(await events(number)).toEqual(['opened']);
});

test.each(verbs.filter(([verb]) => !['queue', 'board', 'report', 'help'].includes(verb)))(
  '%s without a number asks for one outside of a post, and says so when there is no such ticket',
  async (verb, value) => {
    expect(said(await give('bob', verb, { value }))).toContain('Which ticket?');
    expect(said(await give('bob', verb, { number: 999_999, value }))).toBe('There is no ticket **#999999**.');
    expect(said(await give('bob', verb, { number: "1'; drop table ticket", value }))).toContain('no ticket');
  },
);

test.each<[DeskVerb, string, string, string]>([
  ['claim', '', 'claimed', 'You have claimed ticket'],
  ['assign', 'cleo', 'assigned', 'has a new owner'],
  ['transfer', 'financial', 'transferred', 'with the other department'],
  ['priority', 'critical', 'prioritised', 'has a new priority'],
  ['note', 'look at disk 2', 'note-added', 'Only staff see it'],
  ['wait', '', 'moved', 'waits for the customer'],
  ['solve', '', 'moved', 'is marked solved'],
  ['close', '', 'moved', 'is closed'],
])(
  '%s in the ticket’s own post needs no number, and leaves its event',
  async (verb, value, event, answer) => {
    const { number, post } = await openTicket(t, chat, forum);
    expect(said(await give('bob', verb, { value, place: post }))).toContain(answer);
    expect((await events(number)).slice(1)).toEqual([event]);
  },
);

test('the same command twice: the second changes nothing, and says so', async () => {
  const { number } = await openTicket(t, chat, forum);
  const twice: readonly [DeskVerb, string, string][] = [
    ['claim', '', 'You have claimed'],
    ['assign', 'bob', 'like that already'],
    ['priority', 'critical', 'like that already'],
    ['wait', '', 'in this state already'],
    ['transfer', 'financial', 'like that already'],
  ];
  for (const [verb, value, words] of twice) {
    await give('bob', verb, { number, value });
    const before = await events(number);
    expect(said(await give('bob', verb, { number, value })), verb).toContain(words);
    expect(await events(number), verb).toEqual(before);
  }
});

test('one event delivered twice has one effect', async () => {
  const { number } = await openTicket(t, chat, forum);
  const event = eventsAt(t.clock).commands('bob', 'note', { number, value: 'once' });
  await Promise.all([t.desk.accept('forum', event), t.desk.accept('forum', event)]);
  expect((await events(number)).slice(1)).toEqual(['note-added']);
});

describe('assign', () => {
  test('gives the ticket to somebody the desk has never seen; claims of others end', async () => {
    const { number, post } = await openTicket(t, chat, forum);
    await give('bob', 'claim', { number });
    await give('bob', 'assign', { number, value: 'dora' });
    await settleAll(t);
    expect(
      await column(
        t.database,
        `select h.external_id from ticket t join handle h on h.id = t.assignee_id where t.id = ${number}`,
      ),
    ).toEqual(['dora']);
    expect(heard(forum, post)).toContain('bob has given this ticket to dora.');
    expect(said(await give('cleo', 'claim', { number }))).toContain('dora');
  });

  test('only to staff, where the platform can tell; only staff may find out who is', async () => {
    const { number } = await openTicket(t, chat, forum);
    roles.set('customer', ['1']);
    for (const value of ['customer', 'nobody-knows'])
      expect(said(await give('bob', 'assign', { number, value }))).toContain('not support staff');
    expect(said(await give('mallory', 'assign', { number, value: 'cleo' }, []))).toBe(
      said(await give('mallory', 'assign', { number, value: 'customer' }, [])),
    );
    expect((await row(number))?.assignee).toBe(null);
  });

  test('to nobody, or to a name without end, asks for a person', async () => {
    const { number } = await openTicket(t, chat, forum);
    expect(said(await give('bob', 'assign', { number }))).toContain('To whom?');
    roles.set('x'.repeat(500), [STAFF_ROLE]);
    expect(said(await give('bob', 'assign', { number, value: 'x'.repeat(500) }))).toContain('To whom?');
  });

  test('two at once: the last one stands, and both are in the record', async () => {
    const { number } = await openTicket(t, chat, forum);
    await Promise.all([
      give('bob', 'assign', { number, value: 'cleo' }),
      give('cleo', 'assign', { number, value: 'bob' }),
    ]);
    expect((await events(number)).slice(1)).toEqual(['assigned', 'assigned']);
    const [last] = await column(
      t.database,
      `select h.external_id from event e join handle h on h.id = (e.data ->> 'to')::bigint where ticket_id = ${number} order by e.id desc limit 1`,
    );
    expect((await row(number))?.assignee).toBe(last);
  });
});

test('two claims by command at once: one wins, the other is told who', async () => {
  const { number } = await openTicket(t, chat, forum);
  const answers = await Promise.all([give('bob', 'claim', { number }), give('cleo', 'claim', { number })]);
  const winner = (await row(number))?.assignee as string;
  expect(answers.map(said).filter(text => text.includes('You have claimed'))).toHaveLength(1);
  expect(answers.map(said).filter(text => text.includes(`${winner} was quicker`))).toHaveLength(1);
});

describe('transfer', () => {
  test('frees the ticket for the other department; the customer is told which, and no name', async () => {
    const { number, thread, post } = await openTicket(t, chat, forum);
    await give('bob', 'claim', { number });
    await give('bob', 'transfer', { number, value: 'financial' });
    await settleAll(t);
    expect(await row(number)).toMatchObject({ department: 'financial', assignee: null });
    expect(heard(chat, thread)).toContain('Financial');
    expect(heard(chat, thread)).not.toContain('bob');
    expect(heard(forum, post)).toContain('bob has handed this ticket on to: Financial');
  });

  test('to a department that is not there tells which are', async () => {
    const { number } = await openTicket(t, chat, forum);
    for (const value of ['', 'legal', '__proto__'])
      expect(said(await give('bob', 'transfer', { number, value }))).toMatch(/technical.*financial/);
  });
});

describe('priority', () => {
  test('that is more urgent tells both sides; a promise that was given is never put off', async () => {
    const { number, thread, post } = await openTicket(t, chat, forum);
    const promised = (await row(number))?.due;
    t.clock.forward(300_000);
    await give('bob', 'priority', { number, value: 'critical' });
    await settleAll(t);
    expect(await row(number)).toMatchObject({ priority: 'critical', due: promised });
    expect(heard(chat, thread)).toMatch(/priority of your ticket.*One of us replies here by \*\*14:\d\d/s);
    expect(heard(forum, post)).toContain('bob has changed the priority');
  });

  test('after the first reply promises nothing anew', async () => {
    const { number, thread, post } = await openTicket(t, chat, forum);
    await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, 'we look'));
    await settleAll(t);
    await give('bob', 'priority', { number, value: 'critical' });
    await settleAll(t);
    const last = chat.calls.filter(call => call.to === thread).at(-1)?.text;
    expect(last).toContain('The priority of your ticket');
    expect(last).not.toContain('replies here by');
  });

  test('that is not there tells which are', async () => {
    const { number } = await openTicket(t, chat, forum);
    expect(said(await give('bob', 'priority', { number, value: 'urgent' }))).toMatch(/regular.*critical/);
  });
});

test('a note by command is shown at the desk, and never to the customer', async () => {
  const { number, thread, post } = await openTicket(t, chat, forum);
  await give('bob', 'note', { number, value: 'SECRET: the disk is **dead**' });
  expect(said(await give('bob', 'note', { number, value: ' \u200b ' }))).toContain('nothing to read');
  await settleAll(t);
  expect(heard(forum, post)).toContain('**Note by bob**\n\nSECRET');
  expect(heard(chat, thread)).not.toMatch(/SECRET|bob/);
  expect(said(await give('cleo', 'show', { number }))).toMatch(/Note by bob.*SECRET/s);
  const own = await t.desk.accept(
    'chat',
    eventsAt(t.clock).asks('ana', { what: 'show', number: String(number) }),
  );
  expect(said(own)).not.toMatch(/SECRET|bob/);
});

test('show in a chat with the bot leaves notes out: its answer is a delivery', async () => {
  const { number } = await openTicket(t, chat, forum);
  await give('bob', 'note', { number, value: 'SECRET' });
  const event = eventsAt(t.clock).commands('bob', 'show', { number, place: 'dm-bob' });
  await t.desk.accept('forum', { ...event, direct: true });
  await settleAll(t);
  expect(heard(forum, 'dm-bob')).toContain(`Ticket **#${number}**`);
  expect(heard(forum, 'dm-bob')).not.toContain('SECRET');
});

test('a closed ticket can be reopened and shown, and nothing else', async () => {
  const { number, thread } = await openTicket(t, chat, forum);
  await give('bob', 'close', { number });
  for (const [verb, value] of verbs.slice(0, 4))
    expect(said(await give('bob', verb, { number, value })), verb).toContain('present state');
  expect(said(await give('bob', 'show', { number }))).toContain('closed');
  expect(said(await give('bob', 'reopen', { number }))).toContain('open again');
  await settleAll(t);
  expect(await row(number)).toMatchObject({ state: 'open' });
  expect(heard(chat, thread)).toContain('is open again');
});

test('the card offers Reopen once the ticket is solved or closed', async () => {
  await settleAll(t);
  shown.length = 0;
  const { number, post } = await openTicket(t, chat, forum);
  for (const verb of ['solve', 'close'] as const) {
    await t.desk.accept('forum', eventsAt(t.clock).presses('bob', post, `${verb}:${number}`));
    await settleAll(t);
  }
  await t.desk.accept('forum', eventsAt(t.clock).presses('bob', post, `reopen:${number}`));
  await settleAll(t);
  expect(shown).toEqual([['claim', 'close', 'reopen'], ['reopen'], ['claim', 'wait', 'solve', 'close']]);
  expect((await row(number))?.state).toBe('open');
});

test('help speaks the asker’s language', async () => {
  const event = eventsAt(t.clock).commands('bob', 'help');
  const answer = await t.desk.accept('forum', { ...event, from: { ...event.from, locale: 'pl' } });
  expect(said(answer)).toBe(words.say('pl', 'desk-help', { command: '/desk' }));
});
