import { byteOffset, fault, webAddress } from './parse-html.ts';
import type { Entity, Formatted } from './types.ts';

/** Characters that must be escaped outside code (core.telegram.org/bots/api#markdownv2-style). */
const RESERVED = '_*[]()~`>#+-=|{}.!';
const MARKS = [
  { mark: '```', type: 'pre', name: 'PreCode' },
  { mark: '__', type: 'underline', name: 'Underline' },
  { mark: '||', type: 'spoiler', name: 'Spoiler' },
  { mark: '_', type: 'italic', name: 'Italic' },
  { mark: '*', type: 'bold', name: 'Bold' },
  { mark: '~', type: 'strikethrough', name: 'Strikethrough' },
  { mark: '`', type: 'code', name: 'Code' },
  { mark: '![', type: 'custom_emoji', name: 'CustomEmoji' },
  { mark: '[', type: 'text_link', name: 'TextUrl' },
] as const;

interface Open {
  readonly type: string;
  readonly name: string;
  readonly mark: string;
  readonly start: number;
  readonly byte: number;
}

interface State {
  readonly source: string;
  at: number;
  text: string;
  readonly entities: Entity[];
  readonly open: Open[];
  quote: { readonly start: number; readonly expandable: boolean } | undefined;
}

/** Parses `parse_mode: MarkdownV2`, strict about every reserved character; throws 400 `can't parse entities`. */
export function parseMarkdownV2(source: string): Formatted {
  const state: State = { source, at: 0, text: '', entities: [], open: [], quote: undefined };
  while (state.at < source.length) {
    if (!inCode(state) && lineStart(state)) continue;
    step(state);
  }
  if (state.quote) closeQuote(state);
  const unclosed = state.open.at(-1);
  if (unclosed) throw fault(`Can't find end of ${unclosed.name} entity at byte offset ${unclosed.byte}`);
  return { text: state.text, entities: state.entities };
}

function step(state: State): void {
  const { source, at } = state;
  const char = source[at] ?? '';
  const code = source.charCodeAt(at + 1);
  if (char === '\\' && code > 0 && code <= 126) {
    state.text += source[at + 1] ?? '';
    state.at += 2;
  } else if (inCode(state)) inside(state, char);
  else if (!RESERVED.includes(char)) {
    state.text += char;
    state.at += 1;
  } else mark(state, char);
}

function inCode(state: State): boolean {
  const type = state.open.at(-1)?.type;
  return type === 'code' || type === 'pre';
}

/** Quotation marks at the beginning of a line. Returns true when it has read some. */
function lineStart(state: State): boolean {
  const { source, at } = state;
  if (at > 0 && source[at - 1] !== '\n') return false;
  if (state.quote && source[at] === '>') {
    state.at += 1;
    return true;
  }
  if (state.quote && at > 0 && !source.startsWith('>', at)) closeQuote(state);
  const expandable = source.startsWith('**>', at);
  if (state.quote || !(expandable || source[at] === '>')) return false;
  state.quote = { start: state.text.length, expandable };
  state.at += expandable ? 3 : 1;
  return true;
}

function closeQuote(state: State): void {
  const { quote } = state;
  if (!quote) return;
  const end = state.text.endsWith('\n') ? state.text.length - 1 : state.text.length;
  let { expandable } = quote;
  if (state.open.at(-1)?.type === 'spoiler' && state.open.at(-1)?.start === end) {
    state.open.pop();
    expandable = true;
  }
  const inner = state.open.at(-1);
  if (inner && inner.start >= quote.start)
    throw fault(`Can't find end of ${inner.name} entity at byte offset ${inner.byte}`);
  push(state, {
    type: expandable ? 'expandable_blockquote' : 'blockquote',
    offset: quote.start,
    length: end - quote.start,
  });
  state.quote = undefined;
}

function inside(state: State, char: string): void {
  const opened = state.open.at(-1);
  if (opened && state.source.startsWith(opened.mark, state.at)) {
    state.at += opened.mark.length;
    close(state, opened);
    return;
  }
  state.text += char;
  state.at += 1;
}

function mark(state: State, char: string): void {
  const { source, at } = state;
  const last = state.open.at(-1);
  if (char === ']' && last && (last.type === 'text_link' || last.type === 'custom_emoji')) {
    state.at += 1;
    closeLink(state, last);
    return;
  }
  const found = MARKS.find(({ mark }) => source.startsWith(mark, at));
  if (!found) throw fault(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
  if (last?.mark === found.mark) {
    state.at += found.mark.length;
    close(state, last);
    return;
  }
  state.open.push({ ...found, start: state.text.length, byte: byteOffset(source, at) });
  state.at += found.mark.length;
}

function close(state: State, opened: Open): void {
  state.open.pop();
  if (opened.type !== 'pre') {
    push(state, { type: opened.type, offset: opened.start, length: state.text.length - opened.start });
    return;
  }
  const body = state.text.slice(opened.start);
  const language = /^([^\s`]+)(?:\r\n|\n\r|\n|\r|(?=\s))/.exec(body);
  const content = language ? body.slice(language[0].length) : body.replace(/^\r?\n/, '');
  state.text = state.text.slice(0, opened.start) + content;
  const entity = { type: 'pre', offset: opened.start, length: content.length };
  push(state, language?.[1] ? { ...entity, language: language[1] } : entity);
}

function closeLink(state: State, opened: Open): void {
  state.open.pop();
  const inner = state.text.slice(opened.start);
  const entity = { type: opened.type, offset: opened.start, length: inner.length };
  const address = state.source[state.at] === '(' ? readAddress(state, opened) : undefined;
  if (opened.type === 'custom_emoji') {
    const id = /^tg:(?:\/\/)?emoji\?id=(\d+)$/.exec(address ?? '')?.[1];
    if (!id) throw fault('Custom emoji entity must contain a tg://emoji URL');
    push(state, { ...entity, custom_emoji_id: id });
    return;
  }
  const url = webAddress(address ?? inner);
  if (url !== undefined) push(state, { ...entity, url });
}

function readAddress(state: State, opened: Open): string {
  const begin = state.at;
  let address = '';
  state.at += 1;
  while (state.at < state.source.length && state.source[state.at] !== ')') {
    const code = state.source.charCodeAt(state.at + 1);
    if (state.source[state.at] === '\\' && code > 0 && code <= 126) state.at += 1;
    address += state.source[state.at] ?? '';
    state.at += 1;
  }
  if (state.at >= state.source.length) {
    const what = opened.type === 'custom_emoji' ? 'custom emoji URL' : 'URL';
    throw fault(`Can't find end of a ${what} at byte offset ${byteOffset(state.source, begin)}`);
  }
  state.at += 1;
  return address;
}

function push(state: State, entity: Entity): void {
  if (entity.length > 0) state.entities.push(entity);
}
