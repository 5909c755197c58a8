import { ApiError, type Args, readArgs } from './args.ts';
import { asText, isObj, type Obj, parseJson } from './json.ts';
import { METHODS } from './methods/index.ts';
import type { Method } from './methods/method.ts';
import type { Sim } from './sim.ts';

/** A request to the Web API, as it came. */
export interface Incoming {
  readonly method: string;
  readonly query: Obj;
  readonly contentType: string;
  readonly authorization: string;
  readonly body: string;
}

/** What goes back. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Obj;
  /** In place of the body, where it is no JSON. */
  readonly raw?: { readonly type: string; readonly bytes: Uint8Array };
}

/** The arguments for the log: decoded, without the token. Unreadable bodies stay text. */
export function forLog(incoming: Incoming): unknown {
  let values: Obj;
  try {
    values = readArgs(incoming.query, incoming.contentType, incoming.body).values;
  } catch (error) {
    if (error instanceof ApiError) return incoming.body;
    throw error;
  }
  const { token: _token, ...shown } = values;
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => {
      const parsed = typeof value === 'string' && /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
      return [name, parsed ?? value];
    }),
  );
}

function refusal(error: ApiError): Obj {
  const messages = error.messages.length > 0 ? { response_metadata: { messages: error.messages } } : {};
  return { ok: false, error: error.code, ...error.extra, ...messages };
}

function checkToken(sim: Sim, method: Method, args: Args, authorization: string): void {
  if (method.token === 'none') return;
  const { botToken, appToken, scopes } = sim.world.app;
  const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? asText(args.values.token);
  if (token === '') throw new ApiError('not_authed');
  if (token !== botToken && token !== appToken) throw new ApiError('invalid_auth');
  if (sim.world.revoked && token === botToken) throw new ApiError(sim.world.revoked);
  if (token !== (method.token === 'bot' ? botToken : appToken)) throw new ApiError('not_allowed_token_type');
  if (method.scopes.length > 0 && !method.scopes.some(scope => scopes.includes(scope))) {
    const needed = method.scopes.join(',');
    throw new ApiError('missing_scope', [], { needed, provided: scopes.join(',') });
  }
}

function warnings(contentType: string): Obj {
  const bare = /^application\/json\s*$/i.test(contentType);
  return bare ? { warning: 'missing_charset', response_metadata: { warnings: ['missing_charset'] } } : {};
}

/** Answers one call of the Web API. */
export function answerCall(sim: Sim, incoming: Incoming): Outgoing {
  const headers = { 'x-slack-req-id': sim.world.hex(32), 'x-oauth-scopes': sim.world.app.scopes.join(',') };
  try {
    const args = readArgs(incoming.query, incoming.contentType, incoming.body);
    const method = METHODS[incoming.method];
    if (!method) throw new ApiError('unknown_method', [], { req_method: incoming.method });
    checkToken(sim, method, args, incoming.authorization);
    const channel = isObj(args.values) ? asText(args.values.channel) : undefined;
    const wait = sim.limits.take(incoming.method, method.tier, channel);
    if (wait > 0) {
      const body = { ok: false, error: 'ratelimited' };
      return { status: 429, headers: { ...headers, 'retry-after': String(wait) }, body };
    }
    const result = method.run(sim, args);
    const accepted: Record<string, string> =
      method.scopes.length > 0 ? { 'x-accepted-oauth-scopes': method.scopes.join(',') } : {};
    const body = { ok: true, ...result, ...warnings(incoming.contentType) };
    return { status: 200, headers: { ...headers, ...accepted }, body };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: 200, headers, body: refusal(error) };
  }
}
