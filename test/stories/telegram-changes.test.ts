import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { allQuiet, goesToPost, inWorld, opensInChat, seesMark, textsOf } from './steps.ts';

const world = inWorld({
  pace: 8,
  telegramDesk: true,
  telegram: {
    people: [
      { name: 'ben', locale: 'en' },
      { name: 'tom', locale: 'en', role: 'staff' },
    ],
  },
});
const never = (person: Person, text: string) =>
  person.watches(() => !textsOf(person).some(one => one.includes(text)), `"${text}" to be gone`);
const idOf = (person: Person, text: string): string =>
  person
    .screen()
    .places.flatMap(({ messages }) => messages)
    .findLast(one => one.text.includes(text))?.id ?? '';

test('edits, deletions and reactions follow wherever Telegram tells of them', async () => {
  const [ben, tom] = [world.telegram.person('ben'), world.telegram.person('tom')];
  const bob = world.discord.person('bob');
  const number = await opensInChat(ben);
  await goesToPost(bob, number);
  await goesToPost(tom, number);
  await allQuiet(world);

  const wrong = await ben.says('The server is 203.0.113.7');
  await tom.sees('203.0.113.7');
  await bob.sees('203.0.113.7');
  await ben.edits(wrong ?? '', 'The server is 203.0.113.8');
  await tom.sees('203.0.113.8');
  await bob.sees('203.0.113.8');
  await never(tom, '203.0.113.7');

  const reply = (await tom.says('We look at it tomorow.')) ?? '';
  await ben.sees('tomorow');
  await tom.edits(reply, 'We look at it tomorrow.');
  await ben.sees('tomorrow');
  await never(ben, 'tomorow');

  await ben.reacts(idOf(ben, 'tomorrow'), '🎉');
  await seesMark(tom, 'tomorrow', '🎉');
  await seesMark(bob, 'tomorrow', '🎉');
  await tom.reacts(idOf(tom, '203.0.113.8'), '👀');
  await seesMark(ben, '203.0.113.8', '👀');

  const oops = (await bob.says('This is for somebody else.')) ?? '';
  await ben.sees('somebody else');
  await tom.sees('somebody else');
  await bob.deletes(oops);
  await never(ben, 'somebody else');
  await never(tom, 'somebody else');
});

test('pictures that are sent together are one message for the staff', async () => {
  const [ben, tom] = [world.telegram.person('ben'), world.telegram.person('tom')];
  const shot = (name: string) => ({ name, bytes: Buffer.from('%PDF-1.4 1 0 obj') });
  await ben.says('all three', undefined, [shot('a.pdf'), shot('b.pdf'), shot('c.pdf')]);
  await tom.sees('all three');
  await tom.sees('c.pdf');
  await allQuiet(world);
  const [row] = await world.database.sql<{ messages: number; files: number }[]>`
    select count(distinct message_id)::int as messages, count(*)::int as files from file`;
  expect(row).toEqual({ messages: 1, files: 3 });
});
