import { createHmac } from 'node:crypto';
import type { GivenFile } from '../model.ts';
import { limits } from './limits.ts';
import type { AttachmentState, Json } from './types.ts';
import type { World } from './world.ts';

/** What the CDN says of a link that is wrong, expired, or whose file is gone. */
export const noLonger = 'This content is no longer available.';

const seal = 'pretend-discord-cdn';
const sign = (path: string, until: string, from: string) =>
  createHmac('sha256', seal).update(`${path}?${until}&${from}`).digest('hex');

/** The path of a file on the CDN: of a message in its channel, or of a form (`ephemeral-attachments`). */
function pathOf(one: AttachmentState): string {
  const root = one.channelId === null ? 'ephemeral-attachments/0' : `attachments/${one.channelId}`;
  return `/${root}/${one.id}/${encodeURIComponent(one.filename)}`;
}

/** A link that is good for a day from `now` on: `ex` until when, `is` from when (hex seconds), `hm` the seal. */
export function linkTo(world: World, one: AttachmentState, now = world.clock.now()): string {
  const until = Math.floor((now + limits.linkMs) / 1000).toString(16);
  const from = Math.floor(now / 1000).toString(16);
  const path = pathOf(one);
  return `${world.assetUrl}${path}?ex=${until}&is=${from}&hm=${sign(path, until, from)}`;
}

const HOUR_MS = 3_600_000;

/** What a client shows: the same link for an hour, so that a picture is not fetched anew all the time. */
export function shownAt(world: World, one: AttachmentState): string {
  return linkTo(world, one, Math.floor(world.clock.now() / HOUR_MS) * HOUR_MS);
}

/** The file that a link leads to; `undefined` when it is none, or its day is over. */
export function fileAt(world: World, url: URL): AttachmentState | undefined {
  const [until = '', from = '', seen] = ['ex', 'is', 'hm'].map(key => url.searchParams.get(key) ?? '');
  if (sign(url.pathname, until, from) !== seen) return undefined;
  if (Number.parseInt(until, 16) * 1000 <= world.clock.now()) return undefined;
  return world.files.get(url.pathname.split('/')[3] ?? '');
}

/** A fresh link for one that was ours, expired or not; `undefined` for others. */
export function refreshed(world: World, link: string): string | undefined {
  const file = URL.canParse(link) && world.files.get(new URL(link).pathname.split('/')[3] ?? '');
  return file ? linkTo(world, file) : undefined;
}

/** An attachment as the API writes it. */
export function attachmentWire(world: World, one: AttachmentState): Json {
  const url = linkTo(world, one);
  return {
    id: one.id,
    filename: one.filename,
    size: one.size,
    content_type: one.contentType,
    content_scan_version: 0,
    url,
    proxy_url: url,
    ...(one.channelId === null ? { ephemeral: true } : {}),
    ...(one.description === null ? {} : { description: one.description }),
  };
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
  log: 'text/plain; charset=utf-8',
};

/** Files that a person's client uploads; throws what the client says to too many or too large ones. */
export function uploaded(
  world: World,
  channelId: string | null,
  files: readonly GivenFile[],
): AttachmentState[] {
  if (files.length > limits.attachments) throw new Error('You can only upload 10 files at a time!');
  return files.map(({ name, bytes }) => {
    if (bytes.length > limits.fileBytes) throw new Error('Your files are too powerful');
    return kept(world, {
      id: world.ids.next(),
      channelId,
      filename: name,
      size: bytes.length,
      contentType: types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      description: null,
      data: Buffer.from(bytes),
    });
  });
}

/** Puts a file on the CDN. */
export function kept(world: World, file: AttachmentState): AttachmentState {
  world.files.set(file.id, file);
  return file;
}
