import type { Address, MessageRef, Outbound, Receipt } from '../../core/index.ts';
import { type Clients, hasNoText, isNoMessage, isUnchanged, receiptOf } from './api.ts';
import { keyboard } from './controls.ts';
import { MAX_CAPTION } from './limits.ts';
import { messageKey } from './memory.ts';
import { noSuchPlace, type Outlet } from './outlet.ts';
import { messageIdOf, spotOf } from './place.ts';
import { toTelegram } from './reactions.ts';
import { format } from './render.ts';

const noSuchMessage: Receipt = {
  outcome: 'refused',
  code: 'invalid',
  why: 'the message is not one of Telegram’s, or no longer there',
};

/** Shows a message of ours anew; its files stay. What is already so is delivered. */
export async function edit(at: Outlet, message: Outbound, to: Address, ref: MessageRef): Promise<Receipt> {
  const { chatId } = spotOf(to) ?? {};
  const id = messageIdOf(ref);
  if (chatId === undefined) return noSuchPlace;
  if (id === undefined) return noSuchMessage;
  try {
    await editText(at.clients.calls, message, chatId, id);
    return { outcome: 'delivered', ref };
  } catch (error) {
    return revised(at, error, ref, false);
  }
}

/** The text of a message, or the caption of a file: which of the two it is, only Telegram knows. */
export async function editText(
  api: Clients['calls'],
  { text: markdown, buttons }: Pick<Outbound, 'text' | 'buttons'>,
  chatId: number,
  id: number,
): Promise<void> {
  const { text, entities } = format(markdown);
  const rows = keyboard(buttons);
  const markup = rows ? { reply_markup: { inline_keyboard: rows } } : {};
  const plain = { entities: [...entities], link_preview_options: { is_disabled: true } };
  try {
    await api.editMessageText(chatId, id, text, { ...plain, ...markup });
  } catch (error) {
    if (!hasNoText(error) || text.length > MAX_CAPTION) throw error;
    await api.editMessageCaption(chatId, id, { caption: text, caption_entities: [...entities], ...markup });
  }
}

/** Takes a message of ours back, which Telegram allows for 48 hours (core.telegram.org/bots/api#deletemessage). */
export async function remove(at: Outlet, to: Address, ref: MessageRef): Promise<Receipt> {
  const { chatId } = spotOf(to) ?? {};
  const id = messageIdOf(ref);
  if (chatId === undefined) return noSuchPlace;
  if (id === undefined) return noSuchMessage;
  try {
    await at.clients.calls.deleteMessage(chatId, id);
    return { outcome: 'delivered', ref };
  } catch (error) {
    return revised(at, error, ref, true);
  }
}

/**
 * Shows somebody's reaction as the bot's own. A bot has one reaction on a message (#setmessagereaction), so the newest is shown, and
 * taking away one that is not shown does nothing; a mark of the desk comes back. Telegram has some seventy emoji for it; another is refused as invalid.
 */
export async function echo(
  at: Outlet,
  emoji: string,
  on: boolean,
  to: Address,
  ref: MessageRef,
): Promise<Receipt> {
  const { chatId } = spotOf(to) ?? {};
  const id = messageIdOf(ref);
  if (chatId === undefined) return noSuchPlace;
  if (id === undefined) return noSuchMessage;
  const key = messageKey(chatId, id);
  const bare = toTelegram(emoji);
  const shown = at.memory.shown.get(key);
  if (!on && shown !== undefined && shown !== bare) return { outcome: 'delivered', ref };
  return showReaction(at, on ? bare : at.memory.marks.get(key), chatId, id);
}

/** Puts the bot's one reaction on a message, or takes it away. */
export async function showReaction(
  at: Outlet,
  emoji: string | undefined,
  chatId: number,
  messageId: number,
): Promise<Receipt> {
  const key = messageKey(chatId, messageId);
  try {
    // Telegram itself says which emoji it has; the declared list is only that of one day.
    const reaction = emoji === undefined ? [] : [{ type: 'emoji', emoji } as { type: 'emoji'; emoji: '👍' }];
    await at.clients.calls.setMessageReaction(chatId, messageId, reaction);
    if (emoji === undefined) at.memory.shown.delete(key);
    else at.memory.shown.set(key, emoji);
    return { outcome: 'delivered', ref: String(messageId) };
  } catch (error) {
    return revised(at, error, String(messageId), false);
  }
}

/** Doing it twice is doing it once, so what got no answer is simply done again. */
function revised(at: Outlet, error: unknown, ref: MessageRef, goneIsDone: boolean): Receipt {
  if (isUnchanged(error)) return { outcome: 'delivered', ref };
  if (isNoMessage(error)) return goneIsDone ? { outcome: 'delivered', ref } : noSuchMessage;
  return receiptOf(error, at.log);
}
