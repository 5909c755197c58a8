/**
 * CommonMark → Slack. Texts go out as `rich_text` blocks, not as mrkdwn: there nothing is markup but what we make so, and only
 * an element of its own can mention anybody, so nothing has to be escaped and nothing can notify.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block ("rich_text is strongly preferred").
 */
import type { types } from '@slack/bolt';
import type { List, ListItem, Nodes, PhrasingContent } from 'mdast';
import { clip, parseMarkdown, plain } from '../../core/index.ts';

type Element = types.RichTextText | types.RichTextLink;
type Style = NonNullable<types.RichTextText['style']>;
/** `offset`: https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element (the SDK's type lacks it). */
type Piece = types.RichTextBlock['elements'][number] & { offset?: number };

/** `text` is only what notifications and screen readers show; Slack advises at most 4,000 characters. */
const FALLBACK = 3000;
/** Deepest level of a list that Slack draws. */
const DEEPEST = 8;
/** Every container and element counts as this much, so that a text of one-letter pieces stays under Slack's limit too. */
const OVERHEAD = 16;

const SAFE_URL = /^(?:https?:\/\/|mailto:)[^\s<>]+$/i;
const BARE_URL = /https?:\/\/[^\s<>"'`]+/gi;
const TRAILING = /[.,;:!?)\]}*_~…]+$/;

/** Ids of people: https://docs.slack.dev/reference/block-kit/block-elements/rich-text-section-element ("user"). */
const USER = /^[UW][A-Z0-9]{2,30}$/;

/** A CommonMark text as one block, after mentions of people by their ids. Never throws, never empty. */
export function richText(markdown: string, mentions: readonly string[] = []): types.RichTextBlock {
  const meant = mentions
    .filter(id => USER.test(id))
    .flatMap((id): types.RichTextElement[] => [
      { type: 'user', user_id: id },
      { type: 'text', text: ' ' },
    ]);
  const pieces = join([
    ...filled(meant),
    ...parseMarkdown(markdown).children.flatMap(node => block(node, 0)),
  ]);
  const shown = pieces.length > 0 ? pieces : [section([{ type: 'text', text: ' ' }])];
  return { type: 'rich_text', elements: shown };
}

/** The fallback beside the blocks, escaped as mrkdwn. */
export function fallback(markdown: string): string {
  return escapeText(clip(plain(markdown), FALLBACK / 5));
}

/** How long a text is for Slack: its characters and addresses, and the containers around them. */
export function measure(markdown: string): number {
  return richText(markdown).elements.reduce((sum, piece) => sum + weigh(piece), 0);
}

function weigh(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + weigh(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const { text, url, elements } = value as { text?: string; url?: string; elements?: unknown };
  return OVERHEAD + (text?.length ?? 0) + (url?.length ?? 0) + weigh(elements);
}

/** The three characters that begin markup in mrkdwn: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Slack draws two sections without a gap: paragraphs become one section with an empty line, as its own composer does. */
function join(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last?.type === 'rich_text_section' && piece.type === 'rich_text_section') {
      out[out.length - 1] = section([...last.elements, { type: 'text', text: '\n\n' }, ...piece.elements]);
    } else out.push(piece);
  }
  return out;
}

const section = (elements: types.RichTextElement[]): types.RichTextSection => ({
  type: 'rich_text_section',
  elements,
});

const filled = (elements: types.RichTextElement[]): Piece[] =>
  elements.length > 0 ? [section(elements)] : [];

function block(node: Nodes, depth: number): Piece[] {
  switch (node.type) {
    case 'paragraph':
      return filled(inline(node.children, {}));
    case 'heading':
      return filled(inline(node.children, { bold: true }));
    case 'thematicBreak':
      return [section([{ type: 'text', text: '———' }])];
    case 'code':
      return [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: node.value || ' ' }] }];
    case 'blockquote': {
      const elements = flat(node.children);
      return elements.length > 0 ? [{ type: 'rich_text_quote', elements }] : [];
    }
    case 'list':
      return list(node, depth);
    default:
      return filled(inline([node as PhrasingContent], {}));
  }
}

