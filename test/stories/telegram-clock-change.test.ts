import { expect, test } from 'vitest';
import { inWorld, pressesOnce } from './steps.ts';

// The clocks went back on 25 October 2026 at 03:00 in Warsaw: 02:30 was there twice. On 29 March they go forward.
const world = inWorld({ at: '2026-10-25T09:00:00Z', pace: 8 });

test('an hour that was there twice is asked about, and either answer is taken', async () => {
  const ana = world.telegram.person('ana');
  await ana.says('/ticket');
  await pressesOnce(ana, 'Techniczny');
  await pressesOnce(ana, 'całkowita awaria');
  await ana.says('Sklep leży.');
  await ana.says('#123456');
  await ana.says('Sklep');
  await ana.sees('Kiedy się zaczęło?');
  await ana.says('02:30');
  const asked = await ana.sees('To można odczytać na dwa sposoby.');
  expect(asked).toMatch(/02:30 CEST czy .*02:30 CET/);
  await pressesOnce(ana, '02:30 CET');
  await ana.sees('Co już wiadomo?');
  await ana.says('ping nie odpowiada');
  await ana.sees(/Oto, co wyślemy\.[\s\S]*02:30 CET/);
  await pressesOnce(ana, 'Wyślij');
  await ana.sees('Mamy Twoje zgłoszenie #1');
  const [row] = await world.database.sql<{ began: string }[]>`select facts ->> 'began' as began from ticket`;
  expect(row?.began).toBe('2026-10-25T01:30:00.000Z');
});

test('an hour that is still to come, and a day that never was, are asked about too', async () => {
  const ben = world.telegram.person('ben');
  await ben.says('/ticket');
  await pressesOnce(ben, 'Technical');
  await pressesOnce(ben, 'complete outage');
  for (const text of ['The shop is down.', '#123456', 'Shop']) await ben.says(text);
  await ben.sees('When did it begin?');
  await ben.says('2026-10-25 23:00');
  await ben.sees('This time is still to come.');
  await ben.says('2026-09-31 10:00');
  await ben.sees('There is no such day or hour.');
  await ben.says('2026-10-25 00:30 UTC');
  await ben.sees('What have you checked so far?');
});
