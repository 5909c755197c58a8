import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Scan } from '../../core/index.ts';
import { type FileSettings, openFileHouse } from '../../storage/index.ts';

/** Does the scanner answer, and does the store take a file and give it back? What is not configured is not looked at. */
export async function checkFiles(dataDir: string, settings: FileSettings): Promise<readonly Finding[]> {
  const { scan } = openFileHouse(dataDir, settings);
  return [
    ...(scan === undefined ? [] : [await checkScanner(scan)]),
    ...(settings.s3 === undefined ? [] : [await checkStore(dataDir, settings)]),
  ];
}

async function checkScanner(scan: Scan): Promise<Finding> {
  const what = 'The virus scanner answers';
  if ((await scan(oneByte())) === 'clean') return { what, ok: true };
  const mend = 'Start clamd, or correct CLAMD_SOCKET: files are held while it is away.';
  return { what, ok: false, mend };
}

async function* oneByte(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('.');
}

/** A file of one byte is put, read and deleted. */
async function checkStore(dataDir: string, settings: FileSettings): Promise<Finding> {
  const what = 'The S3 store takes a file and gives it back';
  const { store } = openFileHouse(dataDir, settings);
  const directory = await mkdtemp(join(tmpdir(), 'switchdesk-doctor-'));
  const key = `doctor/${randomBytes(16).toString('hex')}`;
  const sha256 = createHash('sha256').update('.').digest('hex');
  try {
    await writeFile(join(directory, 'file'), '.');
    await store.put(key, join(directory, 'file'), { size: 1, sha256, type: 'text/plain' });
    let size = 0;
    for await (const piece of (await store.read(key)) ?? []) size += piece.byteLength;
    await store.drop(key);
    if (size === 1) return { what, ok: true };
    return { what, ok: false, mend: 'It did not give back what was put: look at the bucket and its rules.' };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    const mend = `Look at FILES_S3_ENDPOINT, the bucket, the keys and their rights to put, get and delete (${name}).`;
    return { what, ok: false, mend };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
