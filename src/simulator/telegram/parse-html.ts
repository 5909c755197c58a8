import { badRequest } from './errors.ts';
import type { Entity, Formatted } from './types.ts';

const TAGS: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  'tg-emoji': 'custom_emoji',
};

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface Open {
  readonly tag: string;
  readonly start: number;
  readonly attributes: ReadonlyMap<string, string>;
}

interface State {
  readonly source: string;
  at: number;
  text: string;
  readonly entities: Entity[];
  readonly open: Open[];
}

/** Parses `parse_mode: HTML` (core.telegram.org/bots/api#html-style), as strictly as the server does; throws 400 `can't parse entities`. */
export function parseHtml(source: string): Formatted {
  const state: State = { source, at: 0, text: '', entities: [], open: [] };
  while (state.at < source.length) {
    const char = source[state.at];
    if (char === '&') readReference(state);
    else if (char !== '<') {
      state.text += char;
      state.at += 1;
    } else if (source[state.at + 1] === '/') closeTag(state);
    else openTag(state);
  }
  const unclosed = state.open.at(-1);
  if (unclosed) throw fault(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text: state.text, entities: joinPreCode(state.entities) };
}

/** A 400 about markup. */
export function fault(what: string): Error {
  return badRequest(`can't parse entities: ${what}`);
}

/** The offset as the server counts it, in UTF-8 bytes. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index));
}

function readReference(state: State): void {
  const match = /^&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot));?/i.exec(
    state.source.slice(state.at, state.at + 12),
  );
  const decoded = match ? decodeReference(match) : undefined;
  state.text += decoded ?? '&';
  state.at += decoded === undefined ? 1 : (match?.[0].length ?? 1);
}

function decodeReference(match: RegExpExecArray): string | undefined {
  if (match[3]) return NAMED[match[3].toLowerCase()];
  const code = match[1] ? Number.parseInt(match[1], 16) : Number(match[2]);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}

function openTag(state: State): void {
  const { source } = state;
  const begin = byteOffset(source, state.at);
  const name = /^[^\s>]*/.exec(source.slice(state.at + 1))?.[0] ?? '';
  const tag = name.toLowerCase();
  if (state.at + 1 + name.length >= source.length) throw fault(`Unclosed start tag at byte offset ${begin}`);
  if (!Object.hasOwn(TAGS, tag)) throw fault(`Unsupported start tag "${tag}" at byte offset ${begin}`);
  state.at += 1 + name.length;
  const attributes = readAttributes(state, tag, begin);
  if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw fault(`Tag "span" must have class "tg-spoiler" at byte offset ${begin}`);
  }
  state.open.push({ tag, start: state.text.length, attributes });
}

function readAttributes(state: State, tag: string, begin: number): Map<string, string> {
  const attributes = new Map<string, string>();
  const { source } = state;
  for (;;) {
    while (/\s/.test(source[state.at] ?? '')) state.at += 1;
    if (state.at >= source.length) throw fault(`Unclosed start tag "${tag}" at byte offset ${begin}`);
    if (source[state.at] === '>') break;
    const name = /^[^\s=>]*/.exec(source.slice(state.at))?.[0] ?? '';
    if (name === '') throw fault(`Empty attribute name in the tag "${tag}" at byte offset ${begin}`);
    state.at += name.length;
    attributes.set(name.toLowerCase(), readValue(state, tag, begin));
  }
  state.at += 1;
  return attributes;
}

function readValue(state: State, tag: string, begin: number): string {
  const rest = state.source.slice(state.at);
  const equals = /^\s*=\s*/.exec(rest)?.[0];
  if (equals === undefined) return '';
  const value = /^(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-/:?&=%#_@]+))/.exec(rest.slice(equals.length));
  if (!value) throw fault(`Unexpected end of name token at byte offset ${begin}, in the tag "${tag}"`);
  state.at += equals.length + value[0].length;
  return parseReferences(value[1] ?? value[2] ?? value[3] ?? '');
}

function parseReferences(value: string): string {
  const inner: State = { source: value, at: 0, text: '', entities: [], open: [] };
  while (inner.at < value.length) {
    if (value[inner.at] === '&') readReference(inner);
    else {
      inner.text += value[inner.at];
      inner.at += 1;
    }
  }
  return inner.text;
}

function closeTag(state: State): void {
  const begin = byteOffset(state.source, state.at);
  const opened = state.open.pop();
  if (!opened) throw fault(`Unexpected end tag at byte offset ${begin}`);
  const match = /^<\/([^\s>]*)\s*>/.exec(state.source.slice(state.at));
  if (!match) throw fault(`Unclosed end tag at byte offset ${begin}`);
  const name = (match[1] ?? '').toLowerCase();
  if (name !== '' && name !== opened.tag) {
    throw fault(`Unmatched end tag at byte offset ${begin}, expected "</${opened.tag}>", found "</${name}>"`);
  }
  state.at += match[0].length;
  const entity = toEntity(opened, state.text);
  if (entity) state.entities.push(entity);
}

function toEntity({ tag, start, attributes }: Open, text: string): Entity | undefined {
  const base = { type: TAGS[tag] ?? tag, offset: start, length: text.length - start };
  if (base.length === 0) return undefined;
  if (tag === 'a') {
    const url = webAddress(attributes.get('href') ?? text.slice(start));
    return url === undefined ? undefined : { ...base, url };
  }
  if (tag === 'blockquote' && attributes.has('expandable')) return { ...base, type: 'expandable_blockquote' };
  if (tag === 'tg-emoji') return { ...base, custom_emoji_id: attributes.get('emoji-id') ?? '' };
  const language = /^language-(.+)$/.exec(attributes.get('class') ?? '')?.[1];
  return (tag === 'code' || tag === 'pre') && language ? { ...base, language } : base;
}

/** `<pre><code class="language-x">` is one entity when both cover the same text; a language alone on `code` is dropped. */
function joinPreCode(entities: readonly Entity[]): Entity[] {
  const same = (a: Entity, b: Entity): boolean => a.offset === b.offset && a.length === b.length;
  return entities.flatMap(entity => {
    if (entity.type !== 'code' && entity.type !== 'pre') return [entity];
    const partner = entities.find(
      other => other.type === (entity.type === 'pre' ? 'code' : 'pre') && same(entity, other),
    );
    const language = entity.language ?? partner?.language;
    if (!partner || !language) return [{ type: entity.type, offset: entity.offset, length: entity.length }];
    return entity.type === 'code' ? [] : [{ ...entity, language }];
  });
}

/** The address of a link as the server writes it, or undefined when it is none (the text then stays without a link). */
export function webAddress(raw: string): string | undefined {
  const value = raw.trim();
  const address =
    /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^[^/:]+\.[^/:]+:\d/.test(value) ? value : `http://${value}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!['http:', 'https:', 'tg:', 'ton:', 'mailto:', 'tel:'].includes(url.protocol)) return undefined;
  if (url.protocol.startsWith('http') && !url.hostname.includes('.')) return undefined;
  return url.href;
}
