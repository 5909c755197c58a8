import type {
  APIApplicationCommandIntegerOption,
  APIApplicationCommandStringOption,
  APIApplicationCommandSubcommandOption,
  APIApplicationCommandUserOption,
} from 'discord-api-types/v10';
import {
  ApplicationCommandType,
  Locale,
  PermissionFlagsBits,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import type { Phrasebook } from '../../core/index.ts';
import { oneLine, plain } from '../../core/index.ts';
import { discordLimits } from './limits.ts';

const known: ReadonlySet<string> = new Set(Object.values(Locale));

/** In the default language, and in the others that Discord knows. */
function said(phrases: Phrasebook, key: string, max: number) {
  const say = (locale: string) => oneLine(plain(phrases.say(locale, key)), max);
  const [first = 'en', ...others] = phrases.locales();
  const more = others.filter(locale => known.has(locale)).map(locale => [locale, say(locale)]);
  return { text: say(first), others: Object.fromEntries(more) as Record<string, string> };
}

function described(phrases: Phrasebook, key: string) {
  const { text, others } = said(phrases, key, discordLimits.commandDescription);
  return { description: text, description_localizations: others };
}

/** The name by which the desk knows it, with what people of other languages see and type. */
function named(phrases: Phrasebook, name: string) {
  const { others } = said(phrases, `discord-name-${name}`, discordLimits.commandName);
  return { name, name_localizations: others };
}

type Option =
  | APIApplicationCommandStringOption
  | APIApplicationCommandIntegerOption
  | APIApplicationCommandUserOption;

/** What makes the options and subcommands of one language book. */
function maker(phrases: Phrasebook) {
  const words = (name: string) => ({
    type: Type.String as const,
    ...named(phrases, name),
    ...described(phrases, `discord-option-${name}`),
  });
  /** A value with choices while it is being typed. */
  const choice = (name: string, required: boolean): Option => ({
    ...words(name),
    required,
    autocomplete: true,
    max_length: 40,
  });
  const text = (name: string, required: boolean, max: number): Option => ({
    ...words(name),
    required,
    max_length: max,
  });
  const person: Option = { ...words('person'), type: Type.User, required: true };
  const verb = (
    command: 'ticket' | 'desk' | 'notice',
    name: string,
    options: readonly Option[] = [],
  ): APIApplicationCommandSubcommandOption => ({
    type: Type.Subcommand,
    ...named(phrases, name),
    ...described(phrases, `discord-${command}-${name}`),
    options: [...options],
  });
  return { choice, text, person, verb };
}

/** Longest number of a notice: `N-12`. */
const NOTICE = 12;
/** Longest name of a week. */
const WEEK = 10;

/** In servers, in the chat with the bot, and in other chats (Interaction context types). */
const EVERYWHERE = [0, 1, 2];

/** Longest subject, and longest text that can be typed into a command (6,000 is Discord's own limit). */
const SUBJECT = 80;
const TEXT = 2_000;
/** Longest code, or address. */
const PROOF = 200;

/** `/ticket` for customers. Its own name is the same in all languages, as the texts about it are. */
export function ticketCommand(phrases: Phrasebook) {
  const { choice, text, verb } = maker(phrases);
  const number = choice('number', true);
  const options = [
    verb('ticket', 'open', [text('subject', false, SUBJECT), choice('service', false)]),
    verb('ticket', 'list'),
    verb('ticket', 'show', [number]),
    verb('ticket', 'reply', [number, text('text', false, TEXT)]),
    verb('ticket', 'close', [number]),
    verb('ticket', 'reopen', [number]),
    verb('ticket', 'escalate', [number, text('text', true, TEXT)]),
    verb('ticket', 'link', [text('code', false, PROOF)]),
    verb('ticket', 'me'),
    verb('ticket', 'status'),
    verb('ticket', 'notify'),
    verb('ticket', 'contact'),
    verb('ticket', 'help'),
  ];
  return {
    name: 'ticket',
    type: ApplicationCommandType.ChatInput,
    ...described(phrases, 'discord-command-ticket'),
    contexts: EVERYWHERE,
    options,
  };
}

/**
 * `/desk` for staff. Who may see it is a convenience of Discord's settings: those who may manage messages, unless the server
 * says otherwise. Who may use it is for core to say.
 */
export function deskCommand(phrases: Phrasebook) {
  const { choice, text, person, verb } = maker(phrases);
  const number = choice('number', false);
  const options = [
    verb('desk', 'claim', [number]),
    verb('desk', 'assign', [person, number]),
    verb('desk', 'transfer', [choice('department', true), number]),
    verb('desk', 'priority', [choice('priority', true), number]),
    verb('desk', 'note', [number, text('text', false, TEXT)]),
    ...['wait', 'solve', 'reopen', 'close', 'show', 'verify', 'ticket', 'why'].map(name =>
      verb('desk', name, [number]),
    ),
    verb('desk', 'escalate', [number, choice('level', false), text('text', false, TEXT)]),
    verb('desk', 'deescalate', [number, text('text', false, TEXT)]),
    verb('desk', 'duty', [text('set', false, SUBJECT)]),
    verb('desk', 'oncall', [text('set', false, SUBJECT)]),
    verb('desk', 'queue', [choice('team', false)]),
    verb('desk', 'board'),
    verb('desk', 'report', [text('week', false, WEEK)]),
    verb('desk', 'help'),
  ];
  return {
    name: 'desk',
    type: ApplicationCommandType.ChatInput,
    ...described(phrases, 'discord-command-desk'),
    // A number, as Discord's OpenAPI says; the documentation has it as text, and the answer is text.
    default_member_permissions: Number(PermissionFlagsBits.ManageMessages),
    options,
  };
}

/** `/notice` for staff: what customers are told. Seen and used as `/desk` is. */
export function noticeCommand(phrases: Phrasebook) {
  const { text, verb } = maker(phrases);
  const notice = text('notice', true, NOTICE);
  return {
    name: 'notice',
    type: ApplicationCommandType.ChatInput,
    ...described(phrases, 'discord-command-notice'),
    default_member_permissions: Number(PermissionFlagsBits.ManageMessages),
    options: [
      ...['maintenance', 'change', 'outage'].map(name => verb('notice', name, [text('template', false, 40)])),
      verb('notice', 'list'),
      ...['draft', 'preview', 'update', 'reschedule', 'cancel', 'resolve', 'show'].map(name =>
        verb('notice', name, [notice]),
      ),
    ],
  };
}

/** "Open a ticket from this message", in the menu of a message. */
export function messageCommand(phrases: Phrasebook) {
  const { text, others } = said(phrases, 'discord-message-open', discordLimits.commandName);
  return {
    name: text,
    name_localizations: others,
    type: ApplicationCommandType.Message,
    contexts: EVERYWHERE,
  };
}
