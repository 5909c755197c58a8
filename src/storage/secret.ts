import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The secret the desk signs with: the given one, or one that is made once and kept in the data directory, readable by the desk alone. */
export function deskSecret(dataDir: string, given: string | undefined): () => Promise<Uint8Array> {
  let reading: Promise<Uint8Array> | undefined;
  return () => {
    reading ??= (given === undefined ? kept(dataDir) : Promise.resolve(Buffer.from(given))).catch(error => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

async function kept(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, 'desk.secret');
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(path, `${randomBytes(32).toString('base64url')}\n`, {
      flag: 'wx',
      mode: 0o600,
      flush: true,
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < 32)
    throw new Error(`${path} is no secret of the desk: delete it, and a new one is made`);
  return Buffer.from(secret);
}
