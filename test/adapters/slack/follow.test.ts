import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emojiOf, nameOf } from '../../../src/adapters/slack/emoji.ts';
import type { Outbound, Receipt } from '../../../src/core/index.ts';
import type { SlackPerson } from '../../../src/simulator/slack/index.ts';
import { type Desk, startDesk } from './desk.ts';

let desk: Desk;
let ana: SlackPerson;
let address: string;
let root: string;

beforeEach(async () => {
  desk = await startDesk();
  ana = desk.sim.person('ana');
  ({ address, ref: root } = await opened('1'));
});
afterEach(async () => {
  expect(desk.sim.pings).toEqual([]);
  await desk.stop();
});

function delivered(receipt: Receipt | undefined): { address: string; ref: string } {
  if (receipt?.outcome !== 'delivered') throw new Error(JSON.stringify(receipt));
  return { address: receipt.address ?? '', ref: receipt.ref ?? '' };
}
const outbound = (over: Partial<Outbound> = {}): Outbound => ({
  id: '9',
  class: 'reply',
  text: 'Hello',
  buttons: [],
  ...over,
});
const opened = async (id: string) => {
  const person = { space: desk.sim.teamId, externalId: ana.id };
  return delivered(
    await desk.channel.openThread?.({ ...outbound({ id }), title: `#${id} Mail`, mark: `#${id}`, person }),
  );
};
const posted = async (text: string, to = address): Promise<string> =>
  delivered(await desk.channel.deliver(outbound({ text }), to)).ref;
const seen = (id: string) =>
  ana
    .screen()
    .places.flatMap(({ messages }) => messages)
    .find(message => message.id === id);

describe('what people do to their messages', () => {
  it('tells of a change: the whole new text, newer than the one before', async () => {
    const id = (await ana.repliesTo(root, 'It is broken')) ?? '';
    await ana.edits(id, 'It is *very* broken');
    await ana.edits(id, 'It works');
    await desk.sim.settled();
    const [first, second] = desk.heard.filter(event => event.type === 'edited');
    expect(first).toMatchObject({
      place: address,
      direct: false,
      ref: id,
      from: { externalId: ana.id },
      text: expect.stringContaining('very'),
    });
    expect(second).toMatchObject({ ref: id, text: 'It works' });
    expect(second?.version).toBeGreaterThan(first?.version ?? Number.POSITIVE_INFINITY);
    expect(second?.eventId).not.toBe(first?.eventId);
  });

  it('tells nothing of what we changed or took back ourselves', async () => {
    const ref = await posted('one');
    await desk.channel.edit?.(outbound({ text: 'two' }), address, ref);
    await desk.channel.remove?.(address, ref);
    await desk.channel.echo?.('👍', true, address, root);
    await desk.sim.settled();
    expect(desk.heard).toEqual([]);
  });

  it('tells of a message that was taken back, also of one that others answered', async () => {
    const id = (await ana.repliesTo(root, 'Never mind')) ?? '';
    await ana.deletes(id);
    const alone = (await ana.says('Hello?', 'Switchdesk')) ?? '';
    await ana.repliesTo(alone, 'Anybody?');
    await ana.deletes(alone);
    await desk.sim.settled();
    const [first, second] = desk.heard.filter(event => event.type === 'deleted');
    expect(first).toMatchObject({ place: address, direct: false, ref: id });
    expect(second).toMatchObject({ place: address.split('/')[0], direct: true, ref: alone });
  });

  it('tells of reactions in Unicode, on and off, with the conversation they are in', async () => {
    const ours = await posted('Better?');
    const own = (await ana.repliesTo(root, 'Yes')) ?? '';
    for (const [id, emoji, on] of [
      [ours, '👍', true],
      [own, 'heart', true],
      [root, 'eyes', true],
      [ours, 'party_parrot', true],
      [ours, '👍', false],
    ] as const) {
      await ana.reacts(id, emoji, on);
      await desk.sim.settled();
    }
    const reactions = desk.heard.filter(event => event.type === 'reacted');
    expect(reactions.map(({ emoji, on, ref, place }) => ({ emoji, on, ref, place }))).toEqual([
      { emoji: '👍', on: true, ref: ours, place: address },
      { emoji: '❤️', on: true, ref: own, place: address },
      { emoji: '👀', on: true, ref: root, place: address },
      { emoji: '👍', on: false, ref: ours, place: address },
    ]);
    expect(new Set(reactions.map(({ eventId }) => eventId)).size).toBe(4);
  });

  it('asks Slack once where a message is that it does not know', async () => {
    const ours = await posted('Better?');
    await ana.reacts(ours, '🎉');
    await desk.sim.settled();
    await desk.restart();
    await ana.reacts(ours, '👍');
    await ana.reacts(ours, '👀');
    await desk.sim.settled();
    const asked = desk.sim.requests.filter(({ path }) => path === '/conversations.replies');
    // About the message, and about the head of its thread.
    expect(asked.length).toBe(2);
    expect(desk.heard.map(event => event.type === 'reacted' && event.place)).toEqual([
      address,
      address,
      address,
    ]);
  });

  it('takes a reaction later when Slack does not say where the message is', async () => {
    const ours = await posted('Better?');
    await desk.restart();
    desk.sim.addFault({ match: /conversations\.replies/, kind: 'status', status: 500 });
    await ana.reacts(ours, '👍');
    await desk.sim.settled();
    // Slack sent it again at once.
    expect(desk.heard.filter(event => event.type === 'reacted').length).toBe(1);
    expect(desk.logged.join()).toContain('taken later');
  });
});

