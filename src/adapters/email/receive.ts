import type { Received } from '../../core/index.ts';

/** Refuses every request: mail only goes out, and nobody can bring any over HTTP. */
export function receive(): Received {
  return { verified: false, response: { status: 404 }, why: 'mail only goes out' };
}
