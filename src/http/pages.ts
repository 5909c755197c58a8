import type { Page, Pages, PageWords } from '../core/index.ts';
import { languageIn } from './language.ts';
import { markup } from './markup.ts';
import { problem } from './problem.ts';

/** Longest body of a press, in bytes: its one field as a form, in either of the two encodings. */
const BODY_LIMIT = 2_000;
/** The one field, as RFC 8058 names it for mail programs; our own button sends it too. */
const FIELD = 'List-Unsubscribe';

/** What the links of mails lead to; `page` to whoever is called. */
export type LinkPages = Pages & { readonly page: Page };

/**
 * A link of a mail. A look (GET) changes nothing and shows a button, since scanners of mail open every link; a press (POST) does it. To
 * `unsubscribe` that is what mail programs send by themselves (RFC 8058 §3.2): a POST with one field, from a machine without cookies, maybe more
 * than once. Whatever is wrong with a token, the answer is the same 404.
 */
export async function givePage(
  request: Request,
  token: string,
  pages: LinkPages,
  which: 'confirm' | 'unsubscribe' | 'page',
): Promise<Response> {
  const page = pages[which];
  const given = (words: PageWords | undefined): Response =>
    words === undefined
      ? shown(pages.broken(languageIn(request.headers.get('accept-language'))), 404)
      : shown(words, 200);
  if (token.length > 300) return given(undefined);
  if (request.method !== 'POST') return given(await page.see(token));
  const body = await bodyOf(request);
  if (body === undefined) return problem(413, 'Content too large', { connection: 'close' });
  if (which === 'unsubscribe' && !isOneClick(body))
    return problem(400, `The body must be ${FIELD}=One-Click`);
  return given(await page.press(token));
}

/** A page of one line, as every link of a mail shows it. */
export function shown(words: PageWords, status: number): Response {
  return new Response(html(words), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // No script, no style but ours, and the form goes nowhere else.
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
  });
}

function html({ locale, title, text, button }: PageWords): string {
  const form =
    button &&
    markup`<form method="post"><input type="hidden" name="${FIELD}" value="One-Click"><button>${button}</button></form>`;
  return markup`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}</style>
</head><body><h1>${title}</h1><p>${text}</p>${form}</body></html>
`.source;
}

async function bodyOf(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT) return undefined;
  let text = '';
  for await (const chunk of request.body ?? []) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length > BODY_LIMIT) return undefined;
  }
  return text;
}

/** As `application/x-www-form-urlencoded` or `multipart/form-data`. */
function isOneClick(body: string): boolean {
  if (new URLSearchParams(body).get(FIELD) === 'One-Click') return true;
  return /name="?List-Unsubscribe"?\r\n(?:[^\r\n]+\r\n)*\r\nOne-Click\r\n/i.test(body);
}
