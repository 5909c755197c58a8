import type { Fetched, FetchFile, InboundFile } from '../../../src/core/index.ts';

/** The beginning of a real PNG: enough for what looks at content. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A file as a platform tells of it. */
export function came(source: string, name: string, size?: number): InboundFile {
  return size === undefined ? { source, name } : { source, name, size };
}

/** Bytes in pieces of at most 64 KiB. */
export async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

/** A platform's shelf of files: source → content, or what the platform does when it is asked. */
export function shelf(
  files: Readonly<Record<string, string | Uint8Array | (() => Fetched | Promise<Fetched>)>>,
): { readonly fetchFile: FetchFile; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async fetchFile({ source }) {
      asked.push(source);
      const one = files[source];
      if (one === undefined) return { outcome: 'refused', why: 'not found' };
      if (typeof one === 'function') return one();
      return { outcome: 'fetched', bytes: pieces(typeof one === 'string' ? Buffer.from(one) : one) };
    },
  };
}

/** All bytes of a stream. */
export async function whole(bytes: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of bytes ?? []) all.push(piece);
  return Buffer.concat(all);
}
