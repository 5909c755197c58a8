import { type Dialect, render } from '../../core/index.ts';
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
  text: escaped,
  strong: content => `<strong>${content}</strong>`,
  emphasis: content => `<em>${content}</em>`,
  inlineCode: value => `<code>${escaped(value)}</code>`,
  code: value => `<pre><code>${escaped(value)}</code></pre>`,
  link,
  image: (alt, url) => link(escaped(alt || url), url),
  heading: content => `<p><strong>${content}</strong></p>`,
  quote: content => `<blockquote>${content}</blockquote>`,
  marker: () => '',
  list: (items, { ordered, start }) => {
    const rows = items.map(item => `<li>${item}</li>`).join('\n');
    return ordered ? `<ol start="${start}">\n${rows}\n</ol>` : `<ul>\n${rows}\n</ul>`;
  },
  paragraph: content => `<p>${content}</p>`,
  break: () => '<br>',
  softBreak: () => '<br>',
  thematicBreak: () => '<hr>',
  between: '\n',
};

/** CommonMark, whoever wrote it, as HTML that is safe by construction. */
export function shownMarkdown(source: string): Markup {
  return new Markup(render(source, HTML));
}
