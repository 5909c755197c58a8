import { type Ask, oneLine, tidy } from '../../core/index.ts';
import { plainMrkdwn } from './mrkdwn.ts';

/** Longest subject or words that go on from a command; the desk shortens them further where it shows them. */
const WORDS = 3000;

const verbs: Readonly<Record<string, Ask['what']>> = {
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
  help: 'help',
  pomoc: 'help',
};

/** What stands after `/ticket` → what is asked. Letter case does not matter; nothing at all means `open`. */
export function readCommand(text: string, nameOf: (userId: string) => string | undefined): Ask {
  const words = tidy(plainMrkdwn(text, nameOf));
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/su.exec(words) ?? [];
  const verb = first.toLowerCase();
  switch (first === '' ? 'open' : Object.hasOwn(verbs, verb) ? verbs[verb] : undefined) {
    case 'open':
      return { what: 'open', subject: oneLine(rest, WORDS) };
    case 'list':
      return { what: 'list' };
    case 'show':
      return { what: 'show', number: numberOf(rest) };
    case 'close':
      return { what: 'close', number: numberOf(rest) };
    case 'help':
      return { what: 'help' };
    default:
      return { what: 'unknown', words: oneLine(words, WORDS) };
  }
}

const numberOf = (rest: string): string => oneLine(rest.split(/\s/u)[0] ?? '', 40);
