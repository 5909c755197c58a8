import type { Api } from 'grammy';
import type { BotCommand, LanguageCode } from 'grammy/types';
import { clip, type Phrasebook, plain } from '../../core/index.ts';
import { callSignal } from './api.ts';
import { MAX_DESCRIPTION } from './limits.ts';

/** What the menu offers; `/show` and `/close` want a number, which a menu cannot give. */
const MENU = ['ticket', 'tickets', 'help'] as const;

/** Puts the menu of commands in every language of the desk, where it is not there already. Throws what the API throws. */
export async function publishCommands(api: Api, phrases: Phrasebook, signal: AbortSignal): Promise<void> {
  for (const [index, locale] of phrases.locales().entries()) {
    // The default language goes to everybody whose own is not listed.
    const scope = index === 0 ? {} : { language_code: locale as LanguageCode };
    const wanted = menu(phrases, locale);
    const there = await api.getMyCommands(scope, callSignal(signal));
    if (!same(there, wanted)) await api.setMyCommands(wanted, scope, callSignal(signal));
  }
}

function menu(phrases: Phrasebook, locale: string): BotCommand[] {
  return MENU.map(command => ({
    command,
    description: clip(plain(phrases.say(locale, `telegram-command-${command}`)), MAX_DESCRIPTION),
  }));
}

function same(there: readonly BotCommand[], wanted: readonly BotCommand[]): boolean {
  const key = (commands: readonly BotCommand[]) =>
    JSON.stringify(commands.map(({ command, description }) => [command, description]));
  return key(there) === key(wanted);
}
