import { createHash } from 'node:crypto';
import { bodyStart, type HeaderLine } from './headers.ts';

/**
 * The same for the same mail by whatever way it comes: servers add lines to its head, and nothing to its body. A mail with the Message-ID of
 * somebody else's is another mail.
 */
export function digestOfRaw(raw: Uint8Array, lines: readonly HeaderLine[]): string {
  const hash = createHash('sha256');
  for (const name of ['message-id', 'from', 'date', 'subject'])
    hash.update(
      `${name}:${lines
        .filter(line => line.name === name)
        .map(({ value }) => value)
        .join('\0')}\n`,
    );
  // Lines end as the way that it came by has them.
  const body = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
    .subarray(bodyStart(raw))
    .toString('latin1');
  return hash.update(body.replace(/\r\n?/g, '\n').trimEnd()).digest('hex');
}
