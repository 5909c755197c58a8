/** The server's limit of active threads, and threads that others change. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { card, delivered, startWorld, threadFor, type World } from './world.ts';

let world: World;
let sim: DiscordSimulator;
const opens = (n: number) =>
  world.channel.openThread(threadFor(sim, { id: `d${n}`, mark: `#${n}`, title: `#${n} Server down` }));
const archived = () =>
  sim.requests.filter(one => one.method === 'PATCH' && JSON.stringify(one.body) === '{"archived":true}');

beforeEach(async () => {
  world = await startWorld();
  ({ sim } = world);
});
afterEach(() => world.stop());

it('near the limit the desk’s own idle threads are archived, and open again with the next message', async () => {
  const first = delivered(await opens(1));
  const second = delivered(await opens(2));
  sim.crowd(948);
  // What was said after it was heard: so were the new threads.
  await sim.person('ana').says('still here', first.address);
  await world.hears('said');
  delivered(await opens(3));
  expect(archived().map(one => one.path)).toEqual([
    `/channels/${second.address}`,
    `/channels/${first.address}`,
  ]);
  delivered(
    await world.channel.deliver({ id: 'd9', class: 'reply', text: 'Hi', buttons: [] }, first.address),
  );
  const place = sim
    .person('ana')
    .screen()
    .places.find(one => one.id === first.address);
  expect(place).toMatchObject({ archived: false });
});

it('at the limit one that was refused is opened after room was made', async () => {
  delivered(await opens(1));
  sim.addFault({ match: /POST .*threads/, kind: 'platform-error', code: '160006' });
  delivered(await opens(2));
  sim.addFault({ match: /POST .*threads/, kind: 'platform-error', code: '160006', times: 2 });
  expect(await world.channel.openPost(card())).toMatchObject({ outcome: 'retry', scope: 'place' });
  expect(world.logged.join('\n')).toMatch(/idle threads were archived/);
});

it('a thread that a moderator locked waits, one that was deleted is gone', async () => {
  const { address } = delivered(await opens(1));
  const sends = () => world.channel.deliver({ id: 'd9', class: 'reply', text: 'Hi', buttons: [] }, address);
  sim.setBotPermissions((1n << 10n) | (1n << 38n));
  sim.setThread(address, { locked: true });
  expect(await sends()).toMatchObject({ outcome: 'retry', scope: 'place' });
  sim.removeChannel(address);
  expect(await sends()).toMatchObject({ outcome: 'refused', code: 'gone' });
});
