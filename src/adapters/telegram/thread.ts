/** A topic of its own for each ticket, in the private chat of its person. */
import { clip, type OutboundThread, type Receipt } from '../../core/index.ts';
import { receiptOf } from './api.ts';
import { deliver } from './deliver.ts';
import { MAX_TOPIC_NAME } from './limits.ts';
import type { Outlet } from './outlet.ts';
import { addressOf, spotOf } from './place.ts';

/**
 * Makes a topic and says the first words in it. A topic that was made is remembered until they are said, so that a second attempt goes on
 * there. A lost answer is tried again: the person may find an empty topic or the same words twice, and never a ticket without a place.
 */
export async function openThread(at: Outlet, thread: OutboundThread): Promise<Receipt> {
  if (at.memory.privateTopics === false)
    return { outcome: 'refused', code: 'gone', why: 'the bot has no topics in private chats' };
  const { chatId } = spotOf(thread.person.externalId) ?? {};
  if (chatId === undefined)
    return { outcome: 'refused', code: 'invalid', why: 'the person is none of Telegram’s' };
  try {
    const spot = { chatId, threadId: await topicOf(at, thread, chatId) };
    const receipt = await deliver(at, thread, addressOf(spot));
    if (receipt.outcome !== 'delivered') return again(at, thread, receipt);
    at.memory.made.delete(keyOf(thread));
    return { ...receipt, address: addressOf(spot) };
  } catch (error) {
    return again(at, thread, receiptOf(error, at.log));
  }
}

const keyOf = ({ id }: OutboundThread): string => `thread:${id}`;

async function topicOf(at: Outlet, thread: OutboundThread, chatId: number): Promise<number> {
  const made = at.memory.made.get(keyOf(thread));
  if (made !== undefined) return made;
  const topic = await at.clients.calls.createForumTopic(chatId, clip(thread.title, MAX_TOPIC_NAME));
  at.memory.made.set(keyOf(thread), topic.message_thread_id);
  return topic.message_thread_id;
}

function again(at: Outlet, thread: OutboundThread, receipt: Receipt): Receipt {
  if (receipt.outcome === 'unknown')
    return { outcome: 'retry', afterMs: 1_000, scope: 'place', why: receipt.why };
  // The remembered topic was deleted meanwhile.
  if (receipt.outcome === 'refused') at.memory.made.delete(keyOf(thread));
  return receipt;
}
