import { test } from 'vitest';
import { goesToPost, inWorld, seesMark } from './steps.ts';

const world = inWorld();

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
  await goesToPost(bob, 1);
  await bob.presses('Claim');
  await bob.sees('You have claimed ticket #1');
  await bob.says('Dzień dobry, już sprawdzamy.');
  await ana.sees('Dzień dobry, już sprawdzamy.');
  await seesMark(bob, 'Dzień dobry, już sprawdzamy.', '✅');
  await ana.goes('#1');
  await ana.says('Dziękuję!');
  await bob.sees('Dziękuję!');
});
