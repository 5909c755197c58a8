import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, secondDesk } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let discord: ScriptedChannel;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  discord = scriptedChannel('discord', { desk: true });
  t = await testDesk([chat, forum, discord]);
});
afterEach(() => t.close());

const people = () => eventsAt(t.clock);
/** Past the seconds in which a reply can be taken back. */
const settle = async (): Promise<void> => {
  await settleAll(t);
  t.clock.forward(61_000);
  await settleAll(t);
};
async function opened(): Promise<{ number: number; thread: string; post: string; other: string }> {
  const ticket = await openTicket(t, chat, forum);
  const [other = ''] = await column(
    t.database,
    `select address from place where ticket_id = ${ticket.number} and channel = 'discord'`,
  );
  return { ...ticket, other };
}
const heard = (channel: ScriptedChannel, place: string): string[] =>
  channel.calls.filter(call => call.to === place && call.what === 'deliver').map(call => call.text);
const marks = (channel: ScriptedChannel): string[] =>
  channel.calls.filter(call => call.what === 'react').map(call => `${call.to} ${call.id} ${call.text}`);
const cards = (channel: ScriptedChannel, place: string): string[] =>
  channel.calls.filter(call => call.what === 'card' && call.to === place).map(call => call.text);

test('a ticket has a post at each desk, and what the customer writes is at both', async () => {
  const { thread, post, other } = await opened();
  await t.desk.accept('chat', people().says('ana', thread, 'more about it'));
  await settle();
  expect(other).not.toBe('');
  for (const [channel, place] of [
    [forum, post],
    [discord, other],
  ] as const)
    expect(heard(channel, place)).toEqual(['**ana**\n\nmore about it']);
});

test('a reply or a note at one desk is at the other, with who wrote it; its mark is where it was written', async () => {
  const { thread, post, other } = await opened();
  const reply = people().staffSays('bob', post, 'we look into it');
  await t.desk.accept('forum', reply);
  await settle();
  const note = people().staffSays('cleo', other, '// SECRET disk 2');
  await t.desk.accept('discord', note);
  await settle();
  expect(heard(discord, other)).toEqual(['**bob replied to the customer**\n\nwe look into it']);
  expect(heard(forum, post)).toEqual(['**Note by cleo**\n\nSECRET disk 2']);
  expect(heard(chat, thread)).toEqual(['we look into it']);
  expect(marks(forum)).toEqual([`${post} ${reply.ref} sent`]);
  expect(marks(discord)).toEqual([]);
});

test('a claim at one desk shows at both; of two claims at two desks one wins', async () => {
  const { number, post, other } = await opened();
  const answers = await Promise.all([
    t.desk.accept('forum', people().presses('bob', post, `claim:${number}`)),
    t.desk.accept('discord', people().presses('cleo', other, `claim:${number}`)),
  ]);
  await settle();
  const texts = answers.map(answer => (answer.type === 'say' ? answer.text : ''));
  expect(texts.filter(text => text.includes('You have claimed'))).toHaveLength(1);
  expect(texts.filter(text => text.includes('was quicker'))).toHaveLength(1);
  expect([cards(forum, post), cards(discord, other)]).toEqual([['open'], ['open']]);
});

test('every change shows at both, and the customer hears of each once', async () => {
  const { number, thread, post, other } = await opened();
  await t.desk.accept('forum', people().presses('bob', post, `wait:${number}`));
  await settle();
  await t.desk.accept('discord', people().commands('cleo', 'solve', { place: other }));
  await settle();
  await t.desk.accept('forum', people().commands('bob', 'reopen', { place: post }));
  await settle();
  await t.desk.accept('chat', people().asks('ana', { what: 'close', number: String(number) }));
  await settle();
  const states = ['waiting', 'solved', 'open', 'closed'];
  expect([cards(forum, post), cards(discord, other)]).toEqual([states, states]);
  for (const [channel, place] of [
    [forum, post],
    [discord, other],
  ] as const)
    expect(heard(channel, place)).toEqual(['The customer has closed this ticket.']);
  expect(heard(chat, thread)).toHaveLength(4);
});

test('replies from two desks reach the customer once each, in the order in which they were taken', async () => {
  const { number, thread, post, other } = await opened();
  for (let n = 0; n < 6; n++) {
    const [channel, place] = n % 2 === 0 ? ['forum', post] : ['discord', other];
    await t.desk.accept(channel as string, people().staffSays('bob', place as string, `reply ${n}`));
    await settleAll(t);
  }
  await settle();
  expect(heard(chat, thread)).toEqual(['reply 0', 'reply 1', 'reply 2', 'reply 3', 'reply 4', 'reply 5']);
  expect(
    await column(
      t.database,
      `select count(*)::int from message where ticket_id = ${number} and kind = 'reply'`,
    ),
  ).toEqual([6]);
});

test('a desk that is down holds up neither the customer nor the other desk', async () => {
  const { thread, post, other } = await opened();
  discord.script = () => ({ outcome: 'retry', afterMs: 600_000, scope: 'bot', why: 'down' });
  await t.desk.accept('chat', people().says('ana', thread, 'hello?'));
  await settleAll(t);
  await t.desk.accept('forum', people().staffSays('bob', post, 'hello'));
  await settle();
  expect(heard(chat, thread)).toEqual(['hello']);
  expect(heard(forum, post)).toEqual(['**ana**\n\nhello?']);
  expect(marks(forum).map(mark => mark.split(' ').at(-1))).toEqual(['sent']);
  discord.script = () => ({ outcome: 'delivered', ref: 'm' });
  t.clock.forward(700_000);
  await settle();
  expect([...new Set(heard(discord, other))]).toEqual([
    '**ana**\n\nhello?',
    '**bob replied to the customer**\n\nhello',
  ]);
});

test('a desk that is new shows open tickets with what was said, once, and nothing that was taken back', async () => {
  const { number, thread, post } = await opened();
  const oops = people().staffSays('bob', post, '// wrong');
  await t.desk.accept('chat', people().says('ana', thread, 'more'));
  await settle();
  await t.desk.accept('forum', people().staffSays('bob', post, 'we look'));
  await t.desk.accept('forum', oops);
  await t.desk.accept('forum', people().staffSays('cleo', post, '// a note'));
  await settle();
  await t.desk.accept('forum', {
    type: 'deleted',
    eventId: 'gone',
    at: t.clock.now(),
    place: post,
    direct: false,
    ref: oops.ref,
  });
  const closed = await openTicket(t, chat, forum, 'ben');
  await t.desk.accept('forum', people().presses('bob', closed.post, `close:${closed.number}`));
  await settle();
  const fresh = scriptedChannel('slack', { desk: true });
  const second = await secondDesk(t, [chat, forum, discord, fresh]);
  for (let n = 0; n < 20; n++) await second.desk.tick();
  await expect
    .poll(() => fresh.calls.map(call => [call.what, call.text.split('\n')[0]]))
    .toEqual([
      ['desk-post', expect.stringContaining(`#${number}`)],
      ['deliver', '**ana**'],
      ['deliver', '**bob replied to the customer**'],
      ['deliver', '**Note by cleo**'],
    ]);
  await second.close();
});
