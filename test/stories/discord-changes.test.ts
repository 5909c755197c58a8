import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { conversationOf, goesToPost, inWorld, opensByForm, seesMark, textsOf, writes } from './steps.ts';

const world = inWorld();
const bytes = (text: string) => Buffer.from(text);
const gone = (person: Person, text: string) =>
  person.watches(() => !textsOf(person).some(one => one.includes(text)), `"${text}" to be gone`);
const hasFile = (person: Person, name: string) =>
  person.watches(
    ({ places }) =>
      places.some(({ messages }) => messages.some(one => (one.files ?? []).some(file => file.name === name))),
    `the file ${name}`,
  );

test('what Ana and Bob change, take back and react to in Discord follows on the other side', async () => {
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);

  const wrong = (await writes(ana, number, 'Serwer to 203.0.113.7')) ?? '';
  await bob.sees('203.0.113.7');
  await ana.edits(wrong, 'Serwer to 203.0.113.8');
  await bob.sees('203.0.113.8');
  await gone(bob, '203.0.113.7');

  const reply = (await bob.says('We look at it tomorow.')) ?? '';
  await ana.sees('tomorow');
  await seesMark(bob, 'tomorow', '✅');
  await bob.edits(reply, 'We look at it tomorrow.');
  await ana.sees('tomorrow');
  const shown = conversationOf(ana, number).messages.findLast(one => one.text.includes('tomorrow'));
  await ana.reacts(shown?.id ?? '', '🎉');
  await seesMark(bob, 'tomorrow', '🎉');
  await ana.reacts(shown?.id ?? '', '🎉', false);

  const oops = (await bob.says('This is for somebody else.')) ?? '';
  await ana.sees('somebody else');
  await bob.deletes(oops);
  await gone(ana, 'somebody else');
});

test('a log that Ana puts into the form is in the desk, and a file of Bob is in her thread', async () => {
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  await ana.says('/ticket open Log', world.discord.supportChannelId);
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ Opis: 'Log jest w pliku.' });
  await ana.attaches([{ name: 'mail.log', bytes: bytes('connect: timeout\n'.repeat(50)) }]);
  await ana.submits();
  await ana.sees(/Mamy Twoje zgłoszenie #2/, '#2');
  await goesToPost(bob, 2);
  await hasFile(bob, 'mail.log');
  await bob.says('Try this.', undefined, [
    { name: 'fixed.log', bytes: bytes('a line of a text\n'.repeat(9)) },
  ]);
  await hasFile(ana, 'fixed.log');
  expect(
    conversationOf(ana, 2)
      .messages.flatMap(one => one.files ?? [])
      .map(one => one.name),
  ).toContain('fixed.log');
});
