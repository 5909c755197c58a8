import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type HttpBindings, serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import busboy from 'busboy';
import { Hono, type Context as HonoContext } from 'hono';
import type { Fault, RequestRecord } from '../model.ts';
import { Args } from './args.ts';
import { ApiError, badRequest } from './errors.ts';
import { type Faults, faultError } from './faults.ts';
import { MAX_UPLOAD } from './limits.ts';
import { type Context, Remarked } from './methods/context.ts';
import { findMethod } from './methods/index.ts';

type Http = HonoContext<{ Bindings: HttpBindings }>;
type Core = Omit<Context, 'aborted'>;

/** What the API answers, as it goes over the wire. */
interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The door for requests of the bot. */
export interface HttpDoor {
  readonly url: string;
  /** Runs a method that came as the answer to a webhook; nobody gets its result. */
  callFromWebhook(body: string): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the pretend API on 127.0.0.1. */
export async function openDoor(
  port: number,
  core: Core,
  faults: Faults,
  log: (record: RequestRecord) => void,
): Promise<HttpDoor> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const stopping = new AbortController();
  app.get('/file/:bot/*', c => download(c, core, faults, log, stopping.signal));
  app.get('/seen/:file/:name', c => seen(c, core));
  app.all('/:bot/:method', c => handle(c, core, faults, log, stopping.signal));
  app.notFound(c => c.json({ ok: false, error_code: 404, description: 'Not Found' }, 404));
  const server = await new Promise<Server>(resolve => {
    const listening = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () =>
      resolve(listening as Server),
    );
  });
  const { port: actual } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${actual}`;
  core.world.seenAt = `${origin}/seen`;
  return {
    url: origin,
    callFromWebhook: body => callFromWebhook(body, core, log),
    stop: async () => {
      stopping.abort();
      core.queue.end(undefined);
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

async function handle(
  c: Http,
  core: Core,
  faults: Faults,
  log: (record: RequestRecord) => void,
  stopping: AbortSignal,
): Promise<Response> {
  const path = `/${c.req.param('method')}`;
  const method = c.req.method;
  const record = (body: unknown, answer: Answer | undefined): void =>
    log({
      at: core.world.now(),
      method,
      path,
      body,
      status: answer?.status ?? 0,
      answer: answer?.body ?? null,
    });
  let read: { readonly args: Args; readonly body: unknown };
  try {
    read = await readArgs(c);
  } catch (cause) {
    const answer = errorAnswer(cause);
    record(null, answer);
    return send(answer);
  }
  const fault = faults.take(method, path);
  if (fault && fault.kind !== 'lose-answer')
    return suffer(c, fault, answer => record(read.body, answer), stopping);
  const aborted = new AbortController();
  c.env.outgoing.once('close', () => aborted.abort());
  const answer = await run(
    c.req.param('bot') ?? '',
    path.slice(1),
    { ...core, aborted: aborted.signal },
    read.args,
  );
  record(read.body, fault ? undefined : answer);
  return fault ? cut(c) : send(answer);
}

/** What a person's client shows; no part of the Bot API, so it is not in the log. */
function seen(c: Http, { world }: Core): Response {
  const file = world.files.get(c.req.param('file') ?? '');
  if (file === undefined) return new Response('Not Found', { status: 404 });
  // A photo is a picture whatever the bot called it.
  const picture = file.data[0] === 0x89 ? 'image/png' : 'image/jpeg';
  const type = file.folder === 'photos' ? picture : file.mime;
  return new Response(Buffer.from(file.data), { headers: { 'content-type': type } });
}

async function suffer(
  c: Http,
  fault: Fault,
  record: (answer?: Answer) => void,
  stopping: AbortSignal,
): Promise<Response> {
  if (fault.kind === 'refuse-connection') {
    record();
    return cut(c);
  }
  if (fault.kind === 'hang') {
    record();
    await new Promise<void>(resolve => {
      stopping.addEventListener('abort', () => resolve(), { once: true });
      c.env.outgoing.once('close', () => resolve());
    });
    return cut(c);
  }
  const answer = errorAnswer(faultError(fault));
  record(answer);
  return send(answer);
}

function cut(c: Http): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

function send({ status, body }: Answer): Response {
  const parameters = body.parameters as { readonly retry_after?: number } | undefined;
  const wait = parameters?.retry_after;
  const headers = {
    'content-type': 'application/json',
    ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
  };
  return new Response(JSON.stringify(body), { status, headers });
}

async function run(bot: string, name: string, context: Context, args: Args): Promise<Answer> {
  try {
    checkToken(bot, context);
    const method = findMethod(name);
    if (!method) throw new ApiError(404, 'Not Found: method not found');
    const result = await method.run(context, args);
    const body =
      result instanceof Remarked ? { result: result.result, description: result.description } : { result };
    return { status: 200, body: { ok: true, ...body } };
  } catch (cause) {
    return errorAnswer(cause);
  }
}

/** A malformed token is 404, a well-formed wrong one 401. */
function checkToken(bot: string, { world }: Core): void {
  if (bot === `bot${world.token}`) return;
  if (/^bot\d{6,12}:[\w-]{30,}$/.test(bot)) throw new ApiError(401, 'Unauthorized');
  throw new ApiError(404, 'Not Found');
}

function errorAnswer(cause: unknown): Answer {
  if (!(cause instanceof ApiError)) throw cause;
  const { code, description, parameters } = cause;
  return {
    status: code,
    body: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
  };
}

async function callFromWebhook(
  text: string,
  core: Core,
  log: (record: RequestRecord) => void,
): Promise<void> {
  if (!text.trimStart().startsWith('{')) return;
  const { args, body } = readJson(text);
  const method = args.text('method');
  if (method === '') return;
  const aborted = new AbortController();
  const answer = await run(`bot${core.world.token}`, method, { ...core, aborted: aborted.signal }, args);
  log({
    at: core.world.now(),
    method: 'POST',
    path: `/${method}`,
    body,
    status: answer.status,
    answer: answer.body,
  });
}

async function readArgs(c: Http): Promise<{ args: Args; body: unknown }> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const raw = Buffer.from(await c.req.arrayBuffer());
  const read =
    type === 'application/json'
      ? readJson(raw.toString('utf8'))
      : type.startsWith('multipart/') || type === 'application/x-www-form-urlencoded'
        ? await readForm(c.req.header('content-type') ?? '', raw).catch(refuseForm)
        : { args: new Args(), body: undefined };
  const query = c.req.query();
  for (const [name, value] of Object.entries(query)) if (!read.args.has(name)) read.args.set(name, value);
  return { args: read.args, body: read.body ?? query };
}

function readJson(text: string): { args: Args; body: unknown } {
  const args = new Args();
  if (text.trim() === '') return { args, body: undefined };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw badRequest("can't parse JSON object");
    throw cause;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('expected a JSON object');
  for (const [name, value] of Object.entries(body)) args.set(name, value);
  return { args, body };
}

function refuseForm(cause: unknown): never {
  throw badRequest(`can't parse the form: ${cause instanceof Error ? cause.message : String(cause)}`);
}

