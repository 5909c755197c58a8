import { randomBytes } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../core/index.ts';

/** Below this, in bytes, a busy desk with files may fill the disk within days. */
const LEAST_FREE = 1024 ** 3;

/** Can the desk write in its directory, and is there room? */
export async function checkDisk(dataDir: string): Promise<readonly Finding[]> {
  const writes = `The data directory ${dataDir} can be written`;
  const probe = join(dataDir, `doctor-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(probe, 'a'.repeat(4096), { flush: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const mend = `Give the desk a directory that is its own (DATA_DIR), and a disk with room (${code}).`;
    return [{ what: writes, ok: false, mend }];
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const room = `${(free / 1024 ** 3).toFixed(1)} GB are free there`;
  return [
    { what: writes, ok: true },
    free >= LEAST_FREE
      ? { what: room, ok: true }
      : { what: room, ok: false, mend: 'Make room: the database stops when the disk is full.' },
  ];
}
