import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { Fault } from '../model.ts';
import { answerCall, forLog, type Incoming, type Outgoing } from './call.ts';
import { appSees, typeOf } from './files.ts';
import { isObj, parseJson } from './json.ts';
import { useResponseUrl } from './respond.ts';
import type { Sim } from './sim.ts';

type Ctx = Context<{ Bindings: HttpBindings }>;

function faulted(fault: Fault): Outgoing | undefined {
  if (fault.kind === 'status') {
    const headers: Record<string, string> =
      fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
    const status = fault.status ?? 500;
    return { status, headers, body: { ok: false, error: status === 429 ? 'ratelimited' : 'internal_error' } };
  }
  if (fault.kind === 'platform-error') {
    return { status: 200, headers: {}, body: { ok: false, error: fault.code ?? 'internal_error' } };
  }
  return undefined;
}

/** Runs one request through the faults and the log. `act` does it and says what to answer. */
function through(sim: Sim, c: Ctx, path: string, body: unknown, act: () => Outgoing): Response {
  const method = c.req.method;
  const fault = sim.faults.take(`${method} ${path}`);
  const note = (status: number, answer: unknown): void =>
    sim.log.add({ at: sim.world.clock.now(), method, path, body, status, answer });
  if (fault?.kind === 'refuse-connection' || fault?.kind === 'hang') {
    note(0, undefined);
    if (fault.kind === 'refuse-connection') c.env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  const out = (fault && faulted(fault)) ?? act();
  note(out.status, out.body);
  if (fault?.kind === 'lose-answer') {
    c.env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  if (out.raw) {
    const headers = { 'content-type': out.raw.type, ...out.headers };
    return new Response(Buffer.from(out.raw.bytes), { status: out.status, headers });
  }
  const headers = { 'content-type': 'application/json; charset=utf-8', ...out.headers };
  return new Response(JSON.stringify(out.body), { status: out.status, headers });
}

async function webApi(sim: Sim, c: Ctx): Promise<Response> {
  const incoming: Incoming = {
    method: c.req.param('method') ?? '',
    query: c.req.query(),
    contentType: c.req.header('content-type') ?? '',
    authorization: c.req.header('authorization') ?? '',
    body: await c.req.text(),
  };
  return through(sim, c, `/${incoming.method}`, forLog(incoming), () => answerCall(sim, incoming));
}

async function responseUrl(sim: Sim, c: Ctx): Promise<Response> {
  const raw = await c.req.text();
  const said = parseJson(raw);
  return through(sim, c, c.req.path, said ?? raw, () => {
    if (!isObj(said)) return { status: 400, headers: {}, body: { ok: false, error: 'invalid_payload' } };
    const error = useResponseUrl(sim, c.req.path, said);
    if (error === undefined) return { status: 200, headers: {}, body: { ok: true } };
    const gone = error === 'used_url' || error === 'expired_url' || error === 'no_service';
    return { status: gone ? 404 : 400, headers: {}, body: { ok: false, error } };
  });
}

const text = (status: number, words: string, headers: Record<string, string> = {}): Outgoing => ({
  ...{ status, headers, body: { size: words.length } },
  raw: { type: 'text/html; charset=utf-8', bytes: Buffer.from(words) },
});

/** `url_private`: with the bot's token in the header; without it one is led to the sign-in page. */
function download(sim: Sim, c: Ctx): Response {
  const { world } = sim;
  return through(sim, c, c.req.path, undefined, () => {
    const file = world.files.get((c.req.param('key') ?? '').split('-').at(-1) ?? '');
    const token = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const may = token === world.app.botToken && world.app.scopes.includes('files:read');
    if (!may) return text(302, '', { location: `${sim.origin}/?redir=${encodeURIComponent(c.req.path)}` });
    if (!file?.bytes || !appSees(world, file)) return text(404, 'File not found');
    const raw = { type: typeOf(file.name), bytes: file.bytes };
    return { status: 200, headers: {}, body: { size: file.size }, raw };
  });
}

/** What a person's client shows; not a part of the API, so it is not in the log. */
function seen(sim: Sim, c: Ctx): Response {
  const file = sim.world.files.get(c.req.param('id') ?? '');
  if (!file?.bytes) return new Response('File not found', { status: 404 });
  const headers = { 'content-type': typeOf(file.name), 'content-disposition': 'attachment' };
  return new Response(Buffer.from(file.bytes), { headers });
}

/** Bytes of an upload, raw or as the first file of a form: https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
async function upload(sim: Sim, c: Ctx): Promise<Response> {
  const isForm = (c.req.header('content-type') ?? '').startsWith('multipart/form-data');
  const given = isForm ? Object.values(await c.req.parseBody()).find(one => one instanceof File) : undefined;
  const bytes = new Uint8Array(await (given ?? c.req).arrayBuffer());
  return through(sim, c, '/upload/v1', { size: bytes.length }, () => {
    const file = sim.world.files.get((c.req.param('ticket') ?? '').split('-')[0] ?? '');
    if (!file || file.complete) return text(404, 'no_such_upload');
    if (bytes.length !== file.size) return text(400, 'wrong length');
    file.bytes = bytes;
    return text(200, `OK - ${bytes.length}`);
  });
}

/** The HTTP side of the platform: `/api/<method>`, the response URLs, and `/link/` for sockets. Resolves when it listens on 127.0.0.1. */
export async function listen(sim: Sim, port: number): Promise<Server> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('/api/:method', c => webApi(sim, c));
  app.get('/files-pri/:key/:rest{.+}', c => download(sim, c));
  app.get('/files-seen/:id/:name', c => seen(sim, c));
  app.post('/upload/v1/:ticket', c => upload(sim, c));
  app.post('/commands/*', c => responseUrl(sim, c));
  app.post('/actions/*', c => responseUrl(sim, c));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  sim.socket?.attach(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  sim.origin = sim.world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return server;
}
