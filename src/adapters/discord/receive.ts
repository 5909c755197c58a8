import type { Ask, Asked, Inbound, Pressed, Submitted } from '../../core/index.ts';
import { oneLine, tidy } from '../../core/index.ts';
import { interactionTypes } from './answer.ts';
import { actionIn, formIn } from './controls.ts';
import { actorOf } from './identify.ts';
import type { InteractionPayload } from './payloads.ts';
import { read, timeOf } from './payloads.ts';

/** Longest subject that is kept of a command, UTF-16 units. */
const SUBJECT = 200;
/** Longest value that is kept of a field; Discord allows 4,000. */
const VALUE = 4000;

/** An interaction, understood: an event for core; or a place that is not served; or nothing of ours. */
export type Heard =
  | { readonly kind: 'inbound'; readonly inbound: Inbound }
  | { readonly kind: 'wrong-place' }
  | { readonly kind: 'not-ours' };

/** What an interaction says. The same for the gateway and for HTTP; pure. `now` dates an event whose id tells no time. */
export function hear(interaction: InteractionPayload, guildId: string, now: Date): Heard {
  const from = actorOf(interaction);
  if (interaction.guild_id !== guildId || !from || !interaction.channel_id) return { kind: 'wrong-place' };
  const base = { eventId: `int:${interaction.id}`, at: timeOf(interaction.id) ?? now, from };
  const inbound = parse(interaction, base);
  return inbound ? { kind: 'inbound', inbound } : { kind: 'not-ours' };
}

type Base = Pick<Asked, 'eventId' | 'at' | 'from'>;

function parse(interaction: InteractionPayload, base: Base): Inbound | undefined {
  if (interaction.type === interactionTypes.command) return asked(interaction, base);
  if (interaction.type === interactionTypes.component) return pressed(interaction, base);
  if (interaction.type === interactionTypes.modal) return submitted(interaction, base);
  return undefined;
}

function asked(interaction: InteractionPayload, base: Base): Asked | undefined {
  const data = read.command(interaction.data);
  if (!data) return undefined;
  const sub = data.options?.[0];
  const ask = data.name === 'ticket' && sub ? askOf(sub.name, sub.options ?? []) : unknown(data.name);
  return { type: 'asked', ...base, ask, place: roomOf(interaction), direct: false };
}

const unknown = (words: string): Ask => ({ what: 'unknown', words: oneLine(words, SUBJECT) });

function askOf(name: string, options: readonly { name: string; value?: string | number | boolean }[]): Ask {
  const value = (key: string) => String(options.find(option => option.name === key)?.value ?? '');
  if (name === 'open') return { what: 'open', subject: oneLine(value('subject'), SUBJECT) };
  if (name === 'list' || name === 'help') return { what: name };
  if (name === 'show' || name === 'close') return { what: name, number: oneLine(value('number'), 40) };
  return unknown(name);
}

function pressed(interaction: InteractionPayload, base: Base): Pressed | undefined {
  const action = actionIn(read.component(interaction.data)?.custom_id ?? '');
  if (action === undefined) return undefined;
  return {
    type: 'pressed',
    ...base,
    action,
    place: interaction.channel_id ?? '',
    direct: false,
    ...(interaction.message ? { ref: interaction.message.id } : {}),
  };
}

function submitted(interaction: InteractionPayload, base: Base): Submitted | undefined {
  const data = read.modal(interaction.data);
  const form = data && formIn(data.custom_id);
  if (!form) return undefined;
  const values: Record<string, string> = Object.create(null);
  for (const { component, components } of data.components) {
    for (const field of [component, ...(components ?? [])]) {
      if (field)
        values[field.custom_id] = tidy(String(field.values?.[0] ?? field.value ?? '')).slice(0, VALUE);
    }
  }
  return { type: 'submitted', ...base, ...form, values: { ...values }, place: roomOf(interaction) };
}

/** Types of channels that are threads (Channel types: announcement, public, private thread). */
export const threadTypes: ReadonlySet<number> = new Set([10, 11, 12]);

/** The nearest channel that can hold private threads: threads hang from channels, never from threads. */
function roomOf({ channel, channel_id }: InteractionPayload): string {
  const isThread = channel?.type !== undefined && threadTypes.has(channel.type);
  return (isThread ? channel?.parent_id : undefined) ?? channel_id ?? '';
}
