import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../../src/adapters/telegram/marks.ts';
import { format, measure } from '../../../src/adapters/telegram/render.ts';

const shown = (markdown: string) => {
  const { text, entities } = format(markdown);
  return {
    text,
    marks: entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]),
  };
};

describe('CommonMark becomes text with entities', () => {
  it('shows what people write most', () => {
    expect(shown('We *saw* **#12**: `ping -c 3` and [status](https://status.example/a_b)')).toEqual({
      text: 'We saw #12: ping -c 3 and status',
      marks: [
        ['italic', 'saw'],
        ['bold', '#12'],
        ['code', 'ping -c 3'],
        ['text_link', 'status'],
      ],
    });
  });

  it('counts in UTF-16 units', () => {
    expect(format('👩‍👩‍👧 **żółw** 🐢').entities).toEqual([{ type: 'bold', offset: 9, length: 4 }]);
    expect(measure('🐢 **a**')).toBe(4);
  });

  it('keeps blocks apart: headings, lists, quotes, code with its language', () => {
    const { text, entities } = format('# Head\n\n- one\n- two\n\n> said **so**\n\n```ts\nlet a = "*";\n```');
    expect(text).toBe('Head\n\n• one\n• two\n\nsaid so\n\nlet a = "*";');
    expect(entities).toEqual([
      { type: 'bold', offset: 0, length: 4 },
      { type: 'blockquote', offset: 19, length: 7 },
      { type: 'bold', offset: 24, length: 2 },
      { type: 'pre', language: 'ts', offset: 28, length: 12 },
    ]);
  });

  it('obeys the rules for nesting: no code in bold or in a link, no quote in a quote', () => {
    expect(shown('**a `b` c**').marks).toEqual([
      ['bold', 'a '],
      ['bold', ' c'],
      ['code', 'b'],
    ]);
    expect(shown('[`b`](https://a.example/)').marks).toEqual([['text_link', 'b']]);
    expect(shown('> a\n>\n> > b').marks).toEqual([['blockquote', 'a\n\nb']]);
    expect(shown('# a **b**').marks).toEqual([['bold', 'a b']]);
  });

  it('links to the web only, and shows every other address', () => {
    expect(shown('[mail](mailto:a@b.example)').text).toBe('mail (mailto:a@b.example)');
    expect(shown('[x](javascript:alert)').marks).toEqual([]);
    expect(shown('<https://a.example/>')).toEqual({ text: 'https://a.example/', marks: [] });
  });

  it('loses its own marks when a person writes them', () => {
    expect(format('a\uFDD00\uFDD1b\uFDD2 **c**')).toEqual({
      text: 'a0b c',
      entities: [{ type: 'bold', offset: 4, length: 1 }],
    });
  });
});

const piece = fc.constantFrom(
  ...['*', '**', '_', '`', '```\n', '> ', '- ', '1. ', '# ', '[a](https://b.example)', '\n', '\n\n', '\\'],
  ...[
    '@everyone',
    '<!channel>',
    '<b>',
    '/ticket',
    'słowo',
    '🐢',
    '👩‍👧',
    ' ',
    '\u202E',
    '\uFDD0',
    '\uFDD2',
    '|',
    '~~',
  ],
);
const soup = fc
  .array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 30 })
  .map(all => all.join(''));

