import { expect, it } from 'vitest';
import type { Shown } from '../../../src/adapters/discord/answer.ts';
import { Memory } from '../../../src/adapters/discord/memory.ts';
import { read } from '../../../src/adapters/discord/payloads.ts';
import { inRoom, roomIn } from '../../../src/adapters/discord/room.ts';
import type { Answer } from '../../../src/core/index.ts';
import { command, ids, inThread } from './payloads.ts';
import { form, startWorld } from './world.ts';

const FORUM = '1457510428359004999';
const RULES = '1457510428359004111';
const PRIVATE_THREADS = 1n << 36n;
const IN_THREADS = 1n << 38n;
const VIEW = 1n << 10n;

const words = {
  done: '',
  tryAgain: '',
  wrongRoom: (room: string | undefined) => `ask in ${room ?? 'a text channel'}`,
};
const asks: Answer = { type: 'form', form: form() };

function remembering(): Memory {
  const memory = new Memory();
  const add = (payload: object) => {
    const channel = read.channel(payload);
    if (channel) memory.channels.set(channel.id, roomIn(channel, ids.guild));
  };
  const deny = String(1n << 11n);
  add({
    id: RULES,
    name: 'rules',
    type: 0,
    permission_overwrites: [{ id: ids.guild, type: 0, allow: '0', deny }],
  });
  add({ id: FORUM, name: 'questions', type: 15 });
  add({
    id: ids.channel,
    name: 'support',
    type: 0,
    permission_overwrites: [{ id: ids.role, type: 0, allow: '0', deny }],
  });
  return memory;
}

function answerIn(extra: object, memory = remembering(), answer: Answer = asks): Shown {
  const interaction = read.interaction(command('open', [], extra));
  if (!interaction) throw new Error('it is no interaction');
  return inRoom(answer, interaction, memory, words);
}

const room = (type: number, id = '1457510428359004222') => ({ channel_id: id, channel: { id, type } });
const elsewhere = { type: 'say', text: 'ask in support' };

it.each([2, 5, 13, 15])('in a channel of type %i no form is shown: it could have no thread', type => {
  expect(answerIn(room(type))).toEqual(elsewhere);
});

it('in a post of a forum no form is shown', () => {
  expect(
    answerIn({ channel_id: ids.thread, channel: { id: ids.thread, type: 11, parent_id: FORUM } }),
  ).toEqual(elsewhere);
});

it('in a text channel, and in a thread of one, the form is shown', () => {
  expect(answerIn({})).toBe(asks);
  expect(answerIn(inThread)).toBe(asks);
  expect(answerIn(inThread, new Memory())).toBe(asks);
});

it('where the bot lacks a permission it takes, no form is shown', () => {
  const may = (bits: bigint) => answerIn({ app_permissions: String(bits) });
  expect(may(VIEW | PRIVATE_THREADS | IN_THREADS)).toBe(asks);
  expect(may(1n << 3n)).toBe(asks);
  expect(may(VIEW | PRIVATE_THREADS)).toEqual(elsewhere);
  expect(may(VIEW | IN_THREADS)).toEqual(elsewhere);
});

it('all but forms is answered everywhere; with no channel known the words name none', () => {
  const list: Answer = { type: 'say', text: 'Your tickets' };
  expect(answerIn(room(15), remembering(), list)).toBe(list);
  expect(answerIn(room(15), new Memory())).toEqual({ type: 'say', text: 'ask in a text channel' });
});

it('a person who asks where no thread can be made is told where to ask', async () => {
  const world = await startWorld();
  await world.logs(/commands registered/);
  world.answer = () => asks;
  const { sim } = world;
  sim.setBotPermissions(VIEW | (1n << 11n));
  await sim.person('ben').says('/ticket open', sim.supportChannelId);
  await sim.person('ben').sees(/cannot be opened here.*#general/);
  expect(sim.person('ben').screen().modal).toBeNull();
  await world.stop();
});
