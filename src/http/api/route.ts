import type { OpenAPIHono, RouteConfig, RouteHandler } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { DeskApi, Scope } from '../../core/index.ts';
import { problem } from '../problem.ts';
import { problems } from './schema.ts';

/** Longest body of a request, in bytes: an account with some thousands of services. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** What a handler finds in its context. */
interface Env {
  readonly Variables: {
    /** The key that was shown. */
    readonly keyId: number;
  };
}

/** One route of the API. It cannot be without a scope: whoever calls needs a key that has it, and that is looked at before anything is read. */
export interface ApiRoute {
  readonly scope: Scope;
  readonly method: RouteConfig['method'];
  /** As OpenAPI writes it: `/api/v1/accounts/{ref}`. */
  readonly path: string;
  mount(app: OpenAPIHono, desk: DeskApi): void;
}

/** What a route says of itself; the answers that all routes have (401, 403, 413, 422) are added. */
export type RouteSpec = Omit<RouteConfig, 'middleware' | 'security' | 'hide'> & { readonly summary: string };

/** A route: the scope it needs, what it takes and gives, and what it does on the desk. */
export function defineRoute<const R extends RouteSpec>(
  scope: Scope,
  spec: R,
  handle: (desk: DeskApi) => RouteHandler<R, Env>,
): ApiRoute {
  const { method, path } = spec;
  return {
    scope,
    method,
    path,
    mount(app, desk) {
      const route: RouteConfig = {
        ...spec,
        description: [spec.description, `Needs a key with the scope \`${scope}\`.`]
          .filter(Boolean)
          .join('\n\n'),
        security: [{ key: [] }],
        responses: {
          ...spec.responses,
          ...problems(spec.request?.body === undefined ? [401, 403] : [400, 401, 403, 413, 415, 422]),
        },
        middleware: [authorise(desk, scope), bodyLimit({ maxSize: BODY_LIMIT, onError: tooLarge })],
      };
      app.openapi(route, handle(desk) as never);
    },
  };
}

const tooLarge = (): Response => problem(413, 'Content too large', { connection: 'close' });

/** Whoever has no key, a wrong one, or one that was revoked gets the same answer. */
function authorise(desk: DeskApi, scope: Scope): MiddlewareHandler<Env> {
  return async (c, next) => {
    const [, secret] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    const key = secret === undefined ? undefined : await desk.keys.find(secret);
    if (key === undefined)
      return problem(401, 'A key is needed: Authorization: Bearer sd_…', { 'www-authenticate': 'Bearer' });
    if (!key.scopes.includes(scope))
      return problem(403, `This key lacks the scope ${scope}`, {
        'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"`,
      });
    c.set('keyId', key.id);
    return next();
  };
}
