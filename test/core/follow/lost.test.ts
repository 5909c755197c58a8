import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { type Call, type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { type openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let people: ReturnType<typeof eventsAt>;
let at: Awaited<ReturnType<typeof openTicket>>;
/** Addresses that are gone, and what the platform says of them. */
let lost: Map<string, 'gone' | 'blocked'>;

const open = async (who: string): Promise<typeof at> => {
  await t.desk.accept('chat', people.submits(who, {}, { place: 'lobby' }));
  await settleAll(t);
  return { ...(await openedLast()), number: 0 };
};
const openedLast = async (): Promise<typeof at> => {
  const [row] = await t.database.sql<(typeof at)[]>`
    select t.id as number, c.address as thread, d.address as post from ticket t join place c on c.id = t.place_id
    join place d on d.ticket_id = t.id and d.role = 'desk' order by t.id desc limit 1`;
  return row as typeof at;
};
const refusing = (call: Call): Receipt => {
  const code = lost.get(call.to);
  return code === undefined
    ? { outcome: 'delivered', ref: `m${chat.calls.length}` }
    : { outcome: 'refused', code, why: code };
};

beforeEach(async () => {
  lost = new Map();
  chat = scriptedChannel('chat');
  chat.script = refusing;
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
  people = eventsAt(t.clock);
  at = await open('ana');
  chat.calls.length = 0;
});
afterEach(() => t.close());

const staffSays = async (text: string, post = at.post): Promise<void> => {
  await t.desk.accept('forum', people.staffSays('bob', post, text));
  await settleAll(t);
};
const to = () => chat.calls.map(call => `${call.what} ${call.to}: ${call.text}`);
const staffSaw = () => forum.calls.map(call => call.text).join('\n');
const marks = () => forum.calls.filter(call => call.what === 'react').map(call => call.text);
const gone = () => column(t.database, 'select gone from place p join ticket t on t.place_id = p.id');

test('a conversation that is gone is opened anew, once, away from where it hung, and gets what was not delivered', async () => {
  let wait = true;
  chat.script = call =>
    wait ? { outcome: 'retry', afterMs: 1000, scope: 'place', why: 'busy' } : refusing(call);
  await staffSays('first');
  await staffSays('second');
  wait = false;
  lost.set(at.thread, 'gone');
  t.clock.forward(1000);
  chat.calls.length = 0;
  await settleAll(t);
  const next = (await openedLast()).thread;
  expect(to()).toEqual([
    `deliver ${at.thread}: first`,
    expect.stringMatching(/^thread : We go on with ticket \*\*#\d+\*\* here/),
    `deliver ${next}: first`,
    `deliver ${next}: second`,
  ]);
  expect(marks()).toEqual(['sent', 'sent']);
  expect(staffSaw()).toContain('We go on in a new one');
  expect(staffSaw()).not.toContain('did not get this message');
  await t.desk.accept('chat', people.says('ana', next, 'I am here'));
  await settleAll(t);
  expect(staffSaw()).toContain('I am here');
});

test('when that is refused too, it ends there: staff are told and the card shows it', async () => {
  lost.set(at.thread, 'gone').set('', 'gone');
  await staffSays('hello?');
  await staffSays('still there?');
  expect(chat.calls.filter(call => call.what === 'thread')).toHaveLength(1);
  expect(marks()).toEqual(['failed', 'failed']);
  expect(staffSaw()).toContain('did not get this message');
  expect(await gone()).toEqual(['gone']);
});

test('whoever blocks us is left alone; the card says so until they write again', async () => {
  const cards: string[] = [];
  const show = forum.showCard as NonNullable<ScriptedChannel['showCard']>;
  Object.assign(forum, {
    showCard: (...args: Parameters<typeof show>) => {
      cards.push(JSON.stringify(args[0].lines));
      return show(...args);
    },
  });
  lost.set(at.thread, 'blocked');
  await staffSays('hello?');
  expect(chat.calls.map(call => call.what)).toEqual(['deliver']);
  expect(cards.at(-1)).toContain('blocked our messages');
  lost.clear();
  await t.desk.accept('chat', people.says('ana', at.thread, 'sorry'));
  await settleAll(t);
  expect(cards.at(-1)).not.toContain('blocked our messages');
  expect(await gone()).toEqual([null]);
});

test('who writes where the conversation was before has it there again', async () => {
  lost.set(at.thread, 'gone');
  await staffSays('hello');
  lost.clear();
  chat.calls.length = 0;
  await t.desk.accept('chat', people.says('ana', at.thread, 'the thread is back'));
  await settleAll(t);
  await staffSays('good');
  expect(to()).toEqual([`deliver ${at.thread}: good`]);
});

test('a chat that other tickets of the person use already is shared by them', async () => {
  const second = await open('ana');
  chat.calls.length = 0;
  lost.set(at.thread, 'gone').set(second.thread, 'gone');
  chat.script = call =>
    call.what === 'thread'
      ? { outcome: 'delivered', address: 'dm', ref: `h${chat.calls.length}` }
      : refusing(call);
  await staffSays('about the first');
  await staffSays('about the second', second.post);
  expect(to().filter(one => one.startsWith('deliver dm'))).toEqual([
    'deliver dm: about the first',
    expect.stringMatching(/^deliver dm: \*\*#\d+\*\* · [\s\S]*about the second$/),
  ]);
  expect(marks()).toEqual(['sent', 'sent']);
  await t.desk.accept('chat', people.says('ana', 'dm', 'which one?', { direct: true }));
  await settleAll(t);
  const [ticket] = await column<number>(t.database, `select max(id)::int from ticket`);
  expect(await column(t.database, `select ticket_id from message where body = 'which one?'`)).toEqual([
    ticket,
  ]);
  expect(t.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
});

test('a conversation that cannot be opened where it was asked for is opened elsewhere', async () => {
  lost.set('lobby', 'gone');
  await open('ben');
  expect(chat.calls.map(call => `${call.what} ${call.to}`)).toEqual(['thread lobby', 'thread ']);
  expect(chat.calls[1]?.text).toContain('We have your ticket');
  expect((await openedLast()).thread).not.toBeNull();
});
