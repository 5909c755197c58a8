import type { BlockContent, List, ListItem, Nodes, Parent, PhrasingContent, Root } from 'mdast';
import { parseMarkdown } from './parse.ts';

/** What a list item stands behind. */
export interface ListMarker {
  readonly ordered: boolean;
  /** The item's own number in an ordered list, its place (from 1) in another. */
  readonly number: number;
  /** 0 for an outermost list. */
  readonly depth: number;
}

/**
 * One platform's way to write text: a function per kind of node. `content` is already rendered, `value` is not: escape it.
 * Only `text`, `inlineCode` and `code` (and the addresses of links) see untrusted characters; `text` is where mentions become inert.
 */
export interface Dialect {
  /** One line of plain text, without line ends: escape everything the platform gives a meaning to. */
  text(value: string): string;
  strong(content: string): string;
  emphasis(content: string): string;
  /** One line of code. */
  inlineCode(value: string): string;
  /** A block of code; `language` is the first word after the fence, or ''. */
  code(value: string, language: string): string;
  /** `url` is http(s), mailto or tel, anything else arrives as text. */
  link(content: string, url: string): string;
  /** Default: a link with the alternative text (or the address). `alt` is not escaped. */
  image?(alt: string, url: string): string;
  heading(content: string, depth: number): string;
  /** Put before each line of a quote, or a function over the whole quoted text. */
  quote(content: string): string;
  /** '• ', '1. '; further lines of the item are indented by as many spaces. */
  marker(marker: ListMarker): string;
  /** Default: the items with their markers, one under another. `items` are rendered without markers. */
  list?(items: readonly string[], list: { ordered: boolean; start: number; depth: number }): string;
  /** Default: the content itself. */
  paragraph?(content: string): string;
  /** A hard line break. Default: a newline. */
  break?(): string;
  /** A line end inside a paragraph. Default: a newline. */
  softBreak?(): string;
  thematicBreak(): string;
  /** Between two blocks. Default: an empty line. */
  readonly between?: string;
}

const SAFE_URL = /^(?:https?:\/\/|mailto:|tel:)[^\s<>]+$/i;

/** Sources whose trees are kept, in UTF-16 units of all of them. A tree takes some 13 bytes for each (measured). */
const KEPT = 64_000;
const trees = new Map<string, Root>();
let kept = 0;

/**
 * A text is searched, measured for each desk and shown within the same moment, and reading it is most of what that costs: 0.4 ms for a mail of 1,400
 * characters (measured). So the newest trees are kept; nobody changes one.
 */
function treeOf(source: string): Root {
  const known = trees.get(source);
  if (known !== undefined) return known;
  const tree = parseMarkdown(source);
  if (source.length > KEPT / 4) return tree;
  trees.set(source, tree);
  kept += source.length;
  for (const old of trees.keys()) {
    if (kept <= KEPT) break;
    trees.delete(old);
    kept -= old.length;
  }
  return tree;
}

/** Shows CommonMark source in a dialect. Never throws for what the source may hold (a dialect's own errors pass). */
export function render(source: string, dialect: Dialect): string {
  return blocks(treeOf(source).children as BlockContent[], dialect, 0);
}

function blocks(nodes: readonly Nodes[], dialect: Dialect, depth: number): string {
  return nodes
    .map(node => block(node, dialect, depth))
    .filter(text => text !== '')
    .join(dialect.between ?? '\n\n');
}

function block(node: Nodes, dialect: Dialect, depth: number): string {
  switch (node.type) {
    case 'paragraph': {
      const content = inline(node, dialect);
      return dialect.paragraph?.(content) ?? content;
    }
    case 'heading':
      return dialect.heading(inline(node, dialect), node.depth);
    case 'blockquote':
      return dialect.quote(blocks(node.children, dialect, depth));
    case 'list':
      return list(node, dialect, depth);
    case 'code':
      return dialect.code(node.value, node.lang ?? '');
    case 'thematicBreak':
      return dialect.thematicBreak();
    default:
      return phrase(node as PhrasingContent, dialect);
  }
}

function list(node: List, dialect: Dialect, depth: number): string {
  const ordered = node.ordered === true;
  const start = node.start ?? 1;
  const items = node.children.map(child => item(child, dialect, depth));
  if (dialect.list) return dialect.list(items, { ordered, start, depth });
  return items
    .map((content, index) => {
      const marker = dialect.marker({ ordered, number: start + index, depth });
      return marker + content.replace(/\n(?!\n|$)/g, `\n${' '.repeat(marker.length)}`);
    })
    .join('\n');
}

/** A nested list follows its item's text on the next line, other blocks after an empty line when the list is loose. */
function item(node: ListItem, dialect: Dialect, depth: number): string {
  let content = '';
  for (const child of node.children) {
    const text = block(child, dialect, depth + 1);
    if (text === '') continue;
    if (content !== '') content += child.type === 'list' || !node.spread ? '\n' : (dialect.between ?? '\n\n');
    content += text;
  }
  return content;
}

function inline(node: Parent, dialect: Dialect): string {
  return node.children.map(child => phrase(child as PhrasingContent, dialect)).join('');
}

function phrase(node: PhrasingContent, dialect: Dialect): string {
  switch (node.type) {
    case 'text':
      return words(node.value, dialect);
    case 'strong':
      return dialect.strong(inline(node, dialect));
    case 'emphasis':
      return dialect.emphasis(inline(node, dialect));
    case 'inlineCode':
      return dialect.inlineCode(node.value.replaceAll('\n', ' '));
    case 'break':
      return dialect.break?.() ?? '\n';
    case 'link': {
      const content = inline(node, dialect);
      if (SAFE_URL.test(node.url)) return dialect.link(content, node.url);
      return node.url === '' ? content : `${content} (${words(node.url, dialect)})`;
    }
    case 'image':
      return image(node.alt ?? '', node.url, dialect);
    default:
      return 'value' in node ? words(node.value, dialect) : '';
  }
}

function image(alt: string, url: string, dialect: Dialect): string {
  if (!SAFE_URL.test(url)) return words([alt, url && `(${url})`].filter(Boolean).join(' '), dialect);
  return dialect.image?.(alt, url) ?? dialect.link(words(alt || url, dialect), url);
}

function words(value: string, dialect: Dialect): string {
  return value
    .split('\n')
    .map(line => (line === '' ? '' : dialect.text(line)))
    .join(dialect.softBreak?.() ?? '\n');
}
