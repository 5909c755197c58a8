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
});

/** `text` again and again, up to so many UTF-16 units. */
const fill = (length: number, text: (index: number) => string): string => {
  let out = '';
  for (let index = 0; out.length < length; index++) out += text(index);
  return out.slice(0, length);
};

/** As the platforms count: what is seen, and something for each line. */
const measure = (text: string): number => plain(text).length + 4 * (text.match(/\n/g)?.length ?? 0);

describe('a hostile text is cut in a moment', () => {
  test.each<[string, (index: number) => string]>([
    ['a list', index => `- item ${index}\n`],
    ['a list of letters', () => '- a\n'],
    ['a list with spaces between', index => `- item ${index}\n\n`],
    ['a list in a list', index => `${'  '.repeat(index % 12)}- item ${index}\n`],
    ['short lines', index => `l${index}\n`],
    ['short paragraphs', () => 'a\n\n'],
    ['stars', () => '*a*\n\n'],
    ['stars in one paragraph', () => '*a* **b** '],
    ['quotes', () => '> q\n\n'],
    ['quotes in quotes', index => `${'> '.repeat(1 + (index % 20))}q\n`],
    ['a paragraph', index => `word${index} and some `],
    ['a word', () => 'x'],
    ['marks that must be escaped', () => '\\*'],
    ['spaces', index => (index === 0 ? 'a' : index === 19_999 ? 'b' : ' ')],
    ['blocks of code', index => `\`\`\`\ncode ${index}\n\`\`\`\n`],
    ['an open block of code', index => (index === 0 ? '```js\n' : 'a\n')],
    ['headings', index => `# h ${index}\n`],
    ['carriage returns', () => '- a\r'],
    ['a log', () => 'Nov 22 14:30:01 host sshd[812]: error_code=*17* <x>\n'],
  ])('%s', { timeout: 60_000 }, (_, part) => {
    const source = fill(60_000, part);
    const before = process.threadCpuUsage();
    const pieces = splitMarkdown(source, 1800, measure);
    // 0.05 to 0.2 s when nothing else runs; reading it again for each piece took 3 to 40 s.
    expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(1.5);
    expect(Math.max(...pieces.map(measure))).toBeLessThanOrEqual(1800);
    expect(pieces.length).toBeLessThan(130);
    const letters = (text: string) => text.replace(/[^a-zA-Z]+/g, '');
    expect(letters(pieces.map(plain).join(''))).toBe(letters(source.replace('```js', '')));
  });

  test('what is beyond the markup that is read is shown as typed', () => {
    const pieces = splitMarkdown(
      fill(20_000, index => `- **item ${index}**\n`),
      1800,
      measure,
    );
    expect(plain(pieces[0] ?? '')).toContain('• item 1\n');
    expect(plain(pieces.at(-1) ?? '')).toMatch(/^- \*\*item \d{4}\*\*$/m);
  });

  test('a block of code goes on as one where it is too long to be read, and ends where it ended', () => {
    const lines = fill(20_000, index => `line${index}\n`);
    const pieces = splitMarkdown(`\`\`\`js\n${lines}\n\`\`\`\nafter`, 1800);
    for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/^```js\n[^`]+\n```$/);
    expect(pieces.at(-1)).toBe('after');
  });

  test('whatever is repeated, the pieces fit and no letter is lost', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(markdown, source => {
        const long = fill(12_000, index => `${source}w${'abcdefghij'[index % 10]}`);
        const pieces = splitMarkdown(long, 900, measure);
        for (const piece of pieces) expect(measure(piece)).toBeLessThanOrEqual(900);
        const said = pieces.map(plain).join('').replace(/\s/gu, '');
        const words = (text: string) => text.match(/w[a-j]/g)?.length;
        expect(words(said)).toBe(words(plain(long).replace(/\s/gu, '')));
      }),
      { numRuns: 20 },
    );
  });
});
