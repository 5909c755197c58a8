import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Mails whose files are still to be fetched, as they came, on this machine's disk: a folder for each sender. Bounded in size and age. */
export interface Spool {
  /**
   * Keeps a mail; when it resolves, it survives a crash. Returns its name. The oldest make room. Rejects when the disk refuses, or all that is kept is so
   * young that its files may still be under way (`SpoolFull`): then the mail comes again.
   */
  keep(sender: string, raw: Uint8Array, now: Date): Promise<string>;
  /** Undefined when it is not there, or no longer. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Drops a mail that nobody will fetch files of. */
  drop(name: string): Promise<void>;
  /** Drops all that is kept of a sender. */
  forget(sender: string): Promise<void>;
  /** Drops what is older than any fetching takes. */
  sweep(now: Date): Promise<void>;
}

/** The desk tries for some hours to fetch a file; a desk that is off over a weekend still finds it. In ms. */
const KEPT_MS = 4 * 86_400_000;
/** Files are fetched within seconds, where nothing is away: what is younger than this, in ms, makes no room for others. */
const YOUNG_MS = 15 * 60_000;
/** Bytes of all that is kept: some thirty of the largest mails. */
const MOST = 2 * 1024 ** 3;
const NAME = /^[\da-f]{24}\/[\da-f]{64}$/;

const hash = (what: string | Uint8Array): string => createHash('sha256').update(what).digest('hex');
const folderOf = (sender: string): string => hash(sender).slice(0, 24);

/** There is no room now, and will be within minutes. */
export class SpoolFull extends Error {
  constructor() {
    super('too much mail with files came within minutes');
  }
}

interface Kept {
  readonly size: number;
  /** Ms since the epoch. */
  readonly at: number;
}

/** A spool in a directory of its own, with `most` bytes in it. */
export function openSpool(directory: string, most = MOST): Spool {
  return new DiskSpool(directory, most);
}

class DiskSpool implements Spool {
  readonly #directory: string;
  readonly #most: number;
  /** All that is there, the oldest first. */
  readonly #kept = new Map<string, Kept>();
  #size = 0;
  #found: Promise<void> | undefined;

  constructor(directory: string, most: number) {
    this.#directory = directory;
    this.#most = most;
  }

  async keep(sender: string, raw: Uint8Array, now: Date): Promise<string> {
    await this.#look();
    const name = `${folderOf(sender)}/${hash(raw)}`;
    const gone = this.#makeRoom(raw.byteLength - (this.#kept.get(name)?.size ?? 0), now);
    this.#leaveOut(name);
    // It counts from now on, also for those that are written at the same time.
    this.#note(name, { size: raw.byteLength, at: now.getTime() });
    for (const one of gone) await this.#remove(one);
    try {
      await write(join(this.#directory, name), raw);
    } catch (error) {
      await this.drop(name);
      throw error;
    }
    return name;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    if (!NAME.test(name)) return undefined;
    return readFile(join(this.#directory, name)).catch(() => undefined);
  }

  async drop(name: string): Promise<void> {
    if (!NAME.test(name)) return;
    this.#leaveOut(name);
    await this.#remove(name);
  }

  async forget(sender: string): Promise<void> {
    await this.#look();
    const folder = folderOf(sender);
    for (const name of this.#kept.keys()) if (name.startsWith(`${folder}/`)) this.#leaveOut(name);
    await rm(join(this.#directory, folder), { recursive: true, force: true });
  }

  async sweep(now: Date): Promise<void> {
    await this.#look();
    for (const [name, { at }] of [...this.#kept]) if (now.getTime() - at > KEPT_MS) await this.drop(name);
  }

  #note(name: string, kept: Kept): void {
    this.#kept.set(name, kept);
    this.#size += kept.size;
  }

  #leaveOut(name: string): void {
    this.#size -= this.#kept.get(name)?.size ?? 0;
    this.#kept.delete(name);
  }

  /** Leaves out the oldest until there is room, and returns their names. */
  #makeRoom(size: number, now: Date): string[] {
    const gone: string[] = [];
    let room = this.#most - this.#size;
    for (const [name, kept] of this.#kept) {
      if (room >= size || now.getTime() - kept.at < YOUNG_MS) break;
      gone.push(name);
      room += kept.size;
    }
    if (room < size) throw new SpoolFull();
    for (const name of gone) this.#leaveOut(name);
    return gone;
  }

  async #remove(name: string): Promise<void> {
    const path = join(this.#directory, name);
    await rm(path, { force: true }).catch(() => undefined);
    // A folder goes with its last mail.
    await rmdir(dirname(path)).catch(() => undefined);
  }

  /** Looks once what is there from before; what was half written then is dropped. */
  #look(): Promise<void> {
    this.#found ??= this.#find();
    return this.#found;
  }

  async #find(): Promise<void> {
    const found: [string, Kept][] = [];
    for (const folder of await readdir(this.#directory).catch((): string[] => [])) {
      for (const one of await readdir(join(this.#directory, folder)).catch((): string[] => [])) {
        const path = join(this.#directory, folder, one);
        const facts = await stat(path).catch(() => undefined);
        if (facts === undefined) continue;
        if (NAME.test(`${folder}/${one}`))
          found.push([`${folder}/${one}`, { size: facts.size, at: facts.mtimeMs }]);
        else await rm(path, { force: true }).catch(() => undefined);
      }
    }
    for (const [name, kept] of found.toSorted(([, a], [, b]) => a.at - b.at)) this.#note(name, kept);
  }
}

async function write(path: string, raw: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(`${path}.part`, 'w', 0o600);
  try {
    await file.writeFile(raw);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}
