/** Telegram, over grammY's client: customers in private chats with the bot. Groups and channels are ignored. */
import type { Channel, RawRequest, Received } from '../../core/index.ts';
import { createClients } from './api.ts';
import type { TelegramConfig } from './config.ts';
import { deliver } from './deliver.ts';
import { limits } from './limits.ts';
import { listen, type Self } from './listen.ts';
import { noteFault, understand } from './receive.ts';
import { noteUnshown, toastOf } from './respond.ts';
import { isGenuine } from './verify.ts';

export type { TelegramConfig } from './config.ts';

/**
 * Telegram as a channel. With `webhookSecret` and `publicUrl` updates come to `/hooks/telegram`, else `listen` polls. Nothing is sent twice,
 * and nothing can be looked up: Telegram knows no key of ours.
 */
export function createTelegramChannel(config: TelegramConfig): Channel {
  const { log } = config;
  const clients = createClients(config);
  const self: Self = {};
  return {
    kind: 'telegram',
    limits,
    receive: async request => receive(request, config, self),
    deliver: (message, to) => deliver(clients.calls, log, message, to),
    listen: sink => listen({ config, clients, self }, sink),
  };
}

/**
 * A right secret over something that is no update gets 400: Telegram never sends that. An update the desk has no use for gets 200, or it
 * would be sent again for a day.
 */
function receive(request: RawRequest, config: TelegramConfig, self: Self): Received {
  const { log, phrases } = config;
  if (!isGenuine(request, config.webhookSecret))
    return { verified: false, response: { status: 401 }, why: 'wrong or missing secret token' };
  const reading = { username: self.username, phrases, now: request.now };
  const understood = understand(parse(request.body), reading);
  if (!understood) {
    log.warn('telegram: a webhook carried no update');
    return { verified: true, inbound: [], respond: async () => ({ status: 400 }) };
  }
  noteFault(understood, log);
  const { inbound, callbackId } = understood;
  return {
    verified: true,
    inbound: inbound ? [inbound] : [],
    // The answer to a press goes back as the response itself (core.telegram.org/bots/api#making-requests-when-getting-updates).
    async respond([answer = { type: 'nothing' }]) {
      if (callbackId === undefined) {
        noteUnshown(answer, log);
        return { status: 200 };
      }
      const body = JSON.stringify({ method: 'answerCallbackQuery', ...toastOf(callbackId, answer) });
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
