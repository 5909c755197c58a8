import type { Args, Upload } from '../args.ts';
import { ApiError, badRequest, forbidden } from '../errors.ts';
import { checkMarkup, readMarkup } from '../keyboard.ts';
import { MAX_CAPTION, MAX_TEXT, MAX_UPLOAD } from '../limits.ts';
import { readFormatted } from '../text.ts';
import type { Formatted, Message, StoredFile } from '../types.ts';
import { wireMessage } from '../wire.ts';
import type { Context, Method } from './context.ts';
import { readReply, readThread, writableChat } from './target.ts';

const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

const sendMessage: Method = (context, args) => {
  const content = readText(args);
  return post(context, args, content, undefined);
};

const sendDocument: Method = (context, args) => sendFile(context, args, 'document');
const sendPhoto: Method = (context, args) => sendFile(context, args, 'photo');

const sendChatAction: Method = (context, args) => {
  const chat = writableChat(context, args);
  readThread(chat, args);
  const kind = args.text('action');
  if (!ACTIONS.has(kind)) throw badRequest('wrong parameter action in request');
  chat.action = { kind, at: context.world.now() };
  context.world.changed();
  return true;
};

/** Reads the text of a message, 1-4096 characters after parsing. */
export function readText(args: Args): Formatted {
  const content = readFormatted(args, 'text', 'entities');
  if (content.text === '') throw badRequest('message text is empty');
  if (content.text.length > MAX_TEXT) throw badRequest('message is too long');
  return content;
}

/** Reads a caption, 0-1024 characters after parsing. */
export function readCaption(args: Args): Formatted {
  const content = readFormatted(args, 'caption', 'caption_entities');
  if (content.text.length > MAX_CAPTION) throw badRequest('message caption is too long');
  return content;
}

function sendFile(context: Context, args: Args, kind: 'photo' | 'document'): unknown {
  const content = readCaption(args);
  return post(context, args, content, { kind, file: readFile(context, args, kind) });
}

function readFile({ world }: Context, args: Args, kind: 'photo' | 'document'): StoredFile {
  const given = args.text(kind);
  const upload = args.files.get(given.startsWith('attach://') ? given.slice('attach://'.length) : kind);
  if (upload) return storeUpload(world, upload, kind);
  if (given === '') throw badRequest(`there is no ${kind} in the request`);
  const known = world.files.get(given);
  if (known) return known;
  throw badRequest(
    /^https?:/.test(given) ? 'failed to get HTTP URL content' : 'wrong file identifier/HTTP URL specified',
  );
}

function storeUpload(world: Context['world'], upload: Upload, kind: 'photo' | 'document'): StoredFile {
  if (upload.data.byteLength === 0) throw badRequest('file must be non-empty');
  if (upload.data.byteLength > MAX_UPLOAD) throw new ApiError(413, 'Request Entity Too Large');
  const name = upload.filename === '' ? kind : upload.filename;
  return world.store({
    name,
    mime: upload.mime,
    data: upload.data,
    folder: kind === 'photo' ? 'photos' : 'documents',
  });
}

/** Writes the bot's message: first what is in the arguments, then the chat, then flood control, as the platform checks them. */
function post(context: Context, args: Args, content: Formatted, media: Message['media']): unknown {
  const { world } = context;
  const markup = readMarkup(args);
  const chat = writableChat(context, args);
  checkMarkup(markup, chat);
  const threadId = readThread(chat, args);
  const replyTo = readReply(context, chat, args);
  if (chat.type !== 'private' && chat.botRole === 'left')
    throw forbidden(`bot is not a member of the ${chat.type} chat`);
  world.flood?.take(chat.id, chat.type !== 'private', world.now());
  chat.action = undefined;
  const message = world.add(chat, {
    from: world.bot.id,
    text: content.text,
    entities: content.entities,
    ...(media ? { media } : {}),
    ...(threadId === undefined ? {} : { threadId }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(markup ? { markup } : {}),
  });
  return wireMessage(world, message);
}

export const sending = { sendMessage, sendDocument, sendPhoto, sendChatAction } as const;
