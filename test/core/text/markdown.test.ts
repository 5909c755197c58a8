import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import {
  type Dialect,
  literal,
  literalInline,
  MAX_SOURCE,
  parseMarkdown,
  plain,
  render,
} from '../../../src/core/text/index.ts';

/** Never read: see `parse.ts`. */
const OFF = ['htmlFlow', 'htmlText', 'definition', 'setextUnderline'];

/** Seconds of this thread's own work, so that a busy machine does not matter. */
const seconds = (work: () => void): number => {
  const before = process.threadCpuUsage();
  work();
  return process.threadCpuUsage(before).user / 1e6;
};

const shape = (node: Nodes): string => {
  if ('children' in node) return `${node.type}(${node.children.map(shape).join(' ')})`;
  return 'value' in node ? `${node.type}:${node.value}` : node.type;
};
const kinds = (source: string) => shape(parseMarkdown(source));

/** A dialect that shows its own structure. */
const SHOWN: Dialect = {
  text: value => value.replace(/[@<]/g, '\\$&'),
  strong: content => `{b ${content}}`,
  emphasis: content => `{i ${content}}`,
  inlineCode: value => `{c ${value}}`,
  code: (value, language) => `{code ${language}|${value}}`,
  link: (content, url) => `{a ${content}|${url}}`,
  heading: (content, depth) => `{h${depth} ${content}}`,
  quote: content => content.replace(/^/gm, '| '),
  marker: ({ ordered, number }) => (ordered ? `${number}. ` : '- '),
  thematicBreak: () => '----',
};

