import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMarkdown, plain, splitMarkdown } from '../../../src/core/text/index.ts';
import { toSource } from '../../../src/core/text/source.ts';

/** What a reader sees, without what a cut may change: spaces, breaks, and the bullets before items. */
const seen = (source: string) => plain(source).replace(/[\s•◦]+/gu, '');

const bits = fc.constantFrom(
  ...[
    'a',
    'word',
    'ż',
    '.',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '*',
    '**',
    '_',
    '__',
    '`',
    '``',
    '```\n',
    '```js\n',
    '~~~\n',
  ],
  ...[
    '> ',
    '- ',
    '1. ',
    '12) ',
    '# ',
    '---\n',
    '\\',
    '\\\n',
    '&#10;',
    '&#32;',
    '&amp;',
    '<b>',
    '<https://a.b>',
    '!',
  ],
  ...[
    '[x](https://a.b/c)',
    '![i](https://i.j)',
    '[',
    '](',
    ')',
    '👩‍👩‍👧',
    'e\u0301',
    '\t',
    '    ',
    '5.',
    '+ ',
    '=',
    '|',
  ],
);
const markdown = fc.array(bits, { maxLength: 60 }).map(parts => parts.join(''));

describe('a long text is cut', () => {
  test('into pieces that fit and say the same', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 64, max: 120 }), (source, limit) => {
        const pieces = splitMarkdown(source, limit);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit);
        expect(pieces.map(seen).join('')).toBe(seen(source));
      }),
      { numRuns: 400 },
    );
  });

  test('and written back, any text reads as the same content', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(markdown, source => {
        const again = toSource(parseMarkdown(source).children);
        expect(plain(again).replace(/\s+/gu, ' ')).toBe(plain(source).replace(/\s+/gu, ' '));
      }),
      { numRuns: 1000 },
    );
  });
});
describe('marks beside letters and signs', () => {
  test.each([
    '**a.**&#98;c',
    '&#97;*b*',
    '*b*&#97;',
    '**a***b*',
    '*a **b***c',
    '&#97;**&#46;b**',
    '**&#32;a&#32;**b',
  ])('%s stays in its style when written back', source => {
    const styles = (text: string) =>
      JSON.stringify(parseMarkdown(text).children, ['type', 'value', 'children']);
    expect(styles(toSource(parseMarkdown(source).children))).toBe(styles(source));
  });
});

describe('where the cuts are', () => {
  test('a text that fits is left as it is', () => expect(splitMarkdown('*a*  b', 64)).toEqual(['*a*  b']));
  test('a text that shows nothing has no pieces', () => expect(splitMarkdown(' \n', 64)).toEqual([]));
  test('between paragraphs first', () => {
    const [a, b] = ['a'.repeat(40), 'b '.repeat(20).trim()];
    expect(splitMarkdown(`${a}\n\n${b}`, 64)).toEqual([a, b]);
  });
  test('then between lines, then between words', () => {
    expect(splitMarkdown(`${'a '.repeat(20)}\n${'b '.repeat(20)}`, 64)).toEqual([
      'a '.repeat(20).trim(),
      'b '.repeat(20).trim(),
    ]);
    expect(splitMarkdown('word '.repeat(20), 64)).toEqual([
      'word '.repeat(13).trim(),
      'word '.repeat(7).trim(),
    ]);
  });
  test('a word that is too long is cut between graphemes', () => {
    const family = '👨\u200D👩\u200D👧';
    for (const piece of splitMarkdown(family.repeat(20), 64)) expect(piece.length % family.length).toBe(0);
  });
  test('a fence is closed and opened again with its language', () => {
    const lines = Array.from({ length: 10 }, (_, index) => `const line${index} = 'value';`);
    const pieces = splitMarkdown(`\`\`\`js\n${lines.join('\n')}\n\`\`\``, 80);
    expect(pieces.length).toBeGreaterThan(3);
    for (const piece of pieces) expect(piece).toMatch(/^```js\n[^`]+\n```$/);
    expect(pieces.map(piece => piece.slice(6, -4)).join('\n')).toBe(lines.join('\n'));
  });
  test('bold text goes on bold, items keep their numbers', () => {
    for (const piece of splitMarkdown(`**${'bold '.repeat(30)}end**`, 64))
      expect(piece).toMatch(/^\*\*.+\*\*$/);
    const items = Array.from({ length: 9 }, (_, index) => `${index + 1}. item that is number ${index + 1}`);
    expect(splitMarkdown(items.join('\n'), 64).join('\n')).toBe(items.join('\n'));
  });
  test('what counts is the length when rendered', () => {
    const source = '*'.repeat(30).replaceAll('*', '\\*');
    expect(splitMarkdown(source.repeat(3), 100, text => plain(text).length)).toHaveLength(1);
  });
  test('a piece needs some room', () => expect(() => splitMarkdown('a', 10)).toThrow(RangeError));
  test('a long log is cut in a moment', { timeout: 60_000 }, () => {
    const log = 'Nov 22 14:30:01 host sshd[812]: error_code=*17* <x>\n'.repeat(800);
    const before = process.threadCpuUsage();
    const pieces = splitMarkdown(log, 2000, text => plain(text).length);
    expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(5);
    expect(pieces.map(seen).join('')).toBe(seen(log));
  });
});
