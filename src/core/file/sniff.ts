import { open } from 'node:fs/promises';
import { withinMs } from '../within.ts';
import { textType } from './rules/types.ts';

/** So much of a file's beginning decides whether it is text, in bytes. */
const HEAD = 65_536;
/** The detection gets this long, in ms. */
const SNIFF_MS = 10_000;

/** What a file is by its content: a media type without parameters, and the ending that belongs to it. */
export interface Sniffed {
  readonly type: string;
  readonly ending: string;
}

/** Finds out what the file at `path` is, whatever its name says. What nobody knows is `application/octet-stream`. */
export async function sniff(path: string): Promise<Sniffed> {
  // The library comes with the first file: a desk without files does not carry it in memory.
  const { fileTypeFromFile } = await import('file-type');
  const found = await withinMs(
    fileTypeFromFile(path).catch(() => undefined),
    SNIFF_MS,
    undefined,
  );
  // XML is looked at as text: it may be a page or a picture with script.
  if (found !== undefined && found.ext !== 'xml')
    return { type: found.mime.split(';', 1)[0] ?? found.mime, ending: found.ext };
  return textType(await readHead(path)) ?? { type: 'application/octet-stream', ending: 'bin' };
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
