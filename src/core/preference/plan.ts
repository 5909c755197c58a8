import type { Act } from '../context.ts';
import { priorityOf } from '../policy/index.ts';
import { type EventOf, heldUntil, type Move, type TicketRow } from '../ticket/index.ts';
import type { NotificationType, Told } from './model.ts';
import { contactBehind, meetAddresses } from './read.ts';
import { typeOfDepartment } from './rules/types.ts';

/** Something that a contact is to be told. */
export interface Plan {
  readonly contactId: number;
  readonly type: NotificationType;
  readonly urgent: boolean;
  readonly told: Told;
  readonly dueAt: Date;
}

/** Writes down that a contact is to be told something; where and when is decided when it is due. */
export async function plan(
  act: Act,
  { contactId, type, urgent, told, dueAt }: Plan,
  of:
    | { readonly notificationId: number }
    | {
        readonly ticketId: number;
        readonly message?: { readonly id: number; readonly kind: 'request' | 'reply' };
      },
): Promise<void> {
  const message = 'ticketId' in of ? of.message : undefined;
  await act.tx`
    insert into dispatch (contact_id, notification_id, ticket_id, message_id, message_kind, type, urgent, content, state, due_at, created_at)
    values (${contactId}, ${'notificationId' in of ? of.notificationId : null}, ${'ticketId' in of ? of.ticketId : null},
      ${message?.id ?? null}, ${message?.kind ?? null}, ${type}, ${urgent}, ${JSON.stringify(told)}::jsonb, 'planned', ${dueAt}, ${act.at})`;
}

/** A reply goes to the contact's own place for its kind too, once its author has had the time to take it back. */
export async function copyReply(act: Act, ticket: TicketRow, event: EventOf<'staff-replied'>): Promise<void> {
  if (event.said.text === '') return;
  const message = { id: event.message, kind: 'reply' } as const;
  await copy(act, ticket, { copy: true }, heldUntil(act, act.at) ?? act.at, message);
}

const told: Readonly<Partial<Record<Move, string>>> = {
  wait: 'copy-waiting',
  solve: 'copy-solved',
  close: 'copy-closed',
};

/** So does what the customer is told of the ticket's state, when it was not their own doing. */
export async function copyMove(act: Act, ticket: TicketRow, event: EventOf<'moved'>): Promise<void> {
  const say = told[event.by];
  if (say === undefined || act.actor.type === 'customer') return;
  await copy(act, ticket, { say, args: { number: ticket.id } }, act.at);
}

async function copy(
  act: Act,
  ticket: TicketRow,
  told: Told,
  dueAt: Date,
  message?: { readonly id: number; readonly kind: 'reply' },
): Promise<void> {
  const contactId = await contactOf(act, ticket);
  if (contactId === undefined) return;
  await meetAddresses(act.tx, [contactId], act.at);
  const type = typeOfDepartment(act.policy.departments.find(one => one.id === ticket.department)?.kind);
  const urgent = priorityOf(act.policy, ticket.priority)?.critical === true;
  await plan(act, { contactId, type, urgent, told, dueAt }, { ticketId: ticket.id, message });
}

/** The contact that the ticket is of; while nobody has proved it for the ticket, the one behind who opened it. */
async function contactOf(act: Act, ticket: TicketRow): Promise<number | undefined> {
  const [row] = await act.tx<{ contactId: number | null }[]>`
    select contact_id as "contactId" from ticket where id = ${ticket.id}`;
  return row?.contactId ?? contactBehind(act.tx, ticket.handleId);
}
