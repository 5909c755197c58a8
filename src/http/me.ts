import type { Context } from 'hono';
import type { ClientApi, Session } from '../core/index.ts';
import type { HttpApp } from './app.ts';
import { giveFile } from './files.ts';
import { markup } from './markup.ts';
import { readForm, type Sent } from './me/form.ts';
import { type Frame, frameOf, page, type Told } from './me/frame.ts';
import { keepSession, visitOf } from './me/guard.ts';
import { shownMarkdown } from './me/markdown.ts';
import { newPage, openTicket } from './me/new-ticket.ts';
import { comeBack, goSignIn, type OpenIdDoor } from './me/open-id.ts';
import { changeSettings, settingsPage } from './me/settings.ts';
import { askForLink, forged, seeLink, signInPage, takeLink } from './me/sign-in.ts';
import { listPage, missing, ticketPage } from './me/tickets.ts';
import { type ReadToken, seeToken, takeToken } from './me/vouched.ts';

/** What the pages of one's own are served from. */
export interface MeParts {
  readonly api: ClientApi;
  /** Reads a signed token of the provider's client area; absent where none is set up. */
  readonly token?: ReadToken | undefined;
  /** Signing in with the provider's OpenID Connect; absent where there is none. */
  readonly openId?: OpenIdDoor | undefined;
}

/** Shown to whoever is signed in; everybody else gets the ways in, whatever they asked for. */
type Own = (frame: Frame, session: Session, c: Context) => Response | Promise<Response>;

/**
 * The pages of one's own, under `/me`: rendered here, without JavaScript. Whoever is not signed in sees the ways in. Every form carries what only our own
 * pages know, and counts once; every id in an address is asked for as whoever is signed in, so that what is somebody else's is not there.
 */
export function addMe(app: HttpApp, { api, token, openId }: MeParts): void {
  const hasOpenId = openId !== undefined;
  const frame = async (c: Context): Promise<Frame> => frameOf(api, await visitOf(c, api), { hasOpenId });
  const own = async (c: Context, show: Own): Promise<Response> => {
    const here = await frame(c);
    const { session } = here.visit;
    if (session !== undefined) return withCookies(c, await show(here, session, c));
    return withCookies(c, signInPage(here, undefined, c.req.method === 'GET' ? 200 : 401));
  };
  const anybody = async (c: Context, show: (here: Frame) => Promise<Response>): Promise<Response> =>
    withCookies(c, await show(await frame(c)));

  app.get('/me/in/:token', c => anybody(c, here => seeLink(here, c.req.param('token'))));
  app.post('/me/in/:token', c => anybody(c, here => takeLink(c, here, c.req.param('token'))));
  app.post('/me/ask', c => anybody(c, here => askForLink(c, here)));
  // Whoever looks at an answer again comes back to the page.
  for (const path of ['/me/ask', '/me/out', '/me/settings/:what', '/me/tickets/:id/:what'] as const)
    app.get(path, c => c.redirect(path.includes('settings') ? '/me/settings' : '/me', 303));
  if (token !== undefined) {
    app.get('/me/enter', c => anybody(c, here => seeToken(c, here, token)));
    app.post('/me/enter', c => anybody(c, here => takeToken(c, here, token)));
  }
  if (openId !== undefined) {
    app.get('/me/oidc', c => anybody(c, here => goSignIn(c, here, openId)));
    app.get('/me/oidc/back', c => anybody(c, here => comeBack(c, here, openId)));
  }
  app.post('/me/out', c => own(c, signOut(api)));
  app.get('/me', c => own(c, (here, session) => listPage(here, session, numberOf(c), toldOf(here, c))));
  app.get('/me/new', c => own(c, (here, session) => newPage(c, here, session)));
  app.post('/me/new', c => own(c, (here, session) => openTicket(c, here, session)));
  app.get('/me/notices', c => own(c, noticesPage));
  app.get('/me/settings', c => own(c, (here, session) => settingsPage(here, session, toldOf(here, c))));
  app.post('/me/settings/:what', c =>
    own(
      c,
      async (here, session) =>
        (await changeSettings(c, here, session, c.req.param('what') ?? '')) ??
        missing(here, here.say('me-missing')),
    ),
  );
  addTickets(app, own, api);
}

