/** Telegram, over grammY's client: customers in private chats with the bot, and staff in a group with topics. Other groups are ignored. */
import type { Channel, Limits, RawRequest, Received } from '../../core/index.ts';
import { createClients } from './api.ts';
import { check } from './check.ts';
import type { TelegramConfig } from './config.ts';
import { deliver } from './deliver.ts';
import { type Desk, openPost, react, rolesOf, showCard } from './desk.ts';
import { fetchFile } from './fetch-file.ts';
import { limits } from './limits.ts';
import { type ListenParts, listen, readingOf } from './listen.ts';
import { createMemory } from './memory.ts';
import type { Outlet } from './outlet.ts';
import { GroupPace } from './pace.ts';
import { linkTo } from './place.ts';
import { noteFault, understand } from './receive.ts';
import { Aftermath, toastOf } from './respond.ts';
import { echo, edit, remove } from './revise.ts';
import { openThread } from './thread.ts';
import { isGenuine } from './verify.ts';

export type { TelegramConfig } from './config.ts';

/**
 * Telegram as a channel. With `webhookSecret` and `publicUrl` updates come to `/hooks/telegram`, else `listen` polls. With `deskChatId` it
 * holds a desk too. Nothing is sent twice, and nothing can be looked up (no `find`): Telegram knows no key of ours. There is nothing to catch
 * up with either (no `catchUp`): it keeps updates for a day and gives them when the desk is back. It never says that a message was deleted.
 */
export function createTelegramChannel(config: TelegramConfig): Channel {
  const { log } = config;
  const clients = createClients(config);
  const outlet: Outlet = { clients, memory: createMemory(), pace: new GroupPace(config.now), log };
  const [first = 'en'] = config.phrases.locales();
  const staffLocale = config.staffLocale ?? first;
  const namePlease = config.phrases.say(staffLocale, 'telegram-desk-anonymous');
  const parts: ListenParts = { config, ...outlet, aftermath: new Aftermath(clients, log, namePlease) };
  return {
    kind: 'telegram',
    limits: limitsOf(outlet),
    openThread: thread => openThread(outlet, thread),
    receive: async request => receive(request, parts),
    deliver: (message, to) => deliver(outlet, message, to),
    // A private chat has the id of its person (core.telegram.org/bots/api#chat).
    openChat: async ({ externalId }) => ({ outcome: 'delivered', address: externalId, unasked: true }),
    listen: sink => listen(parts, sink),
    edit: (message, to, ref) => edit(outlet, message, to, ref),
    remove: (to, ref) => remove(outlet, to, ref),
    echo: (emoji, on, to, ref) => echo(outlet, emoji, on, to, ref),
    startLink: token => startLink(outlet, token),
    fetchFile: (file, maxBytes) => fetchFile(clients, file, maxBytes),
    check: () => check(clients, config),
    ...(config.deskChatId === undefined
      ? {}
      : deskAbilities({ ...outlet, phrases: config.phrases, staffLocale }, config.deskChatId)),
  };
}

/** The chat with the bot, with a payload (core.telegram.org/bots/features#deep-linking: up to 64 of A-Z a-z 0-9 _ -). */
function startLink({ memory }: Outlet, token: string): string | undefined {
  return memory.username === undefined ? undefined : `https://t.me/${memory.username}?start=${token}`;
}

/** Whether tickets have topics of their own is the bot's setting, known once it is connected. */
function limitsOf({ memory }: Outlet): Limits {
  return {
    ...limits,
    get places() {
      return memory.privateTopics === true ? 'per-ticket' : 'shared';
    },
  };
}

function deskAbilities(
  parts: Omit<Desk, 'chatId'>,
  deskChatId: string,
): Pick<Channel, 'openPost' | 'showCard' | 'react' | 'rolesOf' | 'linkTo'> {
  const desk = { ...parts, chatId: Number(deskChatId) };
  return {
    openPost: card => openPost(desk, card),
    showCard: (card, to, ref) => showCard(desk, card, to, ref),
    react: (mark, to, ref) => react(desk, mark, to, ref),
    rolesOf: externalId => rolesOf(desk, externalId),
    linkTo,
  };
}

/**
 * A right secret over something that is no update gets 400: Telegram never sends that. An update the desk has no use for gets 200, or it
 * would be sent again for a day.
 */
function receive(request: RawRequest, parts: ListenParts): Received {
  const { config, aftermath } = parts;
  if (!isGenuine(request, config.webhookSecret))
    return { verified: false, response: { status: 401 }, why: 'wrong or missing secret token' };
  const understood = understand(parse(request.body), readingOf(parts, request.now));
  if (!understood) {
    config.log.warn('telegram: a webhook carried no update');
    return { verified: true, inbound: [], respond: async () => ({ status: 400 }) };
  }
  noteFault(understood, config.log);
  const { inbound, press } = understood;
  return {
    verified: true,
    inbound,
    // The answer to a press goes back as the response itself (core.telegram.org/bots/api#making-requests-when-getting-updates).
    async respond(answers) {
      const answer = answers.at(-1) ?? { type: 'nothing' };
      aftermath.show(understood, answer, true);
      if (press === undefined) return { status: 200 };
      const body = JSON.stringify({ method: 'answerCallbackQuery', ...toastOf(press.id, answer) });
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    },
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
