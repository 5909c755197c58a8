/** What was said while nobody listened. */
import { afterEach, describe, expect, it } from 'vitest';
import type { KnownPlace, Said, Sink } from '../../../src/core/index.ts';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { delivered, startWorld, threadFor, type World } from './world.ts';

let world: World;
let sim: DiscordSimulator;
afterEach(() => world.stop());

async function begin(listens = false): Promise<KnownPlace> {
  world = await startWorld({ listens });
  ({ sim } = world);
  const { address, ref } = delivered(await world.channel.openThread(threadFor(sim)));
  return { address, role: 'customer', lastRef: ref, since: new Date(0) };
}

const hear: Sink = async inbound => {
  world.heard.push(inbound);
  return { type: 'nothing' };
};
const lookThrough = (place: KnownPlace, sink = hear) =>
  world.channel.catchUp(sink, place, new AbortController().signal);
const texts = () => world.heard.filter((one): one is Said => one.type === 'said').map(one => one.text);

describe('what was said meanwhile', () => {
  it('is handed in, in order, over several pages, with its changes', async () => {
    const place = await begin();
    const ana = sim.person('ana');
    const ids: string[] = [];
    for (let n = 0; n < 230; n += 1) ids.push((await ana.says(`word ${n}`, place.address)) ?? '');
    await ana.edits(ids[7] ?? '', 'changed');
    await lookThrough(place);
    expect(texts()).toEqual(ids.map((_, n) => (n === 7 ? 'changed' : `word ${n}`)));
    expect(world.heard.find(one => one.type === 'edited')).toMatchObject({ ref: ids[7], text: 'changed' });
    expect(world.heard[0]).toMatchObject({
      eventId: `msg:${ids[0]}`,
      place: place.address,
      direct: false,
      from: { space: sim.guildId, externalId: ana.id, name: 'Ana Nowak' },
    });
  });

  it('begins after the last known message, and leaves the bot’s own out', async () => {
    const place = await begin();
    const ana = sim.person('ana');
    const lastRef = await ana.says('known', place.address);
    await world.channel.deliver({ id: '9', class: 'reply', text: 'ours', buttons: [] }, place.address);
    await ana.says('new', place.address);
    await lookThrough({ ...place, lastRef });
    expect(texts()).toEqual(['new']);
    world.heard.length = 0;
    await lookThrough({ ...place, lastRef: undefined, since: new Date(Date.now() - 60_000) });
    expect(texts()).toEqual(['known', 'new']);
  });

  it('in a chat with the bot is the person’s own', async () => {
    const place = await begin();
    const ana = sim.person('ana');
    await ana.says('in private', 'dm');
    const dm = ana.screen().places.find(one => one.kind === 'dm')?.id ?? '';
    await lookThrough({ ...place, address: dm, lastRef: undefined });
    expect(world.heard).toMatchObject([{ text: 'in private', direct: true, from: { space: sim.guildId } }]);
  });

  it('is waited for where Discord says so, and not asked for again where it will not show it', async () => {
    const place = await begin();
    await sim.person('ana').says('hello', place.address);
    sim.addFault({ match: /GET .*messages/, kind: 'status', status: 429, retryAfterSeconds: 0.05 });
    expect(await lookThrough({ ...place, address: '1457536551830421524' })).toMatch(/404/);
    expect(await lookThrough({ ...place, address: 'x' })).toBeDefined();
    expect(await lookThrough(place)).toBeUndefined();
    expect(texts()).toEqual(['hello']);
  });

  it('is asked for again when Discord errs, and when it could not be stored', async () => {
    const place = await begin();
    await sim.person('ana').says('hello', place.address);
    sim.addFault({ match: /GET .*messages/, kind: 'status', status: 503 });
    await expect(lookThrough(place)).rejects.toThrow('503');
    await expect(lookThrough(place, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
    expect(await lookThrough(place)).toBeUndefined();
    expect(texts()).toEqual(['hello']);
  });
});

it('is told of after a session that was lost for good, before anything of the next one', async () => {
  world = await startWorld();
  ({ sim } = world);
  const { address } = delivered(await world.channel.openThread(threadFor(sim)));
  sim.dropGateway({ resumable: true });
  await sim.person('ana').says('kept for the session', address);
  await world.hears('said');
  expect(world.missed).toEqual([]);
  sim.dropGateway({ resumable: false });
  await sim.person('ana').says('while it was away', address);
  await expect
    .poll(() => world.logged.filter(line => /^discord: ready/.test(line)).length, { timeout: 15_000 })
    .toBe(2);
  await sim.person('ana').says('since', address);
  await world.hears('said', 1);
  expect(world.missed).toEqual([1]);
  expect(texts()).toEqual(['kept for the session', 'since']);
});
