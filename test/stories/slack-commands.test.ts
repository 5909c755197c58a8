import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { goesToPost, inWorld, opensByForm, rowCounts } from './steps.ts';

const world = inWorld();

/** What Slack shows only to this person, in answer to a command. */
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

test('/ticket help says what one can do, in the language of the person', async () => {
  expect(await answerTo(world.slack.person('ana'), '/ticket help')).toContain('Co można zrobić:');
  const help = await answerTo(world.slack.person('ben'), '/ticket help');
  for (const command of ['open', 'list', 'show 12', 'close 12', 'help'])
    expect(help).toContain(`/ticket ${command}`);
});

test('/ticket list shows nothing to who has none, and to Ana hers only, the open ones first', async () => {
  const ana = world.slack.person('ana');
  const ben = world.slack.person('ben');
  expect(await answerTo(ana, '/ticket list')).toBe('Nie masz żadnych zgłoszeń.');
  const first = await opensByForm(ana, { subject: 'Poczta', description: 'Nie działa.' });
  const second = await opensByForm(ana, { subject: 'Faktura', description: 'Brak.' });
  await opensByForm(ben, { subject: 'Secret of Ben', description: 'Nobody else may read this.' });
  await answerTo(ana, `/ticket close ${second}`);
  const list = await answerTo(ana, '/ticket list');
  expect(list).toMatch(
    new RegExp(
      `Masz 2 zgłoszenia:[\\s\\S]*#${first} Poczta – otwarte[\\s\\S]*#${second} Faktura – zamknięte`,
    ),
  );
  expect(list).not.toContain('Secret of Ben');
});

test('/ticket show reads one ticket with both sides of the conversation', async () => {
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ben, { subject: 'Backups', description: 'Do you keep backups?' });
  await goesToPost(bob, number);
  await bob.says('Yes, for 14 days.');
  await ben.sees('Yes, for 14 days.');
  const shown = await answerTo(ben, `/ticket show #${number}`);
  expect(shown).toMatch(
    new RegExp(
      `Ticket #${number}: Backups[\\s\\S]*State: open[\\s\\S]*You wrote[\\s\\S]*Do you keep backups\\?[\\s\\S]*We wrote[\\s\\S]*14 days`,
    ),
  );
});

test('/ticket close ends a ticket, and staff see that the customer did it', async () => {
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ben);
  await goesToPost(bob, number);
  expect(await answerTo(ben, `/ticket close ${number}`)).toContain(`Ticket #${number} is closed.`);
  await bob.sees('The customer has closed this ticket.', `#${number}`);
  await bob.watches(
    ({ places, current }) => places.find(({ id }) => id === current)?.tags.includes('closed') ?? false,
    'the tag "closed"',
  );
  expect(await answerTo(ben, `/ticket close ${number}`)).toBe(
    'The ticket is in this state already. Nothing has changed.',
  );
});

test.each(['show', 'close'])(
  '/ticket %s of another person’s ticket, and of one that is not there, is refused in the same words',
  async verb => {
    const ana = world.slack.person('ana');
    const ben = world.slack.person('ben');
    const bens = await opensByForm(ben, { subject: 'Private', description: 'For Ben only.' });
    const before = await rowCounts(world);
    const others = await answerTo(ana, `/ticket ${verb} ${bens}`);
    const nobodys = await answerTo(ana, `/ticket ${verb} ${bens + 7_000}`);
    expect(others).toBe(`Nie masz zgłoszenia #${bens}.`);
    expect(nobodys).toBe(others.replace(String(bens), String(bens + 7_000)));
    const after = await rowCounts(world);
    expect({ ...after, receipt: 0 }).toEqual({ ...before, receipt: 0 });
  },
);

test('numbers that are none, too long, or missing, and commands that do not exist, get a kind word and no more', async () => {
  const ben = world.slack.person('ben');
  expect(await answerTo(ben, '/ticket show')).toBe('Which ticket? Please add its number, for example 12.');
  expect(await answerTo(ben, '/ticket show twelve')).toBe('You have no ticket #twelve.');
  expect(await answerTo(ben, `/ticket close ${'9'.repeat(30)}`)).toMatch(
    /^You have no ticket #9{19,20}…?\.$/,
  );
  expect(await answerTo(ben, '/ticket show 1;drop table ticket')).toMatch(/^You have no ticket/);
  expect(await answerTo(ben, '/ticket dance *wildly* <!channel>')).toMatch(
    /^We do not know the command “dance \*wildly\* .*channel.*”\. Try “help”\.$/,
  );
  expect(world.slack.pings).toEqual([]);
});