async function readForm(type: string, raw: Buffer): Promise<{ args: Args; body: unknown }> {
  const args = new Args();
  const body: Record<string, unknown> = {};
  const parser = busboy({
    defParamCharset: 'utf8',
    headers: { 'content-type': type },
    limits: { fileSize: MAX_UPLOAD + 1 },
  });
  parser.on('field', (name, value) => {
    args.set(name, value);
    body[name] = value;
  });
  parser.on('file', (name, stream, info) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const data = Buffer.concat(chunks);
      args.files.set(name, { filename: info.filename ?? '', mime: info.mimeType, data });
      body[name] = { filename: info.filename ?? '', size: data.byteLength };
    });
  });
  await pipeline(Readable.from([raw]), parser);
  return { args, body };
}

/** The bytes behind a link of getFile. In the log its path is without the token. */
async function download(
  c: Http,
  { world }: Core,
  faults: Faults,
  log: (record: RequestRecord) => void,
  stopping: AbortSignal,
): Promise<Response> {
  const file = c.req.path.split('/').slice(3).map(decodeURIComponent).join('/');
  const path = `/file/${file}`;
  const record = (answer: Answer | undefined, status = answer?.status ?? 0): void =>
    log({ at: world.now(), method: 'GET', path, body: null, status, answer: answer?.body ?? null });
  const fault = faults.take('GET', path);
  if (fault)
    return suffer(c, fault.kind === 'lose-answer' ? { ...fault, kind: 'hang' } : fault, record, stopping);
  const link = world.links.get(file);
  if (c.req.param('bot') !== `bot${world.token}` || !link || link.until < world.now()) {
    const answer = errorAnswer(new ApiError(404, 'Not Found'));
    record(answer);
    return send(answer);
  }
  record(undefined, 200);
  return new Response(new Uint8Array(link.file.data), {
    headers: { 'content-type': 'application/octet-stream' },
  });
}
