/**
 * Slack's own text format, where a message has no rich_text: https://docs.slack.dev/messaging/formatting-message-text.
 * `<…>` are the only tokens; `&amp; &lt; &gt;` the only entities.
 */
import type { NameOf, Part, Run } from './dialect.ts';

type Style = Pick<Run, 'bold' | 'italic'>;

const FENCE = /```\n?([\s\S]*?)\n?```/g;
const QUOTE = /^(?:>|&gt;) ?/;
const EDGE = String.raw`[\p{L}\p{N}`;
/** One alternative per kind of token. None may cross another of its own mark, so that reading stays linear. */
const TOKEN = new RegExp(
  [
    '<([^<>\\n]+)>',
    '`([^`\\n]+)`',
    `(?<!${EDGE}*])\\*(?!\\s)([^*\\n]+)(?<!\\s)\\*(?!${EDGE}*])`,
    `(?<!${EDGE}_])_(?!\\s)([^_\\n]+)(?<!\\s)_(?!${EDGE}_])`,
    `(?<!${EDGE}~])~(?!\\s)([^~\\n]+)(?<!\\s)~(?!${EDGE}~])`,
  ].join('|'),
  'gu',
);

/** mrkdwn → parts. Never throws. */
export function readMrkdwn(source: string, nameOf: NameOf): Part[] {
  const out: Part[] = [];
  let from = 0;
  for (const match of source.matchAll(FENCE)) {
    out.push(...readLines(source.slice(from, match.index), nameOf));
    out.push({ kind: 'code', text: plainMrkdwn(match[1] ?? '', nameOf) });
    from = match.index + match[0].length;
  }
  out.push(...readLines(source.slice(from), nameOf));
  return out;
}

/** mrkdwn → plain words: tokens as what they stand for, marks as they were typed. */
export function plainMrkdwn(source: string, nameOf: NameOf): string {
  return source.replace(/<([^<>\n]+)>|[^<]+|</g, (whole, token?: string) => {
    if (token === undefined) return decode(whole);
    const { text, url } = readToken(token, nameOf);
    return url && url !== text ? `${text} (${url})` : text;
  });
}

function readLines(source: string, nameOf: NameOf): Part[] {
  const out: { kind: 'text' | 'quote'; lines: string[] }[] = [];
  for (const line of source.replace(/^\n|\n$/g, '').split('\n')) {
    const kind = QUOTE.test(line) ? 'quote' : 'text';
    const last = out.at(-1);
    const text = kind === 'quote' ? line.replace(QUOTE, '') : line;
    if (last?.kind === kind) last.lines.push(text);
    else out.push({ kind, lines: [text] });
  }
  return out.map(({ kind, lines }) => ({ kind, runs: readInline(lines.join('\n'), {}, nameOf, 0) }));
}

function readInline(source: string, style: Style, nameOf: NameOf, depth: number): Run[] {
  const out: Run[] = [];
  let from = 0;
  for (const match of source.matchAll(TOKEN)) {
    if (match.index > from) out.push({ ...style, text: decode(source.slice(from, match.index)) });
    from = match.index + match[0].length;
    const [, token, code, bold, italic, struck] = match;
    if (token !== undefined) out.push({ ...style, ...readToken(token, nameOf) });
    else if (code !== undefined) out.push({ ...style, code: true, text: plainMrkdwn(code, nameOf) });
    else {
      const inner = bold ?? italic ?? struck ?? '';
      const added = bold !== undefined ? { bold: true } : italic !== undefined ? { italic: true } : {};
      if (depth < 4) out.push(...readInline(inner, { ...style, ...added }, nameOf, depth + 1));
      else out.push({ ...style, ...added, text: plainMrkdwn(inner, nameOf) });
    }
  }
  if (from < source.length) out.push({ ...style, text: decode(source.slice(from)) });
  return out;
}

/** What stands between `<` and `>`. Mentions become names. */
function readToken(token: string, nameOf: NameOf): { text: string; url?: string } {
  const bar = token.indexOf('|');
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? '' : decode(token.slice(bar + 1));
  const rest = target.slice(1);
  switch (target.charAt(0)) {
    case '@':
      return { text: `@${nameOf(rest) ?? (label || 'someone')}` };
    case '#':
      return { text: `#${label || 'channel'}` };
    case '!':
      if (rest.startsWith('date^')) return { text: label };
      if (rest.startsWith('subteam^')) return { text: label || '@group' };
      return { text: `@${decode(rest)}` };
    default:
      return /^[a-z][a-z0-9+.-]*:/i.test(target)
        ? { text: label || decode(target), url: decode(target) }
        : { text: decode(`<${token}>`) };
  }
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
