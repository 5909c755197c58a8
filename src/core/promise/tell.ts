import type { Act } from '../context.ts';
import { formatWhen, plain, raw } from '../text/index.ts';
import { type EventOf, type TicketRow, tellDesk } from '../ticket/index.ts';

/** Staff see a line in the ticket's post when a promise is about to be missed. */
export async function tellDeskOfRisk(
  act: Act,
  ticket: TicketRow,
  { target, dueAt }: EventOf<'promise-at-risk'>,
): Promise<void> {
  await tellDesk(act, ticket.id, wordsOf(act, 'promise-at-risk', target, dueAt));
}

/** Staff see a red line in the ticket's post when a promise was missed. */
export async function tellDeskOfMiss(
  act: Act,
  ticket: TicketRow,
  { target, dueAt }: EventOf<'promise-missed'>,
): Promise<void> {
  await tellDesk(act, ticket.id, wordsOf(act, 'promise-missed', target, dueAt));
}

function wordsOf(act: Act, say: string, target: string, dueAt: Date) {
  const locale = act.policy.staff.language;
  const what = plain(act.phrases.say(locale, `promise-${target}`));
  const when = formatWhen(dueAt, locale, act.policy.desk.zone, act.at, { zone: 'abbreviation' });
  return { say, args: { what: raw(what), when: raw(when) }, locale };
}
