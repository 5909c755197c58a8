import { createHash } from 'node:crypto';

/** What is kept of a link's token or a code from the client area. */
export function hashOf(code: string): Buffer {
  return createHash('sha256').update(`code:${code}`).digest();
}

/** What is kept of a code that was mailed: it is for the handle that asked, so another's guess meets nothing. */
export function mailHashOf(handleId: number, code: string): Buffer {
  return createHash('sha256').update(`mail:${handleId}:${code}`).digest();
}
