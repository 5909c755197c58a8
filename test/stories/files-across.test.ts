import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { allQuiet, goesToPost, inWorld, opensInChat, textsOf } from './steps.ts';

const world = inWorld({ pace: 8 });
const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082',
  'hex',
);
const elf = Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(200)]);

/** The files a person sees, by name, with what is in them. */
async function filesSeen(person: Person): Promise<Map<string, Buffer>> {
  const files = person.screen().places.flatMap(({ messages }) => messages.flatMap(one => one.files ?? []));
  const read = files.map(async ({ name, url }) => {
    const answer = await fetch(url);
    return [name, Buffer.from(await answer.arrayBuffer())] as const;
  });
  return new Map(await Promise.all(read));
}

const sees = (person: Person, name: string) =>
  person.watches(
    ({ places }) =>
      places.some(({ messages }) => messages.some(one => (one.files ?? []).some(file => file.name === name))),
    `the file ${name}`,
  );

test('a picture and a log from Telegram are in Discord as they were, and one from Discord is in Telegram', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensInChat(ana, { description: 'Poczta nie działa.' });
  await goesToPost(bob, number);
  const log = Buffer.from('connect: timeout\n'.repeat(5000));
  await ana.says('Tu jest log.', undefined, [{ name: 'mail.log', bytes: log }]);
  await sees(bob, 'mail.log');
  expect((await filesSeen(bob)).get('mail.log')?.equals(log)).toBe(true);
  await bob.says('Please compare.', undefined, [{ name: 'right.PNG', bytes: png }]);
  await ana.sees('Please compare.');
  await ana.watches(
    () => textsOf(ana).join().includes('right.png') || textsOf(ana).join().includes('photo'),
    'the picture',
  );
});

test('a program that is called a picture reaches nobody; Ana is told in Polish, Bob in English', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  await ana.says('Zobaczcie', undefined, [{ name: 'urlop.txt', bytes: elf }]);
  await ana.sees('Nie udało się przekazać: “urlop.txt” – nie przyjmujemy plików tego typu.');
  await bob.sees('“urlop.txt” could not be passed on: this type of file is not accepted.');
  expect([...(await filesSeen(bob)).keys()]).not.toContain('urlop.txt');
});

test('what Discord cannot carry is a link there, which gives the file to be saved', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  const large = Buffer.alloc(12 * 1024 * 1024, 'a line of a very long log\n');
  await ana.says('Cały log', undefined, [{ name: 'all.log', bytes: large }]);
  await bob.sees('Files to download');
  await allQuiet(world);
  const html = bob
    .screen()
    .places.flatMap(({ messages }) => messages.map(one => JSON.stringify(one)))
    .join();
  const url = /http:\/\/127\.0\.0\.1:\d+\/files\/[\w.-]+/.exec(html)?.[0] ?? '';
  const answer = await fetch(url);
  expect(answer.headers.get('content-disposition')).toContain('attachment; filename="all.log"');
  expect(Buffer.from(await answer.arrayBuffer()).equals(large)).toBe(true);
});
