import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../../../src/adapters/email/in/fold.ts';

test.each([
  ['Gmail', 'On Sun, Nov 22, 2026 at 12:00 PM Support <support@desk.example> wrote:\n\n> old'],
  [
    'Gmail, broken in two',
    'On Sun, Nov 22, 2026 at 12:00 PM Support\n<support@desk.example> wrote:\n\n> old',
  ],
  ['Gmail in Polish', 'niedz., 22 lis 2026 o 12:00 Support <support@desk.example> napisał(a):\n\n> old'],
  ['Thunderbird in Polish', 'W dniu 22.11.2026 o 12:00, Support pisze:\n> old'],
  [
    'Apple Mail in Polish',
    'Wiadomość napisana przez Support <support@desk.example> w dniu 22.11.2026:\n\n> old',
  ],
  [
    'Outlook',
    '________________________________\nFrom: Support <support@desk.example>\nSent: Sunday, November 22, 2026 12:00\nTo: Ana\nSubject: Re: x\n\nold',
  ],
  [
    'Outlook in Polish',
    'Od: Support <support@desk.example>\nWysłano: niedziela, 22 listopada 2026 12:00\nDo: Ana\nTemat: Re: x\n\nold',
  ],
  ['Outlook of old', '-----Original Message-----\nFrom: Support\nold'],
  ['German', 'Am 22.11.2026 um 12:00 schrieb Support:\n> old'],
  ['French', 'Le dim. 22 nov. 2026 à 12:00, Support <support@desk.example> a écrit :\n> old'],
  ['Spanish', 'El dom, 22 nov 2026 a las 12:00, Support (<support@desk.example>) escribió:\n> old'],
  ['only quotes', '> one\n> old'],
  ['a signature', '-- \nAna Nowak\nold'],
  ['a telephone', 'Sent from my iPhone'],
  ['a telephone in Polish', 'Wysłane z iPhone’a'],
])('%s: the new words are seen, the rest is folded', (_, below) => {
  const { text, folded } = fold(`It is down.\n\nPlease help.\n\n${below}`);
  expect(text).toBe('It is down.\n\nPlease help.');
  expect(folded).toContain(below.slice(0, 10).trim().split('\n')[0]);
});

test.each([
  ['what is passed on', 'See below.\n\n---------- Forwarded message ---------\nFrom: x\n> quoted\nwords'],
  ['an answer below each quote', '> is it down?\nyes\n> since when?\nmonday'],
  ['a rule in a log', `first\n-- \n${'line\n'.repeat(60)}`],
  ['nothing but a quote', '> old words'],
])('%s stays whole', (_, mail) => {
  expect(fold(mail)).toEqual({ text: mail.trim(), folded: '' });
});

test('nothing is ever lost, and it takes no time', () => {
  const words = fc.constantFrom(
    'On',
    'wrote:',
    '>',
    '> ',
    '\n',
    ' ',
    '-- ',
    'From:',
    'Sent:',
    'W dniu',
    'pisze:',
    'a',
    ':',
    '-----',
    '<x@y.z>',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 400 }), list => {
      const mail = list.join('');
      const { text, folded } = fold(mail);
      const letters = (one: string): string => one.replace(/\s+/g, '');
      return letters(text) + letters(folded) === letters(mail);
    }),
    { numRuns: 200 },
  );
  const began = performance.now();
  for (const hard of [
    'On '.repeat(20_000),
    `${' '.repeat(50_000)}:`,
    '>'.repeat(59_000),
    'From: x\n'.repeat(7000),
    '\n'.repeat(59_000),
  ])
    fold(hard);
  expect(performance.now() - began).toBeLessThan(5000);
});
