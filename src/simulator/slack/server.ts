import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { Fault } from '../model.ts';
import { answerCall, forLog, type Incoming, type Outgoing } from './call.ts';
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

/** The HTTP side of the platform: `/api/<method>`, the response URLs, and `/link/` for sockets. Resolves when it listens on 127.0.0.1. */
export async function listen(sim: Sim, port: number): Promise<Server> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('/api/:method', c => webApi(sim, c));
  app.post('/commands/*', c => responseUrl(sim, c));
  app.post('/actions/*', c => responseUrl(sim, c));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  sim.socket?.attach(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  sim.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return server;
}
