import { everyonePermissions, Permission } from './bits.ts';
import type { ChannelState } from './types.ts';
import { ChannelType } from './types.ts';
import type { World } from './world.ts';

const all = (1n << 53n) - 1n;

function guildPermissions(world: World, userId: string): bigint {
  const member = world.members.get(userId);
  if (!member) return 0n;
  const everyone = userId === world.bot.id ? 0n : (world.roles.get(world.guildId)?.permissions ?? 0n);
  let bits = everyone;
  for (const id of member.roles) bits |= world.roles.get(id)?.permissions ?? 0n;
  return bits & P.administrator ? all : bits;
}

function withOverwrites(world: World, channel: ChannelState, userId: string, base: bigint): bigint {
  const roles = new Set(world.members.get(userId)?.roles ?? []);
  let bits = base;
  const everyone = channel.overwrites.find(one => one.id === world.guildId);
  if (everyone) bits = (bits & ~everyone.deny) | everyone.allow;
  let allow = 0n;
  let deny = 0n;
  for (const one of channel.overwrites) {
    if (one.type !== 0 || !roles.has(one.id)) continue;
    allow |= one.allow;
    deny |= one.deny;
  }
  bits = (bits & ~deny) | allow;
  const own = channel.overwrites.find(one => one.type === 1 && one.id === userId);
  return own ? (bits & ~own.deny) | own.allow : bits;
}

const P = Permission;

/** What somebody may do in a channel; threads inherit from their parent; 0 without the right to view it. */
export function permissionsIn(world: World, channel: ChannelState, userId: string): bigint {
  if (channel.type === ChannelType.dm) {
    return channel.recipients.includes(userId) || userId === world.bot.id ? everyonePermissions : 0n;
  }
  if (channel.type === ChannelType.group)
    return channel.recipients.includes(userId) ? everyonePermissions : 0n;
  const parent = channel.thread ? world.channels.get(channel.parentId ?? '') : undefined;
  const base = guildPermissions(world, userId);
  if (base === all) return all;
  const bits = withOverwrites(world, parent ?? channel, userId, base);
  if (!(bits & P.viewChannel)) return 0n;
  return bits;
}

/** True when somebody sees the channel: a private thread only as its member or with Manage Threads. */
export function sees(world: World, channel: ChannelState, userId: string): boolean {
  const bits = permissionsIn(world, channel, userId);
  if (!(bits & P.viewChannel)) return false;
  if (channel.type !== ChannelType.privateThread) return true;
  return channel.thread?.members.has(userId) === true || (bits & P.manageThreads) !== 0n;
}

/** True when all the bits are there and the channel is visible. */
export function may(world: World, channel: ChannelState, userId: string, needed: bigint): boolean {
  return sees(world, channel, userId) && (permissionsIn(world, channel, userId) & needed) === needed;
}

/** The right to write here: threads have their own bit. */
export function sendBit(channel: ChannelState): bigint {
  return channel.thread ? P.sendInThreads : P.sendMessages;
}
