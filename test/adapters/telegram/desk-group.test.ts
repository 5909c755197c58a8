import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/index.ts';
import { telegramRequestFaults } from '../../harness/telegram-schema.ts';
import { type Desk, outbound, SECRET, startDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({
    people: [{ name: 'ana' }, { name: 'tom', role: 'staff' }],
    group: { title: 'Desk', kind: 'forum', members: ['tom'] },
  });
});
afterEach(async () => {
  const faults = desk.sim.requests.flatMap(({ path, body }) => telegramRequestFaults(path, body));
  await desk.stop();
  expect(faults).toEqual([]);
});

const card = (over: Partial<Card> = {}): Card => ({
  id: '7',
  mark: '#12',
  title: '#12 Mail is down',
  state: 'open',
  tags: [
    { group: 'state', label: 'open' },
    { group: 'priority', label: 'regular' },
  ],
  vocabulary: [],
  lines: [{ label: 'From', value: 'Ana' }],
  body: 'I *cannot* send.',
  buttons: [{ action: 'claim:12', label: 'Claim', style: 'primary' }],
  hint: 'Write here to reply.',
  urgent: false,
  ...over,
});
const tom = () => desk.sim.person('tom');
const topics = () =>
  tom()
    .screen()
    .places.filter(({ kind }) => kind === 'post');
async function opened(): Promise<{ address: string; ref: string }> {
  const receipt = await desk.channel.openPost?.(card());
  if (receipt?.outcome !== 'delivered' || !receipt.address || !receipt.ref) throw new Error('no post');
  return { address: receipt.address, ref: receipt.ref };
}
const cardIn = (ref: string) => topics()[0]?.messages.find(({ id }) => id === ref);

describe('a ticket', () => {
  it('is a topic with the card in it, which says what the marks mean', async () => {
    const { address, ref } = await opened();
    expect(topics()).toMatchObject([{ id: address, title: '#12 Mail is down' }]);
    const shown = cardIn(ref);
    expect(shown?.text).toMatch(
      /#12 Mail is down[\s\S]*open regular[\s\S]*From: Ana[\s\S]*I cannot send\.[\s\S]*Write here/,
    );
    expect(shown?.text).toContain('👌 sent');
    expect(shown?.buttons).toMatchObject([{ label: 'Claim', style: 'primary' }]);
    await tom().sees('pinned message');
  });

  it('whose card was not answered for gets it in the same topic', async () => {
    desk.sim.addFault({ match: /sendMessage/, kind: 'status', status: 500 });
    expect(await desk.channel.openPost?.(card())).toMatchObject({ outcome: 'retry' });
    await opened();
    expect(topics()).toHaveLength(1);
  });

  it('that was made without an answer is made again: staff never miss it', async () => {
    desk.sim.addFault({ match: /createForumTopic/, kind: 'lose-answer' });
    expect(await desk.channel.openPost?.(card())).toMatchObject({ outcome: 'retry' });
    await opened();
    expect(topics()).toHaveLength(2);
  });

  it('shows its state on the card, and by closing the topic', async () => {
    const { address, ref } = await opened();
    const show = (state: string) => desk.channel.showCard?.(card({ state, buttons: [] }), address, ref);
    expect(await show('closed')).toEqual({ outcome: 'delivered', address, ref });
    expect(topics()[0]).toMatchObject({ archived: true, title: '#12 Mail is down' });
    expect(cardIn(ref)?.buttons).toEqual([]);
    expect(await desk.channel.deliver(outbound('still heard'), address)).toMatchObject({
      outcome: 'delivered',
    });
    expect(await show('open')).toMatchObject({ outcome: 'delivered' });
    expect(topics()[0]?.archived).toBe(false);
    expect(await show('open')).toMatchObject({ outcome: 'delivered' });
  });

  it('whose card was deleted shows it again', async () => {
    const { address, ref } = await opened();
    await tom().goes(address);
    desk.sim.addFault({
      match: /editMessageText/,
      kind: 'platform-error',
      code: 'Bad Request: message to edit not found',
    });
    const again = await desk.channel.showCard?.(card({ state: 'waiting' }), address, ref);
    expect(again).toMatchObject({ outcome: 'delivered' });
    expect(again).not.toMatchObject({ ref });
  });

  it('whose topic was deleted is gone', async () => {
    const { address, ref } = await opened();
    desk.sim.changeTopic(address, 'delete');
    const gone = { outcome: 'refused', code: 'gone' };
    expect(await desk.channel.deliver(outbound('hello'), address)).toMatchObject(gone);
    expect(await desk.channel.showCard?.(card(), address, ref)).not.toMatchObject({ outcome: 'unknown' });
    desk.sim.setBotRole(desk.group, 'left');
    expect(await desk.channel.openPost?.(card())).toMatchObject(gone);
  });

  it('has a card that fits, however much is in it', async () => {
    const lines = Array.from({ length: 9 }, (_, at) => ({ label: `Fact ${at}`, value: 'x'.repeat(400) }));
    const receipt = await desk.channel.openPost?.(card({ lines, body: '*much* '.repeat(170) }));
    expect(receipt).toMatchObject({ outcome: 'delivered' });
  });
});

