import type { REST } from 'discord.js';
import { Routes } from 'discord.js';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import type { Json, Listening, Packet } from './kit.ts';
import { listen, world } from './kit.ts';

/** The desk's command in small. */
export const ticket: Json = {
  name: 'ticket',
  description: 'Support tickets',
  name_localizations: { pl: 'zgłoszenie' },
  options: [
    {
      type: 1,
      name: 'open',
      description: 'Open one',
      options: [{ type: 3, name: 'subject', description: 'What about' }],
    },
    {
      type: 1,
      name: 'show',
      description: 'Show one',
      options: [
        {
          type: 4,
          name: 'number',
          description: 'Its number',
          required: true,
          autocomplete: true,
          min_value: 1,
        },
      ],
    },
  ],
};

/** A form with every kind of field the desk uses. */
export const form: Json = {
  custom_id: 'form',
  title: 'New ticket',
  components: [
    { type: 10, content: 'Tell us **all**' },
    {
      type: 18,
      label: 'Subject',
      description: 'In a few words',
      component: { type: 4, custom_id: 'subject', style: 1, min_length: 3 },
    },
    {
      type: 18,
      label: 'Priority',
      component: {
        type: 21,
        custom_id: 'priority',
        options: [
          { label: 'Regular', value: 'r', default: true },
          { label: 'High', value: 'h' },
        ],
      },
    },
    {
      type: 18,
      label: 'Department',
      component: {
        type: 3,
        custom_id: 'department',
        required: false,
        options: [{ label: 'Billing', value: 'b' }],
      },
    },
    { type: 1, components: [{ type: 4, custom_id: 'old', label: 'Old way', style: 2, required: false }] },
  ],
};

/** Answers an interaction over REST. */
export const answer = (rest: REST, packet: Packet, body: Json, query = ''): Promise<unknown> =>
  rest.post(
    `${Routes.interactionCallback(String(packet.d.id), String(packet.d.token))}${query}` as `/${string}`,
    { auth: false, body },
  );

/** Fits the interactions of one type. */
export const interaction = (type: number) => (packet: Packet) =>
  packet.t === 'INTERACTION_CREATE' && packet.d.type === type;

/** A world with the command registered and a gateway listening. */
export async function withCommands(
  options: Parameters<typeof world>[0] = {},
): Promise<{ sim: DiscordSimulator; rest: REST; gateway: Listening }> {
  const { sim, rest } = await world(options);
  await rest.put(Routes.applicationGuildCommands(sim.applicationId, sim.guildId), { body: [ticket] });
  return { sim, rest, gateway: await listen(sim) };
}
