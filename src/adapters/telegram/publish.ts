import type { BotCommand, LanguageCode } from 'grammy/types';
import type { Api } from 'grammy/web';
import { clip, type Phrasebook, plain } from '../../core/index.ts';
import { callSignal } from './api.ts';
import type { TelegramConfig } from './config.ts';
import { MAX_DESCRIPTION } from './limits.ts';

/** What the menu offers; `/show` and `/close` want a number, which a menu cannot give. */
const MENU = ['ticket', 'tickets', 'link', 'me', 'status', 'notify', 'contact', 'help'] as const;
/** What it offers in the desk's group. */
const DESK_MENU = ['desk'] as const;

/** Puts the menu of commands in every language of the desk, where it is not there already. Throws what the API throws. */
export async function publishCommands(
  api: Api,
  { phrases, deskChatId }: Pick<TelegramConfig, 'phrases' | 'deskChatId'>,
  signal: AbortSignal,
): Promise<void> {
  // The default language goes to everybody whose own is not listed.
  const languages = phrases.locales().map((locale, index) => ({
    locale,
    whom: index === 0 ? {} : { language_code: locale as LanguageCode },
  }));
  for (const { locale, whom } of languages) await put(api, menu(phrases, locale, MENU), whom, signal);
  if (deskChatId === undefined) return;
  // The desk's comes last: a group that is not there keeps the customers' menu from nobody.
  const scope = { type: 'chat', chat_id: Number(deskChatId) } as const;
  for (const { locale, whom } of languages)
    await put(api, menu(phrases, locale, DESK_MENU), { ...whom, scope }, signal);
}

type Whom = NonNullable<Parameters<Api['getMyCommands']>[0]>;

async function put(api: Api, wanted: BotCommand[], whom: Whom, signal: AbortSignal): Promise<void> {
  const there = await api.getMyCommands(whom, callSignal(signal));
  if (!same(there, wanted)) await api.setMyCommands(wanted, whom, callSignal(signal));
}

function menu(phrases: Phrasebook, locale: string, commands: readonly string[]): BotCommand[] {
  return commands.map(command => ({
    command,
    description: clip(plain(phrases.say(locale, `telegram-command-${command}`)), MAX_DESCRIPTION),
  }));
}

function same(there: readonly BotCommand[], wanted: readonly BotCommand[]): boolean {
  const key = (commands: readonly BotCommand[]) =>
    JSON.stringify(commands.map(({ command, description }) => [command, description]));
  return key(there) === key(wanted);
}
