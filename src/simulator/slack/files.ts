import type { GivenFile } from '../model.ts';
import { ApiError } from './args.ts';
import type { Obj } from './json.ts';
import type { Channel, World } from './world.ts';

/** One file of the workspace. Its bytes come later where it is uploaded in steps. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  title: string;
  /** What a picture says to those who do not see it. */
  readonly alt: string | undefined;
  readonly user: string;
  readonly created: number;
  /** What was announced; the upload must be as long. */
  readonly size: number;
  bytes: Uint8Array | undefined;
  /** Whether its upload was completed: only then does it exist for others. */
  complete: boolean;
  /** The app may see it although it is in none of its channels: it was put into one of its forms. */
  readonly inForm: boolean;
  readonly shares: { readonly channel: string; readonly ts: string }[];
}

// "Maximum 1 GB": https://docs.slack.dev/messaging/working-with-files
export const MAX_FILE = 1_000_000_000;
// https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
export const FORM_FILES = { count: 10, bytes: 10_000_000 };

const TYPES: Readonly<Record<string, readonly [string, string]>> = {
  gif: ['image/gif', 'GIF'],
  jpg: ['image/jpeg', 'JPEG'],
  log: ['text/plain', 'Plain Text'],
  pdf: ['application/pdf', 'PDF'],
  png: ['image/png', 'PNG'],
  txt: ['text/plain', 'Plain Text'],
  zip: ['application/zip', 'Zip'],
};

function endingOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The type by the name's ending, as the real one goes by it. */
export function typeOf(name: string): string {
  return TYPES[endingOf(name)]?.[0] ?? 'application/octet-stream';
}

/** Takes a file in. Without bytes they are still to come. */
export function addFile(
  world: World,
  file: Pick<SlackFile, 'name' | 'user' | 'size'> & Partial<Pick<SlackFile, 'bytes' | 'inForm' | 'alt'>>,
): SlackFile {
  const added: SlackFile = {
    id: world.id('F'),
    name: file.name,
    title: file.name,
    alt: file.alt,
    user: file.user,
    created: world.clock.now(),
    size: file.size,
    bytes: file.bytes,
    complete: file.bytes !== undefined,
    inForm: file.inForm ?? false,
    shares: [],
  };
  world.files.set(added.id, added);
  return added;
}

/** The files that a person picked. */
export function pick(world: World, user: string, files: readonly GivenFile[], inForm = false): SlackFile[] {
  return files.map(({ name, bytes }) => addFile(world, { name, user, size: bytes.length, bytes, inForm }));
}

/** True when the app may see the file: it wrote it, it is in a form of the app, or in a channel with the bot. */
export function appSees(world: World, file: SlackFile): boolean {
  const shared = file.shares.some(({ channel }) =>
    world.channels.get(channel)?.members.has(world.app.botUser),
  );
  return file.complete && (file.user === world.app.botUser || file.inForm || shared);
}

/** A file that the app sees. Throws the platform's error. */
export function visibleFile(world: World, id: string): SlackFile {
  const file = world.files.get(id);
  if (!file || !appSees(world, file)) throw new ApiError('file_not_found');
  return file;
}

/** Where the bytes are, for who has the token: `url_private` and `url_private_download`. */
function links(world: World, file: SlackFile): Obj {
  const base = `${world.origin}/files-pri/${world.app.teamId}-${file.id}`;
  const name = encodeURIComponent(file.name.toLowerCase().replace(/\s+/g, '_'));
  return { url_private: `${base}/${name}`, url_private_download: `${base}/download/${name}` };
}

/** Where a person's client shows it. */
export function seenAt(world: World, file: SlackFile): string {
  return `${world.origin}/files-seen/${file.id}/${encodeURIComponent(file.name)}`;
}

function sharesOf(world: World, file: SlackFile): Obj {
  const all: Record<string, Obj[]> = {};
  for (const { channel, ts } of file.shares) {
    const threadTs = world.message(channel, ts)?.threadTs;
    all[channel] = [...(all[channel] ?? []), { ts, ...(threadTs ? { thread_ts: threadTs } : {}) }];
  }
  return { private: all };
}

/** A file as messages and `files.info` tell of it: https://docs.slack.dev/reference/objects/file-object */
export function fileJson(world: World, file: SlackFile, withShares = false): Obj {
  const of = (kind: Channel['kind']): string[] =>
    file.shares.map(({ channel }) => channel).filter(id => world.channels.get(id)?.kind === kind);
  return {
    id: file.id,
    created: Math.floor(file.created / 1000),
    timestamp: Math.floor(file.created / 1000),
    name: file.name,
    title: file.title,
    mimetype: typeOf(file.name),
    filetype: endingOf(file.name) || 'binary',
    pretty_type: TYPES[endingOf(file.name)]?.[1] ?? 'Binary',
    user: file.user,
    user_team: world.app.teamId,
    editable: false,
    size: file.size,
    mode: 'hosted',
    ...(file.alt === undefined ? {} : { alt_txt: file.alt }),
    is_external: false,
    external_type: '',
    is_public: of('channel').length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    ...links(world, file),
    permalink: `https://${world.app.teamDomain}.slack.com/files/${file.user}/${file.id}`,
    has_rich_preview: false,
    file_access: 'visible',
    ...(withShares ? { shares: sharesOf(world, file), channels: of('channel'), ims: of('im') } : {}),
  };
}
