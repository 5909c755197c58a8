/** Places besides a server's channels: the chat with the bot, and the app that a person installed for themselves. */
import { afterEach, describe, expect, it } from 'vitest';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let sim: DiscordSimulator;
const dmOf = (name: string) =>
  sim
    .person(name)
    .screen()
    .places.find(one => one.title === 'Switchdesk')?.id ?? '';

async function begin(http: boolean): Promise<void> {
  world = await startWorld({
    http,
    people: [
      { name: 'ana', role: 'customer', locale: 'en-US', displayName: 'Ana Nowak', installs: true },
      { name: 'bob', role: 'staff' },
    ],
  });
  ({ sim } = world);
  await world.logs(/commands registered/);
}
afterEach(() => world.stop());

describe.each([{ http: false }, { http: true }])('a person (over HTTP: $http)', ({ http }) => {
  it('talks and gives commands in their chat with the bot', async () => {
    await begin(http);
    const ana = sim.person('ana');
    const place = dmOf('ana');
    const known = { space: sim.guildId, externalId: ana.id, name: 'Ana Nowak' };
    const id = await ana.says('hello', place);
    expect(await world.hears('said')).toMatchObject({ place, direct: true, ref: id, from: known });
    await ana.says('/ticket open', place);
    expect(await world.hears('asked')).toMatchObject({
      ask: { what: 'open' },
      place,
      direct: true,
      from: known,
    });
    await ana.sees('My answer follows below.', place);
    await world.channel.deliver(
      { id: '4', class: 'reply', text: 'What happens?', buttons: [{ action: 'cancel', label: 'Cancel' }] },
      place,
    );
    await ana.presses('Cancel', place);
    expect(await world.hears('pressed')).toMatchObject({ action: 'cancel', place, direct: true });
    await ana.edits(id ?? '', 'hello again');
    expect(await world.hears('edited')).toMatchObject({ place, direct: true });
    await ana.reacts(id ?? '', '👍');
    expect(await world.hears('reacted')).toMatchObject({ place, direct: true });
    await ana.deletes(id ?? '');
    expect(await world.hears('deleted')).toMatchObject({ place, direct: true });
  });

  it('who uses the app among friends goes on in their chat with the bot', async () => {
    await begin(http);
    const ana = sim.person('ana');
    await ana.says('/ticket open', 'friends');
    expect(await world.hears('asked')).toMatchObject({ place: dmOf('ana'), direct: true });
    await ana.sees('I have written to you', 'friends');
    const other = world.channel.deliver({ id: '4', class: 'reply', text: 'x', buttons: [] }, dmOf('ana'));
    expect(await other).toMatchObject({ outcome: 'delivered' });
  });

  it('who asks where no thread can be goes on there too', async () => {
    await begin(http);
    sim.setBotPermissions(1n << 10n);
    await sim.person('ana').says('/ticket open', sim.supportChannelId);
    expect(await world.hears('asked')).toMatchObject({ place: dmOf('ana'), direct: true });
    await sim.person('ana').says('/ticket list', sim.supportChannelId);
    expect(await world.hears('asked', 1)).toMatchObject({ place: sim.supportChannelId, direct: false });
  });
});

it('a chat that cannot be opened is a request to try again', async () => {
  await begin(false);
  sim.addFault({ match: /POST \/users\/@me\/channels/, kind: 'status', status: 500 });
  await sim.person('ana').says('/ticket open', 'friends');
  await sim.person('ana').sees(/try again/i, 'friends');
  expect(world.heard).toEqual([]);
});

it('who takes no direct messages is blocked for them', async () => {
  world = await startWorld({ people: [{ name: 'ana', role: 'customer', allowsDms: false }] });
  ({ sim } = world);
  const sent = world.channel.deliver({ id: '4', class: 'reply', text: 'x', buttons: [] }, dmOf('ana'));
  expect(await sent).toMatchObject({ outcome: 'refused', code: 'blocked' });
});
