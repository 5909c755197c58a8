import { describe, expect, test } from 'vitest';
import type { FileView, Person } from '../../src/simulator/model.ts';
import { sizeOfPng } from '../charts/kit.ts';
import { allQuiet, goesToPost, inWorld, opensByForm, seesMark } from './steps.ts';

const world = inWorld({
  at: '2026-11-22T12:00:00Z',
  pace: 4,
  slackDesk: true,
  telegramDesk: true,
  reports: true,
  telegram: {
    people: [
      { name: 'ana', locale: 'pl', lastName: 'Nowak' },
      { name: 'tom', locale: 'pl', role: 'staff' },
    ],
  },
});
const HOUR_MS = 3_600_000;
const bob = () => world.discord.person('bob');
const tom = () => world.telegram.person('tom');

/** The pictures that somebody sees in a place, once there are as many. */
async function pictures(person: Person, where: RegExp, count: number): Promise<FileView[]> {
  const seen = () =>
    person
      .screen()
      .places.filter(({ title, messages }) => where.test(title) || where.test(messages[0]?.text ?? ''))
      .flatMap(({ messages }) => messages.flatMap(({ files = [] }) => files))
      .filter(({ name }) => name.endsWith('.png') || person.platform === 'telegram');
  await person.watches(
    () => new Set(seen().map(({ url }) => url)).size >= count,
    `${count} pictures`,
    20_000,
  );
  return [...new Map(seen().map(file => [file.url, file])).values()];
}

/** What the platform serves is a picture, wide enough for a phone. */
async function looksAt({ url }: FileView): Promise<void> {
  const answer = await fetch(url);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(sizeOfPng(new Uint8Array(await answer.arrayBuffer())).width).toBe(1080);
}

describe('the week that ended is told on Monday', () => {
  test('at every desk, with pictures and with words', async () => {
    const number = await opensByForm(world.slack.person('ben'));
    await goesToPost(bob(), number);
    world.forward(6 * 60_000);
    await bob().says('We are on it.');
    await seesMark(bob(), 'We are on it.', '✅');
    await allQuiet(world);
    const left = Date.parse('2026-11-23T07:00:01Z') - world.now().getTime();
    world.forward(left);

    await bob().sees(/^Week 47\/2026/, 'Week 47/2026');
    await bob().sees('Opened: 1 (critical: 0)', 'Week 47/2026');
    const shown = await pictures(bob(), /^Week 47\/2026/, 3);
    for (const picture of shown) await looksAt(picture);
    expect(shown.map(({ alt }) => alt?.split('\n')[0])).toEqual([
      'First reply',
      'Promises kept',
      'Busiest hours',
    ]);
    await bob().sees(new RegExp(`Longest waits[\\s\\S]*#${number}: \\d+ mins`), 'Week 47/2026');

    const cleo = world.slack.person('cleo');
    await cleo.sees('Week 47/2026');
    const inThread = await pictures(cleo, /Week 47\/2026/, 3);
    expect(inThread.every(({ alt = '' }) => alt !== '')).toBe(true);
    for (const picture of inThread) await looksAt(picture);

    const inTopic = await pictures(tom(), /^Week 47\/2026/, 3);
    for (const picture of inTopic) await looksAt(picture);
    await tom().sees('Busiest hours', 'Week 47/2026');
  }, 40_000);

  test('once, also when the desk starts again', async () => {
    await allQuiet(world);
    await world.restart();
    world.forward(HOUR_MS);
    const weeks = () =>
      bob()
        .screen()
        .places.filter(({ title }) => title.startsWith('Week ')).length;
    const number = await opensByForm(world.slack.person('ben'), {
      subject: 'After the restart',
      description: 'Is anybody there?',
    });
    await goesToPost(bob(), number);
    expect(weeks()).toBe(1);
  });

  test('and what people say below it goes to no customer', async () => {
    const post = bob()
      .screen()
      .places.find(({ title }) => title.startsWith('Week 47'));
    await bob().says('A good week, well done all of you!', post?.id ?? '');
    await allQuiet(world);
    expect(JSON.stringify(world.slack.requests)).not.toContain('well done all of you');
  });
});

describe('staff ask for numbers', () => {
  test('the board comes in words at once, and as a picture to their own chat', async () => {
    await bob().goes('#general');
    await bob().says('/desk board');
    await bob().sees(/The board[\s\S]*Support engineers: open \d+ – /);
    const [board] = await pictures(bob(), /^The board/, 1);
    if (board === undefined) throw new Error('there is no picture');
    await looksAt(board);
    expect(board.alt).toContain('Promises missed today');
  });

  test('a week comes by its number, and what is no week is refused kindly', async () => {
    await bob().says('/desk report week:47');
    await bob().sees(/Week 47\/2026 · 16–22 November 2026[\s\S]*First reply/);
    await bob().says('/desk report week:99');
    await bob().sees('“99” is no week that has begun.');
    const cleo = world.slack.person('cleo');
    await cleo.says('/desk report 47', '#support-desk');
    await cleo.sees(/Week 47\/2026[\s\S]*The pictures come to your chat with me/);
    await pictures(cleo, /^First reply/, 3);
  });

  test('who speaks Polish reads Polish, wherever the desk is', async () => {
    await tom().goes('Week 47');
    await tom().says('/desk report 47');
    await tom().sees(/Tydzień 47\/2026 · 16–22 listopada 2026[\s\S]*Najdłuższe oczekiwanie/);
    await tom().says('/desk board');
    await tom().sees(/Tablica[\s\S]*Inżynierowie wsparcia: otwarte/);
  });

  test('customers are told no numbers', async () => {
    const ben = world.slack.person('ben');
    for (const words of ['/desk board', '/desk report']) {
      await ben.says(words, '#general');
      await ben.sees('Only support staff can do this.');
    }
    expect(JSON.stringify(ben.screen())).not.toContain('Promises');
  });
});
