import type { Handle } from '../actor.ts';
import { WEB } from '../channel/index.ts';
import { type Act, type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Session } from '../session/index.ts';
import { plain } from '../text/index.ts';

/** What came of something: it was done, or why not, in plain words of the person's language. `missing`: there is no such thing, for them. */
export type Done<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly text: string; readonly missing: boolean };

/** What is refused word for word as if it were not there. */
const MISSING: ReadonlySet<string> = new Set(['ticket-not-found', 'no-such-identity', 'notify-no-such']);

/**
 * Does something as whoever is signed in. Their handle is as surely theirs as this very session has shown, and what they do in several sessions is
 * done one after the other: a session that has not proved it never borrows the proof of another.
 */
export async function asClient<T>(
  ctx: Context,
  session: Session,
  work: (act: Act, owner: Handle) => Promise<T>,
): Promise<Done<T>> {
  const { handleId, ref, name, locale, provedAt, contactId } = session;
  const handle: Handle = { id: handleId, channel: WEB, externalId: ref, name, locale };
  try {
    const value = await transact(ctx, { type: 'customer', handle }, async act => {
      await act.tx`select from handle where id = ${handleId} for no key update`;
      await act.tx`
        update link set proved_at = ${provedAt} where handle_id = ${handleId} and contact_id = ${contactId}
          and proved_at is distinct from ${provedAt}::timestamptz`;
      return work(act, handle);
    });
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, args } = error;
    const text = plain(ctx.phrases.say(locale, code, args));
    return { ok: false, code, text, missing: MISSING.has(code) };
  }
}

/** A page's form was sent once before, from this session: it has had its effect. */
export async function isAgain(act: Act, session: Session, once: string): Promise<boolean> {
  const first = await act.tx`
    insert into receipt (channel, event_id, state, run_at, received_at)
    values (${WEB}, ${eventOf(session, once)}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
  return first.count === 0;
}

/** What was refused was not done: the same form may come again. */
export async function forgetOnce(act: Act, session: Session, once: string): Promise<void> {
  await act.tx`delete from receipt where channel = ${WEB} and event_id = ${eventOf(session, once)}`;
}

/** The id of the event that a form is: nobody else's form has it. */
export function eventOf({ id }: Session, once: string): string {
  return `${id}:${once.slice(0, 64)}`;
}
