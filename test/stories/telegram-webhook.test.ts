import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, opensInChat, rowCounts } from './steps.ts';

const SECRET = 'only-telegram-knows_42';
const HEADER = 'x-telegram-bot-api-secret-token';
const world = inWorld({ telegramSecret: SECRET, pace: 8 });

const update = (id: number, text: string): string =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: Math.floor(world.now().getTime() / 1000),
      chat: { id: 4711, type: 'private', first_name: 'Mallory' },
      from: { id: 4711, is_bot: false, first_name: 'Mallory', language_code: 'en' },
      text,
    },
  });

test('by webhook a ticket goes from Telegram to the desk and back, also over a restart', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensInChat(ana, { description: 'Poczta nie działa.' });
  await goesToPost(bob, number);
  await world.restart();
  await bob.says('Już sprawdzamy.');
  await ana.sees('Już sprawdzamy.');
  await ana.says('Dziękuję!');
  await bob.sees('Dziękuję!');
});

test('an update that comes again is answered 200 and has one effect', async () => {
  await allQuiet(world);
  const before = await rowCounts(world);
  expect(await world.telegram.redeliverLast()).toBe(200);
  await allQuiet(world);
  expect(await rowCounts(world)).toEqual(before);
});

test('without the secret, or with another one, an update gets 401 and leaves no trace', async () => {
  const before = await rowCounts(world);
  const wrong: Record<string, string>[] = [
    {},
    { [HEADER]: '' },
    { [HEADER]: 'guess' },
    { [HEADER]: `${SECRET}x` },
  ];
  for (const headers of wrong)
    expect((await world.telegram.post(update(990_001, 'Let me in'), headers)).status).toBe(401);
  expect(await rowCounts(world)).toEqual(before);
});

test('what is no update is refused and not stored; what is too large gets 413', async () => {
  const before = await rowCounts(world);
  const headers = { [HEADER]: SECRET, 'content-type': 'application/json' };
  for (const body of ['', '{', 'null', '[]', '{"update_id":"x"}', '{"message":{}}'])
    expect([body, (await world.telegram.post(body, headers)).status]).toEqual([body, 400]);
  const url = `http://127.0.0.1:${world.port}/hooks/telegram`;
  const body = update(990_002, 'x'.repeat(1_100_000));
  expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(413);
  expect(await rowCounts(world)).toEqual(before);
});
