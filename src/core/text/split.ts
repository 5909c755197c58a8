import type { BlockContent, Code, Heading, List, ListItem, Paragraph, RootContent } from 'mdast';
import { MAX_SOURCE, parseMarkdown } from './parse.ts';
import { toSource } from './source.ts';
import { share } from './split-budget.ts';
import { type Frame as Around, cutCode, cutPlain, isMostlyMarks } from './split-literal.ts';
import { type Fullness, pack } from './split-pack.ts';
import { clip } from './tidy.ts';
import { byCodePoint, byGrapheme, byLine, byWord, content, type Token, tokens } from './tokens.ts';

/** Below this a fence with its language, or one escaped character inside its marks, might not fit. */
const MIN_LIMIT = 64;
/** Up to here the pieces are as few as can be, beyond it each is at least nine tenths full where the blocks allow it. */
const EXACT = 4000;
const WELL_FILLED = 0.9;
/** A source so many times as long as the limit is not measured: no markup hides that much. */
const FAR = 8;

/** `full` counts all that stands around the nodes. Addresses longer than `maxUrl` are written out. */
interface Frame extends Around<RootContent[]> {
  readonly maxUrl: number;
}

/**
 * Cuts CommonMark source into pieces that each measure at most `limit` (UTF-16 units of the source, unless `measure` says how long it is
 * when rendered; at least 64, else RangeError). Cuts between blocks first, then lines, then words, then graphemes; an open code fence is
 * closed and opened again with its language. Shown one after another the pieces say the same as the source, save for spaces and breaks at
 * the cuts. A source that fits comes back as it is; one that shows nothing gives no piece; one beyond `MAX_SOURCE` is read up to there.
 * About linear: markup is read up to a budget (see `share`), what comes after it is shown as typed.
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
  const text = clip(source.toWellFormed(), MAX_SOURCE).replace(/\r\n?/g, '\n');
  const plain: Around<string> = {
    full: remembered(piece =>
      piece.length > limit * FAR ? Number.POSITIVE_INFINITY : measure(piece) / limit,
    ),
    learned: { rate: 1 / limit },
    enough: text.length > EXACT ? WELL_FILLED : 1,
  };
  const full = (nodes: RootContent[]): number =>
    sum(nodes) > limit * FAR ? Number.POSITIVE_INFINITY : plain.full(toSource(nodes));
  const frame: Frame = { ...plain, full, maxUrl: limit / 4 };
  const { head, code, rest } = share(text);
  const pieces = packBlocks(parseMarkdown(head).children, run => run, frame);
  if (code) pieces.push(...cut(code, frame));
  const typed = isMostlyMarks(rest);
  if (typed) pieces.push(...cut({ type: 'code', value: rest.trimEnd().replace(/^\n+/, '') }, frame));
  const sources = pieces.filter(nodes => nodes.some(shows)).map(toSource);
  return typed ? sources : [...sources, ...cutPlain(rest, plain)];
}

/** Pieces are asked for again at each level of nesting, and to measure one is to read it. */
function remembered(full: Fullness<string>): Fullness<string> {
  const known = new Map<string, number>();
  return piece => {
    const fullness = known.get(piece) ?? full(piece);
    known.set(piece, fullness);
    return fullness;
  };
}

/** Whether anything of it is seen. */
function shows(node: RootContent): boolean {
  if (node.type === 'list' || node.type === 'thematicBreak') return true;
  if (node.type === 'image') return (node.alt ?? '') + node.url !== '';
  if (node.type === 'link' && node.url !== '') return true;
  if ('children' in node) return node.children.some(shows);
  return 'value' in node && node.value.trim() !== '';
}

/** Runs of blocks that fit, as `build` makes them. */
function packBlocks(
  blocks: readonly RootContent[],
  build: (run: RootContent[]) => RootContent[],
  frame: Frame,
): RootContent[][] {
  return pack(blocks, {
    ...frame,
    build: run => run,
    size: lengthOf,
    finer: block => cut(block, frame),
  }).map(piece => (frame.full(piece) <= 1 ? build(piece) : piece));
}

