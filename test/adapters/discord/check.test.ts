import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { inviteUrl, namesOf, needed } from '../../../src/adapters/discord/needs.ts';
import { startWorld, type World } from './world.ts';

let world: World;
afterEach(() => world?.stop());

const faults = async (): Promise<Record<string, string | undefined>> =>
  Object.fromEntries((await world.channel.check()).filter(one => !one.ok).map(one => [one.what, one.mend]));

it('all is well in a server that is set up', async () => {
  world = await startWorld({ http: true });
  await world.logs(/commands registered/);
  const found = await world.channel.check();
  expect(found.filter(one => !one.ok)).toEqual([]);
  expect(found.map(one => one.what)).toEqual([
    'Discord: the token',
    'Discord: the Message Content intent',
    'Discord: the public key',
    'Discord: the server',
    'Discord: the bot’s permissions',
    'Discord: the desk’s channel',
    'Discord: the commands',
  ]);
});

it('each thing that is missing is named with how to mend it', async () => {
  world = await startWorld({ listens: false, messageContentIntent: false });
  const { sim } = world;
  expect(Object.keys(await faults())).toEqual([
    'Discord: the Message Content intent',
    'Discord: the commands',
  ]);
  sim.setBotPermissions(needed.desk & ~(1n << 36n));
  expect((await faults())['Discord: the bot’s permissions']).toMatch(/lacks Create Private Threads\. Invite/);
  sim.hideFromBot(sim.deskChannelId, true);
  expect((await faults())['Discord: the desk’s channel']).toMatch(/leads nowhere/);
  sim.addFault({ match: /members/, kind: 'platform-error', code: '10007' });
  expect((await faults())['Discord: the server']).toMatch(/not in it/);
  sim.addFault({ match: /applications/, kind: 'status', status: 401 });
  expect(Object.keys(await faults())).toEqual(['Discord: the token']);
  sim.addFault({ match: /roles/, kind: 'status', status: 500 });
  expect(Object.keys(await faults())).toContain('Discord: an answer');
});

it('the README invites the bot with all that it needs', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toContain(inviteUrl('YOUR_APPLICATION_ID'));
  for (const name of namesOf(needed.desk)) expect(readme).toContain(name);
});
