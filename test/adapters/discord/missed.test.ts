/** What was said while nobody listened. */
import { afterEach, describe, expect, it } from 'vitest';
import type { KnownPlace, Said } from '../../../src/core/index.ts';
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

async function lookThrough(...places: KnownPlace[]): Promise<void> {
  await world.channel.catchUp(
    async inbound => {
      world.heard.push(inbound);
      return { type: 'nothing' };
    },
    async () => places,
  );
}
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

  it('in a place that cannot be read leaves the others their turn; a limit is waited for', async () => {
    const place = await begin();
    await sim.person('ana').says('hello', place.address);
    sim.addFault({ match: /GET .*messages/, kind: 'status', status: 429, retryAfterSeconds: 0.05 });
    await lookThrough({ ...place, address: '1457536551830421524' }, { ...place, address: 'x' }, place);
    expect(texts()).toEqual(['hello']);
    expect(world.logged.join('\n')).toMatch(/could not be looked through/);
  });
});

it('is looked for by itself after a session that was lost for good', async () => {
  world = await startWorld();
  ({ sim } = world);
  const { address, ref } = delivered(await world.channel.openThread(threadFor(sim)));
  world.places = async () => [{ address, role: 'customer', lastRef: ref, since: new Date(0) }];
  sim.dropGateway({ resumable: false });
  await sim.person('ana').says('while it was away', address);
  expect(await world.hears('said')).toMatchObject({ text: 'while it was away' });
});
