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
  test('into pieces that fit and say the same', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 64, max: 120 }), (source, limit) => {
        const pieces = splitMarkdown(source, limit);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit);
        expect(pieces.map(seen).join('')).toBe(seen(source));
      }),
      { numRuns: 400 },
    );
  });

  test('and written back, any text reads as the same content', () => {
    fc.assert(
      fc.property(markdown, source => {
        const again = toSource(parseMarkdown(source).children);
        expect(plain(again).replace(/\s+/gu, ' ')).toBe(plain(source).replace(/\s+/gu, ' '));
      }),
      { numRuns: 1000 },
    );
  });
});
