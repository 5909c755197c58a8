import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answer, Home, Receipt, Visited } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let pages: { readonly home: Home; readonly who: string }[];
let script: () => Receipt;

beforeEach(async () => {
  pages = [];
  script = () => ({ outcome: 'delivered' });
  chat = {
    ...scriptedChannel('chat'),
    rolesOf: async () => undefined,
    showHome: async (home, { space, externalId }) => {
      pages.push({ home, who: `${space}/${externalId}` });
      return script();
    },
  };
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
});
afterEach(() => t.close());

const people = () => eventsAt(t.clock);
let visits = 0;
const visited = (who: string, locale = 'en'): Visited => ({
  type: 'visited',
  eventId: `visit${++visits}`,
  at: t.clock.now(),
  from: { space: 's', externalId: who, name: who, locale },
});
const visit = async (who: string, locale?: string): Promise<void> => {
  await t.desk.accept('chat', visited(who, locale));
  await settleAll(t);
};
const press = (who: string, action: string): Promise<Answer> =>
  t.desk.accept('chat', people().presses(who, who, action, [], { from: { space: 's', externalId: who } }));
const last = (): Home => pages.at(-1)?.home as Home;

test('whoever opens their page sees their own tickets, what is awaited, and what they can do', async () => {
  const first = await openTicket(t, chat, forum, 'ana');
  const second = await openTicket(t, chat, forum, 'ana');
  await openTicket(t, chat, forum, 'ben');
  await t.desk.accept('chat', people().asks('ana', { what: 'close', number: String(second.number) }));
  await visit('ana');
  expect(pages.map(page => page.who)).toEqual(['s/ana']);
  expect(last()).toMatchObject({
    title: 'Your tickets at Example Hosting',
    tickets: [
      {
        mark: `#${first.number}`,
        subject: 'ana needs help',
        state: 'open',
        line: 'Opened 14:30. We answer by 14:40.',
        address: first.thread,
        buttons: [{ action: `own-close:${first.number}`, label: 'Close' }],
      },
      { mark: `#${second.number}`, state: 'closed', buttons: [{ action: `own-reopen:${second.number}` }] },
    ],
    buttons: [{ action: 'new', label: 'Open a ticket' }],
  });
});

test('a page without tickets says so, in the language of its owner', async () => {
  await visit('ewa', 'pl');
  expect(last()).toMatchObject({ tickets: [], title: 'Twoje zgłoszenia: Example Hosting' });
  expect(last().intro).toContain('Nie masz żadnych zgłoszeń.');
});

test('it is shown anew whenever one of their tickets changes, and for nobody who never opened it', async () => {
  await visit('ana');
  const states: (string | undefined)[] = [];
  const see = async (): Promise<void> => {
    await settleAll(t);
    states.push(`${pages.length}: ${last().tickets[0]?.state} ${last().tickets[0]?.line}`);
  };
  const { number, post } = await openTicket(t, chat, forum, 'ana');
  await see();
  await t.desk.accept('forum', people().staffSays('bob', post, 'we look'));
  await see();
  await t.desk.accept('forum', people().presses('bob', post, `wait:${number}`));
  await see();
  await t.desk.accept('chat', people().asks('ana', { what: 'escalate', number: String(number), text: '' }));
  await see();
  await t.desk.accept('forum', people().presses('bob', post, `solve:${number}`));
  await see();
  expect(states).toEqual([
    '2: open Opened 14:30. We answer by 14:40.',
    '3: open Opened 14:30.',
    '4: waiting for your answer Opened 14:30. We wait for your answer.',
    '5: open Opened 14:30. We answer by 14:40.',
    '6: solved Opened 14:30.',
  ]);
  const ben = await openTicket(t, chat, forum, 'ben');
  await t.desk.accept('forum', people().presses('bob', ben.post, `close:${ben.number}`));
  await settleAll(t);
  expect(pages).toHaveLength(6);
});

