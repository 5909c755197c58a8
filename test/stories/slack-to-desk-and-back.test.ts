import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

test('Ana opens a ticket in Slack, Bob answers on the Discord desk, and she reads it in her thread', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  await ana.says('/ticket open Poczta nie działa');
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ Opis: 'Nie mogę wysłać poczty od rana.' });
  await ana.submits();
  await ana.sees(/Zgłoszenie #1 przyjęte/);
  await ana.dismisses();
  await ana.sees(/Mamy Twoje zgłoszenie #1/);
  await bob.sees(/#1 Poczta nie działa/);
  await bob.goes('#1 Poczta');
  await bob.presses('Claim');
  await bob.sees('You have claimed ticket #1').catch(e => {
    console.log(
      world.log.lines,
      world.discord.requests.slice(-4).map(r => r.method + r.path + r.status),
    );
    throw e;
  });
  await bob.says('Dzień dobry, już sprawdzamy.');
  await ana.sees('Dzień dobry, już sprawdzamy.');
  await bob.watches(
    screen =>
      screen.places.some(place => place.messages.some(one => one.reactions.some(r => r.emoji === '✅'))),
    'a check mark on the reply',
  );
  await ana.goes('#1');
  await ana.says('Dziękuję!');
  await bob.sees('Dziękuję!');
  expect(world.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
});
