import type { MessageView } from '../../src/simulator/model.ts';
import { type Evidence, TOKEN } from './model.ts';

/** So many messages that stand before and after a word are told, and so much of each. */
const BEFORE = 6;
const AFTER = 12;
const LENGTH = 60;

/** What whoever said a word sees around it where they said it: one line for each word. */
export function lookBeside({ screens }: Evidence, tokens: readonly string[]): string[] {
  const places = screens.flatMap(({ person, platform, places }) =>
    places.map(place => ({ ...place, who: `${person} on ${platform}` })),
  );
  return tokens.flatMap(token =>
    places.flatMap(({ who, title, messages }) => {
      const said = messages.findIndex(({ bot, text }) => !bot && text.includes(token));
      if (said < 0) return [];
      return [
        `beside: ${token}, ${who} in "${title}": ${messages
          .slice(Math.max(0, said - BEFORE), said + AFTER)
          .map(short)
          .join(' | ')}`,
      ];
    }),
  );
}

function short({ bot, text, buttons, reactions }: MessageView): string {
  const line = text.replaceAll(/\s+/g, ' ');
  const words = [line.slice(0, LENGTH), ...(line.slice(LENGTH).match(TOKEN) ?? [])].join('… ');
  const marks = reactions.map(({ emoji }) => emoji).join('');
  return `${bot ? 'desk' : 'they'}: ${words}${buttons.length > 0 ? ' [buttons]' : ''}${marks}`;
}
