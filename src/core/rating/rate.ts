import { handleOf } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { clip, isBlank, literal, oneLine, plain, tidy } from '../text/index.ts';
import { type EventOf, happened, type TicketRow, tellDesk } from '../ticket/index.ts';
import { COMMENT, type RatingAnswer, type RatingRow } from './model.ts';

/** An answer and its comment may change so often: enough for whoever errs, and no way to fill the desk. */
const CHANGES = 6;

/** What stands of a ticket's rating; undefined when its customer was never asked. */
export async function readRatingOf(run: Act['tx'], ticketId: number): Promise<RatingRow | undefined> {
  const rows = await run<RatingRow[]>`
    select answer, comment, asked_at as "askedAt", changes from rating where ticket_id = ${ticketId}`;
  return rows[0];
}

/**
 * Takes a customer's word on how it went. The same word again changes nothing. Call it with the ticket locked. Throws `Refusal` for a ticket that is
 * not finished and whose customer was not asked, and for too many changes.
 */
export async function rate(act: Act, ticket: TicketRow, answer: RatingAnswer): Promise<void> {
  const before = await readRatingOf(act.tx, ticket.id);
  if (before === undefined && ticket.state !== 'solved' && ticket.state !== 'closed')
    throw new Refusal('rate-not-finished', { number: ticket.id });
  if (before?.answer === answer) return;
  if ((before?.changes ?? 0) >= CHANGES) throw new Refusal('rate-often');
  await act.tx`
    insert into rating (ticket_id, asked_at, answer, handle_id, answered_at, changes)
    values (${ticket.id}, ${act.at}, ${answer}, ${handleOf(act.actor)}, ${act.at}, 1)
    on conflict (ticket_id) do update set answer = excluded.answer, handle_id = excluded.handle_id, answered_at = excluded.answered_at,
      changes = rating.changes + 1`;
  await happened(act, ticket, { type: 'rated', answer, comment: null });
}

/** Adds words to it, plain text; the newest stay. Throws `Refusal` where nothing is written, or nothing was answered yet. */
export async function commentOn(act: Act, ticket: TicketRow, typed: string): Promise<void> {
  if (isBlank(typed)) throw new Refusal('nothing-written');
  const before = await readRatingOf(act.tx, ticket.id);
  if (before?.answer == null) throw new Refusal('rate-not-finished', { number: ticket.id });
  const comment = clip(tidy(typed), COMMENT);
  if (before.comment === comment) return;
  if (before.changes >= CHANGES) throw new Refusal('rate-often');
  await act.tx`
    update rating set comment = ${comment}, changes = changes + 1 where ticket_id = ${ticket.id}`;
  await happened(act, ticket, { type: 'rated', answer: before.answer, comment });
}

/** Staff see it at the ticket. */
export async function tellDeskOfRating(act: Act, ticket: TicketRow, event: EventOf<'rated'>): Promise<void> {
  const locale = act.policy.staff.language;
  const answer = plain(act.phrases.say(locale, `rate-${event.answer}`));
  if (event.comment === null)
    return tellDesk(act, ticket.id, { say: 'desk-rated', args: { answer }, locale });
  const by = oneLine(plain(act.phrases.say(locale, 'desk-rated-words', { answer })), 60);
  await tellDesk(act, ticket.id, { text: literal(event.comment), by });
}
