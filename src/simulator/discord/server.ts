import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Fault, RequestRecord } from '../model.ts';
import type { Body } from './bodies.ts';
import { readBody } from './bodies.ts';
import { ApiError, apiError, httpError } from './errors.ts';
import type { Faults } from './faults.ts';
import { fileAt, noLonger } from './files.ts';
import type { Answer, Call, Route } from './methods/index.ts';
import { matchRoute } from './methods/index.ts';
import type { RateLimits, Verdict } from './rate-limits.ts';
import type { World } from './world.ts';

/** What the HTTP side needs from the rest of the pretender. */
interface ServerParts {
  readonly world: World;
  /** Whether this is the `Authorization` of the bot. */
  readonly isRightToken: (given: string | undefined) => boolean;
  readonly faults: Faults;
  /** Absent when rate limits are off. */
  readonly rates: RateLimits | undefined;
  readonly openModal: Call['openModal'];
  readonly gatewayUrl: () => string;
  readonly identifiesLeft: () => number;
  readonly record: (request: RequestRecord) => void;
}

interface Reply extends Answer {
  readonly headers: Readonly<Record<string, string>>;
}

/** Longest request log body of one file: only its name and size. */
function loggedBody(body: Body, query: URLSearchParams): unknown {
  const files = body.files.map(file => ({ filename: file.filename, size: file.data.length }));
  if (files.length) return { ...(typeof body.json === 'object' ? body.json : {}), files };
  return body.json ?? (query.size ? Object.fromEntries(query) : undefined);
}

function limited(verdict: Verdict): Reply {
  const message = verdict.global
    ? 'You are being blocked from accessing our API temporarily due to exceeding our rate limits.'
    : 'You are being rate limited.';
  return {
    status: 429,
    body: { message, retry_after: Number(verdict.retryAfter.toFixed(3)), global: verdict.global },
    headers: verdict.headers,
  };
}

function errorReply(error: unknown, headers: Readonly<Record<string, string>>): Reply {
  if (error instanceof ApiError) return { status: error.status, body: error.body(), headers };
  throw error;
}

/** The reply of a `status` or `platform-error` fault. */
function faultReply(fault: Fault): Reply {
  if (fault.kind === 'platform-error') {
    const error = apiError(Number(fault.code ?? 0));
    return { status: fault.status ?? error.status, body: error.body(), headers: {} };
  }
  const status = fault.status ?? 500;
  if (status === 429) {
    return limitFault(fault.retryAfterSeconds ?? 1, fault.code ?? 'shared');
  }
  if (fault.code === 'cloudflare') return { status, body: cloudflarePage, headers: {} };
  return { status, body: { message: `${status}: Server Error`, code: 0 }, headers: {} };
}

/** What the edge before Discord shows in place of an answer. */
const cloudflarePage =
  '<html><head><title>Access denied | discord.com</title></head><body>Error 1015</body></html>';

/** A limit in one of its scopes: `user` (this bot on this route), `shared` (everybody on this resource), `global`, or of Cloudflare (no JSON). */
function limitFault(seconds: number, scope: string): Reply {
  const retry = { 'Retry-After': String(Math.ceil(seconds)) };
  if (scope === 'cloudflare') return { status: 429, body: cloudflarePage, headers: retry };
  const isGlobal = scope === 'global';
  const headers = {
    ...retry,
    'X-RateLimit-Scope': scope,
    ...(isGlobal
      ? { 'X-RateLimit-Global': 'true' }
      : {
          'X-RateLimit-Limit': '5',
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset-After': seconds.toFixed(3),
          'X-RateLimit-Bucket': 'fault',
        }),
  };
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: isGlobal },
    headers,
  };
}

