import { createHash } from 'node:crypto';
import type { Status, StatusApi } from '../../core/index.ts';
import { languageOf } from '../language.ts';
import { problem } from '../problem.ts';
import { missingPage, type PageParts, unknownPage } from './page.ts';
import { POLICY } from './style.ts';

/** Answers that are kept for one state of things: each page in each language, and some notices. */
const KEPT = 200;
/** What every page is served with. */
export const HTML = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
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
  request: Request,
  isPage: boolean,
): { readonly locale: string; readonly chosen: boolean } {
  const wanted = new URL(request.url).searchParams.get('lang') ?? undefined;
  const chosen = api.languages.some(({ locale }) => locale === wanted);
  return { chosen, locale: api.match(chosen ? wanted : isPage ? languageOf(request) : undefined) };
}

/** Answers with what is made of the state of things now; one that the reader has already is not sent again. */
export function createAnswers(parts: StatusParts) {
  const made = new WeakMap<Status, Map<string, Made>>();
  return async (
    request: Request,
    headers: Readonly<Record<string, string>>,
    make: Make,
  ): Promise<Response> => {
    const isPage = headers === HTML;
    const { locale, chosen } = languageFor(parts, request, isPage);
    const status = await parts.api.current();
    if (status === undefined) return unknown(parts, locale, isPage);
    const { origin, pathname } = new URL(request.url);
    const asked = { status, locale, chosen, base: parts.publicUrl ?? origin };
    const kept = made.get(status) ?? new Map<string, Made>();
    made.set(status, kept);
    const key = `${locale} ${chosen} ${asked.base} ${pathname}`;
    const ready = kept.get(key) ?? withTag(await make(asked));
    if (ready === undefined)
      return new Response(missingPage(partsFor(parts, asked)), {
        status: 404,
        headers: { ...HTML, ...SHORT },
      });
    if (kept.size < KEPT) kept.set(key, ready);
    const all = { ...headers, ...SHORT, etag: ready.etag, ...(isPage && { vary: 'accept-language' }) };
    return isKnown(request, ready.etag)
      ? new Response(null, { status: 304, headers: all })
      : new Response(ready.body, { headers: all });
  };
}

/** Nothing is known, or nothing can be done now. */
export function unknown({ api }: StatusParts, locale: string, isPage: boolean): Response {
  const headers = { 'cache-control': 'no-store', 'retry-after': '10' };
  const labels = api.labels(locale);
  if (!isPage) return problem(503, labels.unknown, headers);
  return new Response(unknownPage(locale, labels), { status: 503, headers: { ...HTML, ...headers } });
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
