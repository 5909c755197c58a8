import type { Ask, DeskVerb, Typed } from '../../core/index.ts';
import { oneLine, tidy } from '../../core/index.ts';
import type { CommandPayload } from './payloads.ts';

/** Longest subject or number that is kept of a command, UTF-16 units. */
const SUBJECT = 200;
const NUMBER = 40;
/** Longest text that is kept; Discord allows 6,000. */
const TEXT = 4000;

/** A text that is asked for in a window of its own, since the command came without it. */
export interface TextWanted {
  /** `message`: what is said where the window was opened, where the bot may not read messages. */
  readonly what: 'reply' | 'note' | 'message';
  /** Empty for the ticket whose post it is. */
  readonly number: string;
}

const verbs: ReadonlySet<string> = new Set<DeskVerb>([
  'claim',
  'assign',
  'transfer',
  'priority',
  'note',
  'wait',
  'solve',
  'reopen',
  'close',
  'show',
  'verify',
  'ticket',
  'why',
  'escalate',
  'deescalate',
  'duty',
  'oncall',
  'queue',
  'board',
  'report',
  'notice',
  'help',
]);
const isVerb = (name: string): name is DeskVerb => verbs.has(name);
/** Which options of a verb hold its value, one after the other. */
const values: Readonly<Record<string, readonly string[]>> = {
  assign: ['person'],
  transfer: ['department'],
  priority: ['priority'],
  note: ['text'],
  escalate: ['level', 'text'],
  deescalate: ['text'],
  duty: ['set'],
  oncall: ['set'],
  queue: ['team'],
  report: ['week'],
};

const unknown = (words: string): Ask => ({ what: 'unknown', words: oneLine(words, SUBJECT) });

/** What a slash command asks for, or the text that is still wanted. */
export function askIn(data: CommandPayload): Ask | TextWanted {
  const [sub] = data.options ?? [];
  const value = (key: string) => String(sub?.options?.find(option => option.name === key)?.value ?? '');
  if (data.name === 'ticket' && sub) return customerAsk(sub.name, value);
  if (data.name === 'desk' && sub && isVerb(sub.name)) return deskAsk(sub.name, value);
  if (data.name === 'notice' && sub)
    return {
      what: 'desk',
      verb: 'notice',
      number: '',
      value: oneLine(`${sub.name} ${value('notice')}${value('template')}`, SUBJECT),
    };
  return unknown(data.name);
}

function customerAsk(name: string, value: (key: string) => string): Ask | TextWanted {
  const number = oneLine(value('number'), NUMBER);
  const text = tidy(value('text')).slice(0, TEXT);
  switch (name) {
    case 'open':
      return opening(oneLine(value('subject'), SUBJECT), oneLine(value('service'), NUMBER));
    case 'list':
    case 'me':
    case 'status':
    case 'notify':
    case 'contact':
    case 'help':
      return { what: name };
    case 'link':
      return { what: name, text: oneLine(value('code'), SUBJECT) };
    case 'show':
    case 'close':
    case 'reopen':
      return { what: name, number };
    case 'escalate':
      return { what: name, number, text };
    case 'reply':
      return text.trim() === '' ? { what: 'reply', number } : { what: 'reply', number, text };
    default:
      return unknown(name);
  }
}

function opening(subject: string, service: string): Ask {
  return service === '' ? { what: 'open', subject } : { what: 'open', subject, service };
}

function deskAsk(verb: DeskVerb, read: (key: string) => string): Ask | TextWanted {
  const number = oneLine(read('number'), NUMBER);
  const given = (values[verb] ?? []).map(read).filter(Boolean).join(' ');
  const value = tidy(given).slice(0, TEXT);
  if (verb === 'note' && value.trim() === '') return { what: 'note', number };
  return { what: 'desk', verb, number, value };
}

/** True for a command that was complete. */
export function isAsk(ask: Ask | TextWanted): ask is Ask {
  return ask.what !== 'note' && ask.what !== 'message' && (ask.what !== 'reply' || 'text' in ask);
}

/** The ask that a window for a text was opened for. */
export function askWith({ what, number }: TextWanted, given: string): Ask {
  const text = tidy(given).slice(0, TEXT);
  if (what === 'note') return { what: 'desk', verb: 'note', number, value: text };
  return { what: 'reply', number, text };
}

const parts = ['department', 'priority', 'level', 'team'] as const;
const isPart = (name: string): name is (typeof parts)[number] => (parts as readonly string[]).includes(name);

/** Which value of a command is being typed, and what of it is there. */
export function typedIn(data: CommandPayload): Pick<Typed, 'field' | 'text'> | undefined {
  const focused = data.options?.[0]?.options?.find(option => option.focused);
  if (!focused) return undefined;
  const text = oneLine(String(focused.value ?? ''), SUBJECT);
  if (isPart(focused.name)) return { field: focused.name, text };
  if (focused.name === 'service') return { field: 'own-service', text };
  if (focused.name !== 'number') return undefined;
  return { field: data.name === 'desk' ? 'desk-ticket' : 'own-ticket', text };
}
