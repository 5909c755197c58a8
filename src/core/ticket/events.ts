import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import type { FileFault, SettledFile } from '../file/index.ts';
import type { Trust } from '../identity/index.ts';
import type { PromiseTarget } from '../sla/index.ts';
import type { TimerPlan } from '../timer/index.ts';
import type { MessageRow } from './known.ts';
import type { LadderEvent } from './ladder-events.ts';
import type { Move, TicketRow, TicketState, Utterance } from './model.ts';

/** A fact about a ticket, with what those need who react to it. Opening is apart: its whole effect is one statement (`open`). */
export type TicketEvent =
  | LadderEvent
  | {
      readonly type: 'customer-wrote';
      readonly message: number;
      readonly said: Utterance;
      readonly author: Handle;
    }
  | { readonly type: 'staff-replied'; readonly message: number; readonly said: Utterance }
  | { readonly type: 'reply-resent'; readonly message: number }
  | { readonly type: 'note-added'; readonly message: number; readonly said: Utterance }
  /** Files of one message are here, and go where the message went. */
  | {
      readonly type: 'files-came';
      readonly message: number;
      readonly kind: SettledFile['kind'];
      readonly files: readonly SettledFile[];
    }
  /** Files of one message go no further, all for the same reason. */
  | {
      readonly type: 'files-refused';
      readonly message: number;
      readonly kind: SettledFile['kind'];
      readonly why: FileFault;
      readonly files: readonly SettledFile[];
    }
  /** `changed` is the message as it is now. */
  | {
      readonly type: 'message-edited' | 'message-taken-back' | 'reply-became-note';
      readonly changed: MessageRow;
    }
  | { readonly type: 'claimed' }
  /** A chat was made a ticket: by staff, or by the customer who does not want to wait for an answer at once. */
  | { readonly type: 'made-ticket' }
  /** The customer gave what was missing, in a form. */
  | { readonly type: 'details-given' }
  | { readonly type: 'assigned'; readonly to: Handle }
  | { readonly type: 'transferred'; readonly from: string; readonly to: string }
  | { readonly type: 'prioritised'; readonly from: string; readonly to: string }
  /** Fresh proof was asked for: by staff, or by the desk itself at an emergency. */
  | { readonly type: 'proof-asked' }
  /** The person behind the ticket was proved to be a contact; `trust` is how surely. */
  | {
      readonly type: 'proved';
      readonly trust: Exclude<Trust, 'unknown'>;
      readonly contact: string;
      readonly account: string;
      /** How the provider serves the account. */
      readonly tier: string | null;
    }
  /** The customer asked for a quicker answer. */
  | { readonly type: 'escalation-asked' }
  /** A share of a promise's time has passed, and nobody has kept it. */
  | {
      readonly type: 'promise-at-risk';
      readonly target: PromiseTarget;
      readonly cycle: number;
      readonly dueAt: Date;
      /** In percent of the time that was given: 75. */
      readonly share: number;
    }
  /** A promise was not kept: `dueAt` passed. */
  | {
      readonly type: 'promise-missed';
      readonly target: PromiseTarget;
      readonly cycle: number;
      readonly dueAt: Date;
    }
  /** It is part of a running outage: the notice's number. */
  | { readonly type: 'attached'; readonly notice: number }
  /**
   * It goes its own way again. `over`: the outage has ended, which answers it; `asked`: it has, but the customer has written since; `apart`: the outage is
   * about something else; `staff`: somebody said so.
   */
  | { readonly type: 'detached'; readonly notice: number; readonly why: 'over' | 'asked' | 'apart' | 'staff' }
  /** The policy's promises changed: from now on the ticket runs under these. */
  | { readonly type: 'terms-changed'; readonly terms: string }
  /** The customer was asked how it went. */
  | { readonly type: 'rating-asked' }
  /** The customer said how it went; `comment` when it is words that were added. */
  | { readonly type: 'rated'; readonly answer: 'good' | 'fair' | 'bad'; readonly comment: string | null }
  | { readonly type: 'moved'; readonly from: TicketState; readonly to: TicketState; readonly by: Move };

/** The event of one type. */
export type EventOf<T extends TicketEvent['type']> = Extract<TicketEvent, { type: T }>;

/** Something that follows from an event, in the same transaction. */
export type Reaction<E extends TicketEvent> = (act: Act, ticket: TicketRow, event: E) => Promise<void>;

/** What follows from each event, in order. */
export type Reactions = { readonly [T in TicketEvent['type']]: readonly Reaction<EventOf<T>>[] };

/** The timers that are set with a ticket's opening. */
export type OpeningTimers = (
  ctx: Pick<Act, 'policy'>,
  request: Pick<TicketRow, 'priority' | 'department'>,
  at: Date,
) => readonly Omit<TimerPlan, 'ticketId'>[];
