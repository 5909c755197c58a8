import type { Address } from '../../core/index.ts';

/** Where in Telegram: a chat, or a topic in it. */
export interface Spot {
  readonly chatId: number;
  readonly threadId?: number;
}

const ADDRESS = /^(-?\d{1,16})(?:\/(\d{1,10}))?$/;

/** Reads an address; `undefined` when it is none of ours. */
export function spotOf(address: Address): Spot | undefined {
  const [, chat, thread] = ADDRESS.exec(address) ?? [];
  if (chat === undefined) return undefined;
  return { chatId: Number(chat), ...(thread === undefined ? {} : { threadId: Number(thread) }) };
}

/** The address of a chat, or of a topic in it. */
export function addressOf({ chatId, threadId }: Spot): Address {
  return threadId === undefined ? String(chatId) : `${chatId}/${threadId}`;
}

const SUPERGROUP = /^-100(\d+)$/;

/** The topic's own address, for members of its group (core.telegram.org/api/links, "Message links"); only topics of supergroups have one. */
export function linkTo(address: Address): string | undefined {
  const { chatId, threadId } = spotOf(address) ?? {};
  const group = SUPERGROUP.exec(String(chatId))?.[1];
  return group === undefined || threadId === undefined ? undefined : `https://t.me/c/${group}/${threadId}`;
}

const MESSAGE_ID = /^\d{1,10}$/;

/** A message's number; `undefined` when the ref is none of ours. */
export function messageIdOf(ref: string): number | undefined {
  return MESSAGE_ID.test(ref) ? Number(ref) : undefined;
}
