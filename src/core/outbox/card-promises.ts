import type { Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { formatWhen, literal, plain } from '../text/index.ts';

/** A promise that is open: due, standing, or missed and still unanswered. */
export interface OpenPromise {
  readonly target: string;
  readonly state: 'running' | 'paused' | 'missed';
  readonly dueAt: Date | null;
}

/** The card stays for days: its times carry their date. */
const LONG_AGO = new Date(0);

/** What a ticket's card says of promises; that the desk itself greets is nobody's work. */
export function openPromises({ database }: Context, ticketId: number): Promise<OpenPromise[]> {
  return database.sql<OpenPromise[]>`
    select target, state, due_at as "dueAt" from promise
    where ticket_id = ${ticketId} and ended_at is null and target <> 'acknowledgement' order by due_at nulls last, target`;
}

/** Whether it makes the whole card red: missed, or asked for by the customer. */
export function isUrgent({ state, target }: OpenPromise): boolean {
  return state === 'missed' || target === 'answer';
}

/** One line of the card; what is left until it is due is for the platform to show, so that nothing has to be edited every minute. */
export function promiseLine(
  ctx: Context,
  { target, state, dueAt }: OpenPromise,
  locale: string,
): Card['lines'][number] {
  const say = (key: string, args?: Readonly<Record<string, string>>): string =>
    plain(ctx.phrases.say(locale, key, args));
  const label = say(`promise-${target}`);
  if (dueAt === null) return { label, value: literal(say('promise-paused')) };
  const when = formatWhen(dueAt, locale, ctx.policy.desk.zone, LONG_AGO, { zone: 'abbreviation' });
  if (state === 'missed') return { label, value: literal(say('promise-was-due', { when })), until: dueAt };
  return { label, value: literal(target === 'answer' ? `🔴 ${when}` : when), until: dueAt };
}
