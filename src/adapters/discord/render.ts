import type { Dialect } from '../../core/index.ts';
import { render } from '../../core/index.ts';

/** An address that Discord makes a link of; it must stay as it is, since the client takes backslashes as part of it. */
const URL_IN_TEXT = /https?:\/\/[^\s<>|`*\\[\]"]+/gi;
/** Characters that mean something anywhere: emphasis, code, spoilers, strike-through, links, and all `<…>` forms (mentions, emoji, times). */
const ANYWHERE = /[\\*_~|`[\]<]/g;
/** What means something at the beginning of a line: headings, subtext, quotes, lists. */
const AT_START = /^(\s*)(?:(#{1,3}|-#|>>>|>|-)(?=\s|$)|(\d+)(\.)(?=\s|$))/;
const LANGUAGE = /^[\w+#.-]{1,20}$/;

function escapePlain(value: string): string {
  return value.replace(ANYWHERE, '\\$&');
}

/** One line of plain text so that Discord shows exactly it. */
export function escapeText(value: string): string {
  let out = '';
  let from = 0;
  for (const match of value.matchAll(URL_IN_TEXT)) {
    out += escapePlain(value.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  out += escapePlain(value.slice(from));
  return out.replace(AT_START, (_, space: string, mark?: string, digits?: string, dot?: string) =>
    mark === undefined ? `${space}${digits}\\${dot}` : `${space}\\${mark}`,
  );
}

/** Wraps what is not empty. */
const around = (mark: string) => (content: string) =>
  content.trim() === '' ? content : mark + content + mark;

function inlineCode(value: string): string {
  const line = value.replaceAll('\n', ' ');
  if (line.includes('``')) return escapeText(line);
  if (!line.includes('`')) return `\`${line}\``;
  return `\`\` ${line} \`\``;
}

function codeBlock(value: string, language: string): string {
  // A fence inside would end the block: a zero-width space parts its backticks.
  const inert = value.replaceAll('```', '`\u200B``');
  return `\`\`\`${LANGUAGE.test(language) ? language : ''}\n${inert || ' '}\n\`\`\``;
}

function link(content: string, url: string): string {
  const address = url.replace(/^(?:mailto|tel):/i, '');
  if (content === url || content === escapeText(url))
    return /^https?:/i.test(url) ? `<${url}>` : escapeText(address);
  if (!/^https?:/i.test(url))
    return content === escapeText(address) ? content : `${content} (${escapeText(address)})`;
  // The client shows a link whose text looks like another address as raw source, against phishing: say both.
  if (content.trim() === '' || /:\/\/|\n/.test(content)) return `${content} (<${url}>)`.trim();
  return `[${content}](<${url}>)`;
}

const dialect: Dialect = {
  text: escapeText,
  strong: around('**'),
  emphasis: around('*'),
  inlineCode,
  code: codeBlock,
  link,
  heading: (content, depth) => {
    const line = content.replaceAll('\n', ' ');
    return depth <= 3 ? `${'#'.repeat(depth)} ${line}` : around('**')(line);
  },
  quote: content => content.replace(/^/gm, '> '),
  marker: ({ ordered, number }) => (ordered ? `${number}. ` : '- '),
  thematicBreak: () => '\u2500'.repeat(12),
};

/** CommonMark → Discord's markdown. Mentions in it are shown as typed; that nothing notifies is sure only with `quiet` beside it. */
export function toDiscord(markdown: string): string {
  return render(markdown, dialect);
}

/** `allowed_mentions` under which nothing in a message notifies anybody (Allowed Mentions object). */
export const quiet: { parse: []; users?: string[]; replied_user: false } = { parse: [], replied_user: false };
