import type { Context } from 'hono';
import { markup } from '../markup.ts';
import { readForm } from './form.ts';
import { type Frame, hidden, page } from './frame.ts';
import { keepSession } from './guard.ts';
import { forged, signInPage } from './sign-in.ts';

/** What a signed token of the provider's client area says; undefined for every text that is none, whatever is wrong with it. */
export type ReadToken = (
  token: string,
) => Promise<{ readonly ref: string; readonly expiresAt: Date } | undefined>;

/** Longest token that is looked at. */
const TOKEN = 4_000;

/**
 * Somebody comes from the client area with a token. It is shown who they will be before they are: nobody is signed in as somebody else by a link that
 * they were sent.
 */
export async function seeToken(c: Context, frame: Frame, read: ReadToken): Promise<Response> {
  const { say } = frame;
  const token = c.req.query('token') ?? '';
  const known = token.length <= TOKEN ? await read(token) : undefined;
  const whose = known && (await frame.api.known(known.ref));
  if (whose === undefined) return signInPage(frame, { text: say('me-token-wrong'), bad: true }, 401);
  return page(frame, {
    title: say('me-sign-in'),
    main: markup`<form method="post" action="/me/enter" class="card">${hidden(frame)}<input type="hidden" name="token" value="${token}"><p>${say('me-token-whose', whose)}</p><button>${say('me-enter')}</button></form>`,
  });
}

/** The button was pressed: the token counts once. */
export async function takeToken(c: Context, frame: Frame, read: ReadToken): Promise<Response> {
  const { api, visit, say } = frame;
  const sent = await readForm(c, api, visit);
  if (!sent.ok) return forged(frame, sent.why);
  const token = sent.form.get('token');
  const known = token.length <= TOKEN ? await read(token) : undefined;
  const secret = known && (await api.vouch({ ...known, how: 'client-area', token, agoMs: 0 }, visit.agent));
  if (secret === undefined) return signInPage(frame, { text: say('me-token-wrong'), bad: true }, 401);
  if (visit.session !== undefined) await api.signOut(visit.session);
  keepSession(c, api, secret);
  return c.redirect('/me', 303);
}
