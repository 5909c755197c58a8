import type { Nodes, Paragraph, Root, Text } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { clip } from './tidy.ts';

/** Longest source that is read, in UTF-16 units; what is beyond it is cut with '…'. Slack's longest text is 40,000. */
export const MAX_SOURCE = 100_000;

/** Deepest nesting of quotes and lists; beyond it the markers are text. The parser is quadratic in the depth. */
const MAX_DEPTH = 24;
/**
 * Most lines that begin a quote or a list item; with more of them the markers are text. The parser is quadratic in the containers it
 * opens: 4,000 quotes of one letter took 9 s, 1,000 took 0.2 s (measured, micromark 4.0).
 */
const MAX_CONTAINERS = 1000;
/** A marker that stands further in than this can only be there to nest. */
const MAX_COLUMN = 96;

/**
 * Most inline marks in one paragraph that are still read as marks. The parser is quadratic in them: 50,000 of them
 * took 107 s (measured, mdast-util-from-markdown 2.1.0); 400 take about 10 ms.
 */
const MAX_MARKS = 400;

/** Off: raw HTML and link definitions (they would hide text), underlined headings (a mail signature is none). */
const ALWAYS_OFF = ['htmlFlow', 'htmlText', 'definition', 'setextUnderline'];
const INLINE = ['attention', 'labelStartLink', 'labelStartImage', 'labelEnd', 'codeText', 'autolink'];
const CONTAINERS = ['blockQuote', 'list'];
const MARKS = /[*_[\]`<]/g;
const MARKER = />|[-+*]|\d+[.)]/g;
const PREFIX = /^(?:[ \t]+|>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))*/;
/** One line of words, as most of what people write: it begins with a letter and has no mark, escape or entity in it. */
const PROSE = /^\p{L}(?:[^\\`*_[\]<&\p{Cc}]*[^\\`*_[\]<&\p{Cc}\s])?$/u;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;

/**
 * CommonMark source → mdast. Safe for any input: never throws, never takes quadratic time, at most `MAX_SOURCE`
 * units are read. Raw HTML, link definitions and underlined headings are plain text here; so the tree has only these nodes:
 * root, paragraph, heading, thematicBreak, blockquote, list, listItem, code, text, emphasis, strong, inlineCode,
 * break, link (never in a link), image.
 */
export function parseMarkdown(source: string): Root {
  const text = clip(source.toWellFormed(), MAX_SOURCE);
  if (PROSE.test(text)) return prose(text);
  const off = [...ALWAYS_OFF];
  if (isTooNested(text)) off.push(...CONTAINERS);
  if (!isRisky(text)) return read(text, off);
  const blocks = read(text, [...off, ...INLINE]);
  return hasCrowdedParagraph(blocks) ? blocks : read(text, off);
}

/** What the parser makes of a line of words, without it: a tenth of the work of a short message was to parse it. */
function prose(value: string): Root {
  const start = { line: 1, column: 1, offset: 0 };
  const end = { line: 1, column: value.length + 1, offset: value.length };
  const position = () => ({ start: { ...start }, end: { ...end } });
  const text: Text = { type: 'text', value, position: position() };
  const paragraph: Paragraph = { type: 'paragraph', children: [text], position: position() };
  return { type: 'root', children: [paragraph], position: position() };
}

function read(text: string, off: readonly string[]): Root {
  const tree = fromMarkdown(text, { extensions: [{ disable: { null: [...off] } }] });
  openNestedLinks(tree.children, false);
  return tree;
}

/** An address in angle brackets within a link would be a link in a link, which no platform can show. */
function openNestedLinks(nodes: Nodes[], within: boolean): void {
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (!node || !('children' in node)) continue;
    if (within && node.type === 'link') nodes.splice(index--, 1, ...node.children);
    else openNestedLinks(node.children, within || node.type === 'link');
  }
}

function isTooNested(text: string): boolean {
  let containers = 0;
  return text.split('\n').some(line => {
    const prefix = PREFIX.exec(line)?.[0] ?? '';
    if (prefix.trim() === '') return false;
    containers += 1;
    return containers > MAX_CONTAINERS || isTooDeep(line, prefix);
  });
}

function isTooDeep(line: string, prefix: string): boolean {
  if (prefix.length <= MAX_DEPTH || RULE.test(line)) return false;
  const markers = prefix.match(MARKER) ?? [];
  return markers.length > MAX_DEPTH || (markers.length > 0 && prefix.trimEnd().length > MAX_COLUMN);
}

/** Cheap: could any paragraph be crowded? Marks in code count here, so a yes is looked at again. */
function isRisky(text: string): boolean {
  return text.length > MAX_MARKS && (text.match(MARKS)?.length ?? 0) > MAX_MARKS;
}

function hasCrowdedParagraph(tree: Root): boolean {
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'paragraph' || node.type === 'heading') {
      if (marksIn(node) > MAX_MARKS) return true;
    } else if ('children' in node) open.push(...node.children);
  }
  return false;
}

function marksIn(node: Paragraph | Extract<Nodes, { type: 'heading' }>): number {
  let marks = 0;
  for (const child of node.children)
    if (child.type === 'text') marks += child.value.match(MARKS)?.length ?? 0;
  return marks;
}