/** Slack's lists hold one line of text per item: what is more (a nested list, code) stands between two parts of the list. */
function list(node: List, depth: number): Piece[] {
  const out: Piece[] = [];
  const style = node.ordered === true ? 'ordered' : 'bullet';
  const start = node.ordered === true ? (node.start ?? 1) : 1;
  let open: types.RichTextSection[] = [];
  let done = 0;
  const close = (): void => {
    if (open.length === 0) return;
    const offset = start - 1 + done;
    const shift = style === 'ordered' && offset > 0 ? { offset } : {};
    out.push({ type: 'rich_text_list', style, indent: Math.min(depth, DEEPEST), elements: open, ...shift });
    done += open.length;
    open = [];
  };
  for (const item of node.children) {
    const { line, rest } = parts(item, depth);
    open.push(section(line.length > 0 ? line : [{ type: 'text', text: ' ' }]));
    if (rest.length > 0) close();
    out.push(...rest);
  }
  close();
  return out;
}

function parts(item: ListItem, depth: number): { line: Element[]; rest: Piece[] } {
  const line: Element[] = [];
  const rest: Piece[] = [];
  for (const child of item.children) {
    if (child.type !== 'paragraph' && child.type !== 'heading') rest.push(...block(child, depth + 1));
    else if (rest.length > 0) rest.push(...block(child, depth + 1));
    else line.push(...(line.length > 0 ? newline() : []), ...inline(child.children, {}));
  }
  return { line, rest };
}

const newline = (): Element[] => [{ type: 'text', text: '\n' }];

/** A quote holds only text: blocks in it are set one under another. */
function flat(nodes: readonly Nodes[]): Element[] {
  const out: Element[] = [];
  for (const piece of nodes.flatMap(node => flatBlock(node))) {
    if (piece.length === 0) continue;
    if (out.length > 0) out.push(...newline());
    out.push(...piece);
  }
  return out;
}

function flatBlock(node: Nodes): Element[][] {
  switch (node.type) {
    case 'paragraph':
      return [inline(node.children, {})];
    case 'heading':
      return [inline(node.children, { bold: true })];
    case 'code':
      return [text(node.value, { code: true })];
    case 'thematicBreak':
      return [text('———', {})];
    case 'list':
      return node.children.map((item, index) => [
        ...text(node.ordered ? `${(node.start ?? 1) + index}. ` : '• ', {}),
        ...flat(item.children),
      ]);
    default:
      return 'children' in node ? [flat(node.children)] : [inline([node as PhrasingContent], {})];
  }
}

function inline(nodes: readonly PhrasingContent[], style: Style): Element[] {
  return nodes.flatMap(node => phrase(node, style));
}

function phrase(node: PhrasingContent, style: Style): Element[] {
  switch (node.type) {
    case 'text':
      return linked(node.value, style);
    case 'strong':
      return inline(node.children, { ...style, bold: true });
    case 'emphasis':
      return inline(node.children, { ...style, italic: true });
    case 'inlineCode':
      return text(node.value, { ...style, code: true });
    case 'break':
      return newline();
    case 'link':
      return link(inline(node.children, style), node.url, style);
    case 'image':
      return link(text(node.alt ?? '', style), node.url, style);
    default:
      return 'value' in node ? text(node.value, style) : [];
  }
}

/** What is not http, https or mail is written out instead. */
function link(label: readonly Element[], url: string, style: Style): Element[] {
  const said = label.map(element => element.text ?? ('url' in element ? element.url : '')).join('');
  if (SAFE_URL.test(url)) return [{ type: 'link', url, ...(said && { text: said }), ...styled(style) }];
  return [...label, ...text(url === '' ? '' : said === '' ? url : ` (${url})`, style)];
}

/** Slack makes no links out of the text of a rich_text block: addresses in it become links here. */
function linked(value: string, style: Style): Element[] {
  const out: Element[] = [];
  let from = 0;
  for (const match of value.matchAll(BARE_URL)) {
    const url = match[0].replace(TRAILING, '');
    if (!URL.canParse(url)) continue;
    out.push(...text(value.slice(from, match.index), style), { type: 'link', url, ...styled(style) });
    from = match.index + url.length;
  }
  return [...out, ...text(value.slice(from), style)];
}

function text(value: string, style: Style): Element[] {
  return value === '' ? [] : [{ type: 'text', text: value, ...styled(style) }];
}

function styled(style: Style): { style?: Style } {
  return Object.keys(style).length > 0 ? { style } : {};
}
