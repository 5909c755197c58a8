import type { MessageEntity } from 'grammy/types';
import { type Dialect, render } from '../../core/index.ts';

/** A text in Telegram's own form: plain, with the formatting beside it in UTF-16 units. Nothing needs escaping. */
export interface Formatted {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** The formatting the desk uses, with the extra fact that a kind carries. */
type Style =
  | { readonly type: 'bold' | 'italic' | 'code' | 'blockquote' }
  | { readonly type: 'pre'; readonly language: string }
  | { readonly type: 'text_link'; readonly url: string };

type Range = { readonly from: number; readonly to: number };
type Span = { readonly style: Style; readonly from: number; to: number };

const OPEN = '\uFDD0';
const NAMED = '\uFDD1';
const CLOSE = '\uFDD2';
const MARKS = /[\uFDD0-\uFDD2]/g;
const LANGUAGE = /^[\w+#.-]{1,40}$/;
const WEB = /^https?:\/\//i;

const bare = (value: string): string => value.replace(MARKS, '');

/**
 * CommonMark → Telegram. The dialect puts noncharacters, which Unicode keeps for inside use and which are taken out of everybody's text,
 * around what is formatted; one pass over the result turns them into offsets. Telegram keeps the first 100 entities and shows the rest plain.
 */
export function format(markdown: string): Formatted {
  const styles: Style[] = [];
  const around = (content: string, style: Style): string =>
    content === '' ? '' : `${OPEN}${styles.push(style) - 1}${NAMED}${content}${CLOSE}`;
  return settle(render(markdown, dialect(around)), styles);
}

/** Length of the text as Telegram counts it against 4096. */
export function measure(markdown: string): number {
  return format(markdown).text.length;
}
function dialect(around: (content: string, style: Style) => string): Dialect {
  return {
    text: bare,
    strong: content => around(content, { type: 'bold' }),
    emphasis: content => around(content, { type: 'italic' }),
    inlineCode: value => around(bare(value), { type: 'code' }),
    code: (value, language) =>
      around(bare(value), { type: 'pre', language: LANGUAGE.test(language) ? language : '' }),
    link: (content, url) => {
      if (content === url || `mailto:${content}` === url || `tel:${content}` === url) return content;
      return WEB.test(url) ? around(content, { type: 'text_link', url }) : `${content} (${bare(url)})`;
    },
    heading: content => around(content, { type: 'bold' }),
    quote: content => around(content, { type: 'blockquote' }),
    marker: ({ ordered, number, depth }) => (ordered ? `${number}. ` : depth === 0 ? '• ' : '◦ '),
    thematicBreak: () => '———',
  };
}

/** Takes the marks out, and keeps what Telegram's rules for nesting allow. */
function settle(marked: string, styles: readonly Style[]): Formatted {
  const spans: Span[] = [];
  const open: Span[] = [];
  let text = '';
  for (const [piece] of marked.matchAll(/\uFDD0\d+\uFDD1|\uFDD2|[^\uFDD0\uFDD2]+/g)) {
    if (piece === CLOSE) {
      const span = open.pop();
      if (span) span.to = text.length;
    } else if (piece.startsWith(OPEN)) {
      const span = { style: styles[Number(piece.slice(1, -1))] as Style, from: text.length, to: text.length };
      spans.push(span);
      open.push(span);
    } else text += piece;
  }
  return { text, entities: legal(spans).map(entityOf) };
}

const isCode = ({ style }: Span): boolean => style.type === 'code' || style.type === 'pre';
const within = (inner: Range, outer: Range): boolean => outer.from <= inner.from && inner.to <= outer.to;

/**
 * core.telegram.org/bots/api#messageentity: code stands in nothing but a quote, quotes do not nest, a link holds neither code nor a link.
 * So code wins over bold and italic, which are cut around it, and the outer of two alike wins. Spans are in order of their opening.
 */
function legal(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const loses = kept.some(
      ({ style, ...outer }) =>
        within(span, outer) &&
        (style.type === span.style.type || (style.type === 'text_link' && isCode(span))),
    );
    if (!loses && span.to > span.from) kept.push(span);
  }
  const codes = kept.filter(isCode);
  return kept.flatMap(span => {
    const cut = span.style.type === 'bold' || span.style.type === 'italic';
    return cut
      ? outside(
          span,
          codes.filter(code => within(code, span)),
        )
      : [span];
  });
}

function outside(span: Span, holes: readonly Span[]): Span[] {
  const parts: Span[] = [];
  let from = span.from;
  for (const hole of holes) {
    if (hole.from > from) parts.push({ style: span.style, from, to: hole.from });
    from = hole.to;
  }
  if (span.to > from) parts.push({ style: span.style, from, to: span.to });
  return parts;
}

function entityOf({ style, from, to }: Span): MessageEntity {
  const at = { offset: from, length: to - from };
  if (style.type === 'text_link') return { type: 'text_link', url: style.url, ...at };
  if (style.type !== 'pre') return { type: style.type, ...at };
  return style.language === '' ? { type: 'pre', ...at } : { type: 'pre', language: style.language, ...at };
}
