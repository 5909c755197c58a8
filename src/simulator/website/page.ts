/** The provider's page: nothing of the desk on it but one script, and as strict as a careful provider's pages are. */

interface PageParts {
  readonly desk: string;
  tokenFor(name: string): string;
}

const STYLE = `body{margin:0;font:16px/1.6 Georgia,serif;color:#222;background:#fbfaf7}main{max-width:44rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:2rem}nav a{margin-right:1rem}@media (prefers-color-scheme:dark){body{color:#eee;background:#16181c}a{color:#9cf}}`;

const WORDS = {
  en: {
    title: 'Example Hosting',
    text: 'Servers, domains and people who answer. If anything is not clear, ask us in the corner below.',
    as: (who: string) => `You are signed in as ${who}.`,
    none: 'You are not signed in.',
  },
  pl: {
    title: 'Example Hosting',
    text: 'Serwery, domeny i ludzie, którzy odpowiadają. Jeśli coś jest niejasne, prosimy zapytać w rogu poniżej.',
    as: (who: string) => `Zalogowano: ${who}.`,
    none: 'Nikt nie jest zalogowany.',
  },
} as const;

/** `/`, `/pl`, and either with `?as=NAME` for a customer who is signed in. */
export function pageOf(
  path: string,
  { desk, tokenFor }: PageParts,
): { readonly type: string; readonly policy: string; readonly text: string } | undefined {
  const url = new URL(path, 'http://site.example');
  const socket = desk.replace(/^http/, 'ws');
  const policy = `default-src 'none'; script-src ${desk}; connect-src ${desk} ${socket}; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'`;
  if (url.pathname === '/site.css') return { type: 'text/css; charset=utf-8', policy, text: STYLE };
  const lang = url.pathname === '/pl' ? 'pl' : 'en';
  if (url.pathname !== '/' && url.pathname !== '/pl') return undefined;
  const who = /^[a-z]{1,20}$/.exec(url.searchParams.get('as') ?? '')?.[0];
  const theme = /^(?:light|dark)$/.exec(url.searchParams.get('theme') ?? '')?.[0];
  const words = WORDS[lang];
  const token = who === undefined ? '' : ` data-token="${tokenFor(who)}"`;
  const dress = theme === undefined ? '' : ` data-theme="${theme}"`;
  const text = `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title><link rel="stylesheet" href="/site.css"><link rel="icon" href="data:,">
<script src="${desk}/chat.js" async${token}${dress}></script></head>
<body><main><h1>${words.title}</h1><p>${words.text}</p><p>${who === undefined ? words.none : words.as(who)}</p>
<nav><a href="/">English</a><a href="/pl">Polski</a></nav></main></body></html>
`;
  return { type: 'text/html; charset=utf-8', policy, text };
}
