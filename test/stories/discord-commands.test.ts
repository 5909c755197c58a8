import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { goesToPost, inWorld, opensByForm } from './steps.ts';

const world = inWorld();

async function answerTo(person: Person, command: string): Promise<string> {
  const seen = privateLines(person).length;
  await person.says(command, 'support');
  await person.watches(() => privateLines(person).length > seen, `an answer to ${command}`);
  return privateLines(person).at(-1) ?? '';
}

function privateLines(person: Person): string[] {
  return person
    .screen()
    .places.flatMap(({ messages }) => messages.filter(one => one.ephemeral).map(({ text }) => text));
}

test('help, list, show and close speak Polish to Ana', async () => {
  const ana = world.discord.person('ana');
  expect(await answerTo(ana, '/ticket help')).toContain('Co można zrobić:');
  expect(await answerTo(ana, '/ticket list')).toBe('Nie masz żadnych zgłoszeń.');
  const number = await opensByForm(ana, { subject: 'Poczta', description: 'Nie działa.' });
  expect(await answerTo(ana, '/ticket list')).toMatch(/Masz 1 zgłoszenie:[\s\S]*#1 Poczta – otwarte/);
  expect(await answerTo(ana, `/ticket show ${number}`)).toMatch(
    /Stan: otwarte[\s\S]*Od Ciebie[\s\S]*Nie działa\./,
  );
  expect(await answerTo(ana, `/ticket close ${number}`)).toContain('Zgłoszenie #1 jest zamknięte.');
  await goesToPost(world.discord.person('bob'), number);
  await world.discord.person('bob').sees('The customer has closed this ticket.');
});

test('the numbers of others and numbers that are not there are refused in the same words', async () => {
  const ana = world.discord.person('ana');
  const bens = await opensByForm(world.discord.person('ben'), {
    subject: 'Private',
    description: 'For Ben only.',
  });
  for (const verb of ['show', 'close']) {
    expect(await answerTo(ana, `/ticket ${verb} ${bens}`)).toBe(`Nie masz zgłoszenia #${bens}.`);
    expect(await answerTo(ana, `/ticket ${verb} ${bens + 7000}`)).toBe(
      `Nie masz zgłoszenia #${bens + 7000}.`,
    );
  }
});

test('the same person in Slack and in Discord is two, until proven: neither sees the tickets of the other', async () => {
  const inSlack = world.slack.person('ana');
  const number = await opensByForm(world.discord.person('ana'));
  await inSlack.says(`/ticket show ${number}`, 'support');
  await inSlack.sees(`Nie masz zgłoszenia #${number}.`);
});
