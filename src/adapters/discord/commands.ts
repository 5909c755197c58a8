import type { APIApplicationCommandSubcommandOption } from 'discord.js';
import { Locale, Routes, ApplicationCommandOptionType as Type } from 'discord.js';
import { z } from 'zod';
import type { Phrasebook } from '../../core/index.ts';
import { oneLine, plain } from '../../core/index.ts';
import type { Api } from './api.ts';
import { discordLimits } from './limits.ts';

const known: ReadonlySet<string> = new Set(Object.values(Locale));

/** The words of a command in the default language, and in the others that Discord knows. */
function described(phrases: Phrasebook, key: string) {
  const say = (locale: string) => oneLine(plain(phrases.say(locale, key)), discordLimits.commandDescription);
  const [first = 'en', ...others] = phrases.locales();
  const description_localizations = Object.fromEntries(
    others.filter(locale => known.has(locale)).map(locale => [locale, say(locale)]),
  );
  return { description: say(first), description_localizations };
}

/** `/ticket` with its subcommands, as Discord registers it. Longest subject: 80 characters. */
export function ticketCommand(phrases: Phrasebook) {
  const sub = (name: string, options: APIApplicationCommandSubcommandOption['options'] = []) => ({
    type: Type.Subcommand as const,
    name,
    ...described(phrases, `discord-command-${name}`),
    options,
  });
  const number = {
    type: Type.Integer as const,
    name: 'number',
    ...described(phrases, 'discord-option-number'),
    required: true,
    min_value: 1,
  };
  const subject = {
    type: Type.String as const,
    name: 'subject',
    ...described(phrases, 'discord-option-subject'),
    required: false,
    max_length: 80,
  };
  const options = [
    sub('open', [subject]),
    sub('list'),
    sub('show', [number]),
    sub('close', [number]),
    sub('help'),
  ];
  return { name: 'ticket', type: 1, ...described(phrases, 'discord-command-ticket'), options };
}

interface Shape {
  name: string;
  description: string;
  description_localizations?: Record<string, string> | null;
  type?: number;
  required?: boolean;
  min_value?: number;
  max_length?: number;
  options?: Shape[];
}

const shape: z.ZodType<Shape> = z.object({
  name: z.string(),
  description: z.string(),
  description_localizations: z.record(z.string(), z.string()).nullish(),
  type: z.number().optional(),
  required: z.boolean().optional(),
  min_value: z.number().optional(),
  max_length: z.number().optional(),
  options: z.lazy(() => z.array(shape)).optional(),
});

/** What matters of a command, in one order, without what Discord adds or leaves out by itself. */
function essence(one: Shape): unknown {
  const languages = Object.entries(one.description_localizations ?? {}).sort();
  const { name, description, type = 1, required = false, min_value = null, max_length = null } = one;
  return [
    name,
    description,
    languages,
    type,
    required,
    min_value,
    max_length,
    (one.options ?? []).map(essence),
  ];
}

/**
 * Registers the guild's commands when they are not already so: Discord takes only 200 creations a day. Throws what the API throws.
 * Returns whether they were written.
 */
export async function registerCommands(
  api: Api,
  applicationId: string,
  guildId: string,
  phrases: Phrasebook,
): Promise<boolean> {
  const route = Routes.applicationGuildCommands(applicationId, guildId);
  const wanted = [ticketCommand(phrases)];
  const there = z.array(shape).parse(await api.get(route, { with_localizations: 'true' }));
  if (JSON.stringify(there.map(essence)) === JSON.stringify(z.array(shape).parse(wanted).map(essence)))
    return false;
  await api.put(route, { body: wanted });
  return true;
}
