import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestData, ResponseLike } from '@discordjs/rest';
import { REST } from '@discordjs/rest';
import { EdgeError, isDiscords, NotSentError } from './errors.ts';
import type { Upload } from './wire.ts';
import { multipart, send, whole } from './wire.ts';

/** How long things may take, milliseconds. A whole attempt stays well below the outbox's lease of a minute. */
export interface Patience {
  /** Longest wait in the SDK's queue: it sends the requests of one bucket one after another. */
  readonly queuedMs: number;
  /** Longest that a request may take from when it leaves, its answer included; one with files may take all that is left of the attempt. */
  readonly requestMs: number;
  /** Longest that all the calls of one attempt may take. */
  readonly attemptMs: number;
}
const PATIENCE: Patience = { queuedMs: 10_000, requestMs: 10_000, attemptMs: 30_000 };

/** A route as `Routes` makes it. */
export type Route = `/${string}`;
/** What goes with a request. `token: false` for interactions, whose route is their right. */
export interface Sending {
  readonly body?: unknown;
  readonly files?: readonly Upload[];
  readonly token?: false;
  readonly query?: URLSearchParams;
}

/** Discord's REST API: one attempt for each call, no waiting; throws what `receiptOf` and `codeOf` read. */
export interface Api {
  readonly rest: REST;
  get(route: Route, query?: Readonly<Record<string, string>>): Promise<unknown>;
  post(route: Route, sending: Sending): Promise<unknown>;
  put(route: Route, sending?: Sending): Promise<unknown>;
  patch(route: Route, sending: Sending): Promise<unknown>;
  remove(route: Route): Promise<unknown>;
  /** The same for one attempt: all its calls together end within its time. */
  attempt(): Api;
}

/** The SDK's client without its own retries and waits: the outbox does both. `apiUrl` may end with slashes. */
export function createApi(token: string, apiUrl: string | undefined, patience = PATIENCE): Api {
  const rest = new REST({
    version: '10',
    ...(apiUrl === undefined ? {} : { api: apiUrl.replace(/\/+$/, '') }),
    retries: 0,
    timeout: patience.attemptMs,
    rejectOnRateLimit: () => true,
    makeRequest: request,
  });
  const unhurried = { ...patience, requestMs: patience.attemptMs };
  const until = (deadline: number): Api => {
    const call = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', route: Route, options: RequestData) =>
      bounded(options.passThroughBody ? unhurried : patience, deadline, signal => {
        // After a 401 the SDK forgets the token for good, even if the platform errs for a minute only.
        rest.setToken(token);
        return rest[method](route, { ...options, signal });
      });
    return {
      rest,
      get: (route, query) => call('get', route, query ? { query: new URLSearchParams(query) } : {}),
      post: (route, sending) => call('post', route, options(sending)),
      put: (route, sending = {}) => call('put', route, options(sending)),
      patch: (route, sending) => call('patch', route, options(sending)),
      remove: route => call('delete', route, {}),
      attempt: () => until(performance.now() + patience.attemptMs),
    };
  };
  rest.setToken(token);
  return until(Number.POSITIVE_INFINITY);
}

function options({ body, files = [], token: auth, query }: Sending): RequestData {
  const rights = { ...(auth === false && { auth: false }), ...(query && { query }) };
  if (files.length === 0) return { ...(body === undefined ? {} : { body }), ...rights };
  const { type, bytes } = multipart(body, files);
  return { body: bytes, passThroughBody: true, headers: { 'content-type': type }, ...rights };
}

/** Called when the request of the running call leaves: the SDK tells its transport nothing of the call. */
const leaving = new AsyncLocalStorage<() => void>();

/** One call within its time; `NotSentError` when it ended in the queue. */
async function bounded(
  patience: Patience,
  deadline: number,
  act: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  const left = deadline - performance.now();
  if (left <= 0) throw new NotSentError();
  const controller = new AbortController();
  const abort = () => controller.abort();
  let hasLeft = false;
  let timer = setTimeout(abort, Math.min(patience.queuedMs, left));
  const leave = () => {
    hasLeft = true;
    clearTimeout(timer);
    timer = setTimeout(abort, Math.min(patience.requestMs, deadline - performance.now()));
  };
  try {
    return await leaving.run(leave, () => act(controller.signal));
  } catch (error) {
    throw controller.signal.aborted && !hasLeft ? new NotSentError() : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Longest answer that is read, bytes: a page of 100 messages with all their embeds stays far below. */
const MAX_ANSWER = 16 * 1024 * 1024;

/** The SDK's transport. Reads the whole answer, so that the time limit covers it. */
async function request(
  url: string,
  init: { method?: string; headers?: unknown; body?: unknown; signal?: unknown },
): Promise<ResponseLike> {
  if (!(init.signal instanceof AbortSignal)) throw new TypeError('a request without a time limit');
  init.signal.throwIfAborted();
  leaving.getStore()?.();
  const answer = await send({
    url,
    method: init.method ?? 'GET',
    headers: init.headers as Record<string, string>,
    ...(init.body == null ? {} : { body: init.body as string | Uint8Array }),
    signal: init.signal,
  });
  const body = await whole(answer, MAX_ANSWER);
  const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
  if (status >= 400 && status < 500 && !isDiscords(status, body)) {
    throw new EdgeError(status, Number(answer.headers['retry-after'] ?? 0));
  }
  const headers = Object.entries(answer.headersDistinct).map(([name, values = []]) => [
    name,
    values.join(', '),
  ]);
  return new Response(body.length === 0 ? null : body, {
    status,
    statusText,
    headers: headers as [string, string][],
  }) as ResponseLike;
}
