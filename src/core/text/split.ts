import type { BlockContent, Code, Heading, List, ListItem, Paragraph, RootContent } from 'mdast';
import { parseMarkdown } from './parse.ts';
import { plain } from './plain.ts';
import { toSource } from './source.ts';
import { byCodePoint, byGrapheme, byLine, byWord, content, type Token, tokens } from './tokens.ts';

/** Below this a fence with its language, or one escaped character inside its marks, might not fit. */
const MIN_LIMIT = 64;

/** Does it fit, with all that stands around it? */
type Fits = (nodes: RootContent[]) => boolean;

/**
 * Cuts CommonMark source into pieces that each measure at most `limit` (UTF-16 units of the source, unless `measure` says how long it is
 * when rendered; at least 64, else RangeError). Cuts between blocks first, then lines, then words, then graphemes; an open code fence is
 * closed and opened again with its language. Shown one after another the pieces say the same as the source, save for spaces and breaks at
 * the cuts. A source that fits comes back as it is; one that shows nothing gives no piece; one beyond `MAX_SOURCE` is read up to there.
 */
export function splitMarkdown(
  source: string,
  limit: number,
  measure: (source: string) => number = text => text.length,
): string[] {
  if (limit < MIN_LIMIT)
    throw new RangeError(`a piece must have room for ${MIN_LIMIT} characters, not ${limit}`);
  if (source.trim() === '') return [];
  if (source.length <= limit && measure(source) <= limit) return [source];
  const fits: Fits = nodes => {
    const text = toSource(nodes);
    return text.length <= limit * 8 && measure(text) <= limit;
  };
  const blocks = parseMarkdown(source).children;
  const pieces = pack(
    blocks,
    run => run,
    fits,
    block => cut(block, fits, limit).map(piece => [piece]),
  );
  return pieces.map(toSource).filter(piece => plain(piece).trim() !== '' || piece.includes('***'));
}

/**
 * The fewest runs of parts that fit, first come first served. `build` makes blocks of a run, `finer` cuts a part that does not fit alone.
 */
function pack<Part>(
  parts: readonly Part[],
  build: (run: Part[]) => RootContent[],
  fits: Fits,
  finer: (part: Part) => RootContent[][],
): RootContent[][] {
  const out: RootContent[][] = [];
  let from = 0;
  let guess = 1;
  while (from < parts.length) {
    const count = longest(parts.length - from, guess, n => fits(build(parts.slice(from, from + n))));
    if (count === 0) out.push(...finer(parts[from] as Part));
    else out.push(build(parts.slice(from, from + count)));
    guess = Math.max(1, count);
    from += Math.max(1, count);
  }
  return out;
}

/** The largest n up to `max` that is right, if all smaller ones are; 0 when 1 is not. Doubles from `guess`, then halves. */
function longest(max: number, guess: number, right: (n: number) => boolean): number {
  let low = 0;
  let high = Math.min(max, guess);
  while (right(high)) {
    low = high;
    if (high === max) return max;
    high = Math.min(max, high * 2);
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (right(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** One block that does not fit → blocks of its kind that do. */
function cut(node: RootContent, fits: Fits, limit: number): RootContent[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return cutText(node, fits, limit);
    case 'code':
      return cutCode(node, fits);
    case 'list':
      return cutList(node, fits, limit);
    case 'blockquote': {
      const quote = (children: RootContent[]): RootContent[] => [
        { type: 'blockquote', children: children as BlockContent[] },
      ];
      const inside: Fits = nodes => fits(quote(nodes));
      return pack(node.children, quote, fits, child =>
        cut(child, inside, limit).map(piece => (inside([piece]) ? quote([piece]) : [piece])),
      ).flat();
    }
    default:
      return [node];
  }
}

function cutText(node: Paragraph | Heading, fits: Fits, limit: number): RootContent[] {
  const build = (run: Token[][]): RootContent[] => [{ ...node, children: content(run) }];
  const bare = (part: Token[]): RootContent[][] => [[{ type: 'paragraph', children: content([part]) }]];
  const levels = [byLine, byWord, byGrapheme, byCodePoint];
  const level = (index: number, part: Token[]): RootContent[][] => {
    const split = levels[index];
    return split
      ? pack(split(part), build, fits, finer => level(index + 1, finer))
      : bare(part.map(unstyled));
  };
  return level(0, tokens(node.children, limit / 4)).flat();
}

const unstyled = ({ leaf }: Token): Token => ({ leaf, around: [] });

function cutCode(node: Code, fits: Fits): RootContent[] {
  const join =
    (between: string) =>
    (run: string[]): RootContent[] => [{ ...node, value: run.join(between) }];
  const segments = (line: string): string[] =>
    byGrapheme([{ leaf: { type: 'text', value: line }, around: [] }]).map(([token]) => textOf(token));
  return pack(node.value.split('\n'), join('\n'), fits, line =>
    pack(segments(line), join(''), fits, grapheme =>
      pack([...grapheme], join(''), fits, point => [
        [{ type: 'paragraph', children: [{ type: 'text', value: point }] }],
      ]),
    ),
  ).flat();
}

const textOf = (token: Token | undefined): string => (token?.leaf.type === 'text' ? token.leaf.value : '');

/** Items keep their numbers; an item that does not fit goes on without its marker. */
function cutList(node: List, fits: Fits, limit: number): RootContent[] {
  const start = node.start ?? 1;
  const build = (run: { item: ListItem; index: number }[]): RootContent[] => [
    {
      ...node,
      start: node.ordered ? start + (run[0]?.index ?? 0) : null,
      children: run.map(({ item }) => item),
    },
  ];
  const parts = node.children.map((item, index) => ({ item, index }));
  return pack(parts, build, fits, ({ item, index }) => {
    const marked = (children: RootContent[]): RootContent[] =>
      build([{ item: { ...item, children: children as BlockContent[] }, index }]);
    const inside: Fits = nodes => fits(marked(nodes));
    const pieces = pack(
      item.children,
      run => run,
      inside,
      child => cut(child, inside, limit).map(piece => [piece]),
    );
    return pieces.map((piece, place) => (place === 0 && inside(piece) ? marked(piece) : piece));
  }).flat();
}
