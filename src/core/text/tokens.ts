import type { Emphasis, Link, PhrasingContent, Strong, Text } from 'mdast';

type Wrapper = Strong | Emphasis | Link;

/** A bit of a line that is shown in one style: what stands there, and the marks around it, outermost first. */
export interface Token {
  readonly leaf: PhrasingContent;
  readonly around: readonly Wrapper[];
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A paragraph's content as tokens. The address of a link or an image that is longer than `maxUrl` would fit into no piece with its text:
 * it is written out instead.
 */
export function tokens(
  nodes: readonly PhrasingContent[],
  maxUrl: number,
  around: readonly Wrapper[] = [],
): Token[] {
  return nodes.flatMap((node): Token[] => {
    if (node.type === 'link' && node.url.length > maxUrl) {
      return [...tokens(node.children, maxUrl, around), { leaf: words(` (${node.url})`), around }];
    }
    if (node.type === 'image' && (node.alt ?? '').length + node.url.length > maxUrl) {
      return [{ leaf: words(`${node.alt ?? ''} (${node.url})`), around }];
    }
    if (node.type === 'strong' || node.type === 'emphasis' || node.type === 'link') {
      return tokens(node.children, maxUrl, [...around, { ...node, data: node.data ?? {} }]);
    }
    return [{ leaf: node, around }];
  });
}

const words = (value: string): Text => ({ type: 'text', value });

/** Tokens → content again; the serializer joins neighbours of one style. Breaks and spaces at the end are dropped. */
export function content(parts: readonly (readonly Token[])[]): PhrasingContent[] {
  const all = parts.flat();
  while (all.length > 0) {
    const { leaf, around } = all.pop() as Token;
    if (leaf.type === 'break') continue;
    if (leaf.type !== 'text') {
      all.push({ leaf, around });
      break;
    }
    const value = leaf.value.trimEnd();
    if (value === '') continue;
    all.push({ leaf: words(value), around });
    break;
  }
  return all.map(({ leaf, around }) =>
    around.reduceRight<PhrasingContent>(
      (inner, wrapper) => ({ ...wrapper, children: [inner] }) as Wrapper,
      leaf,
    ),
  );
}

/** One list of tokens per line. */
export function byLine(all: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of cutText(all, text => text.split(/(?<=\n)/))) {
    lines.at(-1)?.push(token);
    if (token.leaf.type === 'break' || (token.leaf.type === 'text' && token.leaf.value.endsWith('\n')))
      lines.push([]);
  }
  return lines.filter(line => line.length > 0);
}

/** One list of tokens per word with the spaces after it; code stays whole. */
export function byWord(all: readonly Token[]): Token[][] {
  return cutText(all, text => text.split(/(?<=\s)(?=\S)/u)).map(token => [token]);
}

/** One list of tokens per grapheme, code included. */
export function byGrapheme(all: readonly Token[]): Token[][] {
  const segments = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);
  return cutText(all, segments, true).map(token => [token]);
}

/** The last resort, for a grapheme longer than a whole piece. */
export function byCodePoint(all: readonly Token[]): Token[][] {
  return cutText(all, text => [...text], true).map(token => [token]);
}

function cutText(all: readonly Token[], cut: (text: string) => string[], code = false): Token[] {
  return all.flatMap(({ leaf, around }): Token[] =>
    leaf.type === 'text' || (code && leaf.type === 'inlineCode')
      ? cut(leaf.value).map(value => ({ leaf: { ...leaf, value }, around }))
      : [{ leaf, around }],
  );
}
