import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Phrasebook } from '../../core/index.ts';
import type { Api } from './api.ts';
import { deskCommand, messageCommand, noticeCommand, ticketCommand } from './commands.ts';

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
  contexts?: number[] | null | undefined;
  integration_types?: number[] | null | undefined;
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
  contexts: z.array(z.number()).nullish(),
  integration_types: z.array(z.number()).nullish(),
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
    one.contexts ?? [],
    one.contexts ? (one.integration_types ?? []) : [],
    (one.options ?? []).map(essence),
  ];
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  JSON.stringify(a.map(one => essence(shape.parse(one)))) ===
  JSON.stringify(b.map(one => essence(shape.parse(one))));

/** Which ways of installing the application its owner allows: 0 in a server, 1 by a person for themselves (Integration types). */
const application = z.object({ integration_types_config: z.record(z.string(), z.unknown()).nullish() });

/** The desk's commands where they belong: the customers' everywhere, the staff's in the one guild. */
async function wanted(api: Api, { applicationId, guildId, phrases }: Registering) {
  const config = application.parse(await api.get('/applications/@me')).integration_types_config;
  const integration_types = Object.keys(config ?? { 0: {} })
    .map(Number)
    .sort();
  const everywhere = [ticketCommand(phrases), messageCommand(phrases)];
  return [
    {
      route: Routes.applicationCommands(applicationId),
      commands: everywhere.map(one => ({ ...one, integration_types })),
    },
    {
      route: Routes.applicationGuildCommands(applicationId, guildId),
      commands: [deskCommand(phrases), noticeCommand(phrases)],
    },
  ];
}

/** What is registered for whom. */
export interface Registering {
  readonly applicationId: string;
  readonly guildId: string;
  readonly phrases: Phrasebook;
}

/** The commands that are not as they should be, by their route. Throws what the API throws. */
export async function staleCommands(api: Api, registering: Registering) {
  const stale: Awaited<ReturnType<typeof wanted>> = [];
  for (const one of await wanted(api, registering)) {
    const there = z.array(z.unknown()).parse(await api.get(one.route, { with_localizations: 'true' }));
    if (!same(there, one.commands)) stale.push(one);
  }
  return stale;
}

/**
 * Registers the commands that are not already so: Discord takes only 200 creations a day. Throws what the API throws.
 * Returns whether any were written.
 */
export async function registerCommands(api: Api, registering: Registering): Promise<boolean> {
  const stale = await staleCommands(api, registering);
  for (const { route, commands } of stale) await api.put(route, { body: commands });
  return stale.length > 0;
}
