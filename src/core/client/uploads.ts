import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { InboundFile } from '../channel/index.ts';
import { WEB } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { UPLOAD, uploadsIn } from './channel.ts';

/** What nobody waits for is removed so long after it came, in ms. */
const LEFT_MS = 3_600_000;

/** Where files go that are put into forms, until they are judged as all files are. */
export interface Uploads {
  /** Takes in a file's bytes, never more than the policy's largest size; undefined for one that is larger. When it resolves they survive a crash. */
  take(name: string, bytes: AsyncIterable<Uint8Array>): Promise<InboundFile | undefined>;
  /** Removes what came with a form that was not taken. */
  drop(files: readonly InboundFile[]): Promise<void>;
}

/** Uploads over a context. */
export function openUploads(ctx: Context): Uploads {
  const directory = uploadsIn(ctx.files.spool);
  const drop = (source: string): Promise<void> => rm(join(directory, source), { force: true });
  return {
    async take(name, bytes) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const source = randomBytes(16).toString('hex');
      const target = await open(join(directory, source), 'wx', 0o600);
      let size = 0;
      try {
        for await (const piece of bytes) {
          size += piece.byteLength;
          // What is too large is read to its end all the same: what stands behind it in the form is still to come.
          if (size <= ctx.policy.files.max_size) await target.writeFile(piece);
        }
        await target.sync();
      } catch (error) {
        await drop(source);
        throw error;
      } finally {
        await target.close();
      }
      if (size <= ctx.policy.files.max_size) return { source, name, size };
      await drop(source);
      return undefined;
    },
    drop: async files => void (await Promise.all(files.map(({ source }) => drop(source)))),
  };
}

/** Removes what was judged, and what no message came for. */
export async function dropOldUploads(ctx: Context): Promise<void> {
  const directory = uploadsIn(ctx.files.spool);
  const names = (await readdir(directory).catch((): string[] => [])).filter(name => UPLOAD.test(name));
  if (names.length === 0) return;
  const rows = await ctx.database.sql<{ source: string }[]>`
    select source from file where channel = ${WEB} and state in ('waiting', 'held') and source = any(${names}::text[])`;
  const wanted = new Set(rows.map(({ source }) => source));
  for (const name of names.filter(one => !wanted.has(one))) {
    const found = await stat(join(directory, name)).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > LEFT_MS)
      await rm(join(directory, name), { force: true });
  }
}
