import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '../core/index.ts';

/** Keys as core makes them; nothing else ever becomes a path. */
const KEY = /^\d{4}\/\d{2}\/[0-9a-f]{32}$/;

/** Files in a directory of the desk's own. What lies at `path` for `put` must be on the same disk: it is moved, never half there. */
export function diskStore(directory: string): FileStore {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error('this is no key of a file');
    return join(directory, key);
  };
  return {
    async put(key, path) {
      const target = pathOf(key);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await syncPath(path);
      await rename(path, target);
      await syncPath(dirname(target));
    },
    async read(key) {
      try {
        return (await open(pathOf(key), 'r')).createReadStream();
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    drop: key => rm(pathOf(key), { force: true }),
  };
}

/** After this the file's bytes, or the directory's names, survive a power cut. */
async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
