import type { Database } from '../../drizzle/database.ts';

/** What must never be found in the database, whatever happened: each query gives the rows that break a rule. */
const faults: Readonly<Record<string, string>> = {
  'a reply without its way to the customer': `
    select m.id from message m where m.kind = 'reply' and not exists (
      select from delivery d join ticket t on t.id = m.ticket_id
      where d.message_id = m.id and d.place_id = t.place_id and d.ticket_id = m.ticket_id)`,
  'words of a customer, or of another desk, that a desk does not see': `
    select m.id, p.id as place from message m join place p on p.ticket_id = m.ticket_id and p.role = 'desk'
    where p.id is distinct from m.place_id and not exists (select from delivery d where d.message_id = m.id and d.place_id = p.id)`,
  'a delivery of a message of another ticket': `
    select d.id from delivery d join message m on m.id = d.message_id where m.ticket_id is distinct from d.ticket_id`,
  'a note on its way to a customer': `
    select d.id from delivery d join message m on m.id = d.message_id join place p on p.id = d.place_id
    where m.kind = 'note' and p.role <> 'desk'`,
  'a ticket that was not opened exactly once': `
    select t.id from ticket t where 1 <> (select count(*) from event e where e.ticket_id = t.id and e.type = 'opened')`,
  'a ticket without a first card at each desk': `
    select p.id from place p where p.role = 'desk' and 1 <> (
      select count(*) from delivery d where d.place_id = p.id and d.kind = 'desk-post' and d.ticket_id = p.ticket_id)`,
  'a ticket whose customer was not told its number exactly once': `
    select t.id from ticket t where 1 <> (select count(*) from delivery d where d.ticket_id = t.id and d.place_id = t.place_id
      and d.content ->> 'say' in ('ticket-opened', 'ticket-opened-critical', 'chat-opened'))`,
  'a message without exactly one event': `
    select m.id from message m where m.place_id is not null and 1 <> (
      select count(*) from event e where e.ticket_id = m.ticket_id and (e.data ->> 'message')::bigint = m.id
      and e.type = case m.kind when 'request' then 'customer-wrote' when 'reply' then 'staff-replied' else 'note-added' end)`,
  'a state that the events do not lead to': `
    select t.id from ticket t where t.state <> coalesce(
      (select e.data ->> 'to' from event e where e.ticket_id = t.id and e.type = 'moved' order by e.id desc limit 1), 'open')`,
  'a move that does not follow the one before': `
    select id from (select id, data ->> 'from' as begins, lag(data ->> 'to', 1, 'open') over (partition by ticket_id order by id) as ended
      from event where type = 'moved') m where begins <> ended`,
  'a move that the customer was told of too often or never': `
    select t.id from ticket t where (select count(*) from event e where e.ticket_id = t.id and e.type = 'moved'
      and e.data ->> 'by' <> 'resume') <> (select count(*) from delivery d where d.ticket_id = t.id and d.place_id = t.place_id
      and d.content ->> 'say' in ('ticket-waiting', 'ticket-solved', 'ticket-closed', 'ticket-reopened'))`,
  'an assignee without exactly one claim': `
    select t.id from ticket t where (t.assignee_id is not null)::int <> (
      select count(*) from event e where e.ticket_id = t.id and e.type = 'claimed')`,
  'a lane that does not count what is in it': `
    select l.place_id from lane l where
      l.tail <> (select max(seq) from delivery d where d.place_id = l.place_id) or
      l.tail <> (select count(*) from delivery d where d.place_id = l.place_id) or
      l.backlog <> (select count(*) from delivery d where d.place_id = l.place_id and d.state in ('pending', 'sending', 'retry'))`,
  'a settled delivery before an open one': `
    select d.id from delivery d join delivery e on e.place_id = d.place_id and e.seq < d.seq
    where d.state in ('sent', 'dead', 'unknown') and e.state in ('pending', 'sending', 'retry')`,
  'a promise that runs on a ticket that is over': `
    select t.id from ticket t join promise p on p.ticket_id = t.id and p.ended_at is null and p.target <> 'acknowledgement'
    where t.state in ('solved', 'closed')`,
  'a promise that runs without its timer': `
    select p.ticket_id, p.target from promise p where p.state = 'running' and not exists (
      select from timer r where r.ticket_id = p.ticket_id and r.target = 'promise:' || p.target and r.cycle = p.cycle and r.step = 'due'
        and r.due_at = p.due_at and r.state <> 'cancelled')`,
  'an event that is both worked and kept': `
    select event_id from receipt where (state = 'done') <> (payload is null)`,
};

/** Only before anything was sent, while each row still carries the transaction that wrote it. */
const apart: Readonly<Record<string, string>> = {
  'a change outside of the transaction of its receipt': `
    select e.id from event e where not exists (select from receipt r where r.xmin = e.xmin)`,
  'a delivery outside of the transaction of its receipt': `
    select d.id from delivery d where not exists (select from receipt r where r.xmin = d.xmin)`,
  'a message outside of the transaction of its event': `
    select m.id from message m where not exists (select from event e where e.ticket_id = m.ticket_id and e.xmin = m.xmin)`,
  'a message whose deliveries came in another transaction': `
    select d.id from delivery d join message m on m.id = d.message_id where m.xmin <> d.xmin`,
  'a change without a delivery in its transaction': `
    select e.id from event e where e.type <> 'note-added' and not exists (
      select from delivery d where d.ticket_id = e.ticket_id and d.xmin = e.xmin)
      and not exists (select from delivery d where d.ticket_id = e.ticket_id and d.kind in ('card', 'desk-post') and d.state = 'pending')`,
};

/** Looks whether the books agree: tickets, messages, events, deliveries and lanes. Returns what is wrong, `[]` when nothing is. */
export async function audit(database: Database, { unsent = false } = {}): Promise<string[]> {
  const found: string[] = [];
  for (const [what, query] of Object.entries(unsent ? { ...faults, ...apart } : faults)) {
    const rows = await database.sql.unsafe(query);
    if (rows.length > 0) found.push(`${what}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  return found;
}
