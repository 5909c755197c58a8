import type { IncomingMessage } from 'node:http';
import { readBytes } from './body.ts';
import { answer, type HookParts, headersOf, toResponse } from './hooks.ts';
import { problem } from './problem.ts';

/** Bodies that are read at the same time, in bytes, for all doors together: a mail may have 64 MB, and a desk has 512. */
const TOGETHER = 160 * 1024 * 1024;
/** Seconds after which whoever had to wait may come again. */
const WAIT_S = '10';

let held = 0;

/**
 * A request at one of a channel's own doors: whoever is turned away by the headers sends no body; the rest is read as it came, looked at, stored and
 * answered, in this order. What could not be stored is answered 500, so that it comes again.
 */
export async function takeDoor(
  incoming: IncomingMessage,
  { channel: kind, source }: { readonly channel: string; readonly source: string },
  parts: Omit<HookParts, 'bodyLimit'>,
): Promise<Response> {
  const { channels, log, now } = parts;
  const channel = channels.get(kind);
  if (channel?.receiveFrom === undefined) return problem(404, 'Not found');
  const door = channel.receiveFrom({ source, headers: headersOf(incoming), now: now() });
  const refuse = (why: string): void => log.warn('a webhook was refused', { channel: kind, source, why });
  if (!door.open) {
    refuse(door.why);
    return problem(door.response.status, 'Refused', { connection: 'close' });
  }
  // Without a length it may be as long as is allowed.
  const size = Math.min(Number(incoming.headers['content-length'] ?? door.limit), door.limit);
  if (held + size > TOGETHER)
    return problem(503, 'Too much at once', { 'retry-after': WAIT_S, connection: 'close' });
  held += size;
  try {
    const body = await readBytes(incoming, door.limit);
    if (body === undefined) {
      refuse('the body is too long');
      return problem(413, `Content too large: at most ${door.limit} bytes`, { connection: 'close' });
    }
    const received = await door.read(body);
    if (received.verified) return await answer(received, kind, parts);
    refuse(received.why);
    return toResponse(received.response);
  } finally {
    held -= size;
  }
}