/** One block that does not fit → pieces of its kind that do. */
function cut(node: RootContent, frame: Frame): RootContent[][] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return cutText(node, frame);
    case 'code':
      return cutCodeNode(node, frame);
    case 'list':
      return cutList(node, frame);
    case 'blockquote': {
      const quote = (children: RootContent[]): RootContent[] => [
        { type: 'blockquote', children: children as BlockContent[] },
      ];
      const inside: Frame = { ...frame, full: nodes => frame.full(quote(nodes)) };
      return packBlocks(node.children, quote, inside);
    }
    default:
      return [[node]];
  }
}

function cutText(node: Paragraph | Heading, frame: Frame): RootContent[][] {
  const build = (run: Token[][]): RootContent[] => [{ ...node, children: content([merged(run.flat())]) }];
  const bare = (part: Token[]): RootContent[] => [{ type: 'paragraph', children: content([part]) }];
  const levels = [byLine, byWord, byGrapheme, byCodePoint];
  const level = (index: number, part: Token[]): RootContent[][] => {
    const split = levels[index];
    if (!split) return [bare(part.map(({ leaf }) => ({ leaf, around: [] })))];
    const size = (some: Token[]): number => sum(some.map(({ leaf }) => leaf));
    return pack(split(part), { ...frame, build, size, finer: finer => level(index + 1, finer) });
  };
  return level(0, tokens(node.children, frame.maxUrl));
}

/** About how long the source of it is, in UTF-16 units. */
function lengthOf(node: RootContent): number {
  if ('value' in node) return node.value.length + 1;
  if ('children' in node) {
    const { start, end } = node.position ?? {};
    const indents = node.type === 'blockquote' || node.type === 'listItem';
    return sum(node.children) + 2 + (indents && start && end ? 2 * (end.line - start.line + 1) : 0);
  }
  return node.type === 'image' ? node.url.length + (node.alt ?? '').length : 2;
}

const sum = (nodes: readonly RootContent[]): number =>
  nodes.reduce((total, node) => total + lengthOf(node), 0);

/** Neighbours that are text in the same marks become one: what is done per token takes longer than the text. */
function merged(all: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (const token of all) {
    const last = out.at(-1);
    if (last?.leaf.type === 'text' && token.leaf.type === 'text' && last.around === token.around)
      out[out.length - 1] = { ...last, leaf: { ...last.leaf, value: last.leaf.value + token.leaf.value } };
    else out.push(token);
  }
  return out;
}

function cutCodeNode(node: Code, frame: Frame): RootContent[][] {
  const bare = (value: string): RootContent[] => [{ type: 'paragraph', children: [{ type: 'text', value }] }];
  return cutCode(node.value, value => [{ ...node, value }], bare, frame);
}

/** Items keep their numbers; an item that does not fit goes on without its marker. */
function cutList(node: List, frame: Frame): RootContent[][] {
  const start = node.start ?? 1;
  const build = (run: { item: ListItem; index: number }[]): RootContent[] => [
    {
      ...node,
      start: node.ordered ? start + (run[0]?.index ?? 0) : null,
      children: run.map(({ item }) => item),
    },
  ];
  const parts = node.children.map((item, index) => ({ item, index }));
  return pack(parts, {
    ...frame,
    build,
    size: ({ item }) => lengthOf(item),
    finer: ({ item, index }) => {
      const marked = (children: RootContent[]): RootContent[] =>
        build([{ item: { ...item, children: children as BlockContent[] }, index }]);
      const [first, ...further] = item.children as RootContent[];
      const alone = new Set(further);
      const full = (nodes: RootContent[]): number => {
        if (nodes[0] === first) return frame.full(marked(nodes));
        if (nodes[0] && alone.has(nodes[0])) return frame.full(nodes);
        return Math.max(frame.full(nodes), frame.full(marked(nodes)));
      };
      const pieces = packBlocks(item.children, run => run, { ...frame, full });
      return pieces.map((piece, place) =>
        place === 0 && frame.full(marked(piece)) <= 1 ? marked(piece) : piece,
      );
    },
  });
}
