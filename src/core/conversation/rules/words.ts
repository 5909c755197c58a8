import { plain } from '../../text/index.ts';

/** What a single word in a ticket's conversation can ask for, where a platform has no commands in threads. */
export type Word = 'close' | 'reopen' | 'escalate' | 'help';

/** English and Polish, with and without Polish letters. */
const words: Readonly<Record<string, Word>> = {
  '!close': 'close',
  '!zamknij': 'close',
  '!reopen': 'reopen',
  '!otwórz': 'reopen',
  '!otworz': 'reopen',
  '!escalate': 'escalate',
  '!eskaluj': 'escalate',
  '!pilne': 'escalate',
  '!help': 'help',
  '!pomoc': 'help',
};

/** Longest source that can be one of the words, with marks around it. */
const LONGEST = 40;

/** The word that a message consists of, and nothing else; undefined for anything that is meant to be read. */
export function wordIn(markdown: string): Word | undefined {
  if (markdown.length > LONGEST) return undefined;
  const word = plain(markdown).trim().toLowerCase().normalize('NFC');
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
