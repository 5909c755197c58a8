import type { Dialect } from './render.ts';

/** What CommonMark is in HTML wherever it is shown; what a place escapes, links and styles is its own. */
export const htmlBlocks = {
  marker: () => '',
  list: (
    items: readonly string[],
    { ordered, start }: { readonly ordered: boolean; readonly start: number },
  ) => {
    const rows = items.map(item => `<li>${item}</li>`).join('\n');
    return ordered ? `<ol start="${start}">\n${rows}\n</ol>` : `<ul>\n${rows}\n</ul>`;
  },
  strong: (content: string) => `<strong>${content}</strong>`,
  emphasis: (content: string) => `<em>${content}</em>`,
  paragraph: (content: string) => `<p>${content}</p>`,
  break: () => '<br>',
  softBreak: () => '<br>',
  thematicBreak: () => '<hr>',
  between: '\n',
} satisfies Partial<Dialect>;
