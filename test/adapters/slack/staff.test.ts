import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card, Receipt } from '../../../src/core/index.ts';
import type { SlackPerson } from '../../../src/simulator/slack/index.ts';
import { type Desk, startDesk } from './desk.ts';

let desk: Desk;
let bob: SlackPerson;
let ana: SlackPerson;

beforeEach(async () => {
  desk = await startDesk({ desk: true });
  bob = desk.sim.person('bob');
  ana = desk.sim.person('ana');
  await bob.goes('support-desk');
});
afterEach(async () => {
  expect(desk.sim.pings).toEqual([]);
  await desk.stop();
});

const card = (over: Partial<Card> = {}): Card => ({
  id: '41',
  mark: '#12',
  title: '#12 Mail is down <!channel>',
  state: 'open',
  tags: [
    { group: 'state', label: 'open' },
    { group: 'priority', label: 'Critical' },
  ],
  vocabulary: [],
  lines: [
    { label: 'From', value: 'Ana *Nowak* <!here>' },
    { label: 'Reply due', value: '**14:40**' },
  ],
  body: 'I cannot send mail. `@channel`',
  buttons: [{ action: 'claim:12', label: 'Claim', style: 'primary' }],
  hint: 'Write here to reply. Begin with // for a note.',
  urgent: true,
  ...over,
});
function delivered(receipt: Receipt | undefined): { address: string; ref: string } {
  if (receipt?.outcome !== 'delivered') throw new Error(JSON.stringify(receipt));
  return { address: receipt.address ?? '', ref: receipt.ref ?? '' };
}
const post = async (over: Partial<Card> = {}) => delivered(await desk.channel.openPost?.(card(over)));
const shown = (ref: string) => {
  const messages = bob.screen().places.flatMap(place => place.messages);
  return messages.find(({ id }) => id === ref);
};

describe('the desk in a channel', () => {
  it('has a card for each ticket, which is the head of its thread, and notifies nobody', async () => {
    const { address, ref } = await post();
    expect(address).toBe(`${desk.sim.deskChannelId}/${ref}`);
    const text = shown(ref)?.text ?? '';
    for (const words of [
      '#12 Mail is down <!channel>',
      '🚨 · open · Critical',
      'From: Ana Nowak',
      'I cannot send mail',
      'Begin with //',
    ])
      expect(text).toContain(words);
    expect(ana.screen().places.some(({ title }) => title.includes('support-desk'))).toBe(false);
  });

  it('shows the card anew', async () => {
    const { address, ref } = await post();
    const next = card({ tags: [{ group: 'state', label: 'solved' }], buttons: [], urgent: false });
    expect(await desk.channel.showCard?.(next, address, undefined)).toMatchObject({ address, ref });
    expect(shown(ref)).toMatchObject({ text: expect.stringContaining('\nsolved\n'), buttons: [] });
  });

  it('hears what staff write beneath it and press at it, in the place of the post', async () => {
    const { address, ref } = await post();
    const id = await bob.repliesTo(ref, 'On it');
    await bob.presses('Claim', 'support-desk');
    await desk.sim.settled();
    expect(desk.heard).toMatchObject([
      { type: 'said', place: address, direct: false, ref: id, text: 'On it' },
      { type: 'pressed', place: address, direct: false, ref, action: 'claim:12' },
    ]);
  });

  it('marks a message, one mark at a time', async () => {
    const { address, ref } = await post();
    const id = (await bob.repliesTo(ref, 'On it')) ?? '';
    await desk.channel.react?.('unknown', address, id);
    expect(shown(id)?.reactions).toEqual([{ emoji: '❓', count: 1 }]);
    expect(await desk.channel.react?.('sent', address, id)).toMatchObject({ outcome: 'delivered' });
    expect(shown(id)?.reactions).toEqual([{ emoji: '✅', count: 1 }]);
    await desk.restart();
    expect(await desk.channel.react?.('failed', address, id)).toMatchObject({ outcome: 'delivered' });
    expect(shown(id)?.reactions).toEqual([{ emoji: '❌', count: 1 }]);
  });

  it('does not take a post for the message that it was made for', async () => {
    const { address, ref = '' } = await post({ id: '43' });
    const message = { id: '43', kind: 'post', mark: '#12', to: address, since: new Date() } as const;
    const lookup = { ...message, person: undefined, near: undefined, others: [ref] };
    expect(await desk.channel.find?.(lookup)).toEqual({ outcome: 'absent' });
  });

  it('finds a post whose answer was lost, and knows when there is none', async () => {
    desk.sim.addFault({ match: /chat\.postMessage/, kind: 'lose-answer' });
    expect(await desk.channel.openPost?.(card())).toMatchObject({ outcome: 'unknown' });
    const lookup = {
      id: '41',
      kind: 'desk-post',
      mark: '#12',
      to: undefined,
      person: undefined,
      near: undefined,
      since: new Date(),
      others: [],
    } as const;
    expect(await desk.channel.find?.(lookup)).toMatchObject({
      outcome: 'delivered',
      address: expect.stringContaining(desk.sim.deskChannelId),
    });
    expect(await desk.channel.find?.({ ...lookup, id: '42' })).toEqual({ outcome: 'absent' });
  });

  it.each(['channel_not_found', 'not_in_channel', 'is_archived'])(
    'waits until somebody mends the channel: %s',
    async code => {
      desk.sim.addFault({ match: /chat\.postMessage/, kind: 'platform-error', code });
      expect(await desk.channel.openPost?.(card())).toMatchObject({ outcome: 'retry' });
      expect(desk.logged.join()).toContain('invite');
    },
  );
});

describe('who is staff', () => {
  it('is told by id, user groups and the channel of the desk', async () => {
    expect(await desk.channel.rolesOf?.(bob.id)).toEqual([bob.id, desk.sim.staffGroupId, 'channel']);
    expect(await desk.channel.rolesOf?.(ana.id)).toEqual([ana.id]);
  });

  it('is asked for once by many', async () => {
    await Promise.all([bob.id, ana.id, bob.id].map(id => desk.channel.rolesOf?.(id)));
    expect(desk.sim.requests.filter(({ path }) => path === '/usergroups.list').length).toBe(1);
  });

  it('does without groups where the app may not read them', async () => {
    desk.sim.addFault({ match: /usergroups/, kind: 'platform-error', code: 'missing_scope' });
    expect(await desk.channel.rolesOf?.(bob.id)).toEqual([bob.id, 'channel']);
    expect(desk.logged.join()).toContain('usergroups:read');
  });

  it('is not known while Slack does not answer, and is asked for again', async () => {
    desk.sim.addFault({ match: /conversations\.members/, kind: 'status', status: 500 });
    expect(await desk.channel.rolesOf?.(bob.id)).toBeUndefined();
    expect(await desk.channel.rolesOf?.(bob.id)).toContain('channel');
  });
});
