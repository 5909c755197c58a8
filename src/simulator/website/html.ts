import type { Piece } from './types.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const TAGS: Readonly<Record<string, string>> = {
  p: 'p',
  b: 'strong',
  i: 'em',
  code: 'code',
  pre: 'pre',
  quote: 'blockquote',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  h: 'strong',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, sign => ESCAPES[sign] ?? '');
}

/** Pieces as safe HTML. */
export function htmlOf(pieces: readonly Piece[]): string {
  return pieces
    .map(piece => {
      if (typeof piece === 'string') return escapeHtml(piece);
      const [mark, ...content] = piece;
      if (mark === 'br' || mark === 'hr') return `<${mark}>`;
      if (mark === 'a')
        return `<a href="${escapeHtml(String(content[0]))}" rel="noreferrer">${htmlOf(content.slice(1))}</a>`;
      const tag = TAGS[mark] ?? 'span';
      return `<${tag}>${htmlOf(content)}</${tag}>`;
    })
    .join('');
}

const BLOCKS = new Set(['p', 'pre', 'quote', 'li', 'ul', 'ol', 'h']);

/** What a reader sees: blocks one under another. */
export function textOf(pieces: readonly Piece[]): string {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else {
      const [mark, ...content] = piece;
      if (mark === 'br') text += '\n';
      else if (mark === 'a') text += textOf(content.slice(1));
      else {
        if (BLOCKS.has(mark) && text !== '' && !text.endsWith('\n')) text += '\n';
        text += textOf(content);
      }
    }
  }
  return text;
}
