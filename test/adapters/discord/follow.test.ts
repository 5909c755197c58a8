/** Edits, deletions and reactions, both ways. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bare, qualified } from '../../../src/adapters/discord/emoji.ts';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { delivered, startWorld, threadFor, type World } from './world.ts';

let world: World;
let sim: DiscordSimulator;
let place: { address: string; ref: string };

beforeEach(async () => {
  world = await startWorld();
  ({ sim } = world);
  place = delivered(await world.channel.openThread(threadFor(sim)));
});
afterEach(() => world.stop());

const inThread = (name = 'ana') =>
  sim
    .person(name)
    .screen()
    .places.find(one => one.id === place.address)?.messages ?? [];
/** Says something and resolves when it was heard: all that came before it was heard too. */
async function settles(nth: number): Promise<void> {
  await sim.person('ana').says('and then', place.address);
  await world.hears('said', nth);
}

describe('what people do with their messages', () => {
  it('is told: edits with their time, deletions, one or many at once', async () => {
    const ana = sim.person('ana');
    const id = (await ana.says('one', place.address)) ?? '';
    const other = (await ana.says('three', place.address)) ?? '';
    await ana.edits(id, '**two** @bob');
    const edited = await world.hears('edited');
    expect(edited).toMatchObject({
      place: place.address,
      ref: id,
      text: '**two** @Bob Miller',
      direct: false,
      from: { space: sim.guildId, externalId: ana.id, name: 'Ana Nowak' },
    });
    expect(edited.eventId).toBe(`edit:${id}:${edited.version}`);
    expect(edited.at.getTime()).toBe(edited.version);
    await ana.deletes(id);
    expect(await world.hears('deleted')).toMatchObject({
      eventId: `del:${id}`,
      place: place.address,
      ref: id,
    });
    sim.purge(place.address, [other]);
    expect(await world.hears('deleted', 1)).toMatchObject({ ref: other });
  });

  it('is not told where nobody wrote: previews, other bots, other channels, and what the desk took back', async () => {
    const ana = sim.person('ana');
    const id = (await ana.says('https://example.com', place.address)) ?? '';
    sim.preview(id);
    const elsewhere = (await ana.says('hello', sim.generalChannelId)) ?? '';
    await ana.edits(elsewhere, 'bye');
    await ana.reacts(elsewhere, '👍');
    await ana.deletes(elsewhere);
    expect(await world.channel.remove(place.address, place.ref)).toMatchObject({ outcome: 'delivered' });
    await settles(1);
    expect(world.heard.map(one => one.type)).toEqual(['said', 'said']);
  });

  it('is told of reactions, put and taken away, each time anew and once for a repetition', async () => {
    const ana = sim.person('ana');
    await ana.reacts(place.ref, '👍');
    const put = await world.hears('reacted');
    expect(put).toMatchObject({
      place: place.address,
      ref: place.ref,
      emoji: '👍',
      on: true,
      from: { space: sim.guildId, externalId: ana.id, name: 'Ana Nowak', roles: [] },
    });
    await sim.redeliverLast();
    expect((await world.hears('reacted', 1)).eventId).toBe(put.eventId);
    await ana.reacts(place.ref, '👍', false);
    expect(await world.hears('reacted', 2)).toMatchObject({ on: false, from: { externalId: ana.id } });
    await ana.reacts(place.ref, '👍');
    const again = await world.hears('reacted', 3);
    expect(new Set([put.eventId, again.eventId]).size).toBe(2);
  });

  it('is not told of the bot’s own reactions, nor of pictures that only a server has', async () => {
    const ana = sim.person('ana');
    const id = (await ana.says('hello', place.address)) ?? '';
    await world.channel.echo('🎉', true, place.address, id);
    await ana.reacts(id, 'party:123456789012345678');
    await settles(1);
    expect(world.heard.map(one => one.type)).toEqual(['said', 'said']);
  });
});

describe('the desk', () => {
  it('changes a message of its own, and it stays quiet', async () => {
    const changed = { id: 'd9', class: 'reply', text: 'Now **#12** <@1> @everyone', buttons: [] } as const;
    expect(await world.channel.edit(changed, place.address, place.ref)).toEqual({
      outcome: 'delivered',
      address: place.address,
      ref: place.ref,
    });
    expect(inThread().at(-1)).toMatchObject({ text: 'Now #12 <@1> @everyone', edited: true, buttons: [] });
    expect(sim.pings.filter(one => one.whom !== 'Ana Nowak')).toEqual([]);
  });

  it('cannot change one that is gone, and takes one back only once', async () => {
    const text = { id: 'd9', class: 'reply', text: 'x', buttons: [] } as const;
    for (const _ of [1, 2])
      expect(await world.channel.remove(place.address, place.ref)).toMatchObject({ outcome: 'delivered' });
    expect(inThread()).toEqual([]);
    expect(await world.channel.edit(text, place.address, place.ref)).toMatchObject({
      outcome: 'refused',
      code: 'invalid',
    });
    expect(await world.channel.echo('👍', true, place.address, place.ref)).toMatchObject({
      outcome: 'delivered',
    });
  });

  it('shows a reaction as its own and takes it away; marks and unknown ones it does not', async () => {
    const id = (await sim.person('ana').says('hello', place.address)) ?? '';
    const on = (emoji: string, is = true) => world.channel.echo(emoji, is, place.address, id);
    expect(await on('👍')).toMatchObject({ outcome: 'delivered' });
    expect(inThread().at(-1)?.reactions).toEqual([{ emoji: '👍', count: 1 }]);
    expect(await on('👍', false)).toMatchObject({ outcome: 'delivered' });
    expect(await on('👍', false)).toMatchObject({ outcome: 'delivered' });
    expect(inThread().at(-1)?.reactions).toEqual([]);
    expect(await on('x')).toMatchObject({ outcome: 'refused', code: 'invalid' });
    expect(await on('❌')).toMatchObject({ outcome: 'refused', code: 'invalid' });
  });
});

it.each([
  ['👍', '👍'],
  ['❤', '❤️'],
  ['❤️', '❤️'],
  ['❤‍🔥', '❤️‍🔥'],
  ['1️⃣', '1️⃣'],
  ['party', undefined],
  ['', undefined],
])('writes %s in full', (given, full) => {
  expect(qualified(given)).toBe(full);
  if (full) expect(qualified(bare(full))).toBe(full);
});
