import type { InboundFile, MessageRef } from '../channel/index.ts';
import type { Trust } from '../identity/index.ts';

/** The states of a ticket's life. */
export const ticketStates = ['open', 'waiting', 'solved', 'closed'] as const;
/** A state of a ticket's life. */
export type TicketState = (typeof ticketStates)[number];

/** What moves a ticket from one state to another. */
export type Move = 'wait' | 'resume' | 'solve' | 'close' | 'reopen';

/** A checked request for a ticket: what `intake` makes of a form. */
export interface TicketRequest {
  readonly department: string;
  readonly priority: string;
  /** Plain text on one line. */
  readonly subject: string;
  /** CommonMark. */
  readonly description: string;
  /** The facts of a critical incident, as plain text; `began` is an ISO 8601 instant. */
  readonly facts: Readonly<Record<string, string>>;
  /** The service that was picked: one of the person's own account. Null when none was. */
  readonly serviceId: number | null;
}

/** A ticket as the verbs read it. */
export interface TicketRow {
  readonly id: number;
  readonly state: TicketState;
  readonly priority: string;
  readonly department: string;
  readonly subject: string;
  readonly locale: string;
  readonly handleId: number;
  readonly placeId: number;
  readonly assigneeId: number | null;
  /** When the customer last asked for a quicker answer. */
  readonly escalationAskedAt: Date | null;
  readonly closedAt: Date | null;
  /** Whose it is, as far as that was proved. */
  readonly accountId: number | null;
  /** The contact who was proved to have opened it. */
  readonly contactId: number | null;
  readonly trust: Trust;
  /** The level of support it is at; null is the first. */
  readonly level: string | null;
  /** When fresh proof was asked for; null when it is not, or was given. */
  readonly proofAskedAt: Date | null;
  /** How it came; a chat is lighter than a ticket, until it is made one. */
  readonly way: 'ticket' | 'chat' | 'mail';
}

/** One utterance that came from a platform. */
export interface Utterance {
  /** CommonMark; empty when only files were sent. */
  readonly text: string;
  readonly files?: readonly InboundFile[];
  /** Where it stands as a message; null when it came with a command. */
  readonly placeId: number | null;
  readonly ref: MessageRef | null;
}
