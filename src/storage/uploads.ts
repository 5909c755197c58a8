import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Uploads } from '../core/index.ts';

/** Ids as they are made here; nothing else ever becomes a path. */
const ID = /^[\w-]{22}\.[\w-]{22}$/;

/** Uploads in a directory of the desk's own. */
export function diskUploads(directory: string): Uploads {
  const drop = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) if (ID.test(id)) await rm(join(directory, id), { force: true });
  };
  const names = (): Promise<string[]> => readdir(directory).catch(() => []);
  const all = async () => {
    const found = (await names()).filter(name => ID.test(name));
    const facts = await Promise.all(found.map(id => stat(join(directory, id)).catch(() => undefined)));
    return found.flatMap((id, nth) => {
      const fact = facts[nth];
      return fact === undefined ? [] : [{ id, at: fact.mtime, size: fact.size }];
    });
  };
  return {
    async keep(owner, bytes, maxBytes) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
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
    drop,
    dropOf: async owner => drop((await names()).filter(name => name.startsWith(`${markOf(owner)}.`))),
    list: all,
    async waiting(owner) {
      const [mark, files] = [markOf(owner), await all()];
      return {
        own: files.filter(({ id }) => id.startsWith(`${mark}.`)).length,
        bytes: files.reduce((sum, { size }) => sum + size, 0),
      };
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
