import type { ScriptedChannel } from './channel.ts';
import type { TestDesk } from './desk.ts';
import { eventsAt } from './people.ts';

/** Ticks until nothing is due: stored events are worked, and every lane is empty, asleep, or held by an attempt that hangs. */
export async function settleAll(t: TestDesk): Promise<void> {
  for (let turn = 0; turn < 500; turn++) {
    await t.desk.tick();
    // One look at both: work that passes from a lease to another lane between two looks would be seen by neither.
    const [left] = await t.database.sql<{ due: number; held: number }[]>`
      select (select count(*) from (select distinct on (place_id) run_at from receipt
          where state = 'stored' and place_id is not null order by place_id, id) head where run_at <= ${t.clock.now()})
        + (select count(*) from file where (state in ('waiting', 'held') and run_at <= ${t.clock.now()} and leased_until is null)
            or leased_until > ${t.clock.now()})
        + (select count(*) from lane where backlog > 0 and wake_at <= ${t.clock.now()} and leased_until is null) as due,
        (select count(*) from lane where leased_until > ${t.clock.now()}) as held`;
    const { due, held } = { due: Number(left?.due), held: Number(left?.held) };
    if (due === 0 && (held === 0 || turn > 50)) return;
    if (due > 0 && held === 0 && turn > 200) return;
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
