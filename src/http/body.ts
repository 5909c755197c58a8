import type { IncomingMessage } from 'node:http';

/** The whole body as it came, as text; `undefined` when it is longer than `limit` bytes (`readBytes`). */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<string | undefined> {
  // Not a TextDecoder: that one takes a byte order mark away, and signatures are over what was sent.
  return (await readBytes(incoming, limit))?.toString('utf8');
}

/**
 * The bytes of the whole body, or `undefined` when it is longer than `limit` bytes. What the caller says of its length only helps to refuse early:
 * the bytes themselves are counted, so a chunked body, or one with a false length, goes no further either. Rejects when the caller goes away.
 */
export function readBytes(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > limit) return Promise.resolve(undefined);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer): void => {
    size += chunk.byteLength;
    chunks.push(chunk);
    if (size <= limit) return;
    incoming.off('data', take);
    incoming.pause();
    resolve(undefined);
  };
  incoming.on('data', take);
  incoming.on('error', reject);
  incoming.on('close', () => reject(new Error('the caller went away')));
  incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  return promise;
}