function addTickets(app: HttpApp, own: (c: Context, show: Own) => Promise<Response>, api: ClientApi): void {
  const nothing = (here: Frame): Response => missing(here, here.say('me-missing'));
  app.get('/me/tickets/:id', c =>
    own(c, (here, session) => {
      const id = idOf(c.req.param('id'));
      return id === undefined ? nothing(here) : ticketPage(here, session, id, { told: toldOf(here, c) });
    }),
  );
  app.get('/me/tickets/:id/files/:file', c =>
    own(c, async (here, session) => {
      const [id, file] = [idOf(c.req.param('id')), idOf(c.req.param('file'))];
      if (id === undefined || file === undefined) return nothing(here);
      const found = await api.file(session, id, file);
      const opened = found.ok ? found.value : undefined;
      return opened === undefined ? nothing(here) : giveFile(c.req.raw, '', async () => opened);
    }),
  );
  app.post('/me/tickets/:id/:what', c =>
    own(c, async (here, session) => {
      const id = idOf(c.req.param('id'));
      const deed = ticketDeeds[c.req.param('what') ?? ''];
      if (id === undefined || deed === undefined) return nothing(here);
      const read = await readForm(c, api, here.visit, { files: c.req.param('what') === 'reply' });
      if (!read.ok) return forged(here, read.why);
      return deed(c, here, session, id, read.form);
    }),
  );
}

type TicketDeed = (c: Context, here: Frame, session: Session, id: number, form: Sent) => Promise<Response>;

/** What each form of a ticket's page does. */
const ticketDeeds: Readonly<Record<string, TicketDeed>> = {
  async reply(c, here, session, id, form) {
    const { api, say } = here;
    const text = form.get('text');
    const back = async (words: string): Promise<Response> => {
      await api.uploads.drop(form.files);
      return ticketPage(here, session, id, {
        told: { text: words, bad: true },
        typed: { text },
        status: 422,
      });
    };
    if (form.tooLarge.length > 0) return back(say('me-file-too-large', { names: form.tooLarge.join(', ') }));
    const done = await api.write(session, { once: form.once, id, text, files: form.files });
    return done.ok ? c.redirect(`/me/tickets/${id}?told=sent`, 303) : back(done.text);
  },
  async move(c, here, session, id, form) {
    const done = await here.api.move(session, { once: form.once, id, to: form.get('to') });
    return after(c, here, session, id, done);
  },
  async rate(c, here, session, id, form) {
    const sent = { once: form.once, id, answer: form.get('answer'), comment: form.get('comment') };
    const done = await here.api.rate(session, sent);
    return done.ok ? c.redirect(`/me/tickets/${id}?told=rated`, 303) : after(c, here, session, id, done);
  },
};

async function after(
  c: Context,
  here: Frame,
  session: Session,
  id: number,
  done: { readonly ok: boolean; readonly text?: string },
): Promise<Response> {
  if (done.ok) return c.redirect(`/me/tickets/${id}`, 303);
  return ticketPage(here, session, id, { told: { text: done.text ?? '', bad: true }, status: 422 });
}

function signOut(api: ClientApi): Own {
  return async (here, session, c) => {
    const read = await readForm(c, api, here.visit);
    if (!read.ok) return forged(here, read.why);
    await api.signOut(session);
    keepSession(c, api, undefined);
    return c.redirect('/me', 303);
  };
}

async function noticesPage(here: Frame, session: Session): Promise<Response> {
  const { api, say } = here;
  const read = await api.notices(session);
  const main = read.ok ? shownMarkdown(read.value) : markup`<p>${read.text}</p>`;
  return page(here, {
    title: say('me-bar-notices'),
    here: 'notices',
    main: markup`<div class="card body">${main}</div><p><a href="/me/settings#calendar">${say('me-calendar')}</a></p>`,
  });
}

/** What has just been done, by a word in the address: nobody can put words of their own there. */
function toldOf({ say }: Frame, c: Context): Told | undefined {
  const told = c.req.query('told');
  return ['opened', 'sent', 'rated', 'saved'].includes(told ?? '')
    ? { text: say(`me-told-${told}`) }
    : undefined;
}

function idOf(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : undefined;
}

function numberOf(c: Context): number {
  const text = c.req.query('page') ?? '';
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

/** Cookies that were set on the way go with an answer that was made apart. */
function withCookies(c: Context, response: Response): Response {
  const all = new Response(response.body, response);
  for (const cookie of c.res.headers.getSetCookie()) all.headers.append('set-cookie', cookie);
  return all;
}
