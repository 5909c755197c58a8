import { expect, test } from 'vitest';
import {
  conversationOf,
  goesToPost,
  inWorld,
  opensByForm,
  opensInChat,
  pressesOnce,
  writes,
} from './steps.ts';

const world = inWorld();
const DAY_MS = 86_400_000;

test('a message to a ticket that was closed lately opens it again', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await pressesOnce(bob, 'Close');
  await ana.sees(`Zgłoszenie #${number} jest zamknięte.`);
  world.forward(13 * DAY_MS);
  await writes(ana, number, 'To wróciło.');
  await bob.sees('To wróciło.');
  await ana.sees(`Zgłoszenie #${number} jest znowu otwarte.`);
});

test('after 14 days it does not: she is told so in her language, in Slack and in Discord, and staff hear nothing of it', async () => {
  const bob = world.discord.person('bob');
  for (const ana of [world.slack.person('ana'), world.discord.person('ana')]) {
    const number = await opensByForm(ana);
    await goesToPost(bob, number);
    await pressesOnce(bob, 'Close');
    await ana.sees(`Zgłoszenie #${number} jest zamknięte. Dziękujemy`);
    world.forward(15 * DAY_MS);
    await world.restart();
    await writes(ana, number, 'Po dwóch tygodniach.');
    await ana.sees(`Zgłoszenie #${number} jest zamknięte, więc ta wiadomość do nas nie dotarła.`);
    expect(
      conversationOf(bob, number).messages.some(({ text }) => text.includes('Po dwóch tygodniach')),
    ).toBe(false);
  }
});

test('in Telegram a message after the last ticket was closed is offered a new one', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensInChat(ana, { description: 'Poczta nie działa.' });
  await goesToPost(bob, number);
  await pressesOnce(bob, 'Close');
  await ana.sees(`Zgłoszenie #${number} jest zamknięte.`);
  await ana.says('A teraz strona nie działa.');
  await ana.sees('Nie masz otwartych zgłoszeń. Otworzyć nowe?');
  await pressesOnce(ana, 'Otwórz z tym tekstem');
  await ana.sees('Kto ma się tym najpierw zająć?');
});
