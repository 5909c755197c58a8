import type { GivenFile } from '../model.ts';
import { deliver, type Stage, type Writing } from './acts.ts';
import { plain } from './text.ts';
import type { Chat, Folder, Human, Media, MediaKind, Message, StoredFile } from './types.ts';
import type { World } from './world.ts';

/** Files of one album (core.telegram.org/bots/api#sendmediagroup: 2-10). */
const ALBUM = 10;
/** Bytes of the small size that is made of a photo; not published. */
const SMALL = 256;

const FOLDERS: Readonly<Record<MediaKind, Folder>> = {
  photo: 'photos',
  document: 'documents',
  voice: 'voice',
  video: 'videos',
};

const TYPES: readonly { readonly name: RegExp; readonly kind: MediaKind; readonly mime: string }[] = [
  { name: /\.jpe?g$/i, kind: 'photo', mime: 'image/jpeg' },
  { name: /\.png$/i, kind: 'photo', mime: 'image/png' },
  { name: /\.og[ga]$/i, kind: 'voice', mime: 'audio/ogg' },
  { name: /\.mp4$/i, kind: 'video', mime: 'video/mp4' },
  { name: /\.pdf$/i, kind: 'document', mime: 'application/pdf' },
  { name: /\.(?:txt|log)$/i, kind: 'document', mime: 'text/plain' },
];

/** What a client makes of a file by its name. */
function typeOf(name: string): { readonly kind: MediaKind; readonly mime: string } {
  return TYPES.find(type => type.name.test(name)) ?? { kind: 'document', mime: 'application/octet-stream' };
}

/** Keeps a file as the platform does: a photo also in a small size. */
export function keep(
  world: World,
  kind: MediaKind,
  file: Pick<StoredFile, 'name' | 'mime' | 'data'>,
): Pick<Media, 'kind' | 'file' | 'smaller'> {
  const folder = FOLDERS[kind];
  const whole = world.store({ ...file, folder });
  if (kind !== 'photo') return { kind, file: whole };
  return { kind, file: whole, smaller: world.store({ ...file, data: file.data.slice(0, SMALL), folder }) };
}

/** Sends files as a person's client does: pictures and videos as an album, documents as another, voice alone; the text goes with the first. */
export function sendFiles(
  stage: Stage,
  human: Human,
  chat: Chat,
  text: string,
  files: readonly GivenFile[],
  how: Writing,
): Message | undefined {
  let first: Message | undefined;
  for (const batch of batches(files)) {
    const group = batch.length > 1 ? String(13_900_000_000_000_000 + stage.world.next()) : undefined;
    for (const { name, bytes } of batch) {
      const { kind, mime } = typeOf(name);
      const media = { ...keep(stage.world, kind, { name, mime, data: bytes }), ...(group && { group }) };
      const caption = first === undefined ? plain(text) : { text: '', entities: [] };
      const message = deliver(stage, human, chat, { ...caption, media, ...how });
      first ??= message;
    }
  }
  return first;
}

/** Sends one file as a document, whatever is in it. */
export function sendDocument(
  stage: Stage,
  human: Human,
  chat: Chat,
  caption: string,
  file: Pick<StoredFile, 'name' | 'mime' | 'data'>,
): Message {
  return deliver(stage, human, chat, { ...plain(caption), media: keep(stage.world, 'document', file) });
}

function batches(files: readonly GivenFile[]): GivenFile[][] {
  const out: GivenFile[][] = [];
  let open: string | undefined;
  for (const file of files) {
    const { kind } = typeOf(file.name);
    const album = kind === 'voice' ? undefined : kind === 'document' ? 'documents' : 'pictures';
    const last = out.at(-1);
    if (last && album !== undefined && album === open && last.length < ALBUM) last.push(file);
    else out.push([file]);
    open = album;
  }
  return out;
}
