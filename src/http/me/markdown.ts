import { type Dialect, htmlBlocks, render } from '../../core/index.ts';
import { Markup, markup } from '../markup.ts';

const LINK = /^(?:https?:\/\/|mailto:)/i;
const escaped = (text: string): string => markup`${text}`.source;
/** Who is led away learns nothing of where from, and finds no way back into this window. */
const link = (content: string, url: string): string =>
  LINK.test(url)
    ? `<a href="${escaped(url)}" rel="noopener noreferrer nofollow ugc">${content}</a>`
    : `${content} (${escaped(url)})`;

/** Nothing but these elements is ever written. A picture is a link: nothing is loaded from elsewhere. */
const HTML: Dialect = {
  ...htmlBlocks,
  text: escaped,
  inlineCode: value => `<code>${escaped(value)}</code>`,
  code: value => `<pre><code>${escaped(value)}</code></pre>`,
  link,
  image: (alt, url) => link(escaped(alt || url), url),
  heading: content => `<p><strong>${content}</strong></p>`,
  quote: content => `<blockquote>${content}</blockquote>`,
};

/** CommonMark, whoever wrote it, as HTML that is safe by construction. */
export function shownMarkdown(source: string): Markup {
  return new Markup(render(source, HTML));
}
