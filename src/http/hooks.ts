import type { IncomingMessage } from 'node:http';
import type { Answer, Channel, ChannelKind, Inbound, Log, RawResponse, Received } from '../core/index.ts';
import { readBody } from './body.ts';
import { problem } from './problem.ts';

/** What a webhook needs of the desk. */
export interface HookParts {
  readonly channels: ReadonlyMap<ChannelKind, Channel>;
  /** Resolves when the event is safe in the database; rejects when it is not. */
  readonly accept: (kind: ChannelKind, inbound: Inbound) => Promise<Answer>;
  readonly log: Log;
  readonly now: () => Date;
  /** Longest body, in bytes. */
  readonly bodyLimit: number;
}

/** One request of a platform: verified, stored, answered; in this order. What could not be stored is answered 500, so that it comes again. */
export async function takeHook(incoming: IncomingMessage, kind: string, parts: HookParts): Promise<Response> {
  const { channels, log, now, bodyLimit } = parts;
  const channel = channels.get(kind);
  if (!channel) return problem(404, 'Not found');
  const at = now();
  const body = await readBody(incoming, bodyLimit);
  if (body === undefined) return problem(413, 'Content too large', { connection: 'close' });
  const received = await channel.receive({ headers: headersOf(incoming), body, now: at });
  if (!received.verified) {
    log.warn('a webhook was refused', { channel: kind, why: received.why });
    return toResponse(received.response);
  }
  return answer(received, kind, parts);
}

/** What a header says; one that came several times says all of it, which no check takes for one. */
export function headersOf({ headers }: IncomingMessage): Record<string, string | undefined> {
  const all: Record<string, string | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    all[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return all;
}

/** Answers a verified request once what it brought is in the database. */
export async function answer(
  received: Extract<Received, { verified: true }>,
  kind: ChannelKind,
  { accept, log }: Pick<HookParts, 'accept' | 'log'>,
): Promise<Response> {
  const store = async () => {
    const stored: Answer[] = [];
    for (const inbound of received.inbound) stored.push(await accept(kind, inbound));
    return stored;
  };
  if (received.respondInTime) return toResponse(await received.respondInTime(store()));
  let answers: readonly Answer[];
  try {
    answers = await store();
  } catch (error) {
    log.error('an event could not be stored', { channel: kind, ...named(error) });
    return problem(500, 'Not stored, please send it again');
  }
  return toResponse(await received.respond(answers));
}

/** What goes back, as it is. */
export function toResponse({ status, headers, body }: RawResponse): Response {
  return new Response(body === undefined || body === '' ? null : body, { status, headers });
}

/** What an error is, without its message: that could repeat what a customer wrote. */
export function named(error: unknown): { readonly error: string; readonly code?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { error: error.name, ...code };
}
