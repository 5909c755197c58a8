import type { Api } from 'grammy';
import type { Address, Log, MessageRef, Outbound, Receipt } from '../../core/index.ts';
import { receiptOf } from './api.ts';
import { keyboard } from './controls.ts';
import { format } from './render.ts';

const CHAT_ID = /^-?\d{1,16}$/;
const MESSAGE_ID = /^\d{1,10}$/;

/** Sends one message, once. Text and formatting go apart (`entities`), so that nothing a person wrote can be read as markup. */
export async function deliver(api: Api, log: Log, message: Outbound, to: Address): Promise<Receipt> {
  if (!CHAT_ID.test(to))
    return { outcome: 'refused', code: 'invalid', why: 'the address is not a Telegram chat' };
  const { text, entities } = format(message.text);
  const rows = keyboard(message.buttons);
  try {
    const sent = await api.sendMessage(Number(to), text, {
      entities: [...entities],
      link_preview_options: { is_disabled: true },
      ...replyTo(message.replyTo),
      ...(rows ? { reply_markup: { inline_keyboard: rows } } : {}),
    });
    return { outcome: 'delivered', ref: String(sent.message_id) };
  } catch (error) {
    return receiptOf(error, log);
  }
}

function replyTo(ref: MessageRef | undefined) {
  if (ref === undefined || !MESSAGE_ID.test(ref)) return {};
  return { reply_parameters: { message_id: Number(ref), allow_sending_without_reply: true } };
}
