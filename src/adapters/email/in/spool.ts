import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Mails whose files are still to be fetched, as they came, on this machine's disk: a folder for each sender. */
export interface Spool {
  /** Keeps a mail; when it resolves, it survives a crash. Returns its name. */
  keep(sender: string, raw: Uint8Array): Promise<string>;
  /** Undefined when it is not there, or no longer. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Drops all that is kept of a sender. */
  forget(sender: string): Promise<void>;
  /** Drops what is older than any fetching takes. */
  sweep(now: Date): Promise<void>;
}

/** The desk tries for some hours to fetch a file; a desk that is off over a weekend still finds it. In ms. */
const KEPT_MS = 4 * 86_400_000;
const NAME = /^[\da-f]{24}\/[\da-f]{64}$/;

const hash = (what: string | Uint8Array): string => createHash('sha256').update(what).digest('hex');
const folderOf = (sender: string): string => hash(sender).slice(0, 24);

/** A spool in a directory of its own. */
export function openSpool(directory: string): Spool {
  return {
    async keep(sender, raw) {
      const name = `${folderOf(sender)}/${hash(raw)}`;
      const path = join(directory, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(`${path}.part`, 'w', 0o600);
      try {
        await file.writeFile(raw);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, path);
      return name;
    },
    async read(name) {
      if (!NAME.test(name)) return undefined;
      return readFile(join(directory, name)).catch(() => undefined);
    },
    forget: sender => rm(join(directory, folderOf(sender)), { recursive: true, force: true }),
    async sweep(now) {
      for (const folder of await readdir(directory).catch((): string[] => [])) {
        const names = await readdir(join(directory, folder)).catch((): string[] => []);
        for (const name of names) {
          const path = join(directory, folder, name);
          const facts = await stat(path).catch(() => undefined);
          if (facts !== undefined && now.getTime() - facts.mtimeMs > KEPT_MS) await rm(path, { force: true });
        }
      }
    },
  };
}
