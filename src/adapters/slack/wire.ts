/**
 * Requests beside the Web API, by node:http: the first `fetch` of a process costs 14 to 26 MB for its parser. Redirects are not followed, so
 * that a token goes nowhere else.
 */
import type { IncomingMessage } from 'node:http';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** How long an idle connection is kept, milliseconds. */
const IDLE_MS = 4_000;
/** How long a connection may take to come about, milliseconds. */
const CONNECT_MS = 10_000;
/** The largest answer of the Web API that is read, bytes. */
const ANSWER = 32 * 1024 * 1024;
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
    outgoing.on('error', error => reject(signal.aborted ? signal.reason : error));
    outgoing.once('socket', socket => {
      if (!socket.connecting) return;
      const late = setTimeout(() => outgoing.destroy(new ConnectTimeoutError()), CONNECT_MS);
      outgoing.once('close', () => clearTimeout(late));
      socket.once(isPlain ? 'connect' : 'secureConnect', () => clearTimeout(late));
    });
    outgoing.end(body);
  });
}

/** No connection came about in time: nothing was sent. */
class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError';
  readonly code = 'ETIMEDOUT';
  readonly syscall = 'connect';
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

/** The whole body. Rejects with a `TooLargeError` when it is longer than `max` bytes. */
async function whole(response: IncomingMessage, max: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of upTo(response, max)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** As much of `fetch` as the Web API client uses (web-api 8.2.0, WebClient.js): POST of a text, and a whole answer. */
export function fetchFor(withinMs: number): typeof fetch {
  return async (input, init) => {
    const { body, headers } = init ?? {};
    if (typeof body !== 'string') throw new TypeError('only texts are sent');
    const url = String(input);
    const sent = Object.fromEntries(
      Object.entries({ ...headers }).map(([name, value]) => [name, String(value)]),
    );
    const answer = await send({ url, method: 'POST', headers: sent, body, withinMs });
    const bytes = await whole(answer, ANSWER);
    const status = answer.statusCode ?? 0;
    const named = new Map(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    const told: unknown = {
      url,
      status,
      ok: status >= 200 && status < 300,
      statusText: answer.statusMessage ?? '',
      headers: { get: (name: string) => named.get(name) ?? null, entries: () => named.entries() },
      text: async () => bytes.toString('utf8'),
      arrayBuffer: async () => new Uint8Array(bytes).buffer,
    };
    return told as Response;
  };
}
