import type { Api } from 'grammy';
import type { BotCommand, LanguageCode } from 'grammy/types';
import { clip, type Phrasebook, plain } from '../../core/index.ts';
import { callSignal } from './api.ts';
import type { TelegramConfig } from './config.ts';
import { MAX_DESCRIPTION } from './limits.ts';

/** What the menu offers; `/show` and `/close` want a number, which a menu cannot give. */
const MENU = ['ticket', 'tickets', 'help'] as const;
/** What it offers in the desk's group. */
const DESK_MENU = ['desk'] as const;

/** Puts the menu of commands in every language of the desk, where it is not there already. Throws what the API throws. */
export async function publishCommands(
  api: Api,
  { phrases, deskChatId }: Pick<TelegramConfig, 'phrases' | 'deskChatId'>,
  signal: AbortSignal,
): Promise<void> {
  for (const [index, locale] of phrases.locales().entries()) {
    // The default language goes to everybody whose own is not listed.
    const language = index === 0 ? {} : { language_code: locale as LanguageCode };
    await put(api, menu(phrases, locale, MENU), language, signal);
    if (deskChatId === undefined) continue;
    const scope = { type: 'chat', chat_id: Number(deskChatId) } as const;
    await put(api, menu(phrases, locale, DESK_MENU), { ...language, scope }, signal);
  }
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
