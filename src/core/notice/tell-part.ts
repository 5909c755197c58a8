import type { Act } from '../context.ts';
import { literal, raw } from '../text/index.ts';
import { type EventOf, type TicketRow, tellCustomer, tellDesk, whenSaid } from '../ticket/index.ts';
import type { NoticeContent, NoticeState } from './model.ts';
import { titleIn, wordsIn } from './rules/worded.ts';

interface Newest {
  readonly state: NoticeState;
  readonly content: NoticeContent;
  readonly at: Date;
}

/** Whoever asked is told at once what is known of the outage, and by when there is news. */
export async function tellCustomerOfPart(
  act: Act,
  ticket: TicketRow,
  { notice }: EventOf<'attached'>,
): Promise<void> {
  const { id: number, locale } = ticket;
  const { state, content, at } = await newest(act, notice);
  const say = act.phrases.say.bind(act.phrases, locale);
  const words = wordsIn(content.text, locale);
  const next = new Date(at.getTime() + act.policy.outages.news_within * 1000);
  const parts = [
    say('ticket-part', { number, notice, title: titleIn(content, locale) }),
    say(`notice-state-${state}`),
    ...(words === undefined ? [] : [literal(words)]),
    say(next > act.at ? 'ticket-part-next' : 'ticket-part-soon', { by: raw(whenSaid(act, next, locale)) }),
  ];
  await tellCustomer(act, ticket, { text: parts.join('\n\n') });
}

/** Staff see why nobody has to answer it by itself, and can say that it is about something else. */
export async function tellDeskOfPart(
  act: Act,
  ticket: TicketRow,
  { notice }: EventOf<'attached'>,
): Promise<void> {
  const locale = act.policy.staff.language;
  const { content } = await newest(act, notice);
  await tellDesk(act, ticket.id, {
    say: 'desk-part',
    args: { notice, title: titleIn(content, locale) },
    locale,
    buttons: [{ action: `apart:${ticket.id}`, say: 'button-apart' }],
  });
}

/** That the outage is over answers the ticket; whoever goes their own way again is told that somebody looks at it. */
export async function tellCustomerOfPartEnd(
  act: Act,
  ticket: TicketRow,
  { notice, why }: EventOf<'detached'>,
): Promise<void> {
  if (isEnded(ticket)) return;
  const { id: number, locale } = ticket;
  if (why === 'apart' || why === 'staff')
    return tellCustomer(act, ticket, { say: `ticket-apart-${why}`, args: { number, notice }, locale });
  const { content } = await newest(act, notice);
  const args = { notice, title: titleIn(content, locale) };
  const words = wordsIn(content.text, locale);
  const head = act.phrases.say(locale, 'ticket-part-over', args);
  const still = why === 'asked' ? act.phrases.say(locale, 'ticket-part-asked') : '';
  const parts = [head, words === undefined ? '' : literal(words), still].filter(part => part !== '');
  await tellCustomer(act, ticket, { text: parts.join('\n\n') });
}

/** Staff see that the ticket is theirs again, or answered. */
export async function tellDeskOfPartEnd(
  act: Act,
  ticket: TicketRow,
  { notice, why }: EventOf<'detached'>,
): Promise<void> {
  if (isEnded(ticket)) return;
  await tellDesk(act, ticket.id, {
    say: `desk-part-${why}`,
    args: { notice },
    locale: act.policy.staff.language,
  });
}

/** It was solved or closed before: nobody waits for anything. */
const isEnded = ({ state }: TicketRow): boolean => state === 'solved' || state === 'closed';

async function newest(act: Act, notice: number): Promise<Newest> {
  const [row] = await act.tx<Newest[]>`
    select n.state, r.content, r.at from notice n join notice_revision r on r.notice_id = n.id and r.revision = n.revision where n.id = ${notice}`;
  if (row === undefined) throw new Error(`there is no notice ${notice}`);
  return row;
}
