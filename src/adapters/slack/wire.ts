/**
 * Requests beside the Web API, by node:http: the first `fetch` of a process costs 14 to 26 MB for its parser. Redirects are not followed, so
 * that a token goes nowhere else.
 */
import type { IncomingMessage } from 'node:http';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** How long an idle connection is kept, milliseconds. */
const IDLE_MS = 4_000;
const agents = {
  http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
  https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }),
};

/** One request. */
export interface Call {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds for all of it, the answer's body included. */
  readonly withinMs: number;
}

/** Sends a request; resolves with the beginning of the answer, whose body has to be read or resumed. Rejects with Node's own errors. */
export function send({ url, method, headers = {}, body, withinMs }: Call): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isPlain = new URL(url).protocol === 'http:';
    const start = isPlain ? httpRequest : httpsRequest;
    const agent = isPlain ? agents.http : agents.https;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const signal = AbortSignal.timeout(withinMs);
    const outgoing = start(url, { method, headers: { ...headers, ...length }, agent, signal }, resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The answer was larger than the caller takes. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** The body piece by piece; ends with a `TooLargeError` once it is longer than `max` bytes. */
export async function* upTo(response: IncomingMessage, max: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of response) {
    const bytes: Uint8Array = piece;
    size += bytes.length;
    if (size > max) throw new TooLargeError('the answer is too large');
    yield bytes;
  }
}
