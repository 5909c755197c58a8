import { expect, test } from 'vitest';
import { goesToPost, inWorld, opensInChat, pressesOnce, textsOf } from './steps.ts';

const world = inWorld({
  pace: 8,
  telegramDesk: true,
  telegram: {
    people: [
      { name: 'ana', locale: 'pl' },
      { name: 'ben', locale: 'en' },
      { name: 'tom', locale: 'en', role: 'staff' },
    ],
  },
});
const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082',
  'hex',
);
const text = (name: string, content: string) => ({ name, bytes: Buffer.from(content) });

test('a photo at the description belongs to the request, its caption is the description', async () => {
  const ana = world.telegram.person('ana');
  const tom = world.telegram.person('tom');
  await ana.says('/ticket');
  await pressesOnce(ana, 'Techniczny');
  await pressesOnce(ana, 'Zwykły');
  await ana.sees('Prosimy opisać');
  await ana.says('Tak wygląda strona.', undefined, [{ name: 'strona.png', bytes: png }]);
  await ana.sees('Oto, co wyślemy.');
  await ana.says('', undefined, [text('trace.log', 'hop 1')]);
  await pressesOnce(ana, 'Wyślij');
  await ana.sees('Mamy Twoje zgłoszenie #1');
  await goesToPost(tom, 1);
  await tom.sees('Tak wygląda strona.');
  await tom.sees('photo-');
  await tom.sees('trace.log');
});

test('files cross in both directions in a ticket', async () => {
  const ben = world.telegram.person('ben');
  const tom = world.telegram.person('tom');
  const number = await opensInChat(ben);
  await goesToPost(tom, number);
  await ben.says('the log', undefined, [text('mail.log', 'bounced')]);
  await tom.sees('the log');
  await tom.sees('[document: mail.log]');
  await tom.says('please read this', undefined, [text('how-to.txt', 'step one')]);
  await ben.sees('please read this');
  await ben.sees('[document: how-to.txt]');
  await tom.says('// for us', undefined, [text('inside.txt', 'secret')]);
  await tom.says('done');
  await ben.sees('done');
  expect(textsOf(ben).join()).not.toMatch(/for us|inside/);
});
