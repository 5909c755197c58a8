import { InputFile, InputMediaBuilder } from 'grammy/web';
import type { Outbound, OutboundFile, Receipt } from '../../core/index.ts';
import { receiptOf } from './api.ts';
import { MAX_PHOTO } from './limits.ts';
import { aside, delivered, type Outlet } from './outlet.ts';
import type { Spot } from './place.ts';
import type { Formatted } from './render.ts';

/** Pictures that Telegram shows as photos; it makes smaller sizes of them, and of larger pictures the details would be lost. */
const PHOTO = /^image\/(?:jpeg|png)$/;

/** Sends one file as a photo or a document, several as an album of documents (core.telegram.org/bots/api#sendmediagroup). */
export async function sendFiles(
  at: Outlet,
  message: Outbound,
  files: readonly OutboundFile[],
  spot: Spot,
  { text, entities }: Formatted,
): Promise<Receipt> {
  const { uploads } = at.clients;
  const [first, ...others] = await Promise.all(files.map(inputOf));
  if (first === undefined) return { outcome: 'refused', code: 'invalid', why: 'there are no files' };
  const caption = text === '' ? {} : { caption: text, caption_entities: [...entities] };
  const { reply_markup, ...where } = aside(message, spot);
  const options = { ...caption, ...where, ...(reply_markup && { reply_markup }) };
  try {
    if (others.length > 0) {
      const album = [first, ...others].map(({ input }, index) =>
        InputMediaBuilder.document(input, index === 0 ? caption : {}),
      );
      const [head] = await uploads.sendMediaGroup(spot.chatId, album, where);
      return delivered(at, spot, head?.message_id ?? 0);
    }
    const sent = first.isPhoto
      ? await uploads.sendPhoto(spot.chatId, first.input, options)
      : await uploads.sendDocument(spot.chatId, first.input, options);
    return delivered(at, spot, sent.message_id);
  } catch (error) {
    return receiptOf(error, at.log);
  }
}

async function inputOf(
  file: OutboundFile,
): Promise<{ readonly input: InputFile; readonly isPhoto: boolean }> {
  const isPhoto = PHOTO.test(file.type) && file.size <= MAX_PHOTO;
  // grammY writes the name into the form's header as it is.
  const name = `"${file.name.replace(/["\\\r\n]/g, '_')}"`;
  return { input: new InputFile(await file.read(), name), isPhoto };
}