describe('whatever it is given', () => {
  it('makes entities that Telegram accepts: within the text, not empty, code on its own', () => {
    fc.assert(
      fc.property(soup, source => {
        const { text, entities } = format(source);
        expect(text).not.toMatch(/[\uFDD0-\uFDD2]/);
        for (const { offset, length } of entities) {
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
        }
        const codes = entities.filter(({ type }) => type === 'code' || type === 'pre');
        const others = entities.filter(({ type }) => ['bold', 'italic', 'text_link'].includes(type));
        for (const code of codes)
          for (const other of others)
            expect(
              other.offset >= code.offset + code.length || code.offset >= other.offset + other.length,
            ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('shows literally what a person typed, mentions and marks too', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), typed => {
        const source = typed.join('').replace(/[\uFDD0-\uFDD2]/g, '');
        const bare = (text: string) => text.replace(/[\s\u202E]/g, '');
        expect(bare(format(toMarkdown(source)).text)).toBe(bare(source));
      }),
    );
  });
});

const types = ['bold', 'italic', 'code', 'pre', 'blockquote', 'text_link', 'underline', 'spoiler', 'mention'];

describe('Telegram’s entities become CommonMark', () => {
  const said = (text: string, ...entities: [type: string, offset: number, length: number, more?: object][]) =>
    toMarkdown(
      text,
      entities.map(([type, offset, length, more]) => ({ type, offset, length, ...more })),
    );

  it('keeps bold, italic, code and links, nested too', () => {
    expect(said('a bold b', ['bold', 2, 4])).toBe('a **bold** b');
    expect(said('one two', ['bold', 0, 7], ['italic', 4, 3])).toBe('**one *two***');
    expect(said('run `x`', ['code', 4, 3])).toBe('run `` `x` ``');
    expect(said('see docs', ['text_link', 4, 4, { url: 'https://a.example/(b)' }])).toBe(
      'see [docs](<https://a.example/(b)>)',
    );
    expect(said('🐢 x', ['bold', 3, 1])).toBe('🐢 **x**');
  });

  it('keeps code blocks with their language, and quotes', () => {
    expect(said('see:\nlet a;\nend', ['pre', 5, 6, { language: 'ts' }])).toBe(
      'see:\n\n```ts\nlet a;\n```\n\nend',
    );
    expect(said('a\n\nb\nc', ['blockquote', 0, 4])).toBe('> a\n> \n> b\n\nc');
    expect(said('```', ['pre', 0, 3, { language: 'a b`' }])).toBe('````\n```\n````');
  });

  it('leaves out what CommonMark cannot say, and formatting that would be misread', () => {
    expect(said('a_b @ana', ['underline', 0, 3], ['mention', 4, 4])).toBe('a\\_b @ana');
    expect(said('a"b"c', ['bold', 1, 3])).toBe('a"b"c');
    expect(said('bad', ['text_link', 0, 3, { url: 'tg://user?id=1' }])).toBe('bad');
  });

  it('moves spaces out of the marks, and never runs them over a line', () => {
    expect(said('a bold b', ['bold', 1, 6])).toBe('a **bold** b');
    expect(said('one\ntwo', ['bold', 0, 7])).toBe('**one**\\\n**two**');
  });

  it('has no bold in bold, nor a mark that the next line would change', () => {
    expect(said('a *\na', ['bold', 1, 2], ['bold', 0, 3])).toBe('**a \\***\\\na');
    expect(format(said('a *\na', ['bold', 0, 3])).text).toBe('a *\na');
  });

  it('never loses a character, whatever the entities are', () => {
    const units = fc.array(
      fc.constantFrom('a', 'B', 'ł', '🐢', '*', '_', '`', '#', '>', '-', ' ', '\n', '"', '\\'),
      {
        maxLength: 40,
      },
    );
    const spans = fc.array(
      fc.record({ type: fc.constantFrom(...types), from: fc.nat(40), size: fc.nat(40) }),
    );
    fc.assert(
      fc.property(units, spans, (typed, marks) => {
        const text = typed.join('');
        const at = (index: number) => typed.slice(0, index).join('').length;
        const entities = marks.map(({ type, from, size }) => {
          const offset = at(from);
          return { type, offset, length: at(from + size) - offset, url: 'https://a.example/' };
        });
        const bare = (value: string) => value.replace(/\s/g, '');
        expect(bare(format(toMarkdown(text, entities)).text)).toBe(bare(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws for entities that point anywhere', () => {
    const entity = fc.record({ type: fc.constantFrom(...types), offset: fc.nat(), length: fc.nat() });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(entity), (text, entities) => {
        expect(typeof toMarkdown(text, entities)).toBe('string');
      }),
    );
  });
});
