import type { Address, Outbound, Receipt } from '../../core/index.ts';
import { receiptOf } from './api.ts';
import { MAX_CAPTION } from './limits.ts';
import { aside, delivered, noSuchPlace, type Outlet } from './outlet.ts';
import { type Spot, spotOf } from './place.ts';
import { type Formatted, format } from './render.ts';
import { sendFiles } from './upload.ts';

/**
 * Sends one message, once. Text and formatting go apart (`entities`), so that nothing a person wrote can be read as markup. A text that is
 * too long for a caption goes ahead of its files.
 */
export async function deliver(at: Outlet, message: Outbound, to: Address): Promise<Receipt> {
  const spot = spotOf(to);
  if (spot === undefined) return noSuchPlace;
  const wait = at.pace.take(spot);
  if (wait !== undefined) return wait;
  const content = withMentions(format(message.text), message.mentions ?? []);
  const files = message.files ?? [];
  if (files.length === 0) return sendText(at, message, spot, content);
  if (content.text.length <= MAX_CAPTION) return sendFiles(at, message, files, spot, content);
  const said = await sendText(at, message, spot, content);
  if (said.outcome !== 'delivered') return said;
  const sent = await sendFiles(at, { ...message, buttons: [] }, files, spot, { text: '', entities: [] });
  // The text is there: trying all of it again would show it twice.
  return sent.outcome === 'delivered'
    ? said
    : { outcome: 'unknown', why: 'the text was sent, its files were not' };
}

/** core.telegram.org/bots/api#messageentity: `text_mention` is for people with or without a user name; it needs some text to stand under. */
function withMentions({ text, entities }: Formatted, ids: readonly string[]): Formatted {
  const meant = ids.filter(id => /^[1-9]\d{0,15}$/.test(id));
  const before = meant.map(() => '📟 ').join('');
  return {
    text: before + text,
    entities: [
      ...meant.map((id, n) => ({
        type: 'text_mention' as const,
        offset: n * 3,
        length: 2,
        user: { id: Number(id), is_bot: false, first_name: '' },
      })),
      ...entities.map(one => ({ ...one, offset: one.offset + before.length })),
    ],
  };
}

async function sendText(at: Outlet, message: Outbound, spot: Spot, content: Formatted): Promise<Receipt> {
  try {
    const sent = await at.clients.calls.sendMessage(spot.chatId, content.text, {
      entities: [...content.entities],
      link_preview_options: { is_disabled: true },
      ...aside(message, spot),
    });
    return delivered(at, spot, sent.message_id);
  } catch (error) {
    return receiptOf(error, at.log);
  }
}
