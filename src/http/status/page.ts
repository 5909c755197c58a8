import type { StatusApi, StatusLabels, StatusView } from '../../core/index.ts';
import { Markup, markup } from '../markup.ts';
import { mark, noticeArticle, pastList } from './notice.ts';
import { STYLE } from './style.ts';

/** What every page is made with. */
export interface PageParts {
  readonly view: StatusView;
  readonly labels: StatusLabels;
  readonly languages: StatusApi['languages'];
  /** A path of the status page as a link, in the language that was chosen. */
  readonly link: (path: string) => string;
  /** Whether one can follow by mail. */
  readonly canSubscribe: boolean;
}

/** Notices of the past on the first page; the others have a page of their own. */
const RECENT = 10;
/** Words of one notice on the first page. */
const WORDS = 10;

/** The page that says how everything is. */
export function statusPage(parts: PageParts): string {
  const { view, labels, link } = parts;
  const now = view.now.map(one => noticeArticle(one, labels, { link, most: WORDS, level: 3 }));
  const planned = view.planned.map(one => noticeArticle(one, labels, { link, most: 1, level: 3 }));
  const past = view.past.slice(0, RECENT);
  return document(
    parts,
    view.title,
    markup`${headline(view)}
${now.length > 0 ? section(labels.now, 'now', now) : undefined}
${view.components.length > 0 ? section(labels.components, 'components', [componentList(view)]) : undefined}
${section(labels.planned, 'planned', planned.length > 0 ? planned : [nothing(labels.nonePlanned)])}
${section(labels.history, 'history', [past.length > 0 ? pastList(past, labels, link) : nothing(labels.noneBefore)])}
${view.past.length > RECENT ? markup`<p><a href="${link('/status/history')}">${labels.wholeHistory}</a></p>` : undefined}`,
  );
}

/** What was. */
export function historyPage(parts: PageParts): string {
  const { view, labels, link } = parts;
  const list = view.past.length > 0 ? pastList(view.past, labels, link) : nothing(labels.noneBefore);
  return document(
    parts,
    `${labels.history} – ${view.title}`,
    markup`${back(parts)}
${section(labels.wholeHistory, 'history', [list])}`,
  );
}

/** One notice; undefined when there is none that everybody may see. */
export function noticePage(parts: PageParts, id: number): string | undefined {
  const { view, labels, link } = parts;
  const notice = view.notice(id);
  if (notice === undefined) return undefined;
  const most = Number.POSITIVE_INFINITY;
  return document(
    parts,
    `${notice.name} ${notice.title} – ${view.title}`,
    markup`${back(parts)}
${noticeArticle(notice, labels, { link, most, level: 2 })}`,
  );
}

/** What came of asking for mails. */
export function askedPage(parts: PageParts, words: string): string {
  return document(
    parts,
    parts.labels.subscribe.title,
    markup`${back(parts)}
<p class="card" role="status">${words}</p>`,
  );
}

/** That there is no such notice. */
export function missingPage(parts: PageParts): string {
  return document(
    parts,
    parts.labels.missing,
    markup`${back(parts)}
${nothing(parts.labels.missing)}`,
  );
}

/** That nothing is known. */
export function unknownPage(locale: string, { unknown }: StatusLabels): string {
  return markup`<!doctype html>
<html lang="${locale}">${head(unknown)}<body><main class="page"><h1>${unknown}</h1></main></body></html>
`.source;
}

function head(title: string, more?: Markup): Markup {
  return markup`<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Markup(STYLE)}</style>${more}</head>`;
}

function document(parts: PageParts, title: string, main: Markup): string {
  const { view, labels, link } = parts;
  const feeds = markup`
<link rel="alternate" type="application/atom+xml" title="Atom" href="${link('/status.atom')}">
<link rel="alternate" type="application/rss+xml" title="RSS" href="${link('/status.rss')}">`;
  return markup`<!doctype html>
<html lang="${view.locale}">${head(title, feeds)}<body><div class="page">
<header><h1>${view.title}</h1>${switcher(parts)}</header>
<main>${lastKnown(parts)}
${main}</main>
<footer><p>${labels.zone}</p>${subscribeForm(parts)}<nav aria-label="${labels.follow}"><p>${labels.follow}</p><ul>
<li><a href="${link('/status.atom')}">Atom</a></li><li><a href="${link('/status.rss')}">RSS</a></li>
<li><a href="${link('/status.ics')}">${labels.calendar}</a></li><li><a href="${link('/status.json')}">JSON</a></li></ul></nav></footer>
</div></body></html>
`.source;
}

function subscribeForm({ view, labels: { subscribe }, canSubscribe }: PageParts): Markup | undefined {
  if (!canSubscribe) return undefined;
  return markup`<form method="post" action="/status/subscribe?lang=${view.locale}"><h2>${subscribe.title}</h2>
<label for="address">${subscribe.label}</label> <input id="address" name="address" type="email" autocomplete="email" maxlength="254" required aria-describedby="hint">
<button>${subscribe.button}</button><p id="hint">${subscribe.hint}</p></form>`;
}

function switcher({ view, labels, languages }: PageParts): Markup {
  const items = languages.map(({ locale, name }) =>
    locale === view.locale
      ? markup`<li><span aria-current="true" lang="${locale}">${name}</span></li>`
      : markup`<li><a href="?lang=${locale}" hreflang="${locale}" lang="${locale}">${name}</a></li>`,
  );
  return markup`<nav aria-label="${labels.languages}"><ul>${items}</ul></nav>`;
}

function lastKnown({ view, labels }: PageParts): Markup | undefined {
  if (view.lastKnown === undefined) return undefined;
  const { iso, text } = view.lastKnown;
  return markup`<p class="card last" role="status"><strong>${labels.lastKnown} <time datetime="${iso}">${text}</time>.</strong> ${labels.lastKnownWhy}</p>`;
}

function headline({ state, headline: words }: StatusView): Markup {
  return markup`<p class="card headline ${state}">${mark(state)} <span>${words}</span></p>`;
}

function section(title: string, id: string, parts: readonly Markup[]): Markup {
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${parts}</section>`;
}

function componentList({ components }: StatusView): Markup {
  const items = components.map(
    ({ name, state, label }) =>
      markup`<li><span>${name}</span><span class="${state}">${mark(state)} ${label}</span></li>`,
  );
  return markup`<ul class="card parts">${items}</ul>`;
}

function nothing(words: string): Markup {
  return markup`<p class="soft">${words}</p>`;
}

function back({ labels, link }: PageParts): Markup {
  return markup`<p><a href="${link('/status')}">${labels.back}</a></p>`;
}
