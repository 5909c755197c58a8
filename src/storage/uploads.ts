import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Uploads that nobody has sent along with words are dropped after this, in ms; those that were are fetched within minutes. */
const KEPT_MS = 24 * 3_600_000;
/** Between two looks for what can be dropped, in ms. */
const SWEEP_MS = 600_000;
/** Ids as they are made here; nothing else ever becomes a path. */
const ID = /^[\w-]{22}\.[\w-]{22}$/;

/** Files that browsers bring, until the desk has fetched them. An id says whose it is, to nobody but who made it. */
export interface DiskUploads {
  keep(
    owner: string,
    bytes: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<{ readonly id: string; readonly size: number } | 'too-large'>;
  sizeOf(owner: string, id: string): Promise<number | undefined>;
  open(id: string): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** Uploads in a directory of the desk's own. */
export function diskUploads(directory: string): DiskUploads {
  let sweptAt = 0;
  const sweep = async (): Promise<void> => {
    if (Date.now() - sweptAt < SWEEP_MS) return;
    sweptAt = Date.now();
    for (const name of await readdir(directory)) {
      const path = join(directory, name);
      const { mtimeMs = sweptAt } = (await stat(path).catch(() => undefined)) ?? {};
      if (sweptAt - mtimeMs > KEPT_MS) await rm(path, { force: true });
    }
  };
  return {
    async keep(owner, bytes, maxBytes) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await sweep();
      const id = `${markOf(owner)}.${randomBytes(16).toString('base64url')}`;
      const path = join(directory, id);
      const size = await write(path, bytes, maxBytes).catch(async (error: unknown) => {
        await rm(path, { force: true });
        throw error;
      });
      if (size !== undefined) return { id, size };
      await rm(path, { force: true });
      return 'too-large';
    },
    async sizeOf(owner, id) {
      if (!ID.test(id) || !id.startsWith(`${markOf(owner)}.`)) return undefined;
      return (await stat(join(directory, id)).catch(() => undefined))?.size;
    },
    async open(id) {
      if (!ID.test(id)) return undefined;
      try {
        return (await open(join(directory, id), 'r')).createReadStream();
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

function markOf(owner: string): string {
  return createHash('sha256').update(`upload:${owner}`).digest('base64url').slice(0, 22);
}

/** Their size; undefined when they are too many. When it resolves, they survive a crash. */
async function write(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<number | undefined> {
  const target: FileHandle = await open(path, 'wx', 0o600);
  try {
    let size = 0;
    for await (const piece of bytes) {
      size += piece.byteLength;
      if (size > maxBytes) return undefined;
      await target.writeFile(piece);
    }
    await target.sync();
    return size;
  } finally {
    await target.close();
  }
}
