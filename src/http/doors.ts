import type { IncomingMessage } from 'node:http';
import { readBytes } from './body.ts';
import { answer, type HookParts, headersOf, toResponse } from './hooks.ts';
import { problem } from './problem.ts';
import { Share } from './share.ts';

/** Seconds after which whoever had to wait may come again. */
const WAIT_S = '10';

/** By channel and source; only doors that somebody may come in by have one. */
const shares = new Map<string, Share>();

function shareOf(door: string): Share {
  const share = shares.get(door) ?? new Share();
  shares.set(door, share);
  return share;
}

/**
 * A request at one of a channel's own doors: whoever is turned away by the headers sends no body; the rest is read as it came, looked at, stored and
 * answered, in this order. What could not be stored is answered 500, so that it comes again. Each door has a share of the memory of its own.
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
  const held = await readInto(shareOf(`${kind}/${source}`), incoming, door);
  try {
    const { body } = held;
    if (body === 'too much')
      return problem(503, 'Too much at once', { 'retry-after': WAIT_S, connection: 'close' });
    if (body === undefined) {
      refuse('the body is too long');
      return problem(413, `Content too large: at most ${door.limit} bytes`, { connection: 'close' });
    }
    const received = await door.read(body);
    if (received.verified) return await answer(received, kind, parts);
    refuse(received.why);
    return toResponse(received.response);
  } finally {
    held.release();
  }
}

interface Held {
  /** Undefined for what is longer than it may be. */
  readonly body: Buffer | 'too much' | undefined;
  release(): void;
}

/**
 * Reads a body within a door's share. Who is known by the headers has room for all of it before it is read. Of all others only what has come counts; when
 * that is too much, whoever has been at it longest has to come again: nobody shuts a door by promising a mail, or by sending it slowly.
 */
async function readInto(
  share: Share,
  incoming: IncomingMessage,
  { limit, proved }: { readonly limit: number; readonly proved: boolean },
): Promise<Held> {
  // Without a length it may be as long as is allowed.
  const told = Math.min(Number(incoming.headers['content-length'] ?? limit), limit);
  const part = proved ? share.reserve(told) : share.begin();
  if (part === undefined) return { body: 'too much', release: () => undefined };
  if (!proved) incoming.on('data', (chunk: Buffer) => part.grow(chunk.byteLength));
  try {
    const body = await Promise.race([readBytes(incoming, limit), part.turnedAway]);
    if (body === 'too much') incoming.pause();
    share.isRead(part);
    return { body, release: () => part.release() };
  } catch (error) {
    part.release();
    throw error;
  }
}
