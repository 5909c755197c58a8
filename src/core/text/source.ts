import type { Code, List, ListItem, PhrasingContent, RootContent } from 'mdast';
import { escapeMarks, literalLine, replaceEdges } from './literal.ts';

/** Longest language name that a reopened fence keeps. */
const MAX_LANGUAGE = 32;
/** Stands for a hard break until the lines are put together; the parser never gives this character. */
const HARD = '\0';
/**
 * What is a letter to the rules of emphasis: neither a space nor punctuation nor a symbol; and anything beyond
 * U+FFFF, since micromark 4 looks at UTF-16 units.
 */
const WORD_FIRST = /^(?:[\u{10000}-\u{10FFFF}]|[^\s\p{P}\p{S}])/u;
const WORD_LAST = /(?:[\u{10000}-\u{10FFFF}]|[^\s\p{P}\p{S}])$/u;

/**
 * mdast → CommonMark source that `parseMarkdown` reads back as the same content. Emphasis within emphasis is dropped and neighbours of
 * one style are joined, which looks the same.
 */
export function toSource(nodes: readonly RootContent[]): string {
  let source = '';
  let before: RootContent | undefined;
  let second = false;
  for (const node of nodes) {
    const again = node.type === 'list' && before?.type === 'list' && before.ordered === node.ordered;
    second = again && !second;
    const text = block(node, second);
    if (text === '') continue;
    if (before) source += gap(before, node);
    source += text;
    before = node;
  }
  return source;
}

/** Blocks that may follow a paragraph without an empty line, so that a tight list stays tight. */
function gap(before: RootContent, node: RootContent): string {
  const tight =
    before.type === 'paragraph' &&
    node.type === 'list' &&
    !node.ordered &&
    !node.spread &&
    node.children[0]?.children[0]?.type === 'paragraph';
  return tight ? '\n' : '\n\n';
}

function block(node: RootContent, second: boolean): string {
  switch (node.type) {
    case 'paragraph':
      return edges(inline(node.children, []));
    case 'heading':
      return `${'#'.repeat(node.depth)} ${softLines(inline(node.children, []).replaceAll(HARD, '\n')).replaceAll('\n', '&#10;')}`;
    case 'blockquote':
      return indent(toSource(node.children), '> ', '> ');
    case 'list':
      return list(node, second);
    case 'code':
      return fence(node);
    case 'thematicBreak':
      return '***';
    default:
      return edges(inline([node as PhrasingContent], []));
  }
}

/** What would be eaten or read as markup at the ends of a line is written out. */
function edges(content: string): string {
  return content.replace(/\0+$/, '').split(HARD).map(softLines).join('\\\n');
}

function softLines(text: string): string {
  const lines = text.split('\n').map(literalLine).join('\n');
  return replaceEdges(
    lines,
    character => character === '\n',
    ends => '&#10;'.repeat(ends.length),
  ).replace(/\n{2,}/g, many => `\n${'&#10;'.repeat(many.length - 1)}`);
}

function indent(text: string, first: string, further: string): string {
  return text
    .split('\n')
    .map((line, index) => {
      const marker = index === 0 ? first : further;
      return line === '' ? marker.trimEnd() : marker + line;
    })
    .join('\n');
}

/** Two lists in a row stay two: the second has the other marker. The first is '+', for '- - -' would be a rule. */
function list(node: List, second: boolean): string {
  const start = node.start ?? 1;
  const items = node.children.map((child: ListItem, index) => {
    const marker = node.ordered ? `${start + index}${second ? ')' : '.'} ` : second ? '- ' : '+ ';
    return indent(toSource(child.children), marker, ' '.repeat(marker.length));
  });
  return items.join(node.spread ? '\n\n' : '\n');
}

