import { literal, literalInline, tidy } from '../../core/index.ts';
import { format } from './render.ts';
import type { Entity } from './shape.ts';

/** A message has at most 100 entities (limits.tginfo.me); more are not looked at. */
const MAX_ENTITIES = 100;
const LANGUAGE = /^[\w+#.-]{1,40}$/;
const URL = /^https?:\/\/[^\s<>\\]+$/i;

type Range = { readonly from: number; readonly to: number };
type Piece = Range & { readonly entity: Entity };

/**
 * A text with Telegram's entities → CommonMark. What was formatted stays so where CommonMark can say it (bold, italic, code, quotes,
 * links); the rest, mentions too, is the text as typed, literally. Offsets are UTF-16 units. Never throws.
 */
export function toMarkdown(text: string, entities: readonly Entity[] = []): string {
  const pieces = usable(text, entities);
  if (pieces.length === 0) return literal(tidy(text));
  return blocks(singleLineEnds(text), { from: 0, to: text.length }, pieces).trim();
}

/** Other line ends, one for one, so that the offsets stay true. */
function singleLineEnds(text: string): string {
  return text.toWellFormed().replace(/[\r\u0085\u2028\u2029]/g, '\n');
}

/** Tidied without being trimmed: the bars are nothing that could join with a neighbour. */
function tidyInside(text: string): string {
  return tidy(`|${text}|`).slice(1, -1);
}

const BLOCK = new Set(['pre', 'blockquote', 'expandable_blockquote']);
const INLINE = new Set(['bold', 'italic', 'code', 'text_link']);

/** The entities that mean something here, outer before inner, each within its text. */
function usable(text: string, entities: readonly Entity[]): Piece[] {
  return entities
    .slice(0, MAX_ENTITIES)
    .filter(({ type }) => BLOCK.has(type) || INLINE.has(type))
    .map(entity => ({
      entity,
      from: entity.offset,
      to: Math.min(entity.offset + entity.length, text.length),
    }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from || b.to - a.to);
}

const inside = (pieces: readonly Piece[], range: Range): Piece[] =>
  pieces
    .filter(({ from, to }) => from < range.to && to > range.from)
    .map(piece => ({ ...piece, from: Math.max(piece.from, range.from), to: Math.min(piece.to, range.to) }));

/** Code blocks and quotes, and the paragraphs between them. */
function blocks(text: string, range: Range, pieces: readonly Piece[]): string {
  const out: string[] = [];
  let at = range.from;
  for (const piece of pieces.filter(({ entity }) => BLOCK.has(entity.type))) {
    if (piece.from < at) continue;
    out.push(paragraphs(text, { from: at, to: piece.from }, pieces));
    out.push(
      block(
        text,
        piece,
        pieces.filter(other => other !== piece),
      ),
    );
    at = piece.to;
  }
  out.push(paragraphs(text, { from: at, to: range.to }, pieces));
  return out.filter(part => part !== '').join('\n\n');
}

function block(text: string, piece: Piece, others: readonly Piece[]): string {
  if (piece.entity.type === 'pre')
    return fence(tidyInside(text.slice(piece.from, piece.to)), piece.entity.language);
  const unquoted = inside(others, piece).filter(({ entity }) => !entity.type.endsWith('blockquote'));
  const content = blocks(text, piece, unquoted);
  return content === '' ? '' : content.replace(/^/gm, '> ');
}

function fence(code: string, language = ''): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${ticks}${LANGUAGE.test(language) ? language : ''}\n${code.replace(/^\n+|\s+$/g, '')}\n${ticks}`;
}

function longestRun(code: string): number {
  return Math.max(0, ...(code.match(/`+/g) ?? []).map(run => run.length));
}

/** Lines end in hard breaks; an empty line parts paragraphs. Formatting never runs over a line end. */
function paragraphs(text: string, range: Range, pieces: readonly Piece[]): string {
  const out: string[][] = [[]];
  let from = range.from;
  for (const typed of text.slice(range.from, range.to).split('\n')) {
    const to = from + typed.length;
    const written = line(text, { from, to }, inside(pieces, { from, to }));
    if (written !== '') out.at(-1)?.push(written);
    else out.push([]);
    from = to + 1;
  }
  return out
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\\\n'))
    .join('\n\n');
}

/** One line with its formatting; without it when CommonMark would not read the marks as they are meant. */
function line(text: string, range: Range, pieces: readonly Piece[]): string {
  const typed = tidyInside(text.slice(range.from, range.to)).trimEnd();
  const simple = typed.trim() === '' ? '' : literalInline(typed);
  const marks = pieces.filter(({ entity }) => INLINE.has(entity.type));
  if (simple === '' || marks.length === 0) return simple;
  const formatted = inline(text, range, marks).trim();
  // A mark at the end is read otherwise before the sign of a hard break.
  const isRead = [formatted, `${formatted}\\\nx`].every(
    (written, more) => format(written).text === `${typed.trim()}${more ? '\nx' : ''}`,
  );
  return isRead ? formatted : simple;
}

function inline(text: string, range: Range, pieces: readonly Piece[]): string {
  let out = '';
  let at = range.from;
  for (const [index, piece] of pieces.entries()) {
    if (piece.from < at) continue;
    out += words(text.slice(at, piece.from));
    out += styled(text, piece, inside(pieces.slice(index + 1), piece));
    at = piece.to;
  }
  return out + words(text.slice(at, range.to));
}

/** Literal, but with its outer spaces as they are: a mark next to `&#32;` would be read otherwise. */
function words(text: string): string {
  return around(tidyInside(text), literalInline);
}

function around(text: string, wrap: (core: string) => string): string {
  const core = text.trim();
  if (core === '') return text;
  const start = text.indexOf(core);
  return text.slice(0, start) + wrap(core) + text.slice(start + core.length);
}

function styled(text: string, piece: Piece, inner: readonly Piece[]): string {
  const { type, url } = piece.entity;
  // Bold in bold is bold.
  const others = inner.filter(({ entity }) => entity.type !== type);
  if (type === 'code') return around(tidyInside(text.slice(piece.from, piece.to)), codeSpan);
  const content = inline(text, piece, others);
  if (type === 'bold') return around(content, core => `**${core}**`);
  if (type === 'italic') return around(content, core => `*${core}*`);
  return url && URL.test(url) ? around(content, core => `[${core}](<${url}>)`) : content;
}

function codeSpan(code: string): string {
  const ticks = '`'.repeat(longestRun(code) + 1);
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${code}${pad}${ticks}`;
}
