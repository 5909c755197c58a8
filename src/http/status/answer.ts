import { createHash } from 'node:crypto';
import type { HonoRequest } from 'hono';
import type { Status, StatusApi } from '../../core/index.ts';
import { languageIn } from '../language.ts';
import { problem } from '../problem.ts';
import { missingPage, type PageParts, unknownPage } from './page.ts';
import { POLICY } from './style.ts';

/** Answers that are kept for one state of things: each page in each language, and some notices. */
const KEPT = 200;
/** As all of the desk's answers have them (hono/secure-headers), as far as they say something to a reader of pages. */
const SECURE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
  'cross-origin-opener-policy': 'same-origin',
};
/** What every page is served with. */
export const HTML = {
  ...SECURE,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'cross-origin-resource-policy': 'same-origin',
};
/** What feeds are served with: programs on other sites may read what everybody may see. */
export const OPEN = {
  ...SECURE,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};
const SHORT = { 'cache-control': 'public, max-age=15' };

/** What the status page is served from. */
export interface StatusParts {
  readonly api: StatusApi;
  /** Where the desk is reached from outside; what a request says of itself when absent. */
  readonly publicUrl: string | undefined;
  /** Asks a mailbox whether it wants what is public; absent where that cannot be. */
  readonly subscribe: ((address: string, language: string) => Promise<void>) | undefined;
}

/** Who asks for what. */
export interface Asked {
  readonly status: Status;
  readonly locale: string;
  /** Whether the language was chosen on the page. */
  readonly chosen: boolean;
  /** What addresses begin with, for who reads them elsewhere. */
  readonly base: string;
}

/** One answer, made once for all who ask within some seconds. */
interface Made {
  readonly body: string;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes an answer; undefined when there is nothing of that name. */
export type Make = (asked: Asked) => string | undefined | Promise<string | undefined>;

/** What a page is made with for who asks. */
export function partsFor({ api, subscribe }: StatusParts, { status, locale, chosen }: Asked): PageParts {
  return {
    view: status.view(locale),
    labels: api.labels(locale),
    languages: api.languages,
    link: path => `${path}${chosen ? `?lang=${locale}` : ''}`,
    canSubscribe: subscribe !== undefined,
  };
}

/** The language that was chosen on the page; else, of pages, what the browser names, and of feeds the desk's own. */
export function languageFor(
  { api }: StatusParts,
  request: HonoRequest,
  isPage: boolean,
): { readonly locale: string; readonly chosen: boolean } {
  const wanted = request.query('lang');
  const chosen = wanted !== undefined && api.languages.some(({ locale }) => locale === wanted);
  const named = isPage ? languageIn(request.header('accept-language')) : undefined;
  return { chosen, locale: api.match(chosen ? wanted : named) };
}

/** Answers with what is made of the state of things now; one that the reader has already is not sent again. */
export function createAnswers(parts: StatusParts) {
  const made = new WeakMap<Status, Map<string, Made>>();
  return async (
    request: HonoRequest,
    headers: Readonly<Record<string, string>>,
    make: Make,
  ): Promise<Response> => {
    const isPage = headers === HTML;
    const { locale, chosen } = languageFor(parts, request, isPage);
    const status = await parts.api.current();
    if (status === undefined) return unknown(parts, locale, isPage);
    const kept = made.get(status) ?? new Map<string, Made>();
    made.set(status, kept);
    // Only who reads them elsewhere needs whole addresses.
    const base = isPage ? '' : (parts.publicUrl ?? new URL(request.url).origin);
    const key = `${locale} ${chosen} ${base} ${request.path}`;
    const asked = { status, locale, chosen, base };
    const ready = await keep(kept, key, headers, () => make(asked));
    if (ready === undefined) {
      // All that is not there is one answer: as many names as anybody can think of are no work.
      const name = `${locale} ${chosen} missing`;
      const missing = await keep(kept, name, HTML, () => missingPage(partsFor(parts, asked)));
      return new Response(missing?.body, { status: 404, headers: missing?.headers ?? HTML });
    }
    return isKnown(request.header('if-none-match'), ready.etag)
      ? new Response(null, { status: 304, headers: ready.headers })
      : new Response(ready.body, { headers: ready.headers });
  };
}

/** Nothing is known, or nothing can be done now. */
export function unknown({ api }: StatusParts, locale: string, isPage: boolean): Response {
  const headers = { 'cache-control': 'no-store', 'retry-after': '10' };
  const labels = api.labels(locale);
  if (!isPage) return problem(503, labels.unknown, headers);
  return new Response(unknownPage(locale, labels), { status: 503, headers: { ...HTML, ...headers } });
}

/** What was made before, or is made now; undefined when there is nothing of that name. */
async function keep(
  kept: Map<string, Made>,
  key: string,
  headers: Readonly<Record<string, string>>,
  make: () => string | undefined | Promise<string | undefined>,
): Promise<Made | undefined> {
  const known = kept.get(key);
  const body = known === undefined ? await make() : undefined;
  if (known !== undefined || body === undefined) return known;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const vary = headers === HTML && { vary: 'accept-language' };
  const ready = { body, etag, headers: { ...headers, ...SHORT, etag, ...vary } };
  if (kept.size < KEPT) kept.set(key, ready);
  return ready;
}

/** Whether the reader has this already (RFC 9110 §13.1.2: the weak comparison). */
function isKnown(given: string | undefined, etag: string): boolean {
  if (given === undefined) return false;
  return given.split(',').some(one => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
