import type { Sql } from '../../../drizzle/database.ts';
import type { Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { literal, plain } from '../text/index.ts';
import { cardTime } from './card-time.ts';

/** A promise that is open: due, standing, or missed and still unanswered. */
export interface OpenPromise {
  readonly target: string;
  readonly state: 'running' | 'paused' | 'missed';
  readonly dueAt: string | null;
}

/** The open promises of the ticket `t`, as a column of the statement that reads it; that the desk itself greets is nobody's work. */
export const promisesOn = (sql: Sql) => sql`(
  select jsonb_agg(jsonb_build_object('target', o.target, 'state', o.state, 'dueAt', o.due_at) order by o.due_at nulls last, o.target)
  from promise o where o.ticket_id = t.id and o.ended_at is null and o.target <> 'acknowledgement')`;

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
  const until = new Date(dueAt);
  const when = cardTime(ctx, until, locale);
  if (state === 'missed') return { label, value: literal(say('promise-was-due', { when })), until };
  return { label, value: literal(target === 'answer' ? `🔴 ${when}` : when), until };
}