it('all topics of the group share its twenty messages a minute', async () => {
  await desk.stop();
  let at = Date.now();
  const clock = { now: () => at };
  const group = { title: 'Desk', kind: 'forum' as const };
  desk = await startDesk({ rateLimits: true, clock, group, config: { now: () => new Date(at) } });
  const first = await opened();
  for (let sent = 0; sent < 16; sent++)
    expect(await desk.channel.deliver(outbound(`${sent}`), first.address)).toMatchObject({
      outcome: 'delivered',
    });
  at += 20_000;
  const wait = { outcome: 'retry', afterMs: 40_000, scope: 'place' };
  expect(await desk.channel.deliver(outbound('one more'), first.address)).toMatchObject(wait);
  expect(await desk.channel.openPost?.(card({ mark: '#13' }))).toMatchObject(wait);
  at += 40_001;
  expect(await desk.channel.deliver(outbound('one more'), first.address)).toMatchObject({
    outcome: 'delivered',
  });
  expect(desk.sim.requests.filter(({ status }) => status === 429)).toEqual([]);
});

describe('staff', () => {
  it('are told what became of a reply by a mark that Telegram has', async () => {
    const { address } = await opened();
    const ref = (await tom().says('On it', address)) ?? '';
    for (const [mark, emoji] of [
      ['sent', '👌'],
      ['failed', '👎'],
      ['unknown', '🤔'],
    ] as const) {
      expect(await desk.channel.react?.(mark, address, ref)).toEqual({ outcome: 'delivered', ref });
      expect(topics()[0]?.messages.at(-1)?.reactions).toEqual([{ emoji, count: 1 }]);
    }
    await desk.channel.echo?.('🎉', true, address, ref);
    await desk.channel.echo?.('🎉', false, address, ref);
    expect(topics()[0]?.messages.at(-1)?.reactions).toEqual([{ emoji: '🤔', count: 1 }]);
  });

  it('have the roles of the group', async () => {
    const roles = (name: string) => desk.channel.rolesOf?.(desk.sim.person(name).id);
    expect(await roles('tom')).toEqual(['administrator', 'member', tom().id]);
    expect(await roles('ana')).toEqual([]);
    desk.sim.setMember(desk.group, 'ana', 'member');
    expect(await roles('ana')).toEqual(['member', desk.sim.person('ana').id]);
    expect(await desk.channel.rolesOf?.('12')).toEqual([]);
    desk.sim.addFault({ match: /getChatMember/, kind: 'status', status: 500 });
    expect(await roles('tom')).toBeUndefined();
  });

  it('speak, react and press in the topic, and see answers there', async () => {
    const { address, ref } = await opened();
    await desk.listens();
    desk.answer = inbound =>
      inbound.type === 'said' ? { type: 'nothing' } : { type: 'say', text: 'It is **yours**.' };
    await tom().goes(address);
    await tom().says('On it');
    await desk.hears(1);
    await tom().reacts(ref, '👍');
    await tom().presses('Claim');
    await tom().says('/desk claim');
    const at = { place: address, direct: false };
    expect(await desk.hears(4)).toMatchObject([
      { type: 'said', text: 'On it', ...at },
      { type: 'reacted', emoji: '👍', on: true, ref, ...at },
      { type: 'pressed', action: 'claim:12', ...at },
      { type: 'asked', ask: { what: 'desk', verb: 'claim' }, ...at },
    ]);
    await tom().sees('It is yours.', address);
    expect(tom().screen().alerts).toEqual(['It is yours.']);
    expect(cardIn(ref)?.buttons).toHaveLength(1);
    await desk.calls('/setMyCommands', 4);
  });
});

it('an administrator who writes anonymously is told that it went nowhere', async () => {
  await desk.stop();
  desk = await startDesk({ webhook: true, group: { title: 'Desk', kind: 'forum' } });
  await desk.listens();
  const { address } = await opened();
  const chat = { id: Number(desk.group), type: 'supergroup' };
  const from = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
  const where = {
    message_thread_id: Number(address.split('/')[1]),
    is_topic_message: true,
    sender_chat: chat,
  };
  const message = { message_id: 99, date: 1, chat, from, ...where, text: 'On it' };
  const headers = { 'x-telegram-bot-api-secret-token': SECRET };
  await desk.sim.post(JSON.stringify({ update_id: 7, message }), headers);
  await desk.sim.person('ana').sees('Please write under your own name', address);
  expect(desk.heard).toEqual([]);
});

it('the checks say what is missing, and how to mend it', async () => {
  const faults = async () => ((await desk.channel.check?.()) ?? []).filter(({ ok }) => !ok);
  expect(await faults()).toEqual([]);
  desk.sim.setBotRole(desk.group, 'member');
  expect((await faults()).map(({ mend }) => mend)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Privacy mode'),
      expect.stringContaining('Manage Topics'),
    ]),
  );
  desk.sim.setBotRole(desk.group, 'left');
  expect(await faults()).toMatchObject([{ mend: expect.stringContaining('TELEGRAM_DESK_CHAT_ID') }]);
  desk.sim.addFault({ match: /getWebhookInfo/, kind: 'refuse-connection' });
  expect(await faults()).toHaveLength(2);
  desk.sim.revokeToken();
  const last = await faults();
  expect(last).toMatchObject([{ mend: expect.stringContaining('@BotFather') }]);
});
