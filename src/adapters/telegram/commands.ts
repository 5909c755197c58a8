import { type Ask, type DeskVerb, oneLine } from '../../core/index.ts';
import { toMarkdown } from './marks.ts';
import type { Entity } from './shape.ts';

/** Longest subject or argument that is handed on, in UTF-16 units. */
const MAX_WORDS = 300;
/** Longest form that is written as lines: a whole message (core.telegram.org/bots/api#sendmessage). */
const MAX_LINES = 4096;
const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+|$)/;
/** A token of the desk: 32 bytes in base64url. */
const TOKEN = /^[\w-]{43}$/;
/** The payload of a link `t.me/<bot>?start=…` (core.telegram.org/bots/features#deep-linking): `open`, or `open_<department>`. */
const OPENING = /^(?:ticket|open(?:_([\w-]{1,40}))?)$/;

/** `after`: plain words after a number that needs no mark. */
const VERBS: Readonly<Record<DeskVerb, 'value' | 'words' | 'person' | 'after' | 'none'>> = {
  claim: 'none',
  assign: 'person',
  transfer: 'value',
  priority: 'value',
  note: 'words',
  wait: 'none',
  solve: 'none',
  reopen: 'none',
  close: 'none',
  show: 'none',
  verify: 'none',
  ticket: 'none',
  why: 'none',
  escalate: 'after',
  deescalate: 'after',
  duty: 'value',
  oncall: 'value',
  queue: 'value',
  board: 'none',
  report: 'value',
  notice: 'value',
  help: 'none',
};

/** A text with its formatting, and whom it answers. */
export interface Typed {
  readonly text: string;
  readonly entities?: readonly Entity[];
  /** Who wrote it, and who wrote the message it answers. */
  readonly from: number;
  readonly answers?: number;
}

/**
 * What a command asks for. `username` is the bot's own, without `@`: a command for another bot is unknown here. While it is not known yet
 * every name counts as ours.
 */
export function askOf(typed: Typed, username: string | undefined): Ask {
  const { text } = typed;
  const [head = '', command = '', named] = COMMAND.exec(text) ?? [];
  const rest = restOf(typed, head.length);
  const words = oneLine(rest.text, MAX_WORDS);
  const foreign =
    named !== undefined && username !== undefined && named.toLowerCase() !== username.toLowerCase();
  switch (foreign ? '' : command.toLowerCase()) {
    case 'ticket':
      return aboutOneself(words) ?? { what: 'open', subject: words };
    case 'start':
      return started(words);
    case 'link':
      return { what: 'link', text: words };
    case 'me':
      return { what: 'me' };
    case 'tickets':
      return { what: 'list' };
    case 'show':
      return { what: 'show', number: words };
    case 'close':
      return { what: 'close', number: words };
    case 'reopen':
      return { what: 'reopen', number: words };
    case 'reply':
      return { what: 'reply', ...numbered(rest) };
    case 'escalate':
      return { what: 'escalate', ...numbered(rest) };
    case 'desk':
      return deskAsk(rest);
    case 'notice':
      // Its form comes as lines.
      return { what: 'desk', verb: 'notice', number: '', value: rest.text.slice(0, MAX_LINES) };
    case 'status':
      return { what: 'status' };
    case 'notify':
      return { what: 'notify' };
    case 'contact':
      return { what: 'contact' };
    case 'help':
      return { what: 'help' };
    default:
      return { what: 'unknown', words: oneLine(text, MAX_WORDS) };
  }
}

/** The payload of a link decides: a token proves who one is, a link may say for which department a request is, and no payload says hello. */
function started(payload: string): Ask {
  const [found, department] = OPENING.exec(payload) ?? [];
  if (found !== undefined)
    return { what: 'open', subject: '', ...(department !== undefined && { department }) };
  return TOKEN.test(payload) ? { what: 'link', text: payload } : { what: 'help' };
}

/** `/ticket me` and `/ticket link CODE`, as on the other platforms; what only begins like that is the subject of a request. */
function aboutOneself(words: string): Ask | undefined {
  if (/^status$/iu.test(words)) return { what: 'status' };
  if (/^(?:notify|powiadomienia)$/iu.test(words)) return { what: 'notify' };
  if (/^(?:contact|kontakt)$/iu.test(words)) return { what: 'contact' };
  const [, what = '', proof = ''] =
    /^(me|ja|link|połącz|polacz)(?:\s+(\S*@\S+|[\dA-Z][\dA-Z-]{7,42}))?$/iu.exec(words) ?? [];
  if (what === '') return undefined;
  return /^(?:me|ja)$/iu.test(what) && proof === '' ? { what: 'me' } : { what: 'link', text: proof };
}

/** What comes after so many UTF-16 units, with its formatting. */
function restOf(typed: Typed, from: number): Typed {
  const entities = (typed.entities ?? [])
    .filter(({ offset, length }) => offset + length > from)
    .map(entity => ({
      ...entity,
      offset: Math.max(0, entity.offset - from),
      length: entity.length - Math.max(0, from - entity.offset),
    }));
  return { ...typed, text: typed.text.slice(from), entities };
}

/** `12 the text` or `#12 the text`; the text keeps its formatting. */
function numbered(typed: Typed): { readonly number: string; readonly text: string } {
  const [head = '', number = ''] = /^\s*(#?\d{1,15})(?:\s+|$)/.exec(typed.text) ?? [];
  const rest = restOf(typed, head.length);
  return { number, text: toMarkdown(rest.text, rest.entities) };
}

/** `/desk <verb> [#number] [value]`; without a number it is about the topic's ticket. */
function deskAsk(typed: Typed): Ask {
  const [head = '', word = 'help'] = /^\s*(\S+)\s*/.exec(typed.text) ?? [];
  const verb = word.toLowerCase();
  if (!isVerb(verb)) return { what: 'unknown', words: oneLine(`/desk ${typed.text}`, MAX_WORDS) };
  const rest = restOf(typed, head.length);
  const takes = VERBS[verb];
  // A value may begin with a number of its own, so there only `#12` is a ticket's.
  const marked = (
    takes === 'none' || takes === 'after' ? /^#?(\d{1,15})(?:\s+|$)/ : /^#(\d{1,15})(?:\s+|$)/
  ).exec(rest.text);
  const value = restOf(rest, marked?.[0].length ?? 0);
  return { what: 'desk', verb, number: marked?.[1] ?? '', value: argumentOf(takes, value) };
}

function argumentOf(takes: (typeof VERBS)[DeskVerb], typed: Typed): string {
  if (takes === 'none') return '';
  if (takes === 'words') return toMarkdown(typed.text, typed.entities);
  const words = oneLine(typed.text, MAX_WORDS);
  if (takes === 'value' || takes === 'after') return words;
  // A person is named by a mention of somebody without a user name, by answering a message of theirs, as `me`, or by the id.
  const mentioned = typed.entities?.find(({ type }) => type === 'text_mention')?.user?.id;
  if (mentioned !== undefined) return String(mentioned);
  if (words.toLowerCase() === 'me') return String(typed.from);
  return words === '' && typed.answers !== undefined ? String(typed.answers) : words;
}

function isVerb(word: string): word is DeskVerb {
  return Object.hasOwn(VERBS, word);
}
