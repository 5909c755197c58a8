import { apiError } from '../errors.ts';
import { sees } from '../permissions.ts';
import type { ChannelState } from '../types.ts';
import { channelWire, guildWire, memberWire, roleWire, threadMemberWire } from '../wire.ts';
import type { Call, Route } from './route.ts';
import { demandGuild, ok } from './route.ts';

/** A list of threads with the bot's memberships, as several routes answer it. */
export function threadList(call: Call, threads: readonly ChannelState[]): Record<string, unknown> {
  const mine = threads.filter(one => one.thread?.members.has(call.world.bot.id));
  return {
    threads: threads.map(one => channelWire(call.world, one)),
    members: mine.map(one => threadMemberWire(one, call.world.bot.id)),
  };
}

function channels(call: Call) {
  demandGuild(call);
  const list = [...call.world.channels.values()].filter(one => one.guildId !== null && !one.thread);
  return ok(list.map(one => channelWire(call.world, one)));
}

function activeThreads(call: Call) {
  demandGuild(call);
  const list = [...call.world.channels.values()].filter(one => one.thread && !one.thread.archived);
  return ok(threadList(call, list.filter(one => sees(call.world, one, call.world.bot.id)).reverse()));
}

function member(call: Call) {
  demandGuild(call);
  const id = call.params.user_id ?? '';
  const found = call.world.members.get(id);
  if (!found) throw apiError(call.world.users.has(id) ? 10007 : 10013);
  return ok(memberWire(found));
}

function guild(call: Call) {
  demandGuild(call);
  const counts =
    call.query.get('with_counts') === 'true'
      ? { approximate_member_count: call.world.members.size, approximate_presence_count: 1 }
      : {};
  return ok({ ...guildWire(call.world), ...counts });
}

function roles(call: Call) {
  demandGuild(call);
  return ok([...call.world.roles.values()].map(roleWire));
}

/** The guild and what belongs to it. */
export const guildRoutes: readonly Route[] = [
  { verb: 'GET', path: '/guilds/{guild_id}', auth: 'bot', run: guild },
  { verb: 'GET', path: '/guilds/{guild_id}/channels', auth: 'bot', run: channels },
  { verb: 'GET', path: '/guilds/{guild_id}/roles', auth: 'bot', run: roles },
  { verb: 'GET', path: '/guilds/{guild_id}/members/{user_id}', auth: 'bot', run: member },
  { verb: 'GET', path: '/guilds/{guild_id}/threads/active', auth: 'bot', run: activeThreads },
];
