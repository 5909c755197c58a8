import { withGlyphs } from './emoji.ts';

/** How the client names users and channels. */
export interface Names {
  user(id: string): string | undefined;
  channel(id: string): string | undefined;
}

/** A text as a reader sees it, as safe HTML, and whom it notifies. */
export interface Seen {
  readonly text: string;
  readonly html: string;
  readonly mentions: readonly string[];
}

const NOTHING: Seen = { text: '', html: '', mentions: [] };

/** Makes any text safe inside HTML, quotes included. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

// Slack decodes exactly these three: https://docs.slack.dev/messaging/formatting-message-text#escaping
function decode(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** Plain text (a `plain_text` object, a title): no markup, no mentions, but emoji. */
export function plain(text: string): Seen {
  const seen = withGlyphs(text);
  return { text: seen, html: escapeHtml(seen).replace(/\n/g, '<br>'), mentions: [] };
}

function mention(name: string, whom: string): Seen {
  return { text: name, html: `<span class="mention">${escapeHtml(name)}</span>`, mentions: [whom] };
}

function link(url: string, label: string): Seen {
  const href = /^(https?|mailto|tel):/.test(url) ? url : `about:blank#${url}`;
  return { text: label, html: `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`, mentions: [] };
}

/** What stands between `<` and `>` on the wire; undefined when it is no token of Slack and stays as it is. */
function token(inner: string, names: Names): Seen | undefined {
  const bar = inner.indexOf('|');
  const head = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : decode(inner.slice(bar + 1));
  if (head.startsWith('@')) {
    const name = names.user(head.slice(1));
    return name === undefined ? undefined : mention(`@${name}`, head.slice(1));
  }
  if (head.startsWith('#')) {
    const name = names.channel(head.slice(1)) ?? label;
    return name === undefined ? undefined : { ...mention(`#${name}`, ''), mentions: [] };
  }
  if (/^!(channel|here|everyone)$/.test(head)) return mention(`@${head.slice(1)}`, head.slice(1));
  if (head.startsWith('!subteam^')) return mention(label ?? head, head.slice('!subteam^'.length));
  if (head.startsWith('!date^')) return label === undefined ? undefined : plain(label);
  if (/^(https?:\/\/|mailto:|tel:)/.test(head)) {
    return link(decode(head), label ?? decode(head).replace(/^mailto:|^tel:/, ''));
  }
  return undefined;
}

const OPEN = '\uE000';
const SHUT = '\uE001';
const STYLES: readonly (readonly [RegExp, string])[] = [
  [/(^|[\s\p{P}\uE001])\*(\S(?:[^\n]*?\S)?)\*(?=$|[\s\p{P}\uE000])/gu, 'b'],
  [/(^|[\s\p{P}\uE001])_(\S(?:[^\n]*?\S)?)_(?=$|[\s\p{P}\uE000])/gu, 'i'],
  [/(^|[\s\p{P}\uE001])~(\S(?:[^\n]*?\S)?)~(?=$|[\s\p{P}\uE000])/gu, 's'],
];

function styled(text: string, html: boolean): string {
  let out = html ? escapeHtml(text) : text;
  for (const [pattern, tag] of STYLES) out = out.replace(pattern, html ? `$1<${tag}>$2</${tag}>` : '$1$2');
  return out;
}

function quoted(html: string): string {
  return html
    .split('\n')
    .map(line => (line.startsWith('&gt;') ? `<blockquote>${line.slice(4).trimStart()}</blockquote>` : line))
    .join('<br>')
    .replace(/<\/blockquote><br>/g, '</blockquote>');
}

/** Slack's `mrkdwn` as it stands on the wire (escaped, with `<…>` tokens) → what a reader sees. */
export function mrkdwn(wire: string, names: Names): Seen {
  if (wire === '') return NOTHING;
  const kept: Seen[] = [];
  const keep = (seen: Seen): string => {
    kept.push(seen);
    return `${OPEN}${kept.length - 1}${SHUT}`;
  };
  const code = (tag: string, text: string): Seen => {
    const inside = decode(text);
    return { text: inside, html: `<${tag}>${escapeHtml(inside)}</${tag}>`, mentions: [] };
  };
  const held = wire
    .replace(/[\uE000\uE001]/g, '')
    .replace(/```\n?([\s\S]+?)\n?```/g, (_, text: string) => keep(code('pre', text)))
    .replace(/`([^`\n]+)`/g, (_, text: string) => keep(code('code', text)))
    .replace(/<([^<>\n]+)>/g, (whole, inner: string) => {
      const seen = token(inner, names);
      return seen ? keep(seen) : whole;
    });
  const words = withGlyphs(decode(held));
  const fill = (text: string, part: 'text' | 'html'): string =>
    text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => kept[Number(index)]?.[part] ?? '');
  return {
    text: fill(styled(words, false), 'text').replace(/^> ?/gm, ''),
    html: fill(quoted(styled(words, true)), 'html'),
    mentions: kept.flatMap(seen => seen.mentions),
  };
}

/** Standard Markdown, as in the `markdown` block: the common part of it, turned into Slack's own dialect first. */
export function markdown(text: string, names: Names): Seen {
  const wire = text
    .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>')
    .replace(/(^|[^*])\*(?!\*)([^*\n]+)\*(?!\*)/g, '$1_$2_')
    .replace(/\*\*([^\n]+?)\*\*/g, '*$1*')
    .replace(/~~([^\n]+?)~~/g, '~$1~')
    .replace(/^#{1,6} +(.+)$/gm, '*$1*')
    .replace(/^(\s*)[-*] +/gm, '$1• ')
    .replace(/\\([*_~`#[\]()<>-])/g, '$1');
  return mrkdwn(wire, names);
}

/** Puts several seen texts under each other. */
export function stack(parts: readonly Seen[]): Seen {
  const real = parts.filter(part => part.text !== '' || part.html !== '');
  return {
    text: real
      .map(part => part.text)
      .filter(Boolean)
      .join('\n'),
    html: real.map(part => `<div>${part.html}</div>`).join(''),
    mentions: real.flatMap(part => part.mentions),
  };
}
