import { describe, expect, test } from 'vitest';
import { loadLocales, PhrasebookError, plain, raw } from '../../../src/core/text/index.ts';

const problems = (sources: Record<string, string>): readonly string[] => {
  try {
    loadLocales(sources);
  } catch (error) {
    if (error instanceof PhrasebookError) return error.problems;
    throw error;
  }
  return [];
};

describe('a phrase is said', () => {
  const book = loadLocales({
    en: 'hi = Hello **{ $name }**\nleft =\n    { $n ->\n        [one] { $n } ticket\n       *[other] { $n } tickets\n    }\n',
    pl: 'hi = Cześć **{ $name }**\nleft =\n    { $n ->\n        [one] { $n } zgłoszenie\n        [few] { $n } zgłoszenia\n       *[other] { $n } zgłoszeń\n    }\n',
  });

  test('with what people wrote shown literally, however it looks', () => {
    const said = book.say('en', 'hi', { name: '*x*\n# [y](https://z) { $n }' });
    expect(plain(said)).toBe('Hello *x*\n# [y](https://z) { $n }');
  });
  test('with our own markdown as it is', () =>
    expect(book.say('en', 'hi', { name: raw('_x_') })).toBe('Hello **_x_**'));
  test('with no invisible marks around what is put in', () =>
    expect(book.say('en', 'hi', { name: 'x' })).toBe('Hello **x**'));
  test('with the right plural, and numbers without grouping', () => {
    expect([1, 2, 12345].map(n => book.say('en', 'left', { n }))).toEqual([
      '1 ticket',
      '2 tickets',
      '12345 tickets',
    ]);
    expect([1, 2, 5, 22].map(n => book.say('pl', 'left', { n }))).toEqual([
      '1 zgłoszenie',
      '2 zgłoszenia',
      '5 zgłoszeń',
      '22 zgłoszenia',
    ]);
  });
  test.each([
    ['pl', 'pl'],
    ['pl-PL', 'pl'],
    ['PL_pl', 'pl'],
    ['en-GB', 'en'],
    ['de', 'en'],
    ['', 'en'],
    ['x'.repeat(1000), 'en'],
    [undefined, 'en'],
  ])('a person whose language is %j is spoken to in %s', (asked, given) =>
    expect(book.match(asked)).toBe(given),
  );
  test('a missing key or argument is our fault and is thrown', () => {
    expect(() => book.say('pl', 'nothing')).toThrow('pl.ftl: nothing: there is no such key');
    expect(() => book.say('pl', 'hi')).toThrow('pl.ftl: hi: Unknown variable: $name');
    expect(book.has('nothing')).toBe(false);
  });
});

describe('every fault of the locale files is told at once, with its file', () => {
  test.each([
    ['a key that is missing', { en: 'a = x\nb = y', pl: 'a = x' }, ['pl.ftl: b is missing']],
    ['a key too many', { en: 'a = x', pl: 'a = x\nb = y' }, ['pl.ftl: b is not in the default language']],
    ['a variable not used', { en: 'a = { $n }', pl: 'a = x' }, ['pl.ftl: a does not use $n']],
    ['a variable not given', { en: 'a = x', pl: 'a = { $n }' }, ['pl.ftl: a uses $n, which it is not given']],
    ['a broken phrase', { en: 'a = { $n' }, ['en.ftl:1: a cannot be read']],
    ['a key that is there twice', { en: 'a = x\na = y' }, ['en.ftl:2: a is there twice']],
    ['a stray line', { en: 'a = x\n!b' }, ['en.ftl:2: this line belongs to no key']],
    [
      'a reference to nothing',
      { en: 'a = { b } { -c }' },
      ['en.ftl: a refers to b, which is missing', 'en.ftl: a refers to -c, which is missing'],
    ],
    ['no default language', { pl: 'a = x' }, ['en.ftl: the default language is not there']],
  ])('%s', (_, sources, expected) => expect(problems(sources as Record<string, string>)).toEqual(expected));
});
