import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type {
  Calendars,
  ClientApi,
  DeskApi,
  OpenedFile,
  RatePages,
  ReachApi,
  StatusApi,
} from '../core/index.ts';
import { type AlertParts, takeAlertHook } from './alerts.ts';
import { createApi } from './api/index.ts';
import { giveCalendar } from './calendar.ts';
import { addContact } from './contact.ts';
import { takeDoor } from './doors.ts';
import { giveFile } from './files.ts';
import { createFronts, type Fronts } from './fronts.ts';
import { type HookParts, named, takeHook } from './hooks.ts';
import type { OpenIdDoor } from './me/open-id.ts';
import type { ReadToken } from './me/vouched.ts';
import { addMe } from './me.ts';
import { givePage, type LinkPages } from './pages.ts';
import { problem } from './problem.ts';
import { addRating } from './rate.ts';
import { addStatus } from './status.ts';

/** Whether the desk can do its work, with what was looked at. */
export interface Readiness {
  readonly ok: boolean;
  /** For example `{ database: true, relay: true }`. Seen by anybody who asks: no addresses, no secrets. */
  readonly checks: Readonly<Record<string, boolean | number | string | null>>;
}

/** What the desk's HTTP is made of. */
export interface HttpParts extends Omit<HookParts, 'bodyLimit'> {
  readonly ready: () => Promise<Readiness>;
  /** The file behind a link's token; absent where links are not made. */
  readonly file?: (token: string) => Promise<OpenedFile | undefined>;
  /** What the provider's own programs can ask for under `/api`; absent where there is no API. */
  readonly api?: DeskApi;
  /** What the links of mails lead to; absent where none are sent. */
  readonly pages?: LinkPages & { readonly rate?: RatePages };
  /** The calendars behind tokens; absent where there are none. */
  readonly calendars?: Calendars;
  /** What everybody may see; absent where there is no status page. */
  readonly status?: StatusApi | undefined;
  /** The ways to reach support; absent where there is no such page. */
  readonly reach?: ReachApi | undefined;
  /** The pages of one's own; absent where there are none. */
  readonly client?: ClientApi | undefined;
  /** Reads a signed token of the provider's client area; absent where none is set up. */
  readonly token?: ReadToken | undefined;
  /** Signing in with the provider's OpenID Connect; absent where there is none. */
  readonly openId?: OpenIdDoor | undefined;
  /** Asks a mailbox whether it wants what the status page tells; absent where that cannot be. */
  readonly subscribe?: ((address: string, language: string) => Promise<void>) | undefined;
  /** Where the desk is reached from outside, without a slash at the end; what a request says of itself when absent. */
  readonly publicUrl?: string | undefined;
  /** Who may send alerts, and what takes them; absent where nobody may. */
  readonly alerts?: AlertParts;
  /** Parts that browsers of other sites come to; absent where there are none. */
  readonly fronts?: Fronts;
  /** Longest body of a webhook, in bytes (default 1 MiB: the largest of the platforms' events are some tens of KiB). */
  readonly bodyLimit?: number;
}

/** The desk's HTTP, served by node. */
export type HttpApp = Hono<{ Bindings: HttpBindings }>;

const BODY_LIMIT = 1024 * 1024;
const FRESH = { 'cache-control': 'no-store' };

/**
 * The desk over HTTP: `POST /hooks/:channel`, `POST /hooks/:channel/:source`, `POST /hooks/alerts/:kind`, `GET /healthz` (the process is alive), `GET /readyz` (it can work: 200, else 503),
 * `GET /files/:token` (a file by its link), `/unsubscribe/:token`, `/confirm/:token`, `/page/:token` and `/rate/:token` (links of mails: GET asks, POST
 * does), `GET /oncall/:token.ics` and `/calendar/:token.ics` (the calendars of somebody of the staff, and of a contact),
 * `GET /status` and what belongs to it, and `GET /contact` (for everybody), `/me` and what belongs to it (for whoever is signed in), `/api` (for the provider's own programs). Everything else is 404 as problem+json. Routes that are added to the app keep a security header that they set themselves.
 */
export function createHttp({
  ready,
  file,
  pages,
  calendars,
  status,
  publicUrl,
  subscribe,
  reach,
  client,
  token,
  openId,
  api,
  alerts,
  fronts = createFronts([]),
  bodyLimit = BODY_LIMIT,
  ...parts
}: HttpParts): HttpApp {
  const app = new Hono<{ Bindings: HttpBindings }>();
  // Read from node's own request, and ahead of what browsers need: platforms send hundreds a second.
  app.post('/hooks/:channel', c => takeHook(c.env.incoming, c.req.param('channel'), { ...parts, bodyLimit }));
  if (alerts !== undefined)
    app.on('POST', ['/hooks/alerts/:kind', '/hooks/alerts/:kind/:token'], c => {
      const sender = { kind: c.req.param('kind') ?? '', token: c.req.param('token') };
      return takeAlertHook(c.env.incoming, sender, alerts, parts);
    });
  // They come from pages of other sites, so they bring the headers themselves.
  for (const path of fronts.paths)
    app
      .all(`${path}/*`, c => fronts.give(c.req.raw, c.env.incoming))
      .get(`${path}.js`, c => fronts.give(c.req.raw, c.env.incoming));
  app.post('/hooks/:channel/:source', c => takeDoor(c.env.incoming, c.req.param(), parts));
  // So many may look when something is broken; it brings the headers itself, made once.
  if (status !== undefined) addStatus(app, { api: status, publicUrl, subscribe });
  if (reach !== undefined)
    addContact(app, { api: reach, status: status !== undefined, own: client !== undefined });
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      xFrameOptions: 'DENY',
      overwrite: false,
    }),
  );
  app.get('/healthz', c => c.json({ ok: true }, 200, FRESH));
  app.get('/readyz', async c => {
    const { ok, checks } = await ready().catch((error: unknown) => {
      parts.log.error('readiness could not be looked at', named(error));
      return { ok: false, checks: {} };
    });
    return c.json({ ok, checks }, ok ? 200 : 503, FRESH);
  });
  if (file !== undefined) app.get('/files/:token', c => giveFile(c.req.raw, c.req.param('token'), file));
  if (pages !== undefined) {
    for (const which of ['unsubscribe', 'confirm', 'page'] as const)
      app.on(['GET', 'POST'], `/${which}/:token`, c =>
        givePage(c.req.raw, c.req.param('token') ?? '', pages, which),
      );
    if (pages.rate !== undefined) addRating(app, { ...pages, rate: pages.rate });
  }
  for (const [which, read] of Object.entries(calendars ?? {}))
    app.get(`/${which}/:file`, c => giveCalendar(c.req.param('file') ?? '', which, read));
  if (client !== undefined) addMe(app, { api: client, token, openId });
  if (api !== undefined) app.route('/', createApi(api, parts.log));
  app.notFound(() => problem(404, 'Not found'));
  app.onError(error => {
    parts.log.error('a request failed', named(error));
    return problem(500, 'Something went wrong');
  });
  return app;
}
