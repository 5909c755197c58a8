import { type Ask, type DeskVerb, oneLine, tidy } from '../../core/index.ts';
import type { NameOf } from './dialect.ts';
import { toMarkdown } from './markdown.ts';
import { plainMrkdwn, readMrkdwn } from './mrkdwn.ts';

/** Longest subject or words that go on from a command; the desk shortens them further where it shows them. */
const WORDS = 3000;
/** Longest code or address that is handed on. */
const PROOF = 300;

const verbs: Readonly<Record<string, Exclude<Ask['what'], 'desk' | 'unknown'>>> = {
  open: 'open',
  otwórz: 'open',
  otworz: 'open',
  list: 'list',
  lista: 'list',
  show: 'show',
  pokaż: 'show',
  pokaz: 'show',
  close: 'close',
  zamknij: 'close',
  reopen: 'reopen',
  wznów: 'reopen',
  wznow: 'reopen',
  escalate: 'escalate',
  eskaluj: 'escalate',
  reply: 'reply',
  odpowiedz: 'reply',
  me: 'me',
  ja: 'me',
  link: 'link',
  połącz: 'link',
  polacz: 'link',
  status: 'status',
  notify: 'notify',
  powiadomienia: 'notify',
  contact: 'contact',
  kontakt: 'contact',
  help: 'help',
  pomoc: 'help',
};

const deskVerbs: Readonly<Record<string, DeskVerb>> = {
  claim: 'claim',
  przejmij: 'claim',
  assign: 'assign',
  przypisz: 'assign',
  transfer: 'transfer',
  przekaż: 'transfer',
  przekaz: 'transfer',
  priority: 'priority',
  priorytet: 'priority',
  note: 'note',
  notatka: 'note',
  wait: 'wait',
  czekaj: 'wait',
  solve: 'solve',
  rozwiąż: 'solve',
  rozwiaz: 'solve',
  reopen: 'reopen',
  wznów: 'reopen',
  wznow: 'reopen',
  close: 'close',
  zamknij: 'close',
  show: 'show',
  pokaż: 'show',
  pokaz: 'show',
  verify: 'verify',
  zweryfikuj: 'verify',
  ticket: 'ticket',
  zgłoszenie: 'ticket',
  zgloszenie: 'ticket',
  why: 'why',
  dlaczego: 'why',
  escalate: 'escalate',
  eskaluj: 'escalate',
  deescalate: 'deescalate',
  cofnij: 'deescalate',
  duty: 'duty',
  dyżur: 'duty',
  dyzur: 'duty',
  oncall: 'oncall',
  dyżury: 'oncall',
  dyzury: 'oncall',
  queue: 'queue',
  kolejka: 'queue',
  board: 'board',
  tablica: 'board',
  report: 'report',
  raport: 'report',
  notice: 'notice',
  powiadomienie: 'notice',
  help: 'help',
  pomoc: 'help',
};

/** The first word, in lower case, and what stands behind it. */
function split(text: string): [string, string] {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*(.*)$/su.exec(text) ?? [];
  return [first.toLowerCase(), rest];
}
const wordOf = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
const asMarkdown = (text: string, nameOf: NameOf): string => tidy(toMarkdown(readMrkdwn(text, nameOf)));

/** What stands after `/ticket` → what is asked. Letter case does not matter; nothing at all means `open`. */
export function readCommand(text: string, nameOf: NameOf): Ask {
  const [first, behind] = split(text);
  const rest = tidy(plainMrkdwn(behind, nameOf));
  const what = first === '' ? 'open' : wordOf(verbs, first);
  switch (what) {
    case 'open':
      return { what, subject: oneLine(rest, WORDS) };
    case 'list':
    case 'me':
    case 'status':
    case 'notify':
    case 'contact':
    case 'help':
      return { what };
    case 'link':
      return { what, text: proofIn(behind, rest) };
    case 'show':
    case 'close':
    case 'reopen':
      return { what, number: numberOf(rest) };
    case 'escalate':
    case 'reply': {
      const [number, words] = split(behind);
      return { what, number: numberOf(number), text: asMarkdown(words, nameOf) };
    }
    case undefined:
      return { what: 'unknown', words: oneLine(tidy(plainMrkdwn(text, nameOf)), WORDS) };
  }
}

/** A code, or an address: Slack makes a link of it, <mailto:ana@example.com|ana@example.com>. */
const proofIn = (behind: string, rest: string): string =>
  oneLine(/^<mailto:([^|<>]+)(?:\|[^<>]*)?>\s*$/.exec(behind)?.[1] ?? rest, PROOF);

const numberOf = (rest: string): string => oneLine(rest.split(/\s/u)[0] ?? '', 40);

/** What stands after `/desk` → what staff ask for. A number may stand before the value; nothing at all means `help`. */
export function readDeskCommand(text: string, nameOf: NameOf): Ask {
  const [first, rest] = split(text);
  const verb = first === '' ? 'help' : wordOf(deskVerbs, first);
  if (verb === undefined) return { what: 'unknown', words: oneLine(tidy(plainMrkdwn(text, nameOf)), WORDS) };
  if (verb === 'notice') return readNoticeCommand(rest, nameOf);
  const [word, behind] = split(rest);
  const numbered = /^#?\d{1,15}$/.test(word);
  return {
    what: 'desk',
    verb,
    number: numbered ? word : '',
    value: argumentOf(verb, numbered ? behind : rest, nameOf),
  };
}

/** What stands after `/notice` → what staff ask for. A text may have several lines. */
export function readNoticeCommand(text: string, nameOf: NameOf): Ask {
  return { what: 'desk', verb: 'notice', number: '', value: tidy(plainMrkdwn(text, nameOf)).slice(0, WORDS) };
}

function argumentOf(verb: DeskVerb, rest: string, nameOf: NameOf): string {
  if (verb === 'note') return asMarkdown(rest, nameOf);
  // Where Slack escapes them, people come as <@U012|name>.
  const [, mentioned] = /^<@([A-Z0-9]{2,40})(?:\|[^<>]*)?>/.exec(rest) ?? [];
  if (verb === 'assign' && mentioned) return mentioned;
  return oneLine(tidy(plainMrkdwn(rest, nameOf)), WORDS);
}

/**
 * A command of staff as a message: `!claim`. Slack has no slash commands in threads, and a ticket's post is one. Nothing for a message
 * that only begins with an exclamation mark.
 */
export function readDeskWord(text: string, nameOf: NameOf): Ask | undefined {
  const [, words] = /^!(?:desk\s+)?(\S.*)$/su.exec(text) ?? [];
  if (words === undefined) return undefined;
  const ask = readDeskCommand(words, nameOf);
  return ask.what === 'desk' ? ask : undefined;
}
