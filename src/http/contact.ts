import type { ReachApi, ReachLabels, ReachView, WayView } from '../core/index.ts';
import type { HttpApp } from './app.ts';
import { languageIn } from './language.ts';
import { Markup, markup } from './markup.ts';
import { HTML } from './status/answer.ts';
import { STYLE } from './status/style.ts';

/** What the page is served from. */
export interface ContactParts {
  readonly api: ReachApi;
  /** Whether there is a status page, and a page of one's own, to lead to. */
  readonly status: boolean;
  readonly own: boolean;
}

/** The page at /contact: for everybody. */
export function addContact(app: HttpApp, parts: ContactParts): void {
  const { api } = parts;
  app.get('/contact', async c => {
    const wanted = c.req.query('lang');
    const chosen = wanted !== undefined && api.languages.some(({ locale }) => locale === wanted);
    const locale = api.match(chosen ? wanted : languageIn(c.req.header('accept-language')));
    const page = contactPage(parts, await api.view(locale), api.labels(locale));
    return new Response(page, {
      headers: { ...HTML, 'cache-control': 'public, max-age=60', vary: 'accept-language' },
    });
  });
}

function contactPage({ api, status, own }: ContactParts, view: ReachView, labels: ReachLabels): string {
  const { locale, title } = view;
  const languages = api.languages.map(one =>
    one.locale === locale
      ? markup`<li><span aria-current="true" lang="${one.locale}">${one.name}</span></li>`
      : markup`<li><a href="?lang=${one.locale}" hreflang="${one.locale}" lang="${one.locale}">${one.name}</a></li>`,
  );
  const people = view.people.map(
    ({ name, isOpen, words }) => markup`<li><span>${name}</span>${openedMark(isOpen, words)}</li>`,
  );
  const links = [
    own ? markup`<li><a href="/me?lang=${locale}">${labels.own}</a></li>` : undefined,
    status ? markup`<li><a href="/status?lang=${locale}">${labels.status}</a></li>` : undefined,
  ];
  return markup`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Markup(STYLE)}</style></head><body><div class="page">
<header><h1>${title}</h1><nav aria-label="${labels.languages}"><ul>${languages}</ul></nav></header>
<main><section aria-labelledby="ways"><h2 id="ways">${labels.ways}</h2>${view.ways.map(way => wayArticle(way, labels))}</section>
${people.length > 0 ? markup`<section aria-labelledby="people"><h2 id="people">${labels.people}</h2><ul class="card parts">${people}</ul></section>` : undefined}</main>
<footer><p>${labels.zone}</p>${own || status ? markup`<ul>${links}</ul>` : undefined}</footer>
</div></body></html>
`.source;
}

function wayArticle({ way, ...view }: WayView, labels: ReachLabels): Markup {
  const { name, purpose, where, link, promised, measured, opened } = view;
  const address = link === undefined ? where : markup`<a href="${link}">${where}</a>`;
  const lines = promised.map(one => markup`<li>${one}</li>`);
  return markup`<article class="card" id="${way}"><h3>${name}</h3>
${opened && markup`<p class="state">${openedMark(opened.isOpen, opened.words)}</p>`}<dl>
<dt>${labels.purpose}</dt><dd>${purpose}</dd><dt>${labels.where}</dt><dd>${address}</dd>
<dt>${labels.promised}</dt><dd><ul>${lines}</ul></dd>
${measured === undefined ? undefined : markup`<dt>${labels.measured}</dt><dd>${measured}</dd>`}</dl></article>`;
}

/** Never by its colour alone. */
function openedMark(isOpen: boolean, words: string): Markup {
  return isOpen
    ? markup`<span class="operational"><span class="mark" aria-hidden="true">●</span> ${words}</span>`
    : markup`<span class="soft"><span class="mark" aria-hidden="true">○</span> ${words}</span>`;
}
