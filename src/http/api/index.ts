import { OpenAPIHono } from '@hono/zod-openapi';
import type { DeskApi, Log } from '../../core/index.ts';
import { named } from '../hooks.ts';
import { problem } from '../problem.ts';
import { accountRoutes } from './accounts.ts';
import { docsPage } from './docs.ts';
import { linkTokenRoutes } from './link-tokens.ts';
import { noticeRoutes } from './notices.ts';
import { notificationRoutes } from './notifications.ts';
import { preferenceRoutes } from './preferences.ts';
import { answerTo, notFound, pointed } from './refusal.ts';
import type { ApiRoute } from './route.ts';

/** All routes of the API; a test goes through them all, with wrong keys, without the scope, and with refs of others. */
export const apiRoutes: readonly ApiRoute[] = [
  ...accountRoutes,
  ...linkTokenRoutes,
  ...preferenceRoutes,
  ...notificationRoutes,
  ...noticeRoutes,
];

const about = {
  openapi: '3.1.0',
  info: {
    title: 'Switchdesk',
    version: '1',
    description:
      "For the provider's own programs: the billing system, the client area. A key is made by `npm run desk -- keys create`, and sent as `Authorization: Bearer sd_…`. Errors are `application/problem+json` (RFC 9457).",
  },
};

/** The API: each route with its key's scope, the document of all (`/api/v1/openapi.json`) and the same for people (`/api/docs`). */
export function createApi(desk: DeskApi, log: Log): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, _c) => {
      if (result.success) return undefined;
      const within = result.target === 'param' || result.target === 'query' ? result.target : 'json';
      // A ref that cannot be is one that is not there.
      if (within === 'param') return notFound().response;
      return problem(422, 'Something in the request cannot be', {}, pointed(result.error.issues, within));
    },
  });
  for (const route of apiRoutes) route.mount(app, desk);
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  const document = app.getOpenAPI31Document(about);
  const page = docsPage(document);
  app.get('/api/v1/openapi.json', c => c.json(document));
  app.get('/api/docs', c => c.body(page.body, 200, page.headers));
  app.onError(error => {
    const answer = answerTo(error);
    if (answer !== undefined) return answer;
    log.error('a request of the API failed', named(error));
    return problem(500, 'Something went wrong');
  });
  return app;
}