describe('CommonMark is read so that nothing is hidden', () => {
  test.each([
    ['HTML is text', '<b>x</b> <!channel>', 'root(paragraph(text:<b>x</b> <!channel>))'],
    ['also where it would be a block', '<!-- note -->', 'root(paragraph(text:<!-- note -->))'],
    ['a definition is text', '[a]: https://x.y', 'root(paragraph(text:[a]: https://x.y))'],
    ['a line of dashes makes no heading', 'Regards\n--', 'root(paragraph(text:Regards\n--))'],
    ['no link in a link', '[<https://a.b>](https://c.d)', 'root(paragraph(link(text:https://a.b)))'],
    [
      'many dashes are a rule',
      '- - - - - - - - - - - - - - - - - - - - - - - - - - -',
      'root(thematicBreak)',
    ],
  ])('%s', (_, source, expected) => expect(kinds(source)).toBe(expected));

  test('any text at all can be read', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(parseMarkdown(text).type).toBe('root');
      }),
    );
  });

  const hostile = [
    '>',
    '[',
    '*',
    '*a_ ',
    '*a*',
    '[a](',
    '![',
    '- ',
    '> - ',
    '`a',
    '<a ',
    '1. ',
    '_a*b ',
    '**a **',
    '>\n',
    '\\',
    '&',
    '#',
    '> a\n\n',
    '> a\nb\n\n',
    '- a\nb\n',
    '- - a\n',
  ];
  test.each(hostile)('100,000 characters of %j are read in linear time', { timeout: 60_000 }, bit => {
    const source = bit.repeat(Math.ceil(100_000 / bit.length));
    expect(seconds(() => render(source, SHOWN))).toBeLessThan(5);
  });

  test('and so are paragraphs just below the limit of marks', { timeout: 60_000 }, () => {
    const source = `${'*a_ '.repeat(199)}\n\n`.repeat(125);
    expect(seconds(() => parseMarkdown(source))).toBeLessThan(5);
  });

  test('marks in a long block of code do not count', () => {
    const log = `\`\`\`\n${'[x] *y* _z_\n'.repeat(500)}\`\`\``;
    expect(kinds(`**bold**\n\n${log}`)).toMatch(/^root\(paragraph\(strong\(text:bold\)\) code:/);
  });

  test('a list that grows inwards line by line is bounded', () => {
    const steps = Array.from({ length: 200 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n');
    expect(kinds(steps).match(/list\(/g) ?? []).toHaveLength(0);
  });

  test('a long list of short lines stays readable: its markers are text', () => {
    expect(kinds('- a\n'.repeat(1000))).toMatch(/^root\(list\(/);
    expect(kinds('- a\n'.repeat(1001))).toMatch(/^root\(paragraph\(text:- a\n- a\n/);
  });

  test('what is beyond the limit is cut with an ellipsis', () => {
    const text = plain('a'.repeat(MAX_SOURCE + 1));
    expect(text).toHaveLength(MAX_SOURCE);
    expect(text.endsWith('…')).toBe(true);
  });
});

describe('untrusted text stays what it is', () => {
  const marks = fc.constantFrom(
    ...[
      '*',
      '_',
      '`',
      '```',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '#',
      '-',
      '+',
      '1.',
      '2)',
      '=',
      '~~',
      '|',
      '!',
      '\\',
      '&amp;',
    ],
    ...[
      ' ',
      '  ',
      '\t',
      '\n',
      '\n\n',
      '\n\n\n',
      '    ',
      'a',
      'https://a.b',
      '@everyone',
      '&#10;',
      '\u00a0',
      '👍',
    ],
  );
  const texts = fc.oneof(
    fc.array(marks, { maxLength: 20 }).map(parts => parts.join('')),
    fc.string({ unit: 'grapheme' }),
  );
  const shown = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');

  test('as blocks: the same characters, and not one mark among them', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(texts, text => {
        expect(plain(literal(text))).toBe(shown(text));
        expect(kinds(literal(text))).not.toMatch(
          /strong\(|emphasis\(|link\(|list\(|heading\(|quote\(|code:|inlineCode:|image/,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test.each([' ', '\t', '\n', ' \n', 'a '])('100,000 of %j are escaped in linear time', bit => {
    const text = `a${bit.repeat(100_000 / bit.length)}a`;
    expect(seconds(() => literal(text))).toBeLessThan(2);
    expect(seconds(() => literalInline(text))).toBeLessThan(2);
  });

  test('in a sentence: it never ends the sentence', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(texts, text => {
        expect(plain(`> **name:** ${literalInline(text)}.`)).toBe(`name: ${shown(text)}.`);
        expect(parseMarkdown(`# ${literalInline(text)}`).children).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a line of words is what the parser makes of it', { timeout: 60_000 }, () => {
  const bits = fc.constantFrom(
    ...'aZżé7 .,:;!?-+=#>()~|"@/\u00a0\u2028\ufeff👍',
    '  ',
    '1.',
    'http://a.b',
    '*',
    '&',
    '\n',
    '\t',
  );
  const lines = fc.oneof(
    fc.array(bits, { maxLength: 12 }).map(parts => parts.join('')),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(lines, line => {
      const text = `a${line}`;
      expect(parseMarkdown(text)).toEqual(fromMarkdown(text, { extensions: [{ disable: { null: OFF } }] }));
    }),
    { numRuns: 3000 },
  );
});

describe('a dialect is only a table', () => {
  test.each([
    ['inline', '**a _b_** `c` [d](https://e.f) x', '{b a {i b}} {c c} {a d|https://e.f} x'],
    ['text is escaped, code is handed over', '@a `@b`', '\\@a {c @b}'],
    ['blocks', '# A\n\nb\n\n---\n\n```js\nc\n```', '{h1 A}\n\nb\n\n----\n\n{code js|c}'],
    ['breaks', 'a\\\nb\nc', 'a\nb\nc'],
    ['numbers stay', '3. a\n4. b', '3. a\n4. b'],
    ['lists nest', '1. a\n   - b\n   - c\n2. d', '1. a\n   - b\n   - c\n2. d'],
    ['further lines of an item stand under its text', '- a\n  b\n\n  c', '- a\n  b\n\n  c'],
    ['quotes', '> a\n> - b', '| a\n| \n| - b'],
    ['an image becomes a link', '![cat](https://c.at)', '{a cat|https://c.at}'],
    ['an address that could run something is text', '[x](javascript:alert(1))', 'x (javascript:alert(1))'],
    ['so is one of data', '![x](data:text/html,<b>)', 'x (data:text/html,\\<b>)'],
  ])('%s', (_, source, expected) => expect(render(source, SHOWN)).toBe(expected));

  test('lists and paragraphs can be overridden', () => {
    const html: Dialect = {
      ...SHOWN,
      list: (items, { ordered }) => `<${ordered ? 'ol' : 'ul'}>${items.map(i => `<li>${i}</li>`).join('')}`,
      paragraph: content => `<p>${content}</p>`,
      softBreak: () => '<br>',
      between: '',
    };
    expect(render('a\nb\n\n- c', html)).toBe('<p>a<br>b</p><ul><li><p>c</p></li>');
  });

  test('plain text keeps what a reader needs', () =>
    expect(plain('**Hi** [there](https://a.b)\n\n- x\n  1. y')).toBe(
      'Hi there (https://a.b)\n\n• x\n  1. y',
    ));
});