function fence(node: Code): string {
  const longest = Math.max(0, ...(node.value.match(/`+/g) ?? []).map(run => run.length));
  const marks = '`'.repeat(Math.max(3, longest + 1));
  const language = (node.lang ?? '').replace(/[\s`\\&]/g, '');
  return `${marks}${language.length > MAX_LANGUAGE ? '' : language}\n${node.value}\n${marks}`;
}

type Style = 'strong' | 'emphasis';

function inline(nodes: readonly PhrasingContent[], within: readonly Style[]): string {
  let source = '';
  /** The mark that has just been closed needs something other than a letter after it. */
  let guard = false;
  for (const node of joined(nodes, within)) {
    const styled = node.type === 'strong' || node.type === 'emphasis';
    let text = styled ? '' : leaf(node, within);
    if (styled) {
      const mark = node.type === 'strong' ? '**' : '_';
      const content = guarded(inline(node.children, [...within, node.type]));
      if (content === '') continue;
      text = mark + content + mark;
      if (mark === '_' || !WORD_FIRST.test(content)) source = encodeLast(source);
    }
    if (guard) text = encodeFirst(text);
    source += text;
    guard = styled && (text.endsWith('_') || !WORD_LAST.test(text.slice(0, -2)));
  }
  return source;
}

/** Spaces and line ends just inside a mark would stop it from being one. */
function guarded(content: string): string {
  const isSpace = (character = ''): boolean => /\s/u.test(character);
  return replaceEdges(content, isSpace, spaces => [...spaces].map(reference).join(''));
}

const reference = (character: string): string => `&#${character.codePointAt(0)};`;

function encodeFirst(text: string): string {
  return text.startsWith(HARD) ? text : text.replace(WORD_FIRST, reference);
}

function encodeLast(text: string): string {
  return text.endsWith(HARD) ? text : text.replace(WORD_LAST, reference);
}

/** Opens up styles that are already on and joins neighbours of one style, so that marks never meet their like. */
function joined(nodes: readonly PhrasingContent[], within: readonly Style[]): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  const flat = nodes.flatMap(node =>
    (node.type === 'strong' || node.type === 'emphasis') && within.includes(node.type)
      ? joined(node.children, within)
      : [node],
  );
  for (const node of flat) {
    const last = out.at(-1);
    if (last && (node.type === 'strong' || node.type === 'emphasis') && last.type === node.type) {
      out[out.length - 1] = { ...last, children: [...last.children, ...node.children] };
    } else if (last?.type === 'inlineCode' && node.type === 'inlineCode') {
      out[out.length - 1] = { ...last, value: last.value + node.value };
    } else if (last?.type === 'text' && node.type === 'text') {
      out[out.length - 1] = { ...last, value: last.value + node.value };
    } else if (
      last?.type === 'link' &&
      node.type === 'link' &&
      last.data !== undefined &&
      last.data === node.data
    ) {
      out[out.length - 1] = { ...last, children: [...last.children, ...node.children] };
    } else out.push(node);
  }
  return out;
}

function leaf(node: PhrasingContent, within: readonly Style[]): string {
  switch (node.type) {
    case 'text':
      return escapeMarks(node.value);
    case 'inlineCode':
      return codeSpan(node.value.replaceAll('\n', ' '));
    case 'break':
      return HARD;
    case 'link':
      return `[${inline(node.children, within)}](${destination(node.url)})`;
    case 'image':
      return `![${escapeMarks(node.alt ?? '').replaceAll('\n', '&#10;')}](${destination(node.url)})`;
    default:
      return 'value' in node ? escapeMarks(node.value) : '';
  }
}

function codeSpan(value: string): string {
  const runs = new Set((value.match(/`+/g) ?? []).map(run => run.length));
  let length = 1;
  while (runs.has(length)) length += 1;
  const marks = '`'.repeat(length);
  const pad = /^`|`$|^ .* $/s.test(value) && value.trim() !== '' ? ' ' : '';
  return marks + pad + value + pad + marks;
}

function destination(url: string): string {
  return `<${url.replace(/[\\<>&]/g, '\\$&').replaceAll('\n', '&#10;')}>`;
}
