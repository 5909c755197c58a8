/** Without the Message Content intent: a button and a window in place of plain messages. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { card, delivered, startWorld, threadFor, type World } from './world.ts';

let world: World;
let sim: DiscordSimulator;
let place: string;

beforeEach(async () => {
  world = await startWorld({ messageContentIntent: false });
  ({ sim } = world);
  await world.logs(/commands registered/);
  ({ address: place } = delivered(await world.channel.openThread(threadFor(sim))));
});
afterEach(() => world.stop());

it('the desk works, and says what is missing', async () => {
  expect(world.logged.join('\n')).toMatch(/the Message Content intent is not allowed/);
  expect(sim.gatewayConnected).toBe(true);
});

it('a customer writes in a window, and all see it under their name', async () => {
  const ana = sim.person('ana');
  await ana.says('nobody reads this', place);
  await ana.presses('Write', place);
  await ana.sees('Wiadomość');
  await ana.fills({ 'Twoja wiadomość': 'It is **down** @everyone' });
  await ana.submits();
  const said = await world.hears('said');
  expect(said).toMatchObject({
    place,
    direct: false,
    text: 'It is **down** @everyone',
    from: { space: sim.guildId, externalId: ana.id, roles: [] },
  });
  expect(world.heard).toHaveLength(1);
  await ana.sees('Ana Nowak\nIt is down @everyone', place);
  expect(sim.pings.map(one => one.whom)).toEqual(['Ana Nowak']);
  // The message that shows it becomes known with Discord's answer.
  await expect
    .poll(async () => {
      await world.channel.react('sent', place, said.ref);
      return ana
        .screen()
        .places.find(one => one.id === place)
        ?.messages.at(-1)?.reactions;
    })
    .toEqual([{ emoji: '✅', count: 1 }]);
});

it('the button is under each message, and under the card of the desk', async () => {
  const ana = sim.person('ana');
  await world.channel.deliver({ id: '5', class: 'reply', text: 'We look.', buttons: [] }, place);
  const last = ana
    .screen()
    .places.find(one => one.id === place)
    ?.messages.at(-1);
  expect(last?.buttons.map(one => one.label)).toEqual(['Write']);
  const post = delivered(await world.channel.openPost(card()));
  const bob = sim.person('bob');
  await bob.presses('Write', post.address);
  await bob.sees('Your message');
  await bob.fills({ 'Your message': '// a note' });
  await bob.submits();
  expect(await world.hears('said')).toMatchObject({ place: post.address, text: '// a note' });
});

it('words that cannot be read are not taken for empty ones when they are looked for later', async () => {
  await sim.person('ana').says('nobody reads this', place);
  await world.channel.catchUp(
    async inbound => {
      world.heard.push(inbound);
      return { type: 'nothing' };
    },
    { address: place, role: 'customer', lastRef: undefined, since: new Date(0) },
    new AbortController().signal,
  );
  expect(world.heard).toEqual([]);
});
