import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, opensByForm, rowCounts, writes } from './steps.ts';

const world = inWorld();

test('packets that Discord should never send end nothing and change nothing', async () => {
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await allQuiet(world);
  const before = await rowCounts(world);
  const ended: unknown[] = [];
  const note = (error: unknown): void => void ended.push(error);
  process.on('unhandledRejection', note).on('uncaughtExceptionMonitor', note);
  for (const packet of [
    null,
    7,
    'text',
    [],
    {},
    { op: 0 },
    { op: 0, t: 'MESSAGE_CREATE', s: 900, d: null },
    { op: 0, t: 'MESSAGE_CREATE', s: 901, d: { id: 5, author: 'ana', content: {} } },
    { op: 0, t: 'INTERACTION_CREATE', s: 902, d: { id: '1', type: 'two', member: [] } },
    { op: 0, t: 'GUILD_CREATE', s: 903, d: { id: world.discord.guildId, channels: 'none', roles: 7 } },
    { op: 0, t: 'CHANNEL_UPDATE', s: 904, d: 'gone' },
    { op: 0, t: { deep: true }, s: 'x', d: [] },
    { op: 999, d: {} },
  ])
    world.discord.sendRaw(packet);
  await writes(ana, number, 'Still there?');
  await bob.sees('Still there?');
  process.off('unhandledRejection', note).off('uncaughtExceptionMonitor', note);
  expect(ended).toEqual([]);
  const after = await rowCounts(world);
  expect({ ticket: after.ticket, message: after.message }).toEqual({
    ticket: before.ticket,
    message: (before.message ?? 0) + 1,
  });
});

test('a message that the gateway repeats after a lost connection reaches staff once', async () => {
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  world.discord.dropGateway({ resumable: true });
  await writes(ana, number, 'said while the line was cut');
  await bob.sees('said while the line was cut');
  await world.discord.redeliverLast();
  await writes(ana, number, 'and after');
  await bob.sees('and after');
  await allQuiet(world);
  const rows = await world.database.sql`select from message where body like 'said while%'`;
  expect(rows).toHaveLength(1);
});
