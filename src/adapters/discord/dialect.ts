import { literalInline } from '../../core/index.ts';

/** What the platform writes as an id and people see as a name. */
export interface Names {
  user(id: string): string | undefined;
  role(id: string): string | undefined;
  channel(id: string): string | undefined;
}

/** Marks the place of a finished piece; what people send has none of these (they are taken out first). */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const MARKS = /[\uE000\uE001]/g;
const HELD = /\uE000(\d+)\uE001/g;

const CODE_BLOCK = /```(?:([a-z0-9_+\-.#]+)\n)?\n*([\s\S]+?)\n*```/i;
/** A run of quoted lines, or everything after `>>> `. */
const QUOTE = /^(?: *>>> [\s\S]*| *> [^\n]*(?:\n *> [^\n]*)*)/m;
const QUOTE_MARK = /^ *>(?:>>)? /;

/** What stands for itself inside a line, in the order in which the client looks for it. */
const PIECES = new RegExp(
  [
    /\\(?<escaped>[^0-9A-Za-z\s])/,
    /(?<ticks>`+)(?<code>[\s\S]*?[^`])\k<ticks>(?!`)/,
    /<@!?(?<user>\d{1,21})>/,
    /<@&(?<role>\d{1,21})>/,
    /<#(?<channel>\d{1,21})>/,
    /<a?:(?<emoji>\w{1,64}):\d{1,21}>/,
    /<\/(?<command>[^<>:\n]{1,100}):\d{1,21}>/,
    /<t:(?<time>-?\d{1,13})(?::[tTdDfFsSR])?>/,
    /<(?<angled>https?:\/\/[^\s<>]+)>/,
    /\[(?<label>[^[\]\n]+)\]\(<?(?<target>https?:\/\/[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"\n]*")?\)/,
    /(?<bare>https?:\/\/[^\s<]+[^<.,:;"'\])\s*_|~])/,
  ]
    .map(one => one.source)
    .join('|'),
  'g',
);

/** The client's markup that CommonMark reads in the same way stays as it is; the rest of its special characters are text. */
const SPECIAL = /[\\&<>[\]`]/g;
const SPOILER = /\|\|([\s\S]+?)\|\|/g;
const LIST = /^( *)([-*]|\d{1,9}\.) +(?=\S)/;
const HEADING = /^(#{1,3}) +(?=\S)/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;

/** Discord's markdown → CommonMark: what is markup there keeps its meaning, what is not is literal, ids become names. Never throws. */
export function fromDiscord(content: string, names: Names): string {
  return blocks(content.replace(MARKS, ''), names, false).join('\n\n');
}

function blocks(text: string, names: Names, quoted: boolean): string[] {
  const out: string[] = [];
  let rest = text;
  while (rest !== '') {
    const code = CODE_BLOCK.exec(rest);
    const quote = quoted ? null : QUOTE.exec(rest);
    const next = quote && (!code || quote.index <= code.index) ? quote : code;
    out.push(prose(next ? rest.slice(0, next.index) : rest, names));
    if (!next) break;
    out.push(next === quote ? quotation(next[0], names) : fence(next[2] ?? '', next[1] ?? ''));
    rest = rest.slice(next.index + next[0].length);
  }
  return out.filter(block => block !== '');
}

function quotation(lines: string, names: Names): string {
  const inner = lines.replace(/^ *> /gm, '').replace(QUOTE_MARK, '');
  const content = blocks(inner, names, true).join('\n\n');
  return content === '' ? '' : content.replace(/^/gm, '> ');
}

function fence(code: string, language: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(run => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${code}\n${mark}`;
}

function prose(text: string, names: Names): string {
  const held: string[] = [];
  const hold = (piece: string) => `${OPEN}${held.push(piece) - 1}${CLOSE}`;
  const marked = text
    .replace(PIECES, (...match) => piece(match.at(-1) as Groups, names, hold))
    .replace(SPOILER, '$1')
    .replace(SPECIAL, '\\$&')
    .replace(/!(?=\uE000)/g, '\\!');
  return lines(marked).replace(HELD, (_, index) => held[Number(index)] ?? '');
}

type Groups = Readonly<Record<string, string | undefined>>;

function piece(found: Groups, names: Names, hold: (piece: string) => string): string {
  const text = (value: string) => hold(literalInline(value));
  if (found.escaped !== undefined) return text(found.escaped);
  if (found.code !== undefined) return hold(codeSpan(found.code));
  if (found.user) return text(`@${names.user(found.user) ?? 'user'}`);
  if (found.role) return text(`@${names.role(found.role) ?? 'role'}`);
  if (found.channel) return text(`#${names.channel(found.channel) ?? 'channel'}`);
  if (found.emoji) return text(`:${found.emoji}:`);
  if (found.command) return text(`/${found.command}`);
  if (found.time) return text(time(found.time));
  if (found.target) return hold(`[${literalInline(found.label ?? '')}](<${address(found.target)}>)`);
  return hold(`<${address(found.angled ?? found.bare ?? '')}>`);
}

function codeSpan(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map(run => run.length));
  const mark = '`'.repeat(longest + 1);
  const line = code.replaceAll('\n', ' ');
  return longest > 0 || line.trim() === '' ? `${mark} ${line} ${mark}` : mark + line + mark;
}

/** Characters that would end a link's address early, or be read as an entity in it. */
function address(url: string): string {
  return url.replace(/[<>\\`]/g, encodeURIComponent).replaceAll('&', '&amp;');
}

function time(seconds: string): string {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return `<t:${seconds}>`;
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

type LineKind = 'blank' | 'list' | 'heading' | 'text';

/** Line by line: what begins a block in CommonMark but not in Discord is made text, and the other way round. */
function lines(text: string): string {
  let previous: LineKind = 'blank';
  const out: string[] = [];
  for (const source of text.split('\n')) {
    const [kind, line] = lineOf(source, previous);
    // Without it CommonMark would take the line into the list item above.
    if (previous === 'list' && kind === 'text' && !/^ /.test(source)) out.push('');
    out.push(line);
    previous = kind;
  }
  return out.join('\n').replace(/^\n+|\s+$/g, '');
}

function lineOf(source: string, previous: LineKind): [LineKind, string] {
  if (source.trim() === '') return ['blank', ''];
  if (RULE.test(source)) return ['text', source.trimStart().replace(/^/, '\\')];
  const list = LIST.exec(source);
  if (list && (previous === 'list' || (list[1] ?? '').length < 4)) return ['list', source];
  if (HEADING.test(source)) return ['heading', source];
  return ['text', textLine(source)];
}

function textLine(source: string): string {
  const indent = /^[ \t]*/.exec(source)?.[0] ?? '';
  const body = source.slice(indent.length).replace(/^-# +/, '');
  const inert = body
    .replace(/^([-+*](?=[ \t]|$)|#{1,6}(?=[ \t]|$)|~{3,})/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=[ \t]|$)/, '$1\\$2');
  return (indent.length > 3 ? '&#32;'.repeat(indent.length) : indent) + inert;
}
