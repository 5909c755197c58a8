import type { RatePage, RatePages } from '../core/index.ts';
import type { HttpApp } from './app.ts';
import { readBody } from './body.ts';
import { languageIn } from './language.ts';
import { Markup, markup } from './markup.ts';
import type { LinkPages } from './pages.ts';
import { shown } from './pages.ts';
import { problem } from './problem.ts';
import { HTML } from './status/answer.ts';
import { STYLE } from './status/style.ts';

/** Longest body, in bytes: an answer and 2,000 characters, each as up to 12 bytes of a form. */
const BODY_LIMIT = 32_000;

/**
 * The links of mails that ask how it went. A look (GET) changes nothing, since scanners of mail open every link; what was clicked there is only
 * chosen. Whatever is wrong with a token, the answer is the same 404.
 */
export function addRating(app: HttpApp, pages: LinkPages & { readonly rate: RatePages }): void {
  const given = (page: RatePage | undefined, header: string | undefined): Response =>
    page === undefined ? shown(pages.broken(languageIn(header)), 404) : answer(page);
  app.get('/rate/:token', async c =>
    given(
      await pages.rate.see(c.req.param('token'), c.req.query('how') ?? ''),
      c.req.header('accept-language'),
    ),
  );
  app.post('/rate/:token', async c => {
    const body = await readBody(c.env.incoming, BODY_LIMIT);
    if (body === undefined) return problem(413, 'Content too large', { connection: 'close' });
    const form = new URLSearchParams(body);
    return given(
      await pages.rate.give(c.req.param('token'), form.get('how') ?? '', form.get('comment') ?? ''),
      c.req.header('accept-language'),
    );
  });
}

function answer(page: RatePage): Response {
  return new Response(html(page), {
    headers: { ...HTML, 'cache-control': 'no-store', 'x-robots-tag': 'noindex' },
  });
}

function html({ locale, title, text, done, ...form }: RatePage): string {
  return markup`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Markup(STYLE)}</style></head><body><div class="page">
<header><h1>${title}</h1></header><main><p>${text}</p>${done === undefined ? formOf({ title, ...form }) : markup`<p class="card" role="status">${done}</p>`}</main>
</div></body></html>
`.source;
}

function formOf({
  answers,
  chosen,
  comment,
  commentLabel,
  commentMax,
  button,
  title,
}: Omit<RatePage, 'locale' | 'text' | 'done'>): Markup {
  const choices = answers.map(({ value, label }) => {
    const box =
      value === chosen
        ? markup`<input type="radio" name="how" value="${value}" required checked>`
        : markup`<input type="radio" name="how" value="${value}" required>`;
    return markup`<label>${box} ${label}</label>`;
  });
  return markup`<form method="post" class="card"><fieldset><legend>${title}</legend>${choices}</fieldset>
<label for="comment">${commentLabel}</label><textarea id="comment" name="comment" rows="5" maxlength="${commentMax}">${comment}</textarea>
<p><button>${button}</button></p></form>`;
}
