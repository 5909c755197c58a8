import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { type Fetched, whyOf } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { withinMs } from '../within.ts';
import type { LeasedFile } from './model.ts';

/** A platform has this long, in ms of real time, to begin with the bytes, and for each next piece of them. */
const SILENCE_MS = 30_000;
/** The longest a whole file takes, in ms of real time: 25 MB at 1 Mbit/s. */
const WHOLE_MS = 210_000;
/** Adapters end a stream with an error at the limit they are given; with this much above, in bytes, it is always the desk that counts. */
const SLACK = 1024 * 1024;

/** What came of bringing a file here. */
export type Brought =
  | { readonly outcome: 'here'; readonly size: number; readonly sha256: string }
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'retry'; readonly afterMs: number; readonly why: string }
  | { readonly outcome: 'refused'; readonly why: string };

/** Brings a file's bytes to `path`, piece by piece, counting and hashing; never more than the policy's largest size. Never throws. */
export async function fetchTo(ctx: Context, file: LeasedFile, path: string): Promise<Brought> {
  const channel = ctx.channels.get(file.channel);
  if (channel === undefined) return { outcome: 'retry', afterMs: 0, why: 'the channel is off' };
  const { fetchFile } = channel;
  if (fetchFile === undefined) return { outcome: 'refused', why: 'this channel cannot fetch files' };
  const { max_size } = ctx.policy.files;
  const wanted = { source: file.source, name: file.name, ...(file.size !== null && { size: file.size }) };
  try {
    const fetched = await inTime(fetchFile(wanted, max_size + SLACK));
    if (fetched.outcome !== 'fetched') return fetched;
    return await take(fetched.bytes, path, max_size);
  } catch (error) {
    return { outcome: 'retry', afterMs: 0, why: whyOf(error) };
  }
}

/** Bytes that begin to come too late are not wanted any more. */
async function inTime(fetching: Promise<Fetched>): Promise<Fetched> {
  const late = { outcome: 'retry', afterMs: 0, why: 'the platform does not answer' } as const;
  const fetched = await withinMs<Fetched>(fetching, SILENCE_MS, late);
  if (fetched === late)
    void fetching
      .then(late => (late.outcome === 'fetched' ? end(late.bytes[Symbol.asyncIterator]()) : undefined))
      .catch(() => undefined);
  return fetched;
}

async function take(bytes: AsyncIterable<Uint8Array>, path: string, most: number): Promise<Brought> {
  const pieces = bytes[Symbol.asyncIterator]();
  const until = performance.now() + WHOLE_MS;
  const hash = createHash('sha256');
  let target: FileHandle | undefined;
  let size = 0;
  try {
    target = await open(path, 'w', 0o600);
    for (;;) {
      const left = until - performance.now();
      const next =
        left > 0 ? await withinMs(pieces.next(), Math.min(SILENCE_MS, left), undefined) : undefined;
      if (next === undefined) return { outcome: 'retry', afterMs: 0, why: 'the bytes come too slowly' };
      if (next.done === true) break;
      size += next.value.byteLength;
      if (size > most) return { outcome: 'too-large' };
      hash.update(next.value);
      await target.writeFile(next.value);
    }
    await target.sync();
    return { outcome: 'here', size, sha256: hash.digest('hex') };
  } finally {
    await target?.close();
    void end(pieces);
  }
}

/** Lets go of the connection; whoever hangs there is not waited for. */
async function end(pieces: AsyncIterator<Uint8Array>): Promise<void> {
  await Promise.resolve(pieces.return?.()).catch(() => undefined);
}
