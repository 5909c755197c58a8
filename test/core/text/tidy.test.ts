import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, isBlank, oneLine, tidy } from '../../../src/core/text/index.ts';

describe('what people send is made honest', () => {
  test.each([
    ['line ends become newlines', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['control characters go, tab and newline stay', 'a\u0000b\u001b[31m\tc\nd\u007f\u009b', 'ab[31m\tc\nd'],
    ['bidi overrides and isolates go', 'invoice\u202Efdp.exe\u2066x\u2069', 'invoicefdp.exex'],
    ['marks that only order Hebrew and Arabic stay', 'א\u200F!', 'א\u200F!'],
    ['zero-width spaces go', 'a\u200Bb\u2060c\uFEFFd', 'abcd'],
    ['a joiner in Latin goes', 'pay\u200Dpal\u200C', 'paypal'],
    ['a non-joiner in Persian stays', 'می\u200Cخواهم', 'می\u200Cخواهم'],
    ['a joiner after a Devanagari virama stays', 'क्\u200Dष', 'क्\u200Dष'],
    ['families stay together', '👨\u200D👩\u200D👧', '👨\u200D👩\u200D👧'],
    ['so do hearts on fire', '❤\uFE0F\u200D🔥', '❤\uFE0F\u200D🔥'],
    ['and professions with a skin colour', '👩🏽\u200D💻', '👩🏽\u200D💻'],
    ['a flag keeps its tags', '🏴\u{E0067}\u{E0062}\u{E007F}', '🏴\u{E0067}\u{E0062}\u{E007F}'],
    ['hidden tag text goes', 'hi\u{E0041}\u{E0042}', 'hi'],
    ['of stacked variation selectors one stays', '❤\uFE0F\uFE0E\uFE01\u{E0101}', '❤\uFE0F'],
    ['composed form', 'e\u0301', 'é'],
    ['half a surrogate pair becomes a replacement character', 'a\uD800b', 'a\uFFFDb'],
    ['trimmed', ' \n a \t\n', 'a'],
  ])('%s', (_, input, expected) => expect(tidy(input)).toBe(expected));

  test('tidying twice changes nothing, and nothing throws', { timeout: 60_000 }, () => {
    const odd = fc.constantFrom(
      '\u200D',
      '\u200C',
      '\uFE0F',
      '\u202E',
      '👩',
      '❤',
      'ا',
      'a',
      ' ',
      '\n',
      '\uD800',
      '\u0301',
      '\r',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(odd).map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(texts, text => {
        expect(tidy(tidy(text))).toBe(tidy(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('100,000 joiners take no time to speak of', { timeout: 60_000 }, () => {
    const before = process.threadCpuUsage();
    for (const text of ['\u200D', '👩\u200D', '\uFE0F', '\u{E0041}', 'क\u093C', '\u0301'])
      tidy(text.repeat(50_000));
    expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(2);
  });
});

describe('a text with nothing to see is blank', () => {
  test.each([
    '',
    ' \n\t',
    '\u200B\u2060',
    '\u3164',
    '\u115F\u1160\uFFA0',
    '\u2800\u2800',
    '\uFE0F',
    '\u200E\u061C',
    '\u00AD',
    '\u0000',
  ])('%j', text => expect(isBlank(text)).toBe(true));
  test.each(['a', '.', '👍', '\u3164.', '0'])('%j is not', text => expect(isBlank(text)).toBe(false));
});

describe('a cut is between graphemes', () => {
  test.each([
    ['a text that fits stays', 'four', 4, 'four'],
    ['one that does not ends with an ellipsis', 'hello', 4, 'hel…'],
    ['a family is not split', 'ab👨\u200D👩\u200D👧cd', 6, 'ab…'],
    ['no space before the ellipsis', 'one two', 5, 'one…'],
    ['no room at all', 'abc', 0, ''],
  ])('%s', (_, text, max, expected) => expect(clip(text, max)).toBe(expected));

  test('bytes are counted when asked', () => expect(clip('żółw żółw', 10, 'bytes')).toBe('żółw…'));

  test('whatever the text, it fits and is well formed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(30),
        fc.constantFrom('utf16', 'bytes'),
        (text, max, unit) => {
          const cut = clip(text, max, unit);
          expect(unit === 'bytes' ? Buffer.byteLength(cut) : cut.length).toBeLessThanOrEqual(max);
          expect(cut.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  test('a title is one tidy line', () =>
    expect(oneLine('  Server\u200B \r\n\n is   down now ', 14)).toBe('Server is dow…'));
});
