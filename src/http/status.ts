import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { Status, StatusApi } from '../core/index.ts';
import { languageOf } from './language.ts';
import { problem } from './problem.ts';
import { atomFeed, rssFeed } from './status/feeds.ts';
import { statusJson } from './status/json.ts';
import {
  historyPage,
  missingPage,
  noticePage,
  type PageParts,
  statusPage,
  unknownPage,
} from './status/page.ts';
import { POLICY } from './status/style.ts';

/** Answers that are kept for one state of things: each page in each language, and some notices. */
const KEPT = 200;
const HTML = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
const SHORT = { 'cache-control': 'public, max-age=15' };
/** Programs on other sites may read what everybody may see. */
const OPEN = { 'access-control-allow-origin': '*' };

/** One answer, made once for all who ask within some seconds. */
interface Made {
  readonly body: string;
  readonly etag: string;
}

/** Who asks for what. */
interface Asked {
  readonly status: Status;
  readonly locale: string;
  /** Whether the language was chosen on the page. */
  readonly chosen: boolean;
  /** What addresses begin with, for who reads them elsewhere. */
  readonly base: string;
}

/** The pages and feeds of the public status page. Every answer is made of what is public; the database is asked once in some seconds, whoever asks. */
export function addStatus<E extends object>(
  app: Hono<E>,
  api: StatusApi,
  publicUrl: string | undefined,
): void {
  const made = new WeakMap<Status, Map<string, Made>>();
  const pageParts = ({ status, locale, chosen }: Asked): PageParts => ({
    view: status.view(locale),
    labels: api.labels(locale),
    languages: api.languages,
    link: path => `${path}${chosen ? `?lang=${locale}` : ''}`,
  });

  /** Undefined from `make`: there is nothing of that name, and nothing is kept of the question. */
  const answer = async (
    request: Request,
    headers: Readonly<Record<string, string>>,
    make: (asked: Asked) => string | undefined | Promise<string | undefined>,
  ): Promise<Response> => {
    const url = new URL(request.url);
    const wanted = url.searchParams.get('lang');
    const chosen = api.languages.some(({ locale }) => locale === wanted);
    const isPage = headers === HTML;
    const locale = api.match(chosen ? (wanted ?? undefined) : isPage ? languageOf(request) : undefined);
    const status = await api.current();
    if (status === undefined) return unknown(locale, isPage);
    const asked = { status, locale, chosen, base: publicUrl ?? url.origin };
    const kept = made.get(status) ?? new Map<string, Made>();
    made.set(status, kept);
    const key = `${locale} ${chosen} ${asked.base} ${url.pathname}`;
    const ready = kept.get(key) ?? withTag(await make(asked));
    if (ready === undefined) return missing(asked);
    if (kept.size < KEPT) kept.set(key, ready);
    const all = { ...headers, ...SHORT, etag: ready.etag, ...(isPage && { vary: 'accept-language' }) };
    return isKnown(request, ready.etag)
      ? new Response(null, { status: 304, headers: all })
      : new Response(ready.body, { headers: all });
  };
  const unknown = (locale: string, isPage: boolean): Response => {
    const headers = { 'cache-control': 'no-store', 'retry-after': '10' };
    const labels = api.labels(locale);
    if (!isPage) return problem(503, labels.unknown, headers);
    return new Response(unknownPage(locale, labels), { status: 503, headers: { ...HTML, ...headers } });
  };
  const missing = (asked: Asked): Response =>
    new Response(missingPage(pageParts(asked)), { status: 404, headers: { ...HTML, ...SHORT } });

  const page = (path: string, make: (parts: PageParts) => string): void =>
    void app.get(path, c => answer(c.req.raw, HTML, asked => make(pageParts(asked))));
  const feed = (path: string, type: string, make: (asked: Asked) => string | Promise<string>): void =>
    void app.get(path, c => answer(c.req.raw, { ...OPEN, 'content-type': `${type}; charset=utf-8` }, make));
  page('/status', statusPage);
  page('/status/history', historyPage);
  app.get('/status/:name', c => {
    const [, id] = /^N-([1-9]\d{0,14})$/.exec(c.req.param('name') ?? '') ?? [];
    return answer(c.req.raw, HTML, asked =>
      id === undefined ? undefined : noticePage(pageParts(asked), Number(id)),
    );
  });
  const self = ({ base, locale }: Asked, path: string): string => `${base}${path}?lang=${locale}`;
  feed('/status.json', 'application/json', ({ status, base }) => statusJson(status.facts, base));
  feed('/status.atom', 'application/atom+xml', asked =>
    atomFeed(asked.status.view(asked.locale), asked.base, self(asked, '/status.atom')),
  );
  feed('/status.rss', 'application/rss+xml', asked =>
    rssFeed(asked.status.view(asked.locale), asked.base, self(asked, '/status.rss')),
  );
  feed('/status.ics', 'text/calendar', ({ status, locale, base }) => status.calendar(locale, base));
}

function withTag(body: string | undefined): Made | undefined {
  if (body === undefined) return undefined;
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
}

/** Whether the reader has this already (RFC 9110 §13.1.2: the weak comparison). */
function isKnown(request: Request, etag: string): boolean {
  const given = request.headers.get('if-none-match');
  if (given === null) return false;
  return given.split(',').some(one => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