describe('a thread under a loose message of the chat', () => {
  it('belongs to the chat, and says what it answers', async () => {
    const [chat = ''] = address.split('/');
    const ref = await posted('Which ticket is it about?', chat);
    const id = await ana.repliesTo(ref, 'About mail');
    await desk.sim.settled();
    expect(desk.heard).toMatchObject([
      { type: 'said', place: chat, direct: true, ref: id, replyTo: ref, text: 'About mail' },
    ]);
  });

  it('is a ticket when its head is one, also after a restart, and when Slack does not answer', async () => {
    const { ref, address: other } = await opened('2');
    await desk.restart();
    await ana.repliesTo(ref, 'one');
    desk.sim.addFault({ match: /conversations\.replies/, kind: 'platform-error', code: 'fatal_error' });
    await ana.repliesTo(root, 'two');
    await desk.sim.settled();
    expect(desk.heard).toMatchObject([
      { type: 'said', place: other, direct: false, text: 'one' },
      { type: 'said', place: address, direct: false, text: 'two' },
    ]);
  });
});

describe('what becomes of our messages', () => {
  it('shows them anew and takes them back; twice is once', async () => {
    const ref = await posted('one');
    const edit = () => desk.channel.edit?.(outbound({ text: 'two **bold** <!channel>' }), address, ref);
    expect(await edit()).toMatchObject({ outcome: 'delivered', ref });
    expect(await edit()).toMatchObject({ outcome: 'delivered', ref });
    expect(seen(ref)).toMatchObject({ text: 'two bold <!channel>', edited: true });
    expect(await desk.channel.remove?.(address, ref)).toMatchObject({ outcome: 'delivered' });
    expect(await desk.channel.remove?.(address, ref)).toMatchObject({ outcome: 'delivered' });
    expect(seen(ref)).toBeUndefined();
    expect(await edit()).toMatchObject({ outcome: 'refused', code: 'invalid' });
  });

  it('tries again where the answer was lost', async () => {
    const ref = await posted('one');
    desk.sim.addFault({ match: /chat\.update/, kind: 'lose-answer' });
    const edit = () => desk.channel.edit?.(outbound({ text: 'two' }), address, ref);
    expect(await edit()).toMatchObject({ outcome: 'retry' });
    expect(await edit()).toMatchObject({ outcome: 'delivered' });
    expect(seen(ref)?.text).toBe('two');
  });

  it('shows reactions as its own, refuses what Slack has not, and finds nothing wrong in doing it twice', async () => {
    const id = (await ana.repliesTo(root, 'Yes')) ?? '';
    const echo = (emoji: string, on = true) => desk.channel.echo?.(emoji, on, address, id);
    for (const _ of [1, 2]) expect(await echo('❤')).toMatchObject({ outcome: 'delivered' });
    expect(seen(id)?.reactions).toEqual([{ emoji: '❤️', count: 1 }]);
    for (const _ of [1, 2]) expect(await echo('❤️', false)).toMatchObject({ outcome: 'delivered' });
    expect(seen(id)?.reactions).toEqual([]);
    expect(await echo('🫆🫆')).toMatchObject({ outcome: 'refused', code: 'invalid' });
  });
});

describe('names of emoji', () => {
  it.each([
    ['+1', '👍'],
    ['thumbsup', '👍'],
    ['+1::skin-tone-4', '👍🏽'],
    ['heart', '❤️'],
    ['heart::skin-tone-4', '❤️'],
    ['one', '1️⃣'],
    ['flag-pl', '🇵🇱'],
    ['man-shrugging', '🤷‍♂️'],
    ['party_parrot', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s is %s', (name, emoji) => expect(emojiOf(name)).toBe(emoji));

  it.each([
    ['👍', '+1'],
    ['👍🏽', '+1::skin-tone-4'],
    ['❤', 'heart'],
    ['❤️', 'heart'],
    ['✅', 'white_check_mark'],
    ['a', undefined],
    ['', undefined],
  ])('%s is called %s', (emoji, name) => expect(nameOf(emoji)).toBe(name));
});
