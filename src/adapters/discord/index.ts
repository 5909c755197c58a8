import type { Channel } from '../../core/index.ts';
import { oneLine } from '../../core/index.ts';
import { createApi } from './api.ts';
import { echo, edit, remove } from './change.ts';
import { openChat } from './chat.ts';
import { check } from './check.ts';
import type { DiscordConfig } from './config.ts';
import { deliver, react } from './deliver.ts';
import type { Desk } from './desk.ts';
import { openPost, showCard } from './desk.ts';
import { fetchFile } from './files.ts';
import { find } from './find.ts';
import { receive } from './hook.ts';
import { limits } from './limits.ts';
import { listen } from './listen.ts';
import { Memory } from './memory.ts';
import { catchUp } from './missed.ts';
import { isSnowflake } from './payloads.ts';
import { rolesOf } from './roles.ts';
import { openThread } from './thread.ts';
import { readPublicKey } from './verify.ts';

export type { DiscordConfig } from './config.ts';

/**
 * Discord, for customers (a private thread for each ticket, under the channel in which it was asked for; or the person's chat with the
 * bot, which all their tickets share) and for staff (a post for each ticket in a forum). `needs.ts` has the permissions. Without the
 * Message Content intent, which Discord may refuse, messages are written in a window.
 *
 * The gateway is @discordjs/ws and not the discord.js Client: raw events, no caches, no handler that a malformed packet can
 * break, and a session store that can be made to survive restarts, which the Client keeps in memory for good. Of discord.js its own
 * packages are loaded, one by one: all of it would hold some 7 MB more (`npm run bench -- footprint`).
 *
 * Throws a TypeError when the public key is not 64 hex digits.
 */
export function createDiscordChannel(config: DiscordConfig): Channel {
  const key = config.publicKey === undefined ? undefined : readPublicKey(config.publicKey);
  const { guildId, deskChannelId = '', log } = config;
  const api = createApi(config.token, config.apiUrl);
  const memory = new Memory();
  memory.locales.set(deskChannelId, config.staffLocale);
  const write = (of: string): string | undefined => {
    if (memory.readsContent) return undefined;
    const [first = 'en'] = config.phrases.locales();
    return oneLine(config.phrases.say(memory.locales.get(of) ?? first, 'discord-write'), 80);
  };
  const desk: Desk = { api, memory, log, write, guildId, channelId: deskChannelId };
  const shown = (ref: string): string => memory.shown.get(ref) ?? ref;
  const once = (): Desk => ({ ...desk, api: api.attempt() });
  return {
    kind: 'discord',
    limits,
    receive: request => receive({ config, desk }, key, request),
    deliver: ({ replyTo, ...message }, to) =>
      deliver(once(), { ...message, ...(replyTo && { replyTo: shown(replyTo) }) }, to),
    listen: (sink, places) => listen({ config, desk, memory }, sink, places),
    openChat: ({ externalId }) => openChat(once(), externalId),
    openThread: thread => openThread(once(), thread),
    ...(deskChannelId !== '' && {
      openPost: card => openPost(once(), card),
      showCard: (card, to, ref) => showCard(once(), card, to, ref),
    }),
    react: (mark, to, ref) => react(once(), mark, to, shown(ref)),
    find: lookup => find({ ...once(), guildId, deskChannelId }, lookup),
    edit: (message, to, ref) => edit(once(), message, to, ref),
    remove: (to, ref) => remove(once(), to, ref),
    echo: (emoji, on, to, ref) => echo(once(), emoji, on, to, shown(ref)),
    fetchFile: (file, maxBytes) => fetchFile({ api, log, apiUrl: config.apiUrl }, file, maxBytes),
    catchUp: (sink, place, signal) => catchUp({ api, memory, guildId, now: config.now, signal }, sink, place),
    check: () => check(api, config),
    rolesOf: externalId => rolesOf(desk, guildId, externalId),
    linkTo: address =>
      isSnowflake(address) ? `https://discord.com/channels/${guildId}/${address}` : undefined,
  };
}
