import { formatDuration, plain } from '../../core/index.ts';
import type { WebchatConfig } from './config.ts';
import { MAX_TEXT } from './limits.ts';
import { type Greeting, WORDS } from './protocol.ts';

/** Below this many ms an answer comes at once. */
const AT_ONCE_MS = 60_000;

/** The greeting in the language of a page, or the nearest that the desk speaks. */
export function greeting({ phrases, name, answersWithin, files }: WebchatConfig, wanted: string): Greeting {
  const lang = phrases.match(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}$/.test(wanted) ? wanted : '');
  const say = (key: string, args = {}): string => plain(phrases.say(lang, `webchat-${key}`, args));
  const within = answersWithin();
  const promise =
    within === undefined
      ? say('promise-none')
      : within <= AT_ONCE_MS
        ? say('promise-now')
        : say('promise-within', { time: formatDuration(within / 60_000, lang) });
  return {
    lang,
    name,
    promise,
    words: Object.fromEntries(WORDS.map(word => [word, say(word)])) as Greeting['words'],
    most: { text: MAX_TEXT, files: files.perMessage, bytes: files.maxSize },
  };
}
