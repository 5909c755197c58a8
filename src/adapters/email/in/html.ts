/** HTML of mail → CommonMark; the only file that knows parse5 and its kin. Nothing is fetched, nothing is run, no picture is kept. */
import type { Element, ElementContent, Root, RootContent, Text } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import { toMarkdown } from 'mdast-util-to-markdown';

/** UTF-16 units of HTML that are read: mails of programs have some hundred KB of styles. */
const MOST = 2_000_000;
/** Elements within elements, at most: pages have some forty, tables of newsletters a hundred. */
const DEEPEST = 250;

/** What is never words. */
const DROPPED = new Set([
  ...['script', 'style', 'head', 'title', 'meta', 'link', 'base', 'template', 'noscript', 'svg', 'math'],
  ...[
    'iframe',
    'object',
    'embed',
    'audio',
    'video',
    'canvas',
    'form',
    'input',
    'button',
    'select',
    'textarea',
  ],
]);
/** How mail programs mark what is quoted, by class and by id. */
const QUOTES =
  /(?:^|\s)(?:gmail_quote|gmail_extra|gmail_attr|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-cite-prefix|x_gmail_quote|quote_container)(?:\s|$)/;
const QUOTE_IDS =
  /^(?:x_)?(?:divRplyFwdMsg|appendonsend|reply-intro|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container)$/;
const SIGNATURES = /(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block)(?:\s|$)/;
const SIGNATURE_IDS = /^(?:x_)?(?:Signature|ms-outlook-mobile-signature)$/;

/** The words of an HTML part, and what was folded away; both CommonMark. Throws for what no parser can hold. */
export function readHtml(html: string): { readonly text: string; readonly folded: string } {
  const root = fromHtml(html.slice(0, MOST));
  const folded: RootContent[] = [];
  const state: Walk = { folded, cutting: false };
  const kept = { ...root, children: walk(root.children, state, 0) as RootContent[] } satisfies Root;
  const text = write(kept);
  if (text !== '' || folded.length === 0) return { text, folded: write({ type: 'root', children: folded }) };
  return { text: write({ type: 'root', children: folded }), folded: '' };
}

interface Walk {
  readonly folded: RootContent[];
  /** A quote has begun: all that follows is below it. */
  cutting: boolean;
}

function walk(
  children: readonly (RootContent | ElementContent)[],
  state: Walk,
  depth: number,
): RootContent[] {
  const kept: RootContent[] = [];
  for (const child of fit(children, depth)) {
    if (child.type === 'element' && isQuote(child)) state.cutting = true;
    if (state.cutting || (child.type === 'element' && isSignature(child)))
      state.folded.push(whole(child, depth));
    else if (child.type === 'element')
      kept.push({ ...bare(child), children: walk(child.children, state, depth + 1) as ElementContent[] });
    else kept.push(child);
  }
  return kept;
}

/** Words, and what may hold some. */
function fit(children: readonly (RootContent | ElementContent)[], depth: number): (Text | Element)[] {
  if (depth > DEEPEST) throw new RangeError('the elements of a mail are nested too deeply');
  return children.filter((one): one is Text | Element =>
    one.type === 'element' ? one.tagName !== 'img' && !isDropped(one) : one.type === 'text',
  );
}

/** What is folded keeps its shape, and is as clean. */
function whole(child: Text | Element, depth: number): Text | Element {
  if (child.type === 'text') return child;
  return { ...bare(child), children: fit(child.children, depth + 1).map(one => whole(one, depth + 1)) };
}

function isDropped({ tagName, properties }: Element): boolean {
  if (DROPPED.has(tagName)) return true;
  const style = String(properties.style ?? '')
    .replace(/\s/g, '')
    .toLowerCase();
  return (
    properties.hidden === true ||
    /display:none|visibility:hidden|font-size:0(?:px)?(?:;|$)|mso-hide:all/.test(style)
  );
}

const classesOf = ({ properties: { className } }: Element): string =>
  Array.isArray(className) ? className.join(' ') : String(className ?? '');

function isQuote(element: Element): boolean {
  const { tagName, properties } = element;
  if (tagName === 'blockquote' && properties.type === 'cite') return true;
  return QUOTES.test(classesOf(element)) || QUOTE_IDS.test(String(properties.id ?? ''));
}

function isSignature(element: Element): boolean {
  return SIGNATURES.test(classesOf(element)) || SIGNATURE_IDS.test(String(element.properties.id ?? ''));
}

/** The only property that counts is where a link leads. */
function bare(element: Element): Element {
  const { href } = element.properties;
  const leads =
    element.tagName === 'a' && typeof href === 'string' && /^(?:https?:\/\/|mailto:|tel:)/i.test(href.trim());
  return { ...element, properties: leads ? { href: href.trim() } : {} };
}

function write(root: Root): string {
  const mdast = toMdast(root, { newlines: false });
  return toMarkdown(mdast as Parameters<typeof toMarkdown>[0], { bullet: '-', rule: '-' }).trim();
}

/** The words of HTML that no parser can hold: what is left when all tags are gone. */
export function strip(html: string): string {
  return html
    .slice(0, MOST)
    .replace(/<(script|style)\b[^>]{0,2000}>[\s\S]{0,200000}?<\/\1>/gi, ' ')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}
