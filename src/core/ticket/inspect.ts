import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { TicketState } from './model.ts';

/** A ticket as staff may see it: with notes, and with the names of who wrote. Never for a customer. */
export interface DeskView {
  readonly id: number;
  readonly subject: string;
  readonly state: TicketState;
  readonly priority: string;
  readonly department: string;
  readonly from: string;
  readonly assignee: string | null;
  readonly openedAt: Date;
  /** Newest last. */
  readonly messages: readonly {
    readonly kind: 'request' | 'reply' | 'note';
    readonly author: string;
    readonly body: string;
    readonly at: Date;
  }[];
}

/** A ticket with its newest messages, with or without notes, for staff. Throws `Refusal` when there is none. */
export async function inspect(act: Act, id: number, messages: number, notes: boolean): Promise<DeskView> {
  const [ticket] = await act.tx<Omit<DeskView, 'messages'>[]>`
    select t.id, t.subject, t.state, t.priority, t.department, t.opened_at as "openedAt",
      coalesce(nullif(h.name, ''), h.external_id) as from, coalesce(nullif(a.name, ''), a.external_id) as assignee
    from ticket t join handle h on h.id = t.handle_id left join handle a on a.id = t.assignee_id where t.id = ${id}`;
  if (ticket === undefined) throw new Refusal('no-such-ticket', { number: String(id) });
  const newest = await act.tx<DeskView['messages'][number][]>`
    select case when m.noted then 'note' else m.kind end as kind, m.body, m.at, coalesce(nullif(h.name, ''), h.external_id) as author
    from message m join handle h on h.id = m.handle_id where m.ticket_id = ${id} and (${notes} or not (m.noted or m.kind = 'note'))
      and m.deleted_at is null order by m.id desc limit ${messages}`;
  return { ...ticket, messages: newest.toReversed() };
}
