import type { Ask, Asked, Inbound, Pressed, Said, Submitted, Typed } from '../../core/index.ts';
import { tidy } from '../../core/index.ts';
import { interactionTypes } from './answer.ts';
import type { TextWanted } from './asked.ts';
import { askIn, askWith, isAsk, typedIn } from './asked.ts';
import { contentOf } from './content.ts';
import { actionIn, FILES, formIn, WRITE, wantedIn } from './controls.ts';
import { fromDiscord } from './dialect.ts';
import { filesOf } from './files.ts';
import { actorOf } from './identify.ts';
import type { Memory } from './memory.ts';
import type { CommandPayload, InteractionPayload, ModalPayload } from './payloads.ts';
import { read, threadTypes, timeOf } from './payloads.ts';
import type { Way } from './way.ts';

/** Longest value that is kept of a field; Discord allows 4,000. */
const VALUE = 4000;

/** An interaction, understood: an event for core; a text that is still wanted; a place that is not served; or nothing of ours. */
export type Heard =
  | { readonly kind: 'inbound'; readonly inbound: Inbound }
  | { readonly kind: 'text-wanted'; readonly wanted: TextWanted }
  | { readonly kind: 'no-way' }
  | { readonly kind: 'not-ours' };

/** What an interaction says. The same for the gateway and for HTTP; pure. `now` dates an event whose id tells no time. */
export function hear(
  interaction: InteractionPayload,
  way: Way,
  guildId: string,
  memory: Memory,
  now: Date,
): Heard {
  const from = actorOf(interaction, guildId);
  if (way.kind === 'none' || !from || !interaction.channel_id) return { kind: 'no-way' };
  const base = {
    eventId: `int:${interaction.id}`,
    at: timeOf(interaction.id) ?? now,
    from,
    place: way.kind === 'chat' ? way.place : interaction.channel_id,
    direct: way.kind === 'chat',
  };
  const heard = parse(interaction, base, memory);
  if (heard === undefined) return { kind: 'not-ours' };
  return 'number' in heard ? { kind: 'text-wanted', wanted: heard } : { kind: 'inbound', inbound: heard };
}

type Base = Pick<Asked, 'eventId' | 'at' | 'from' | 'place' | 'direct'>;

function parse(
  interaction: InteractionPayload,
  base: Base,
  memory: Memory,
): Inbound | TextWanted | undefined {
  if (interaction.type === interactionTypes.command) return asked(interaction, base, memory);
  if (interaction.type === interactionTypes.autocomplete) return typed(interaction, base);
  if (interaction.type === interactionTypes.component) return pressed(interaction, base);
  if (interaction.type === interactionTypes.modal) return submitted(interaction, base);
  return undefined;
}

function asked(interaction: InteractionPayload, base: Base, memory: Memory): Asked | TextWanted | undefined {
  const data = read.command(interaction.data);
  if (!data) return undefined;
  const ask = askFrom(data, memory);
  return isAsk(ask) ? asking(interaction, base, ask) : ask;
}

/** Application command types: the menu of a message. */
const MESSAGE_MENU = 3;

/** What a command asks for. */
export function askFrom(data: CommandPayload, memory: Memory): Ask | TextWanted {
  return data.type === MESSAGE_MENU ? openFrom(data, memory) : askIn(data);
}

function openFrom({ target_id = '', resolved }: CommandPayload, memory: Memory): Ask {
  const target = resolved?.messages[target_id];
  return { what: 'open', subject: '', text: target ? contentOf(target, memory) : '' };
}

function asking(interaction: InteractionPayload, base: Base, ask: Ask): Asked {
  const place = base.direct || ask.what === 'desk' ? base.place : roomOf(interaction);
  return { type: 'asked', ...base, ask, place };
}

function typed(interaction: InteractionPayload, base: Base): Typed | undefined {
  const data = read.command(interaction.data);
  const found = data && typedIn(data);
  return found && { type: 'typed', ...base, ...found };
}

function pressed(interaction: InteractionPayload, base: Base): Pressed | TextWanted | undefined {
  if (read.component(interaction.data)?.custom_id === WRITE) return { what: 'message', number: '' };
  const action = actionIn(read.component(interaction.data)?.custom_id ?? '');
  if (action === undefined) return undefined;
  return {
    type: 'pressed',
    ...base,
    action,
    ...(interaction.message ? { ref: interaction.message.id } : {}),
  };
}

function submitted(interaction: InteractionPayload, base: Base): Submitted | Asked | Said | undefined {
  const data = read.modal(interaction.data);
  if (!data) return undefined;
  const values = valuesIn(data);
  const wanted = wantedIn(data.custom_id);
  if (wanted?.what === 'message') return spoken(interaction, base, values.text ?? '');
  if (wanted) return asking(interaction, base, askWith(wanted, values.text ?? ''));
  const form = formIn(data.custom_id);
  if (!form) return undefined;
  const files = filesOf(Object.values(data.resolved?.attachments ?? {}));
  return {
    type: 'submitted',
    eventId: base.eventId,
    at: base.at,
    from: base.from,
    ...form,
    values,
    place: roomOf(interaction),
    ...(files.length === 0 ? {} : { files }),
  };
}

/** A message that was written in a window. It is known by the interaction until the message that shows it is there. */
function spoken(interaction: InteractionPayload, base: Base, given: string): Said {
  const nobody = { user: () => undefined, role: () => undefined, channel: () => undefined };
  return { type: 'said', ...base, ref: interaction.id, text: fromDiscord(tidy(given), nobody) };
}

function valuesIn(data: ModalPayload): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const { component, components } of data.components) {
    for (const field of [component, ...(components ?? [])]) {
      if (field && field.custom_id !== FILES)
        values[field.custom_id] = tidy(String(field.values?.[0] ?? field.value ?? '')).slice(0, VALUE);
    }
  }
  return { ...values };
}

/** The nearest channel that can hold private threads: threads hang from channels, never from threads. */
function roomOf({ channel, channel_id }: InteractionPayload): string {
  const isThread = channel?.type !== undefined && threadTypes.has(channel.type);
  return (isThread ? channel?.parent_id : undefined) ?? channel_id ?? '';
}
