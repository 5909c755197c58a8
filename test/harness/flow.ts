import type { ScriptedChannel } from './channel.ts';
import type { TestDesk } from './desk.ts';
import { eventsAt } from './people.ts';

/** The desk has this long, in ms of real time, to come to rest: many times what a busy machine needs, below a test's own limit. */
const REST_MS = 15_000;

/**
 * Ticks until nothing is due and nothing is under way: stored events are worked, files are here, timers have fired, and every lane is empty or asleep.
 * Throws when it does not come to that: a test that goes on before the desk has ended looks at half of the story.
 *
 * @param waiting lanes that are due and may not go, because the platform asked the whole bot to wait
 */
export async function settleAll(t: TestDesk, waiting = 0): Promise<void> {
  const until = performance.now() + REST_MS;
  while (performance.now() < until) {
    await t.desk.tick();
    // One look at both: work that passes from a lease to another lane between two looks would be seen by neither.
    const [left] = await t.database.sql<{ due: number; held: number }[]>`
      select (select count(*) from (select distinct on (place_id) run_at from receipt
          where state = 'stored' and place_id is not null order by place_id, id) head where run_at <= ${t.clock.now()})::int
        + (select count(*) from file where state in ('waiting', 'held') and run_at <= ${t.clock.now()} and leased_until is null)::int
        + (select count(*) from timer where state = 'pending' and run_at <= ${t.clock.now()} and leased_until is null)::int
        + (select count(*) from page where state in ('due', 'called') and due_at <= ${t.clock.now()})::int
        + (select count(*) from page p where state = 'called' and (call_id is null or (
          select bool_and(d.state = 'dead') from delivery d where d.call_id = p.call_id)))::int
        + (select count(*) from status_mail where sent_at is null)::int
        + (select count(*) from notice_step where done_at is null and due_at <= ${t.clock.now()})::int
        + (select count(*) from alert_outage a join notice n on n.id = a.notice_id
          where a.ended_at is null and (a.next_at <= ${t.clock.now()} or n.edition <> a.shown_edition))::int
        + (select count(*) from alert where held and heard_at <= ${new Date(t.clock.now().getTime() - 600_000)})::int
        + (select count(*) from supplier_work w join notice n on n.id = w.notice_id where n.edition <> w.shown_edition)::int
        + (select count(*) from lane where backlog > 0 and wake_at <= ${t.clock.now()} and leased_until is null)::int as due,
        (select count(*) from lane where leased_until > ${t.clock.now()})::int
        + (select count(*) from file where leased_until > ${t.clock.now()})::int
        + (select count(*) from timer where state = 'pending' and leased_until > ${t.clock.now()})::int as held`;
    if (left?.due === waiting && left.held === 0) return;
  }
  throw new Error('the desk does not come to rest');
}

/** Opens a ticket through the form and waits for its places. */
export async function openTicket(
  t: TestDesk,
  chat: ScriptedChannel,
  forum: ScriptedChannel,
  who = 'ana',
): Promise<{ number: number; thread: string; post: string }> {
  await t.desk.accept(chat.kind, eventsAt(t.clock).submits(who));
  await settleAll(t);
  const [row] = await t.database.sql<{ number: number; thread: string; post: string }[]>`
    select t.id as number, c.address as thread, d.address as post from ticket t join place c on c.id = t.place_id
    join place d on d.ticket_id = t.id and d.role = 'desk' and d.channel = ${forum.kind} order by t.id desc limit 1`;
  if (row === undefined) throw new Error('the ticket was not opened');
  return row;
}
