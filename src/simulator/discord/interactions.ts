import { Buffer } from 'node:buffer';
import { contextOf } from './commands.ts';
import { apiError } from './errors.ts';
import { limits } from './limits.ts';
import { permissionsIn } from './permissions.ts';
import type { InteractionState, Json, MessageState, Settled } from './types.ts';
import { guildWire, interactionChannelWire, memberWire, messageWire, userWire } from './wire.ts';
import type { World } from './world.ts';

/** Interaction types (interactions: interaction type). */
export const Cause = { ping: 1, command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** What a new interaction is made of. */
export interface NewInteraction {
  readonly type: number;
  readonly userId: string;
  readonly channelId: string;
  readonly data: Json;
  readonly message?: MessageState | null;
  readonly mayUpdate?: boolean;
}

function payloadOf(world: World, id: string, token: string, one: NewInteraction): Json {
  const channel = world.channel(one.channelId);
  const user = world.user(one.userId);
  const member = channel.guildId === null ? undefined : world.members.get(one.userId);
  const inGuild = channel.guildId !== null;
  const guild = guildWire(world);
  const context = contextOf(channel);
  const owners = { 0: { 0: world.guildId }, 1: { 0: '0' }, 2: { 1: one.userId } } as const;
  return {
    id,
    application_id: world.applicationId,
    type: one.type,
    token,
    version: 1,
    data: one.data,
    channel_id: channel.id,
    channel: interactionChannelWire(world, channel, one.userId),
    locale: user.locale,
    app_permissions: permissionsIn(world, channel, world.bot.id).toString(),
    entitlements: [],
    entitlement_sku_ids: [],
    attachment_size_limit: limits.fileBytes,
    authorizing_integration_owners: owners[context],
    context,
    ...(inGuild
      ? {
          guild_id: world.guildId,
          guild_locale: world.guildLocale,
          guild: { id: world.guildId, locale: world.guildLocale, features: guild.features },
        }
      : {}),
    ...(member
      ? {
          member: {
            ...memberWire(member),
            permissions: permissionsIn(world, channel, one.userId).toString(),
          },
        }
      : { user: userWire(user) }),
    ...(one.message ? { message: messageWire(world, one.message) } : {}),
  };
}

/** Makes and keeps an interaction. Nothing is sent yet. */
export function newInteraction(world: World, one: NewInteraction): InteractionState {
  const id = world.ids.next();
  const token = Buffer.from(`interaction:${id}:${'x'.repeat(8)}${world.interactions.size}`).toString(
    'base64url',
  );
  let settle: (settled: Settled) => void = () => undefined;
  const settled = new Promise<Settled>(resolve => {
    settle = resolve;
  });
  const interaction: InteractionState = {
    id,
    token,
    type: one.type,
    userId: one.userId,
    channelId: one.channelId,
    data: one.data,
    createdAt: world.clock.now(),
    message: one.message ?? null,
    mayUpdate: one.mayUpdate ?? false,
    payload: payloadOf(world, id, token, one),
    answered: 0,
    lapsed: false,
    original: null,
    deferredEphemeral: false,
    settle,
    settled,
  };
  world.interactions.set(token, interaction);
  return interaction;
}

/** The interaction of a callback; throws 10062 when unknown or later than three seconds, 40060 when it was answered. */
export function forCallback(
  world: World,
  id: string | undefined,
  token: string | undefined,
): InteractionState {
  const interaction = world.interactions.get(token ?? '');
  if (!interaction || interaction.id !== id) throw apiError(10062);
  if (interaction.answered !== 0) throw apiError(40060);
  const late = world.clock.now() - interaction.createdAt > limits.interactionAnswerMs;
  if (late || interaction.lapsed) throw apiError(10062);
  return interaction;
}

/** The interaction behind a webhook address; throws 10015 when unknown or unanswered, 50027 after fifteen minutes. */
export function forWebhook(
  world: World,
  application: string | undefined,
  token: string | undefined,
): InteractionState {
  const interaction = world.interactions.get(token ?? '');
  if (!interaction || application !== world.applicationId) throw apiError(10015);
  if (world.clock.now() - interaction.createdAt > limits.interactionTokenMs) throw apiError(50027);
  if (interaction.answered === 0) throw apiError(10015);
  return interaction;
}
