import type { types } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Part, type Run, readRichText } from '../../../src/adapters/slack/dialect.ts';
import { toMarkdown } from '../../../src/adapters/slack/markdown.ts';
import { plainMrkdwn, readMrkdwn } from '../../../src/adapters/slack/mrkdwn.ts';
import { fallback, measure, richText } from '../../../src/adapters/slack/render.ts';
import { literal, parseMarkdown } from '../../../src/core/index.ts';

const names: Record<string, string> = { U1ANA: 'Ana', U2EVE: '@everyone <!channel> *x*' };
const nameOf = (id: string): string | undefined => names[id];

/** Every text a reader sees, in order. */
function seen(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(seen).join('');
  if (typeof value !== 'object' || value === null) return '';
  const node = value as Record<string, unknown>;
  if (node.type === 'break') return '\n';
  if (typeof node.value === 'string') return node.value;
  return seen(
    node.children ?? node.elements ?? (node.type === 'link' ? (node.text ?? node.url) : node.text) ?? '',
  );
}

function kinds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(kinds);
  if (typeof value !== 'object' || value === null) return [];
  return [(value as { type?: string }).type ?? '', ...Object.values(value).flatMap(kinds)];
}

/** Pieces that mean something in some dialect, between ordinary ones. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '_',
        '~',
        '`',
        '```',
        '\n',
        '\n\n',
        ' ',
        '<',
        '>',
        '&',
        '@everyone',
        '<!channel>',
        '<@U1ANA>',
      ),
      fc.constantFrom(
        '1. ',
        '- ',
        '# ',
        '> ',
        '[a](b)',
        '![x](y)',
        '\\',
        '|',
        'https://a.example/_x_*',
        ':smile:',
        '💥',
        'ż',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 25 },
  )
  .map(parts => parts.join(''));

describe('CommonMark to rich_text', () => {
  it('shows headings, marks, code, quotes, lists and links as Slack has them', () => {
    const source =
      '# Hi\n\n**b** _i_ `c` [t](https://x.example)\n\n```\ncode\n```\n\n> q\n\n3. one\n   - two\n4. three';
    expect(richText(source).elements).toEqual([
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Hi', style: { bold: true } },
          { type: 'text', text: '\n\n' },
          { type: 'text', text: 'b', style: { bold: true } },
          { type: 'text', text: ' ' },
          { type: 'text', text: 'i', style: { italic: true } },
          { type: 'text', text: ' ' },
          { type: 'text', text: 'c', style: { code: true } },
          { type: 'text', text: ' ' },
          { type: 'link', url: 'https://x.example', text: 't' },
        ],
      },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'q' }] },
      { type: 'rich_text_list', style: 'ordered', indent: 0, offset: 2, elements: [section('one')] },
      { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [section('two')] },
      { type: 'rich_text_list', style: 'ordered', indent: 0, offset: 3, elements: [section('three')] },
    ]);
  });

  it('makes links of bare addresses, and of http, https and mailto only', () => {
    const elements = richText('see https://a.example/x. and [me](javascript:alert(1))').elements;
    expect(seen(elements)).toBe('see https://a.example/x. and me (javascript:alert(1))');
    expect(JSON.stringify(elements).match(/"url":"[^"]+"/g)).toEqual(['"url":"https://a.example/x"']);
  });

  it('never mentions anybody, never throws, never leaves an element empty', () => {
    fc.assert(
      fc.property(nasty, source => {
        const block = richText(source);
        for (const kind of kinds(block))
          expect(kind).toMatch(/^(rich_text|rich_text_(section|list|quote|preformatted)|text|link|)$/);
        expect(block.elements.length).toBeGreaterThan(0);
        expect(JSON.stringify(block)).not.toMatch(/"text":""|"elements":\[\]/);
        expect(fallback(source)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        expect(fallback(source).length).toBeLessThanOrEqual(3000);
        expect(measure(source)).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('shows literal text as it is', () => {
    fc.assert(
      fc.property(nasty, text => {
        const shown = seen(richText(literal(text)).elements);
        expect(words(shown)).toBe(words(text.toWellFormed().replaceAll('\0', '\uFFFD')));
      }),
      { numRuns: 500 },
    );
  });

  it('measures one-letter pieces by what their containers cost', () => {
    const many = '*a* b '.repeat(200);
    expect(JSON.stringify(richText(many)).length).toBeLessThan(measure(many) * 4);
    expect(measure('a'.repeat(3700))).toBeLessThan(3800);
  });
});

const section = (text: string): types.RichTextSection => ({
  type: 'rich_text_section',
  elements: [{ type: 'text', text }],
});

/** Line ends and edges do not count where only words are compared. */
const words = (text: string): string => text.replace(/\s+/g, '');

