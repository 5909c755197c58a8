import type { Form, Path } from './form.ts';
import { isObject, lengthOf } from './form.ts';
import { limits } from './limits.ts';
import { permissionsIn } from './permissions.ts';
import type { ChannelState, CommandState, Json } from './types.ts';
import { ChannelType } from './types.ts';
import type { World } from './world.ts';

/** Names of slash commands and options (application commands: naming). */
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Languages of Discord (reference: locales). */
const locales = new Set(
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  ),
);

const optionTypes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

function checkName(form: Form, path: Path, value: unknown): void {
  const name = form.text(path, value, { min: 1, max: 32, required: true });
  if (name === undefined || name.length > 32) return;
  if (!namePattern.test(name) || name !== name.toLowerCase()) {
    form.add(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

function checkLocalized(form: Form, path: Path, value: unknown, name: boolean): void {
  if (value === undefined || value === null) return;
  const map = form.object(path, value);
  for (const [locale, text] of Object.entries(map ?? {})) {
    if (!locales.has(locale))
      form.add([...path, locale], 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`);
    else if (name && text !== null) checkName(form, [...path, locale], text);
    else form.text([...path, locale], text, { max: 100 });
  }
}

function checkChoices(form: Form, path: Path, option: Json): void {
  const choices = form.list([...path, 'choices'], option.choices, 0, limits.choices);
  if (choices.length > 0 && option.autocomplete === true) {
    form.add(
      [...path, 'autocomplete'],
      'APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES',
      'Autocomplete and choices are mutually exclusive',
    );
  }
  choices.forEach((raw, index) => {
    const at = [...path, 'choices', index];
    const one = form.object(at, raw);
    if (!one) return;
    form.text([...at, 'name'], one.name, { min: 1, max: 100, required: true });
    if (option.type === 3) form.text([...at, 'value'], one.value, { max: 100, required: true });
  });
}

function checkOption(form: Form, path: Path, raw: unknown, depth: number): void {
  const option = form.object(path, raw);
  if (!option) return;
  const type = form.choice([...path, 'type'], option.type, optionTypes);
  checkName(form, [...path, 'name'], option.name);
  form.text([...path, 'description'], option.description, { min: 1, max: 100, required: true });
  checkLocalized(form, [...path, 'name_localizations'], option.name_localizations, true);
  checkLocalized(form, [...path, 'description_localizations'], option.description_localizations, false);
  checkChoices(form, path, option);
  if (type === 1 || type === 2) {
    if (depth >= type || (type === 1 && depth > 1))
      form.add([...path, 'type'], 'APPLICATION_COMMAND_INVALID_NESTING', 'Subcommands cannot be nested here');
    checkOptionList(form, path, option, depth + 1);
  }
}

function checkOptionList(form: Form, path: Path, owner: Json, depth: number): void {
  let optionalSeen = false;
  const names = new Set<unknown>();
  form.list([...path, 'options'], owner.options, 0, 25).forEach((raw, index) => {
    const at = [...path, 'options', index];
    checkOption(form, at, raw, depth);
    if (!isObject(raw)) return;
    if (names.has(raw.name))
      form.add(at, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists');
    names.add(raw.name);
    if (raw.required === true && optionalSeen) {
      form.add(
        at,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    if (raw.required !== true) optionalSeen = true;
  });
}

function textSize(value: unknown): number {
  if (!isObject(value)) return 0;
  const own = [value.name, value.description, value.value].reduce<number>(
    (sum, one) => sum + (typeof one === 'string' ? lengthOf(one) : 0),
    0,
  );
  const inner = [value.options, value.choices].flatMap(one => (Array.isArray(one) ? one : []));
  return own + inner.reduce<number>((sum, one) => sum + textSize(one), 0);
}

/** Checks one command; adds to the form. */
export function checkCommand(form: Form, path: Path, body: Json, partial = false): void {
  const type = body.type ?? 1;
  form.choice([...path, 'type'], type, [1, 2, 3]);
  if (!partial || body.name !== undefined) {
    if (type === 1) checkName(form, [...path, 'name'], body.name);
    else form.text([...path, 'name'], body.name, { min: 1, max: 32, required: true });
  }
  if (type === 1 && (!partial || body.description !== undefined)) {
    form.text([...path, 'description'], body.description, { min: 1, max: 100, required: true });
  }
  checkLocalized(form, [...path, 'name_localizations'], body.name_localizations, type === 1);
  checkLocalized(form, [...path, 'description_localizations'], body.description_localizations, false);
  checkOptionList(form, path, body, 0);
  if (textSize(body) > 8000)
    form.add(path, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
}

/** A command as the API writes it. */
export function commandWire(world: World, command: CommandState): Json {
  return {
    id: command.id,
    application_id: world.applicationId,
    version: command.version,
    type: 1,
    name_localizations: null,
    description_localizations: null,
    default_member_permissions: null,
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    nsfw: false,
    description: '',
    ...command.body,
    ...(command.guildId === null ? {} : { guild_id: command.guildId }),
  };
}

/** Interaction context types: 0 a guild, 1 the bot's chat with the person, 2 another chat. */
export function contextOf(channel: ChannelState): 0 | 1 | 2 {
  if (channel.type === ChannelType.dm) return 1;
  return channel.type === ChannelType.group ? 2 : 0;
}

/** True for a command that comes with an installation by a person (Application integration types: 1). */
function forPersons(body: Json): boolean {
  return Array.isArray(body.integration_types) && body.integration_types.includes(1);
}

/** Commands that somebody is offered in a place: slash commands (1), or those of a message's menu (3). */
export function offered(world: World, channel: ChannelState, userId: string, type = 1): CommandState[] {
  const context = contextOf(channel);
  return [...world.commands.values()].filter(command => {
    const body = command.body;
    if ((body.type ?? 1) !== type) return false;
    const contexts = Array.isArray(body.contexts) ? body.contexts : null;
    if (context === 2) return command.guildId === null && Boolean(contexts?.includes(2)) && forPersons(body);
    if (context === 1)
      return command.guildId === null && (contexts ? contexts.includes(1) : body.dm_permission !== false);
    if (contexts && command.guildId === null && !contexts.includes(0)) return false;
    const needed = body.default_member_permissions;
    if (needed === undefined || needed === null) return true;
    const bits = BigInt(String(needed));
    return bits !== 0n && (permissionsIn(world, channel, userId) & bits) === bits;
  });
}

/** The name or description of a command or option in somebody's language. */
export function localized(body: Json, key: 'name' | 'description', locale: string): string {
  const map = body[`${key}_localizations`];
  const own = isObject(map) ? map[locale] : undefined;
  return typeof own === 'string' ? own : String(body[key] ?? '');
}
