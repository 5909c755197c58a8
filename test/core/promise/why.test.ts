import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
});
afterEach(() => t.close());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What somebody of the staff is answered to `/desk why`, without its marks. */
async function why(number: number, locale = 'en'): Promise<string[]> {
  const event = eventsAt(t.clock).commands('bob', 'why', { number });
  const answer = await t.desk.accept('forum', { ...event, from: { ...event.from, locale } });
  if (answer.type !== 'say') throw new Error('nothing was said');
  return answer.text.replaceAll('**', '').split('\n').filter(Boolean);
}

/** A billing ticket that was answered, and asked again on Friday at 16:30 in Warsaw. */
async function askedOnFriday(): Promise<{ number: number; post: string; thread: string }> {
  t.clock.forward(5 * DAY + 2 * HOUR - (t.clock.now().getTime() % HOUR));
  await t.desk.accept('chat', eventsAt(t.clock).submits('zoe', { department: 'financial' }));
  await settleAll(t);
  const [row] = await t.database.sql<{ number: number; thread: string; post: string }[]>`
    select t.id as number, c.address as thread, d.address as post from ticket t join place c on c.id = t.place_id
    join place d on d.ticket_id = t.id and d.role = 'desk' order by t.id desc limit 1`;
  if (row === undefined) throw new Error('the ticket was not opened');
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', row.post, 'we look'));
  await settleAll(t);
  t.clock.forward(1.5 * HOUR);
  await t.desk.accept('chat', eventsAt(t.clock).says('zoe', row.thread, 'and now?'));
  await settleAll(t);
  return row;
}

test('a first reply around the clock', async () => {
  const { number } = await openTicket(t, chat, forum);
  const lines = await why(number);
  expect(lines.slice(0, 4)).toEqual([
    'Ticket #1: how each time came about',
    'First reply due: 14:40 CET (running)',
    '- 10 minutes from 14:30 CET, around the clock',
    '- 10 minutes: Sun 22 Nov 14:30–14:40',
  ]);
  expect(lines[4]).toBe('Our first words: 14:32 CET (kept 14:30 CET)');
});

test('a question of Friday evening to billing is due on Monday, line by line; a day off is named', async () => {
  t.clock.forward(28 * DAY); // to the Sunday before Christmas
  const { number } = await askedOnFriday();
  expect(t.clock.now().toISOString().slice(0, 16)).toBe('2026-12-25T16:30');
  const lines = await why(number);
  expect(lines.slice(0, 5)).toEqual([
    'Ticket #1: how each time came about',
    'Next reply due: 28 Dec, 13:00 CET (running)',
    '- 4 hours from 17:30 CET, in the hours of “billing” (Europe/Warsaw)',
    '- skipped: Fri 25 Dec, Christmas Day',
    '- 4 hours: Mon 28 Dec 09:00–13:00',
  ]);
  expect(await why(number, 'pl')).toContain('- pominięte: pt. 25 gru, Boże Narodzenie');
});

test('a pause and a change of the priority stand there, in the language of who asks', async () => {
  const { number } = await askedOnFriday();
  await t.desk.accept('forum', eventsAt(t.clock).commands('bob', 'wait', { number }));
  await settleAll(t);
  expect((await why(number)).slice(1, 5)).toEqual([
    'Next reply due: no time yet (stands, the ticket waits for the customer)',
    '- 4 hours from 17:30 CET, in the hours of “billing” (Europe/Warsaw)',
    '- not counted: since 17:30 CET, it waits for the customer',
    'Our first words: 16:02 CET (kept 16:00 CET)',
  ]);
  t.clock.forward(2 * DAY + 16.5 * HOUR);
  await t.desk.accept('forum', eventsAt(t.clock).commands('bob', 'priority', { number, value: 'critical' }));
  await settleAll(t);
  expect((await why(number, 'pl'))[0]).toBe('Zgłoszenie #1: skąd wziął się każdy termin');
});

test('only staff, and only of a ticket that is there', async () => {
  const { number } = await openTicket(t, chat, forum);
  const given = eventsAt(t.clock);
  const said = async (event: Parameters<typeof t.desk.accept>[1]): Promise<string> => {
    const answer = await t.desk.accept('forum', event);
    return answer.type === 'say' ? answer.text : answer.type;
  };
  expect(await said(given.commands('mallory', 'why', { number }, []))).not.toContain('due');
  expect(await said(given.commands('bob', 'why', { number: 99 }))).toMatch(/99/);
});
