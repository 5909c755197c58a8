import { type Ask, oneLine } from '../../core/index.ts';

/** Longest subject or argument that is handed on, in UTF-16 units. */
const MAX_WORDS = 300;
const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+|$)(.*)$/s;

/**
 * What a command asks for. `username` is the bot's own, without `@`: a command for another bot is unknown here. While it is not known yet
 * every name counts as ours. A link `t.me/<bot>?start=ticket` opens a ticket, any other start shows the help.
 */
export function askOf(text: string, username: string | undefined): Ask {
  const [, command = '', named, rest = ''] = COMMAND.exec(text) ?? [];
  const words = oneLine(rest, MAX_WORDS);
  const foreign =
    named !== undefined && username !== undefined && named.toLowerCase() !== username.toLowerCase();
  switch (foreign ? '' : command.toLowerCase()) {
    case 'ticket':
      return { what: 'open', subject: words };
    case 'start':
      return words === 'ticket' ? { what: 'open', subject: '' } : { what: 'help' };
    case 'tickets':
      return { what: 'list' };
    case 'show':
      return { what: 'show', number: words };
    case 'close':
      return { what: 'close', number: words };
    case 'help':
      return { what: 'help' };
    default:
      return { what: 'unknown', words: oneLine(text, MAX_WORDS) };
  }
}
