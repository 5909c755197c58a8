import type { ClientApi } from '../../core/index.ts';
import { Markup, markup } from '../markup.ts';
import type { Visit } from './guard.ts';
import { newOnce } from './guard.ts';
import { POLICY, STYLE } from './style.ts';

/** Words of the desk in the language of a visit. */
export type Say = (key: string, args?: Readonly<Record<string, string | number>>) => string;

/** All that a page is made with. */
export interface Frame {
  readonly api: ClientApi;
  readonly visit: Visit;
  readonly say: Say;
  /** One can sign in with the provider's OpenID Connect. */
  readonly hasOpenId: boolean;
}

/** What every page of one's own is served with: it is kept by nobody, and tells no other site that it was read. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
};

/** The frame of a visit. */
export function frameOf(api: ClientApi, visit: Visit, { hasOpenId }: Pick<Frame, 'hasOpenId'>): Frame {
  return { api, visit, hasOpenId, say: (key, args) => api.say(visit.locale, key, args) };
}

/** Where in the pages one is. */
export type Here = 'tickets' | 'new' | 'notices' | 'settings';

/** What has just been done, or why not; said above all else. */
export interface Told {
  readonly text: string;
  readonly bad?: boolean;
}

/** How a page differs from the usual. */
export interface PageLook {
  readonly title: string;
  readonly main: Markup;
  readonly here?: Here;
  readonly told?: Told | undefined;
  readonly status?: number;
}

/** A page, whole. */
export function page(frame: Frame, { title, main, here, told, status = 200 }: PageLook): Response {
  const { visit, say } = frame;
  const { session } = visit;
  const body = markup`<!doctype html>
<html lang="${visit.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${say('me-title')}</title><style>${new Markup(STYLE)}</style></head><body><div class="page">
<header><h1>${title}</h1>${session === undefined ? languages(frame) : markup`<p class="soft">${session.name} · ${session.account}</p>`}</header>
${session === undefined ? undefined : bar(frame, here)}<main>${told === undefined ? undefined : toldBox(told)}
${main}</main>
<footer><ul><li><a href="/contact?lang=${visit.locale}">${say('me-to-contact')}</a></li><li><a href="/status?lang=${visit.locale}">${say('reach-to-status')}</a></li></ul></footer>
</div></body></html>
`.source;
  return new Response(body, { status, headers: HEADERS });
}

function toldBox({ text, bad = false }: Told): Markup {
  return bad
    ? markup`<p class="card told bad" role="alert">${text}</p>`
    : markup`<p class="card told" role="status">${text}</p>`;
}

function bar(frame: Frame, here: Here | undefined): Markup {
  const { say } = frame;
  const entry = (which: Here, href: string): Markup =>
    which === here
      ? markup`<li><a href="${href}" aria-current="page">${say(`me-bar-${which}`)}</a></li>`
      : markup`<li><a href="${href}">${say(`me-bar-${which}`)}</a></li>`;
  return markup`<nav aria-label="${say('me-title')}"><ul class="bar">${entry('tickets', '/me')}${entry('new', '/me/new')}${entry('notices', '/me/notices')}${entry('settings', '/me/settings')}
<li>${press(frame, '/me/out', say('me-sign-out'), { look: 'link' })}</li></ul></nav>`;
}

function languages({ api, visit, say }: Frame): Markup {
  const items = api.languages.map(({ locale, name }) =>
    locale === visit.locale
      ? markup`<li><span aria-current="true" lang="${locale}">${name}</span></li>`
      : markup`<li><a href="?lang=${locale}" hreflang="${locale}" lang="${locale}">${name}</a></li>`,
  );
  return markup`<nav aria-label="${say('status-languages')}"><ul>${items}</ul></nav>`;
}

/** What every form carries: that it is from a page of ours, and an id by which it counts once. */
export function hidden({ visit }: Frame): Markup {
  return markup`<input type="hidden" name="csrf" value="${visit.csrf}"><input type="hidden" name="once" value="${newOnce()}">`;
}

/** A form that is one button. `values`: what it says. */
export function press(
  frame: Frame,
  action: string,
  label: string,
  more: {
    readonly values?: Readonly<Record<string, string>>;
    readonly look?: 'link' | 'quiet' | 'danger';
    readonly about?: string;
  } = {},
): Markup {
  const { values = {}, look, about } = more;
  const fields = Object.entries(values).map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  );
  const name = about === undefined ? label : `${label}: ${about}`;
  return markup`<form method="post" action="${action}" class="inline">${hidden(frame)}${fields}<button class="${look ?? ''}" aria-label="${name}">${label}</button></form>`;
}
