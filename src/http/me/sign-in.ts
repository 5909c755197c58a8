import type { Context } from 'hono';
import { mailSchema } from '../../core/index.ts';
import { markup } from '../markup.ts';
import { readForm } from './form.ts';
import { type Frame, hidden, page, press, type Told } from './frame.ts';
import { keepSession } from './guard.ts';

/** The page for whoever is not signed in: the ways in. */
export function signInPage(frame: Frame, told?: Told, status = 200): Response {
  const { api, say, hasOpenId } = frame;
  const atProvider = hasOpenId
    ? markup`<p class="card"><a class="button" href="/me/oidc">${say('me-oidc')}</a></p>`
    : undefined;
  const byMail = api.canMail
    ? markup`<form method="post" action="/me/ask" class="card">${hidden(frame)}<div class="field"><label for="address">${say('me-address')}</label>
<input id="address" name="address" type="email" autocomplete="email" maxlength="254" required aria-describedby="address-hint"><p class="hint" id="address-hint">${say('me-address-hint')}</p></div>
<button>${say('me-send-link')}</button></form>`
    : undefined;
  return page(frame, {
    title: say('me-sign-in'),
    told,
    status,
    main: markup`<p>${say('me-sign-in-why')}</p>${atProvider}${byMail}<p class="soft">${say('me-sign-in-chat')}</p>`,
  });
}

/** Somebody asks for a link. What is answered says nothing of the address: not whether it is on file, nor whether a mail goes. */
export async function askForLink(c: Context, frame: Frame): Promise<Response> {
  const { api, visit, say } = frame;
  const read = await readForm(c, api, visit);
  if (!read.ok) return forged(frame, read.why);
  const address = mailSchema.safeParse(read.form.get('address'));
  if (!address.success) return signInPage(frame, { text: say('me-address-wrong'), bad: true }, 400);
  // Nobody waits for it: how long it takes would tell whether the address is on file.
  void api.ask(address.data, visit.browser, visit.locale).catch(() => undefined);
  return signInPage(frame, { text: say('me-link-asked') });
}

/** A link was opened. Scanners of mail open every link, so this changes nothing, and shows a button. */
export async function seeLink(frame: Frame, token: string): Promise<Response> {
  const { api, visit, say } = frame;
  const state = await api.seeLink(token, visit.browser);
  if (state.is !== 'ready') return signInPage(frame, { text: say(`me-link-${state.is}`), bad: true }, 404);
  const { contact, account } = state;
  return page(frame, {
    title: say('me-sign-in'),
    main: markup`<div class="card"><p>${say('me-link-whose', { contact, account })}</p>${press(frame, `/me/in/${token}`, say('me-enter'))}</div>`,
  });
}

/** Its button was pressed: of many at once one counts. */
export async function takeLink(c: Context, frame: Frame, token: string): Promise<Response> {
  const { api, visit, say } = frame;
  const read = await readForm(c, api, visit);
  if (!read.ok) return forged(frame, read.why);
  const secret = await api.takeLink(token, visit.browser, visit.agent);
  if (secret === undefined) {
    const { is } = await api.seeLink(token, visit.browser);
    const key = is === 'elsewhere' ? 'me-link-elsewhere' : 'me-link-gone';
    return signInPage(frame, { text: say(key), bad: true }, 404);
  }
  // Whoever was signed in here before is not any more.
  if (visit.session !== undefined) await api.signOut(visit.session);
  keepSession(c, api, secret);
  return c.redirect('/me', 303);
}

/** A form that no page of ours was the origin of, or that is too long: nothing was done. */
export function forged(frame: Frame, why: 'forged' | 'large'): Response {
  const told = { text: frame.say(`me-form-${why}`), bad: true };
  const status = why === 'forged' ? 403 : 413;
  if (frame.visit.session === undefined) return signInPage(frame, told, status);
  return page(frame, {
    title: frame.say('me-title'),
    told,
    status,
    main: markup`<p><a href="/me">${frame.say('me-back')}</a></p>`,
  });
}
