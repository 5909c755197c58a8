import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { viewerOf } from '../identity/index.ts';
import { visibleTo } from './list.ts';
import type { TicketState } from './model.ts';

/** A ticket as its customer may see it. */
export interface TicketView {
  readonly id: number;
  readonly subject: string;
  readonly state: TicketState;
  readonly openedAt: Date;
  /** Newest last. Requests and replies only: a note is never read here. */
  readonly messages: readonly {
    readonly kind: 'request' | 'reply';
    readonly body: string;
    readonly at: Date;
  }[];
}

/** A ticket that a person may see, with its newest messages; undefined when they may not, or it is not there. */
export async function showOwn(
  act: Act,
  owner: Handle,
  id: number,
  messages: number,
): Promise<TicketView | undefined> {
  const [ticket] = await act.tx<Omit<TicketView, 'messages'>[]>`
    select t.id, t.subject, t.state, t.opened_at as "openedAt" from ticket t
    where t.id = ${id} and ${visibleTo(act.tx, await viewerOf(act, owner))}`;
  if (ticket === undefined) return undefined;
  const newest = await act.tx<TicketView['messages'][number][]>`
    select kind, body, at from message where ticket_id = ${id} and kind in ('request', 'reply')
      and deleted_at is null and not noted order by id desc limit ${messages}`;
  return { ...ticket, messages: newest.toReversed() };
}
