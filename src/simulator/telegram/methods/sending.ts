import { Args, isObject, type Upload } from '../args.ts';
import { ApiError, badRequest } from '../errors.ts';
import { keep } from '../files.ts';
import { checkMarkup, readMarkup } from '../keyboard.ts';
import { ALBUM, MAX_CAPTION, MAX_PHOTO, MAX_TEXT, MAX_UPLOAD } from '../limits.ts';
import { readFormatted } from '../text.ts';
import type { Chat, Formatted, Markup, Media, MediaKind } from '../types.ts';
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
const sendVideo: Method = (context, args) => sendFile(context, args, 'video');
const sendVoice: Method = (context, args) => sendFile(context, args, 'voice');

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

function sendFile(context: Context, args: Args, kind: MediaKind): unknown {
  const content = readCaption(args);
  return post(context, args, content, readFile(context, args, kind, args.text(kind)));
}

function readFile({ world }: Context, args: Args, kind: MediaKind, given: string): Media {
  const upload = args.files.get(given.startsWith('attach://') ? given.slice('attach://'.length) : kind);
  if (upload) return storeUpload(world, upload, kind);
  if (given === '') throw badRequest(`there is no ${kind} in the request`);
  const known = world.files.get(given);
  if (known) return { kind, file: known };
  throw badRequest(
    /^https?:/.test(given) ? 'failed to get HTTP URL content' : 'wrong file identifier/HTTP URL specified',
  );
}

function storeUpload(world: Context['world'], upload: Upload, kind: MediaKind): Media {
  const size = upload.data.byteLength;
  if (size === 0) throw badRequest('file must be non-empty');
  if (size > MAX_UPLOAD) throw new ApiError(413, 'Request Entity Too Large');
  if (kind === 'photo' && size > MAX_PHOTO)
    throw badRequest(`file of size ${size} bytes is too big for a photo`);
  if (kind === 'photo' && !isPicture(upload.data)) throw badRequest('IMAGE_PROCESS_FAILED');
  const name = upload.filename === '' ? kind : upload.filename;
  return keep(world, kind, { name, mime: upload.mime, data: upload.data });
}

/** JPEG, PNG, GIF or WebP, by their first bytes: the platform makes sizes of a photo, and refuses what is no picture. */
function isPicture(data: Uint8Array): boolean {
  const head = Buffer.from(data.slice(0, 12)).toString('latin1');
  return /^(?:\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP)/s.test(head);
}

/** An album: all or nothing, a message for each item. */
const sendMediaGroup: Method = (context, args) => {
  const { world } = context;
  const items = readItems(args);
  const group = String(13_800_000_000_000_000 + world.next());
  const contents = items.map(item => {
    const media = readFile(context, args, item.type, item.media);
    return { content: item.caption, media: { ...media, group } };
  });
  const target = targetOf(context, args);
  for (const _ of contents) world.flood?.take(target.chat.id, target.chat.type !== 'private', world.now());
  return contents.map(({ content, media }) => add(context, target, content, media, undefined));
};

interface Item {
  readonly type: MediaKind;
  readonly media: string;
  readonly caption: Formatted;
}

function readItems(args: Args): Item[] {
  const raw = args.json('media', 'media');
  if (!Array.isArray(raw)) throw badRequest('media must be specified');
  if (raw.length < ALBUM.least || raw.length > ALBUM.most)
    throw badRequest(raw.length === 0 ? 'media is empty' : 'Wrong number of items in the album');
  const items = raw.map((item: unknown): Item => {
    if (!isObject(item)) throw badRequest("can't parse InputMedia: expected an Object");
    const { type, media } = item;
    if (type !== 'photo' && type !== 'document' && type !== 'video')
      throw badRequest("can't parse InputMedia: unsupported type specified");
    if (typeof media !== 'string') throw badRequest('can\'t parse InputMedia: Can\'t find field "media"');
    const own = new Args();
    for (const [name, value] of Object.entries(item)) own.set(name, value);
    return { type, media, caption: readCaption(own) };
  });
  const documents = items.filter(({ type }) => type === 'document').length;
  if (documents > 0 && documents < items.length)
    throw badRequest("Documents can't be mixed with other media types");
  return items;
}

interface Target {
  readonly chat: Chat;
  readonly threadId: number | undefined;
  readonly replyTo: number | undefined;
}

function targetOf(context: Context, args: Args): Target {
  const chat = writableChat(context, args);
  return { chat, threadId: readThread(chat, args), replyTo: readReply(context, chat, args) };
}

/** Writes the bot's message: first what is in the arguments, then the chat, then flood control, as the platform checks them. */
function post(context: Context, args: Args, content: Formatted, media: Media | undefined): unknown {
  const { world } = context;
  const markup = readMarkup(args);
  const target = targetOf(context, args);
  const { chat } = target;
  checkMarkup(markup, chat);
  world.flood?.take(chat.id, chat.type !== 'private', world.now());
  return add(context, target, content, media, markup);
}

function add(
  { world }: Context,
  { chat, threadId, replyTo }: Target,
  content: Formatted,
  media: Media | undefined,
  markup: Markup | undefined,
): unknown {
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

export const sending = {
  sendMessage,
  sendDocument,
  sendPhoto,
  sendVideo,
  sendVoice,
  sendMediaGroup,
  sendChatAction,
} as const;
