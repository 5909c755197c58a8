import type { types, webApi } from '@slack/bolt';
import type { Address, Channel, Log, OpenChat, OpenThread, Outbound, Receipt } from '../../core/index.ts';
import { receiptOf, wordsFor } from './api.ts';
import { textBlocks } from './controls.ts';
import { addressOf } from './heard.ts';
import { fallback } from './render.ts';
import type { Whereabouts } from './whereabouts.ts';

/** The type of the metadata that carries the id of a delivery; `find` looks for it. */
export const DELIVERY = 'switchdesk_delivery';

const ADDRESS = /^([A-Z0-9]{2,40})(?:\/(\d{1,12}\.\d{1,9}))?$/;

/** The channel and thread of an address, or nothing when it is none of ours. */
export function readAddress(address: Address): { channel: string; thread?: string } | undefined {
  const [, channel, thread] = ADDRESS.exec(address) ?? [];
  return channel ? { channel, ...(thread && { thread }) } : undefined;
}

type Deliver = Channel['deliver'];
/** Sends a message with files. */
type PostFiles = (message: Outbound, at: { channel: string; thread?: string }) => Promise<Receipt>;

export function createDeliver(
  web: webApi.WebClient,
  log: Log,
  whereabouts: Whereabouts,
  postFiles: PostFiles,
): Deliver {
  return async (message, to) => {
    const at = readAddress(to);
    if (!at) return { outcome: 'refused', code: 'invalid', why: 'not an address of Slack' };
    const blocks = textBlocks(message.text, message.buttons, undefined, message.mentions);
    const { id, text, replyTo } = message;
    const hangs = replyTo !== undefined && at.thread === undefined && isTs(replyTo);
    const receipt = message.files?.length
      ? await postFiles(message, at)
      : await post(web, log, { id, text, blocks, ...at, ...(hangs && { hangsFrom: replyTo }) });
    if (receipt.outcome !== 'delivered') return receipt;
    if (at.thread && receipt.ref) whereabouts.stands(at.channel, receipt.ref, at.thread);
    return { outcome: 'delivered', ref: receipt.ref };
  };
}

/**
 * The conversation of a ticket is a thread in the person's own chat with the bot, beneath its first message: private, wherever the
 * ticket was asked for. Posting to a user's id opens that chat: https://docs.slack.dev/reference/methods/chat.postMessage#dm
 */
export function createOpenThread(web: webApi.WebClient, log: Log, whereabouts: Whereabouts): OpenThread {
  return async ({ id, text, buttons, title, person }) => {
    const blocks = textBlocks(text, buttons, title);
    const receipt = await post(web, log, {
      id,
      text: `${title}\n\n${text}`,
      blocks,
      channel: person.externalId,
    });
    const at = receipt.outcome === 'delivered' ? readAddress(receipt.address ?? '') : undefined;
    if (at?.thread) whereabouts.begins(at.channel, at.thread);
    return receipt;
  };
}

/** https://docs.slack.dev/reference/methods/conversations.open: with one user it is the chat with the bot, opened once and found again. */
export function createOpenChat(web: webApi.WebClient, log: Log): OpenChat {
  return async ({ externalId }) => {
    try {
      const { channel } = await web.conversations.open({ users: externalId });
      return channel?.id
        ? { outcome: 'delivered', address: channel.id }
        : { outcome: 'refused', code: 'invalid', why: 'Slack names no chat' };
    } catch (error) {
      return receiptOf(error, log);
    }
  };
}

/** Nothing can hang from it: it is gone, or hangs itself. The codes: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
function isNoThread(error: unknown): boolean {
  return /^(?:thread_not_found|cannot_reply_to_message)$/.test(wordsFor(error));
}

const isTs = (ref: string): boolean => /^\d{1,12}\.\d{1,9}$/.test(ref);

interface Post {
  readonly id: string;
  readonly text: string;
  readonly blocks: types.KnownBlock[];
  readonly channel: string;
  readonly thread?: string;
  /** A message of the chat: it is answered in its thread, and shown in the chat too. */
  readonly hangsFrom?: string;
}

/** Posts one message; what is to hang from one that is gone stands alone. The receipt has its ref, and the address of the thread it is in or begins. */
export async function post(web: webApi.WebClient, log: Log, message: Post): Promise<Receipt> {
  const { id, text, blocks, channel, thread, hangsFrom } = message;
  const where = hangsFrom
    ? { thread_ts: hangsFrom, reply_broadcast: true as const }
    : thread
      ? { thread_ts: thread }
      : {};
  try {
    const said = await web.chat.postMessage({
      channel,
      text: fallback(text),
      blocks,
      metadata: { event_type: DELIVERY, event_payload: { id } },
      unfurl_links: false,
      unfurl_media: false,
      link_names: false,
      parse: 'none',
      ...where,
    });
    if (!said.ts || !said.channel) return { outcome: 'unknown', why: 'the answer has no ts' };
    return { outcome: 'delivered', ref: said.ts, address: addressOf(said.channel, thread ?? said.ts) };
  } catch (error) {
    if (hangsFrom && isNoThread(error)) return post(web, log, { ...message, hangsFrom: undefined });
    return receiptOf(error, log);
  }
}
