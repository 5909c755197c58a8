import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Frame } from './frame.ts';
import { keepSession } from './guard.ts';
import { signInPage } from './sign-in.ts';

/** Signing in with the provider's own OpenID Connect. */
export interface OpenIdDoor {
  begin(locale: string): Promise<{ readonly to: string; readonly held: string } | undefined>;
  end(
    address: URL,
    held: string,
  ): Promise<
    | {
        readonly ref: string;
        readonly token: string;
        readonly expiresAt: Date;
        readonly agoMs: number | undefined;
      }
    | undefined
  >;
}

/** Somebody signs in within this, in s. */
const HELD_S = 600;
const HELD = /^[\w~-]{20,200}\.[\w-]{20,200}\.[\w-]{20,200}$/;

/** Off to sign in. Only the browser that went can come back. */
export async function goSignIn(c: Context, frame: Frame, door: OpenIdDoor): Promise<Response> {
  const begun = await door.begin(frame.visit.locale);
  if (begun === undefined) return signInPage(frame, { text: frame.say('me-oidc-away'), bad: true }, 503);
  hold(c, frame, begun.held);
  return c.redirect(begun.to, 303);
}

/** Back again: whoever the provider says they are is signed in, once. */
export async function comeBack(c: Context, frame: Frame, door: OpenIdDoor): Promise<Response> {
  const { api, visit, say } = frame;
  const held = getCookie(c, nameOf(frame)) ?? '';
  hold(c, frame, '');
  const known = HELD.test(held) ? await door.end(new URL(c.req.url), held) : undefined;
  const secret = known && (await api.vouch({ ...known, how: 'client-area' }, visit.agent));
  if (secret === undefined) {
    const key = c.req.query('error') === undefined ? 'me-oidc-wrong' : 'me-oidc-refused';
    return signInPage(frame, { text: say(key), bad: true }, 401);
  }
  if (visit.session !== undefined) await api.signOut(visit.session);
  keepSession(c, api, secret);
  return c.redirect('/me', 303);
}

/** A host's own cookie where the desk is reached by https, as the others (`guard.ts`). */
function nameOf({ api }: Frame): string {
  return api.publicUrl().startsWith('https:') ? '__Host-me-oidc' : 'me-oidc';
}

function hold(c: Context, frame: Frame, held: string): void {
  const secure = frame.api.publicUrl().startsWith('https:');
  const maxAge = held === '' ? 0 : HELD_S;
  setCookie(c, nameOf(frame), held, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge });
}
