import type { Log, MessageRef, Outbound, Receipt } from '../../core/index.ts';
import type { Clients } from './api.ts';
import { keyboard } from './controls.ts';
import { type Memory, messageKey } from './memory.ts';
import type { GroupPace } from './pace.ts';
import { messageIdOf, type Spot } from './place.ts';

/** What sending works with. */
export interface Outlet {
  readonly clients: Clients;
  readonly memory: Memory;
  readonly pace: GroupPace;
  readonly log: Log;
}

/** The answer for an address that no adapter of Telegram can have written. */
export const noSuchPlace: Receipt = {
  outcome: 'refused',
  code: 'invalid',
  why: 'the address is not a Telegram chat',
};

/** What goes with each kind of message: its topic, what it answers, its buttons. */
export function aside({ replyTo, buttons }: Pick<Outbound, 'replyTo' | 'buttons'>, { threadId }: Spot) {
  const rows = keyboard(buttons);
  return {
    ...(threadId === undefined ? {} : { message_thread_id: threadId }),
    ...replyParameters(replyTo),
    ...(rows ? { reply_markup: { inline_keyboard: rows } } : {}),
  };
}

/** A message of ours is there; where reactions come without their topic, the topic is remembered. */
export function delivered({ memory }: Outlet, { chatId, threadId }: Spot, messageId: number): Receipt {
  if (threadId !== undefined) memory.threads.set(messageKey(chatId, messageId), threadId);
  return { outcome: 'delivered', ref: String(messageId) };
}

function replyParameters(ref: MessageRef | undefined) {
  const id = ref === undefined ? undefined : messageIdOf(ref);
  return id === undefined ? {} : { reply_parameters: { message_id: id, allow_sending_without_reply: true } };
}
