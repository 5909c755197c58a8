/** CommonMark → mail: readable plain text, and HTML that is safe by construction. */
import { type Dialect, htmlBlocks, type Outbound, render } from '../../core/index.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Every character that HTML gives a meaning. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, sign => ESCAPES[sign] ?? '');
}

/** `tel:` arrives too; mail keeps to what every reader shows as a link. */
const LINK = /^(?:https?:\/\/|mailto:)/i;
const MONO = 'font-family:ui-monospace,Consolas,monospace;background:#f1f3f5';

/** Nothing but these elements is ever written, and none with a source: no picture is loaded, so nobody learns when mail is read. */
const HTML: Dialect = {
  ...htmlBlocks,
  text: escapeHtml,
  inlineCode: value => `<code style="${MONO}">${escapeHtml(value)}</code>`,
  code: value =>
    `<pre style="${MONO};padding:8px;white-space:pre-wrap"><code>${escapeHtml(value)}</code></pre>`,
  link: (content, url) =>
    LINK.test(url) ? `<a href="${escapeHtml(url)}">${content}</a>` : `${content} (${escapeHtml(url)})`,
  image: (alt, url) =>
    LINK.test(url)
      ? `<a href="${escapeHtml(url)}">${escapeHtml(alt || url)}</a>`
      : escapeHtml(`${alt} (${url})`),
  heading: (content, depth) => `<h${depth}>${content}</h${depth}>`,
  quote: content =>
    `<blockquote style="margin:0;padding-left:12px;border-left:3px solid #ccc">${content}</blockquote>`,
};

const same = (content: string): string => content;
const ahead =
  (mark: string) =>
  (content: string): string =>
    content.replace(/^/gm, mark);

/** As people write mail by hand. */
const TEXT: Dialect = {
  text: same,
  strong: content => `*${content}*`,
  emphasis: content => `_${content}_`,
  inlineCode: same,
  code: ahead('    '),
  link: (content, url) =>
    content === url || `mailto:${content}` === url || `tel:${content}` === url
      ? content
      : `${content} <${url}>`,
  image: (alt, url) => (alt === '' ? url : `${alt} <${url}>`),
  heading: content => `*${content}*`,
  quote: ahead('> '),
  marker: ({ ordered, number }) => (ordered ? `${number}. ` : '- '),
  thematicBreak: () => '----',
};

/** The plain-text part. */
export function toText(markdown: string): string {
  return render(markdown, TEXT);
}

/** What stands below a mail. */
type Foot = Outbound['foot'];

/** The foot of the plain-text part, behind the sign that mail programs know it by (RFC 3676 §4.3). */
export function footText(foot: Foot = []): string {
  const width = Math.max(0, ...foot.map(({ label }) => label.length));
  const rows = foot.map(({ label, value }) => `${label.padEnd(width)}  ${value}`);
  return rows.length === 0 ? '' : `\n\n-- \n${rows.join('\n')}`;
}

function footTable(foot: Foot = []): string {
  if (foot.length === 0) return '';
  const rows = foot.map(
    ({ label, value }) =>
      `<tr><th scope="row" align="left" valign="top" style="padding:2px 12px 2px 0;font-weight:600">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `\n<hr>\n<table style="font-size:13px;border-collapse:collapse">\n${rows.join('\n')}\n</table>`;
}

/** The HTML part: a whole page. */
export function toHtml(markdown: string, foot?: Foot): string {
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
<body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5">
${render(markdown, HTML)}${footTable(foot)}
</body></html>`;
}
