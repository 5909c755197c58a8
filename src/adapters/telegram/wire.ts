/** grammY's way to the wire: its own does not say whether a request left this machine, nor what answered when it was not Telegram. */
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';

import { text as textOf } from 'node:stream/consumers';
import type { ApiClientOptions } from 'grammy/web';

/** How long a connection may take to come about, in ms: well below what a call may take, so that it is known that nothing was sent. */
const CONNECT_MS = 5_000;
/** An idle connection is given up before Telegram gives it up: a message written on a dying one has an unknown fate. */
const IDLE_MS = 10_000;

/** The connection never came about, so nothing was sent. `cause` says why, if the system did. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** Something answered that is not Telegram: a proxy, a page. */
export class NotTelegram extends Error {
  override readonly name = 'NotTelegram';
  readonly status: number;
  constructor(status: number) {
    super(`an answer of status ${status} that is not Telegram's`);
    this.status = status;
  }
}

type Fetch = NonNullable<ApiClientOptions['fetch']>;

/** What grammY gives: always a POST with a JSON body, or with a form that comes piece by piece, and a signal that ends the call. */
interface Init {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ReadableStream<Uint8Array>;
  readonly signal: AbortSignal;
}

/** A `fetch` that does what grammY asks of one. Connections are kept and used again. */
export function createFetch(root: string, connectMs = CONNECT_MS): Fetch {
  const secure = root.startsWith('https:');
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, timeout: IDLE_MS });
  const request = secure ? httpsRequest : httpRequest;
  const fetch = async (url: string, { method, headers, body, signal }: Init) => {
    const length = typeof body === 'string' ? { 'content-length': Buffer.byteLength(body) } : {};
    const call = request(url, { agent, method, headers: { ...headers, ...length } });
    const stop = (): void => void call.destroy();
    signal.addEventListener('abort', stop);
    try {
      const response = await answered(call, secure, connectMs, () => write(call, body));
      const value = read(response.statusCode ?? 0, await textOf(response));
      return { json: async () => value };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  return fetch as unknown as Fetch;
}

/** A form that cannot be read to its end ends the call: half a form is not sent as a whole one. */
function write(call: ClientRequest, body: string | ReadableStream<Uint8Array>): void {
  if (typeof body === 'string') call.end(body);
  else pipeline(body, call, error => void (error && call.destroy(error)));
}

/** The head of an answer, and the way to end it. */
export interface Download {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads nothing more. */
  drop(): void;
}

/** Gets what is behind a link. The link holds the token: no error says it. Rejects like the `fetch` above. */
export async function download(url: string, patienceMs: number, connectMs = CONNECT_MS): Promise<Download> {
  const secure = url.startsWith('https:');
  const call = (secure ? httpsRequest : httpRequest)(url, { timeout: patienceMs });
  call.on('timeout', () => call.destroy(new Error('no bytes in time')));
  const response = await answered(call, secure, connectMs, () => call.end());
  return { status: response.statusCode ?? 0, body: response, drop: () => void response.destroy() };
}

/** Resolves with the head of the answer. */
function answered(
  call: ClientRequest,
  secure: boolean,
  connectMs: number,
  begin: () => void,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const late = setTimeout(() => call.destroy(new NotConnected('no connection in time')), connectMs);
    const isConnected = (): void => {
      connected = true;
      clearTimeout(late);
    };
    call.on('socket', socket => {
      if (call.reusedSocket) isConnected();
      else socket.once(secure ? 'secureConnect' : 'connect', isConnected);
    });
    call.on('close', () => clearTimeout(late));
    call.on('error', error =>
      reject(connected ? error : new NotConnected('no connection', { cause: error })),
    );
    call.on('response', resolve);
    begin();
  });
}

/** Telegram's answers are objects with `ok`, and with a code and a description when that is false (core.telegram.org/bots/api#making-requests). */
function read(status: number, body: string): unknown {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null || !('ok' in value)) throw new NotTelegram(status);
  const { ok, error_code, description } = value as Readonly<Record<string, unknown>>;
  const whole = ok === true || (typeof error_code === 'number' && typeof description === 'string');
  if (!whole) throw new NotTelegram(status);
  // grammY reads into it without a look.
  return 'parameters' in value && typeof value.parameters !== 'object' ? { ...value, parameters: {} } : value;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