test('changes that come before it is shown are one showing', async () => {
  await visit('ana');
  const { number, post } = await openTicket(t, chat, forum, 'ana');
  script = () => ({ outcome: 'retry', afterMs: 60_000, scope: 'place', why: 'busy' });
  await t.desk.accept('forum', people().presses('bob', post, `wait:${number}`));
  await settleAll(t);
  const before = pages.length;
  for (const action of ['solve', 'reopen', 'wait', 'solve'])
    await t.desk.accept('forum', people().presses('bob', post, `${action}:${number}`));
  script = () => ({ outcome: 'delivered' });
  t.clock.forward(60_000);
  await settleAll(t);
  expect(pages.length - before, 'the one that was tried, and one for all since').toBe(2);
  expect(last().tickets[0]?.state).toBe('solved');
});

test('an outcome that is not known is tried again; a refusal is told to nobody and holds up nothing', async () => {
  let tries = 0;
  script = () => (++tries === 1 ? { outcome: 'unknown', why: 'no answer' } : { outcome: 'delivered' });
  await visit('ana');
  t.clock.forward(60_000);
  await settleAll(t);
  expect(pages).toHaveLength(2);
  script = () => ({ outcome: 'refused', code: 'gone', why: 'no such user' });
  const { post, thread } = await openTicket(t, chat, forum, 'ana');
  await t.desk.accept('forum', people().staffSays('bob', post, 'hello'));
  await settleAll(t);
  expect(chat.calls.filter(call => call.to === thread).map(call => call.text)).toEqual(['hello']);
  expect(forum.calls.map(call => call.text).join()).not.toContain('did not get');
});

test('the same visit twice is one; two visits at once make one page', async () => {
  const once = visited('ana');
  await Promise.all([t.desk.accept('chat', once), t.desk.accept('chat', once)]);
  await Promise.all([t.desk.accept('chat', visited('ben')), t.desk.accept('chat', visited('ben'))]);
  await settleAll(t);
  expect(pages.filter(page => page.who === 's/ana')).toHaveLength(1);
  expect(await column(t.database, `select count(*)::int from place where role = 'home'`)).toEqual([2]);
});

test('at most 20 tickets, those that are not closed first', async () => {
  const numbers: number[] = [];
  for (let n = 0; n < 23; n++) numbers.push((await openTicket(t, chat, forum, 'ana')).number);
  for (const number of numbers.slice(3))
    await t.desk.accept('chat', people().asks('ana', { what: 'close', number: String(number) }));
  await visit('ana');
  expect(last().tickets.map(one => one.mark)).toEqual(
    [...numbers.slice(0, 3).toReversed(), ...numbers.slice(3).toReversed().slice(0, 17)].map(
      number => `#${number}`,
    ),
  );
});

test('buttons of the page work for its owner, also where roles are not to be had; on tickets of others they do nothing', async () => {
  const { number, post } = await openTicket(t, chat, forum, 'ana');
  const stateOf = () => column(t.database, `select state from ticket where id = ${number}`);
  expect(await press('ana', 'new')).toMatchObject({ type: 'form' });
  for (const action of [`own-close:${number}`, `own-reopen:${number}`])
    expect(await press('mallory', action)).toMatchObject({ text: `You have no ticket **#${number}**.` });
  expect(await stateOf()).toEqual(['open']);
  expect(await press('ana', `own-close:${number}`)).toMatchObject({ type: 'say' });
  expect(await stateOf()).toEqual(['closed']);
  await press('ana', `own-reopen:${number}`);
  expect(await stateOf()).toEqual(['open']);
  expect(await press('ana', `claim:${number}`).catch(() => 'no roles, no claim')).not.toMatchObject({
    text: expect.stringContaining('You have claimed'),
  });
  expect(
    await column(t.database, `select address from place where ticket_id = ${number} and role = 'desk'`),
  ).toEqual([post]);
});

test('one closed longer ago than the policy allows has no button to open it again', async () => {
  const { number } = await openTicket(t, chat, forum, 'ana');
  await t.desk.accept('chat', people().asks('ana', { what: 'close', number: String(number) }));
  t.clock.forward(t.policy.tickets.reopen_within * 1000 + 1);
  await visit('ana');
  expect(last().tickets[0]?.buttons).toEqual([]);
});