describe('rich_text to CommonMark', () => {
  const run: fc.Arbitrary<Run> = fc.record(
    { text: nasty, bold: fc.boolean(), italic: fc.boolean(), code: fc.boolean() },
    { requiredKeys: ['text'] },
  );

  it('keeps every word of every run, whatever the style', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), runs => {
        const source = toMarkdown([{ kind: 'text', runs }]);
        const text = runs.map(each => each.text).join('');
        expect(words(seen(parseMarkdown(source)))).toBe(
          words(text.toWellFormed().replaceAll('\0', '\uFFFD')),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, Part[], string]>([
    [
      'styles',
      [{ kind: 'text', runs: [{ text: 'a ' }, { text: 'b ', bold: true }, { text: 'c', italic: true }] }],
      'a **b** *c*',
    ],
    ['both at once', [{ kind: 'text', runs: [{ text: 'x', bold: true, italic: true }] }], '***x***'],
    [
      'a style inside a word',
      [{ kind: 'text', runs: [{ text: 'un' }, { text: 'believ', bold: true }, { text: 'able' }] }],
      'un**believ**able',
    ],
    ['code with ticks', [{ kind: 'text', runs: [{ text: 'a`b', code: true }] }], '``a`b``'],
    ['line ends', [{ kind: 'text', runs: [{ text: 'a\nb\n\nc' }] }], 'a\\\nb\n\nc'],
    ['typed markup', [{ kind: 'text', runs: [{ text: '*a* # b' }] }], '\\*a\\* \\# b'],
    ['a quote', [{ kind: 'quote', runs: [{ text: 'a\nb' }] }], '> a\\\n> b'],
    ['code', [{ kind: 'code', text: 'x ``` y' }], '````\nx ``` y\n````'],
    [
      'a link',
      [{ kind: 'text', runs: [{ text: 'site', url: 'https://a.example/?a=1&b' }] }],
      '[site](<https://a.example/?a=1\\&b>)',
    ],
    [
      'a bare link',
      [{ kind: 'text', runs: [{ text: 'https://a.example/_x_', url: 'https://a.example/_x_' }] }],
      '<https://a.example/_x_>',
    ],
    [
      'a link that is none',
      [{ kind: 'text', runs: [{ text: 'x', url: 'javascript:1' }] }],
      'x (javascript:1)',
    ],
  ])('writes %s', (_, parts, expected) => {
    expect(toMarkdown(parts)).toBe(expected);
  });
});

describe('rich_text pieces', () => {
  it('nests lists by their indent and keeps their numbers', () => {
    const list = (ordered: boolean, indent: number, start: number, ...items: string[]): Part => ({
      kind: 'list',
      ordered,
      indent,
      start,
      items: items.map(text => [{ text }]),
    });
    const source = toMarkdown([
      list(true, 0, 1, 'a'),
      list(false, 1, 1, 'b', 'c'),
      list(true, 0, 2, 'd'),
      list(false, 0, 1, 'e'),
    ]);
    expect(source).toBe('1. a\n   - b\n   - c\n2. d\n\n- e');
    const [first, second] = parseMarkdown(source).children;
    expect(first).toMatchObject({ type: 'list', ordered: true, children: [{}, {}] });
    expect(second).toMatchObject({ type: 'list', ordered: false });
  });

  it('turns mentions, emoji and the rest into words', () => {
    const elements = [
      { type: 'user', user_id: 'U1ANA' },
      { type: 'text', text: ' ' },
      { type: 'user', user_id: 'U9' },
      { type: 'text', text: ' ' },
      { type: 'broadcast', range: 'everyone' },
      { type: 'text', text: ' ' },
      { type: 'emoji', name: 'wave', unicode: '1f44b' },
      { type: 'emoji', name: 'party-parrot' },
      { type: 'channel', channel_id: 'C1' },
      { type: 'something-new', fallback: '!' },
    ];
    const parts = readRichText(
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }],
      nameOf,
    );
    expect(seen(parseMarkdown(toMarkdown(parts ?? [])))).toBe(
      '@Ana @someone @everyone 👋:party-parrot:#channel!',
    );
  });

  it('leaves blocks that are not of the composer to the text', () => {
    expect(readRichText([{ type: 'section', text: {} }], nameOf)).toBeUndefined();
    expect(readRichText(undefined, nameOf)).toBeUndefined();
    expect(readRichText([{ type: 'rich_text', elements: 'x' }], nameOf)).toBeUndefined();
  });

  it('survives the round trip through our own rendering', () => {
    fc.assert(
      fc.property(nasty, source => {
        const there = richText(source);
        const back = toMarkdown(readRichText([there], nameOf) ?? []);
        expect(words(seen(richText(back).elements))).toBe(words(seen(there.elements)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('mrkdwn to CommonMark', () => {
  const read = (source: string): string => toMarkdown(readMrkdwn(source, nameOf));

  it.each([
    ['*b* _i_ ~s~ `c`', '**b** *i* s `c`'],
    ['*_both_*', '***both***'],
    ['2*3*4 snake_case_name', '2\\*3\\*4 snake\\_case\\_name'],
    ['a &amp; b &lt;c&gt; &amp;lt;', 'a \\& b \\<c\\> \\&lt;'],
    ['<@U1ANA> <@U9|eve> <@U9> <!here> <!subteam^S1|@ops>', '@Ana @eve @someone @here @ops'],
    ['<#C1|general> <#C1>', '\\#general \\#channel'],
    [
      '<https://a.example/x|the page> <https://a.example>',
      '[the page](<https://a.example/x>) <https://a.example>',
    ],
    ['<!date^1^{date}|yesterday>', 'yesterday'],
    ['before\n```\nx &lt; *y*\n```\nafter', 'before\n\n```\nx < *y*\n```\n\nafter'],
    ['&gt; quoted\n&gt; more\nsaid', '> quoted\\\n> more\n\nsaid'],
    ['# not a heading\n- nor a list', '\\# not a heading\\\n\\- nor a list'],
  ])('%s', (source, expected) => {
    expect(read(source)).toBe(expected);
  });

  it('never throws and keeps no token', () => {
    fc.assert(
      fc.property(nasty, source => void parseMarkdown(read(source))),
      { numRuns: 500 },
    );
  });

  it.each(['*', '_a', '<', '`', '*a _b ', '> ', '```', '&lt;', '~ ~x'])(
    'long nonsense of %s ends: work that goes by the square of so many signs would not',
    piece => {
      expect(read(piece.repeat(400_000 / piece.length))).toBeTypeOf('string');
    },
  );

  it('is plain where only words are wanted', () => {
    expect(plainMrkdwn('printer &amp; <@U1ANA> <https://a.example|a> *x*', nameOf)).toBe(
      'printer & @Ana a (https://a.example) *x*',
    );
  });
});
