import type { Fetched, InboundFile, Uploads } from '../../core/index.ts';

/** Gives core the bytes that a bubble has uploaded. They end early, with an error, after `maxBytes`. */
export async function fetchFile(
  uploads: Uploads,
  { source }: InboundFile,
  maxBytes: number,
): Promise<Fetched> {
  try {
    const bytes = await uploads.open(source);
    if (bytes === undefined) return { outcome: 'refused', why: 'there is no such upload' };
    return { outcome: 'fetched', bytes: upTo(bytes, maxBytes) };
  } catch {
    return { outcome: 'retry', afterMs: 1000, why: 'the upload could not be read' };
  }
}

async function* upTo(bytes: AsyncIterable<Uint8Array>, most: number): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.byteLength;
    if (size > most) throw new Error('the upload is longer than allowed');
    yield piece;
  }
}
