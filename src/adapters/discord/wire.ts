import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/**
 * Requests by node:http: the first `fetch` of a process costs 14 to 26 MB for its parser, and Slack's SDK gives the global one another
 * dispatcher. Redirects are not followed.
 */

/** How long an idle connection is kept, milliseconds: below the 15 s after which Discord's edge may close it. */
const IDLE_MS = 4_000;
const agents = {
  http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
  https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }),
};

/** One request. */
export interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Ends it, with its answer's body. */
  readonly signal: AbortSignal;
}

/** Sends a request; resolves with the beginning of the answer. Rejects with Node's own errors. */
export function send({ url, method, headers, body, signal }: Call): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isPlain = new URL(url).protocol === 'http:';
    const start = isPlain ? httpRequest : httpsRequest;
    const agent = isPlain ? agents.http : agents.https;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
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

/** The whole body. Rejects with a `TooLargeError` when it is longer than `max` bytes. */
export async function whole(response: IncomingMessage, max: number): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of upTo(response, max)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A file in a request. */
export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A body in JSON with files, as Discord takes it (Reference: Uploading Files): `payload_json`, then `files[n]`. */
export function multipart(body: unknown, files: readonly Upload[]): { type: string; bytes: Uint8Array } {
  const boundary = `desk-${randomUUID()}`;
  const head = (lines: string) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${lines}\r\n\r\n`);
  const pieces = [
    head('name="payload_json"\r\nContent-Type: application/json'),
    Buffer.from(`${JSON.stringify(body)}\r\n`),
    ...files.flatMap(({ name, type, bytes }, index) => [
      head(
        `name="files[${index}]"; filename="${quoted(name)}"\r\nContent-Type: ${type.replace(/[\r\n]/g, '')}`,
      ),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.concat(pieces) };
}

/** As browsers write a name (HTML: multipart form data). */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
