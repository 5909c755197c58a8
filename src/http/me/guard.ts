import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ClientApi, Session } from '../../core/index.ts';
import { languageIn } from '../language.ts';

/** A browser is known so long by what it holds, in seconds, also before anybody signs in. */
const BROWSER_S = 86_400;
/** The longest a session lasts, in seconds; the desk ends it earlier. */
const SESSION_S = 30 * 86_400;
/** What a cookie of ours looks like: 32 bytes in base64url. */
const SECRET = /^[\w-]{43}$/;

/** One look at a page: by whom, in which browser and language. */
export interface Visit {
  readonly session: Session | undefined;
  /** What the browser holds of its session; empty without one. */
  readonly cookie: string;
  /** What tells this browser from others. */
  readonly browser: string;
  readonly locale: string;
  /** What each form of the page must carry: only pages that this browser was given know it. */
  readonly csrf: string;
  /** What the browser says it is. */
  readonly agent: string;
}

/** Names of cookies. Where the desk is reached by https they are bound to this host, and never sent in the clear. */
function names(api: ClientApi): {
  readonly session: string;
  readonly browser: string;
  readonly secure: boolean;
} {
  const secure = api.publicUrl().startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  return { session: `${prefix}me`, browser: `${prefix}me-browser`, secure };
}

/** Who looks. A browser that is not known yet is given something to be known by. */
export async function visitOf(c: Context, api: ClientApi): Promise<Visit> {
  const { session: name, browser: other, secure } = names(api);
  const given = getCookie(c, name) ?? '';
  const known = getCookie(c, other) ?? '';
  const browser = SECRET.test(known) ? known : randomBytes(32).toString('base64url');
  if (browser !== known) keep(c, other, browser, BROWSER_S, secure);
  const wanted = c.req.query('lang');
  const named = api.languages.some(({ locale }) => locale === wanted)
    ? wanted
    : languageIn(c.req.header('accept-language'));
  const session = SECRET.test(given) ? await api.find(given, named) : undefined;
  return {
    session,
    cookie: session === undefined ? '' : given,
    browser,
    locale: session?.locale ?? api.match(named),
    csrf: csrfOf(session === undefined ? browser : given),
    agent: c.req.header('user-agent') ?? '',
  };
}

/** From now on the browser is signed in; without a secret it is not any more. */
export function keepSession(c: Context, api: ClientApi, secret: string | undefined): void {
  const { session, secure } = names(api);
  keep(c, session, secret ?? '', secret === undefined ? 0 : SESSION_S, secure);
}

function keep(c: Context, name: string, value: string, maxAge: number, secure: boolean): void {
  setCookie(c, name, value, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge });
}

function csrfOf(secret: string): string {
  return createHash('sha256').update(`csrf:v1:${secret}`).digest('base64url');
}

/** Whether a form came from a page that this browser was given. */
export function isOurs({ csrf }: Pick<Visit, 'csrf'>, given: string | undefined): boolean {
  const [right, typed] = [Buffer.from(csrf), Buffer.from(given ?? '')];
  return right.length === typed.length && timingSafeEqual(right, typed);
}

/** Whether a press came from our own pages, as far as the browser says (Fetch, "Origin header"). One that says nothing is none of today's. */
export function isFromHere(c: Context, api: ClientApi): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = c.req.header('origin');
  return origin === new URL(api.publicUrl()).origin;
}

/** The id of a form, which makes it count once. */
export function newOnce(): string {
  return randomBytes(16).toString('base64url');
}
