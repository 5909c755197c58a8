import { type InboundFile, oneLine, type Phrasebook } from '../../core/index.ts';
import { isService, type Message } from './shape.ts';

/** Longest name of a file that is repeated, in UTF-16 units. */
const MAX_NAME = 200;

type Attachment = { readonly kind: string; readonly name: string };

/**
 * What came with a message, as one line of CommonMark in the person's language; of a kind that is not known here, a neutral one. Empty for
 * what Telegram itself says.
 */
export function attached(message: Message, phrases: Phrasebook): string {
  const found = find(message) ?? (isService(message) ? undefined : { kind: 'other', name: '' });
  if (!found) return '';
  const { kind } = found;
  const locale = message.from?.language_code;
  const name = oneLine(found.name, MAX_NAME);
  if (name === '') return phrases.say(locale, 'telegram-attached', { kind });
  return phrases.say(locale, 'telegram-attached-named', { kind, name });
}

/** Order matters: an animation comes with a document beside it, a venue with a location. */
function find(message: Message): Attachment | undefined {
  return file(message) ?? other(message);
}

function file({
  animation,
  audio,
  document,
  photo,
  video,
  video_note,
  voice,
}: Message): Attachment | undefined {
  if (animation) return { kind: 'video', name: animation.file_name ?? '' };
  if (audio) return { kind: 'audio', name: audio.file_name ?? audio.title ?? '' };
  if (document) return { kind: 'file', name: document.file_name ?? '' };
  if (photo) return { kind: 'photo', name: '' };
  if (video) return { kind: 'video', name: video.file_name ?? '' };
  if (video_note) return { kind: 'video', name: '' };
  if (voice) return { kind: 'voice', name: '' };
  return undefined;
}

function other({ sticker, story, contact, venue, location, poll, dice }: Message): Attachment | undefined {
  if (sticker) return { kind: 'sticker', name: sticker.emoji ?? '' };
  if (story) return { kind: 'story', name: '' };
  if (contact)
    return {
      kind: 'contact',
      name: [contact.first_name, contact.last_name ?? '', contact.phone_number].join(' '),
    };
  if (venue) return { kind: 'location', name: `${venue.title}, ${venue.address}` };
  if (location) return { kind: 'location', name: `${location.latitude}, ${location.longitude}` };
  if (poll) return { kind: 'poll', name: poll.question };
  if (dice) return { kind: 'dice', name: `${dice.emoji} ${dice.value}` };
  return undefined;
}

/** The file of a message, to be fetched later; none for what is no file. A message carries at most one: an album is several messages. */
export function filesOf(message: Message): InboundFile[] {
  const { animation, audio, document, photo, video, video_note, voice, message_id: id } = message;
  const largest = photo?.toSorted((a, b) => (a.file_size ?? 0) - (b.file_size ?? 0)).at(-1);
  // Photos, voice and round videos have no name of their own.
  const found = [
    { file: animation, name: animation?.file_name ?? `animation-${id}.mp4` },
    { file: audio, name: audio?.file_name ?? `audio-${id}.mp3` },
    { file: document, name: document?.file_name ?? `file-${id}` },
    { file: largest, name: `photo-${id}.jpg` },
    { file: video, name: video?.file_name ?? `video-${id}.mp4` },
    { file: video_note, name: `video-${id}.mp4` },
    { file: voice, name: `voice-${id}.ogg` },
  ].find(({ file }) => file?.file_id !== undefined);
  if (found?.file?.file_id === undefined) return [];
  const { file_id: source, file_size: size } = found.file;
  return [{ source, name: oneLine(found.name, MAX_NAME), ...(size === undefined ? {} : { size }) }];
}
