import type { Chat, Markup, Message, StoredFile } from './types.ts';
import type { World } from './world.ts';

/** Something as it goes over the wire. */
export type Wire = Readonly<Record<string, unknown>>;

/** Seconds since the epoch, as the Bot API writes times. */
export function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** A chat inside a message. */
export function wireChat(world: World, chat: Chat): Wire {
  if (chat.type === 'private') {
    const { id, first_name, last_name, username } = world.user(chat.id);
    return drop({ id, first_name, last_name, username, type: 'private' });
  }
  return drop({ id: chat.id, title: chat.title, type: chat.type, is_forum: chat.isForum || undefined });
}

/** A message as the Bot API writes it; `deep` false leaves the replied-to message out, as the platform does inside one. */
export function wireMessage(world: World, message: Message, deep = true): Wire {
  const chat = world.chats.get(message.chatId);
  if (!chat) throw new Error(`message ${message.id} is in no chat`);
  const replied = deep && !message.replyOmitted ? repliedTo(world, chat, message) : undefined;
  const textName = message.media ? 'caption' : 'text';
  const entities = message.entities.length > 0 ? message.entities : undefined;
  return drop({
    message_id: message.id,
    from: world.user(message.from),
    chat: wireChat(world, chat),
    date: seconds(message.at),
    edit_date: message.editedAt === undefined ? undefined : seconds(message.editedAt),
    message_thread_id: message.threadId,
    is_topic_message: message.threadId !== undefined || undefined,
    reply_to_message: replied ? wireMessage(world, replied, false) : undefined,
    ...(message.text === ''
      ? {}
      : { [textName]: message.text, [message.media ? 'caption_entities' : 'entities']: entities }),
    ...wireMedia(message),
    ...message.service,
    reply_markup: wireMarkup(message.markup),
  });
}

/** In a topic of a forum group, what answers nothing answers the message that made the topic. */
function repliedTo(world: World, chat: Chat, { replyTo, threadId, id }: Message): Message | undefined {
  if (replyTo !== undefined) return world.message(chat, replyTo);
  const implied = threadId !== undefined && threadId !== id && chat.type !== 'private';
  return implied ? world.message(chat, threadId) : undefined;
}

function wireMedia({ media }: Message): Wire {
  if (!media) return {};
  const { kind, file: stored, smaller, group } = media;
  const { name, mime } = stored;
  const file = wireFile(stored);
  return { ...(group === undefined ? {} : { media_group_id: group }), ...content() };

  function content(): Wire {
    switch (kind) {
      case 'photo':
        return {
          photo: [
            ...(smaller ? [{ ...wireFile(smaller), width: 90, height: 60 }] : []),
            { ...file, width: 1280, height: 853 },
          ],
        };
      case 'voice':
        return { voice: { ...file, duration: 4, mime_type: mime } };
      case 'video':
        return {
          video: { ...file, width: 640, height: 360, duration: 4, file_name: name, mime_type: mime },
        };
      case 'document':
        return { document: { ...file, file_name: name, mime_type: mime } };
    }
  }
}

function wireFile({ fileId, uniqueId, data }: StoredFile): Wire {
  return { file_id: fileId, file_unique_id: uniqueId, file_size: data.byteLength };
}

function wireMarkup(markup: Markup | undefined): Wire | undefined {
  return markup?.kind === 'inline' ? { inline_keyboard: markup.rows } : undefined;
}

/** Leaves undefined values out, so that answers in memory equal answers on the wire. */
export function drop(values: Readonly<Record<string, unknown>>): Wire {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