function limit(parts: ServerParts, route: Route, call: Call): Verdict {
  const free: Verdict = { pass: true, global: false, retryAfter: 0, headers: {} };
  if (!parts.rates) return free;
  if (route.auth === 'bot') {
    const verdict = parts.rates.global();
    if (!verdict.pass) return verdict;
  }
  const major = call.params.channel_id ?? call.params.guild_id ?? call.params.webhook_token ?? '';
  const sub = route.sub?.(call);
  const verdict = sub ? parts.rates.take(sub, major) : free;
  if (!verdict.pass) return verdict;
  return route.bucket ? parts.rates.take(route.bucket, major) : free;
}

function perform(
  parts: ServerParts,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
  body: Body,
): Reply {
  const found = matchRoute(request.method ?? 'GET', path);
  let headers: Readonly<Record<string, string>> = {};
  try {
    if (found === null) throw httpError(404);
    if (found === 'verb') throw httpError(405);
    if (found.route.auth === 'bot' && !parts.isRightToken(request.headers.authorization))
      throw httpError(401);
    const call: Call = {
      world: parts.world,
      params: found.params,
      query,
      body: body.json,
      files: body.files,
      openModal: parts.openModal,
      gatewayUrl: parts.gatewayUrl(),
      identifiesLeft: parts.identifiesLeft(),
    };
    const verdict = limit(parts, found.route, call);
    if (!verdict.pass) return limited(verdict);
    headers = verdict.headers;
    return { ...found.route.run(call), headers };
  } catch (error) {
    return errorReply(error, headers);
  }
}

function send(response: ServerResponse, reply: Reply): void {
  const isPage = typeof reply.body === 'string';
  const text = isPage ? String(reply.body) : reply.body === undefined ? '' : JSON.stringify(reply.body);
  const json = { 'Content-Type': isPage ? 'text/html' : 'application/json' };
  response.writeHead(reply.status, { ...(text ? json : {}), ...reply.headers });
  response.end(text);
}

function serveFile(parts: ServerParts, url: URL, response: ServerResponse): void {
  const fault = parts.faults.take('GET', url.pathname);
  const file = fileAt(parts.world, url);
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'status') response.writeHead(fault.status ?? 500).end();
  else if (fault) response.destroy();
  else if (file) response.writeHead(200, { 'Content-Type': file.contentType }).end(file.data);
  else response.writeHead(404, { 'Content-Type': 'text/plain;charset=UTF-8' }).end(noLonger);
}

/** The API path below `/api` and its version; `undefined` outside the API. */
function apiPath(pathname: string): string | undefined {
  if (pathname === '/api' || !pathname.startsWith('/api/')) return undefined;
  return pathname.slice(4).replace(/^\/v(9|10)(?=\/|$)/, '') || '/';
}

async function handle(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = apiPath(url.pathname);
  if (path === undefined) {
    serveFile(parts, url, response);
    return;
  }
  const fault = parts.faults.take(request.method ?? 'GET', path);
  const note = (reply: Reply, body: unknown) =>
    parts.record({
      at: parts.world.clock.now(),
      method: request.method ?? 'GET',
      path,
      body,
      status: reply.status,
      answer: reply.body,
    });
  let body: Body = { json: undefined, files: [] };
  let reply: Reply | undefined;
  try {
    body = await readBody(request);
  } catch (error) {
    reply = errorReply(error, {});
  }
  const logged = loggedBody(body, url.searchParams);
  if (fault?.kind === 'refuse-connection' || fault?.kind === 'hang') {
    note({ status: 0, headers: {} }, logged);
    if (fault.kind === 'refuse-connection') request.socket.destroy();
    return;
  }
  if (fault?.kind === 'status' || fault?.kind === 'platform-error') reply = faultReply(fault);
  reply ??= perform(parts, request, path, url.searchParams, body);
  if (fault?.kind === 'lose-answer') request.socket.destroy();
  else send(response, reply);
  note(reply, logged);
}

/** The HTTP side: routing, faults, rights, rate limits, log. */
export function makeApp(parts: ServerParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('*', async context => {
    await handle(parts, context.env.incoming, context.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}
