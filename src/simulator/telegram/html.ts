import type { Entity, Formatted } from './types.ts';

/** Tag names of entities that need no attribute. */
const SIMPLE: Readonly<Record<string, string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

/** Escapes text for HTML, quotes included. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A text with its entities as safe HTML; line ends become `<br>`. Links only to http, https, mailto, tel and tg. */
export function toHtml({ text, entities }: Formatted): string {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length);
  const edges = [...cuts].sort((a, b) => a - b);
  let html = '';
  let open: readonly Entity[] = [];
  edges.forEach((edge, index) => {
    const next = edges[index + 1] ?? edge;
    const wanted =
      next === edge ? [] : entities.filter(({ offset, length }) => offset <= edge && offset + length >= next);
    const shared = commonPrefix(open, wanted);
    html += open.slice(shared).reverse().map(endTag).join('');
    html += wanted
      .slice(shared)
      .map(entity => startTag(entity, text))
      .join('');
    html += escapeHtml(text.slice(edge, next)).replaceAll('\n', '<br>');
    open = wanted;
  });
  return html;
}

function commonPrefix(a: readonly Entity[], b: readonly Entity[]): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count += 1;
  return count;
}

function startTag(entity: Entity, text: string): string {
  const simple = SIMPLE[entity.type];
  if (simple) return `<${simple}>`;
  const value = text.slice(entity.offset, entity.offset + entity.length);
  switch (entity.type) {
    case 'spoiler':
      return '<span class="spoiler">';
    case 'pre':
      return entity.language ? `<pre data-language="${escapeHtml(entity.language)}">` : '<pre>';
    case 'text_link':
      return link(entity.url ?? '');
    case 'url':
      return link(/^[a-z]+:/i.test(value) ? value : `http://${value}`);
    case 'email':
      return link(`mailto:${value}`);
    default:
      return `<span class="${escapeHtml(entity.type.replaceAll('_', '-'))}">`;
  }
}

function link(address: string): string {
  const safe = /^(?:https?|mailto|tel|tg):/i.test(address);
  return safe ? `<a href="${escapeHtml(address)}" rel="noopener noreferrer" target="_blank">` : '<a>';
}

function endTag(entity: Entity): string {
  if (entity.type === 'pre') return '</pre>';
  if (['text_link', 'url', 'email'].includes(entity.type)) return '</a>';
  return `</${SIMPLE[entity.type] ?? 'span'}>`;
}
