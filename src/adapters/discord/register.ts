import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Phrasebook } from '../../core/index.ts';
import type { Api } from './api.ts';
import { deskCommand, messageCommand, ticketCommand } from './commands.ts';

const words = z.record(z.string(), z.string()).nullish();

interface Shape {
  name: string;
  name_localizations?: Record<string, string> | null | undefined;
  description?: string | undefined;
  description_localizations?: Record<string, string> | null | undefined;
  type?: number | undefined;
  required?: boolean | undefined;
  autocomplete?: boolean | undefined;
  max_length?: number | undefined;
  default_member_permissions?: string | number | null | undefined;
  options?: Shape[] | undefined;
}

const shape: z.ZodType<Shape> = z.object({
  name: z.string(),
  name_localizations: words,
  description: z.string().optional(),
  description_localizations: words,
  type: z.number().optional(),
  required: z.boolean().optional(),
  autocomplete: z.boolean().optional(),
  max_length: z.number().optional(),
  default_member_permissions: z.union([z.string(), z.number()]).nullish(),
  options: z.lazy(() => z.array(shape)).optional(),
});

/** What matters of a command, in one order, without what Discord adds or leaves out by itself. */
function essence(one: Shape): unknown {
  return [
    one.name,
    Object.entries(one.name_localizations ?? {}).sort(),
    one.description ?? '',
    Object.entries(one.description_localizations ?? {}).sort(),
    one.type ?? 1,
    one.required ?? false,
    one.autocomplete ?? false,
    one.max_length ?? null,
    String(one.default_member_permissions ?? ''),
    (one.options ?? []).map(essence),
  ];
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  JSON.stringify(a.map(one => essence(shape.parse(one)))) ===
  JSON.stringify(b.map(one => essence(shape.parse(one))));

/** Whether what is registered for the guild is what the desk wants. Throws what the API throws. */
export async function commandsAreThere(
  api: Api,
  applicationId: string,
  guildId: string,
  phrases: Phrasebook,
): Promise<boolean> {
  const route = Routes.applicationGuildCommands(applicationId, guildId);
  const there = z.array(z.unknown()).parse(await api.get(route, { with_localizations: 'true' }));
  return same(there, wanted(phrases));
}

const wanted = (phrases: Phrasebook) => [
  ticketCommand(phrases),
  deskCommand(phrases),
  messageCommand(phrases),
];

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
  if (await commandsAreThere(api, applicationId, guildId, phrases)) return false;
  await api.put(Routes.applicationGuildCommands(applicationId, guildId), { body: wanted(phrases) });
  return true;
}
