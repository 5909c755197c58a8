/** Shows a mail's HTML as mail programs do: nothing of it runs, loads or leads anywhere but by a click. */

/** Elements that are shown, without any of their attributes. */
const SHOWN = new Set(
  'b blockquote br code div em h1 h2 h3 hr i li ol p pre s small span strong sub sup u ul'.split(' '),
);
/** Elements whose content is no text. */
const HIDDEN =
  /<(script|style|head|title|template|svg|math|iframe|object|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)|<![^>]*>/g;
const TAG = /<(\/?)([a-z][a-z\d]*)\b([^>]*)>/gi;
/** Marks for tags that were let through; what else has a meaning in HTML is escaped. */
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/** Escapes text for HTML, quotes included. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A mail's HTML made inert: a few plain elements, links to http, https and mailto, no pictures. */
export function inert(html: string): string {
  const source = html.replace(COMMENT, '').replace(HIDDEN, '');
  let out = '';
  let from = 0;
  for (const match of source.matchAll(TAG)) {
    out += words(source.slice(from, match.index));
    out += tag(match[1] === '/', (match[2] ?? '').toLowerCase(), match[3] ?? '');
    from = match.index + match[0].length;
  }
  return (out + words(source.slice(from))).trim();
}

function tag(closes: boolean, name: string, attributes: string): string {
  if (name === 'a') return closes ? '</a>' : link(attributes);
  if (name === 'li') return closes ? '</div>' : '<div>• ';
  if (name === 'ul' || name === 'ol' || name === 'p') return closes ? '</div>' : '<div>';
  return SHOWN.has(name) ? `<${closes ? '/' : ''}${name}>` : '';
}

function link(attributes: string): string {
  const [, double, single] = HREF.exec(attributes) ?? [];
  const href = unescapeHtml(double ?? single ?? '');
  return /^(?:https?:|mailto:)/i.test(href) ? `<a href="${escapeHtml(href)}">` : '<a>';
}

/** Text between tags: its references stay, all else that could begin one is escaped. */
function words(text: string): string {
  return text
    .replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,10});)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
