import type { Button, ChannelKind, DeliveryClass, Mark, MessageRef, Receipt } from '../channel/index.ts';
import type { SayArgs } from '../text/index.ts';

/** A button whose label is a phrase, said in the reader's language when it is sent. */
export interface PhraseButton {
  readonly action: string;
  readonly say: string;
  readonly args?: SayArgs;
  readonly style?: Button['style'];
}

/** What a delivery says; made into a message when it is sent, so that it is true then. */
export type Content =
  /** A phrase of ours. */
  | {
      readonly say: string;
      readonly args: SayArgs;
      readonly locale: string;
      readonly buttons?: readonly PhraseButton[];
    }
  /** CommonMark: somebody's words, or an answer that was composed already. */
  | { readonly text: string; readonly by?: string; readonly buttons?: readonly Button[] }
  /** Files of the delivery's message: with it, or as links where the place cannot carry them. */
  | {
      readonly files: readonly number[];
      readonly as: 'upload' | 'link';
      readonly locale: string;
      readonly by?: string;
    }
  /** The ticket's card as it is then. */
  | { readonly card: true }
  /** A mark on a message of the place. */
  | { readonly mark: Mark; readonly on: MessageRef };

/** What is done with a delivery: a new place, a message, a new desk post, its card, a mark. */
export type DeliveryKind = 'thread' | 'post' | 'desk-post' | 'card' | 'react';

/** The roles of places. */
export type PlaceRole = 'customer' | 'desk';

/** A message that may go to a customer: never a note. */
export interface CustomerMessage {
  readonly id: number;
  readonly kind: 'request' | 'reply';
}

/** A message that staff may see. */
export interface DeskMessage {
  readonly id: number;
  readonly kind: 'request' | 'reply' | 'note';
}

interface DraftBase {
  readonly placeId: number;
  readonly kind: DeliveryKind;
  readonly class: DeliveryClass;
  readonly ticketId?: number;
  readonly content: Content;
}

/** A delivery to be put in; the type keeps notes away from customers, as the database does. */
export type DeliveryDraft =
  | (DraftBase & { readonly role: 'customer'; readonly message?: CustomerMessage })
  | (DraftBase & { readonly role: 'desk'; readonly message?: DeskMessage });

/** A delivery that a lease holder is about to send. */
export interface Claimed {
  readonly id: number;
  readonly placeId: number;
  readonly role: PlaceRole;
  readonly channel: ChannelKind;
  readonly fence: number;
  /** It makes the place. */
  readonly opens: boolean;
  readonly kind: DeliveryKind;
  readonly rank: number;
  readonly ticketId: number | null;
  readonly messageId: number | null;
  readonly messageKind: string | null;
  readonly content: Content;
  readonly attempts: number;
  /** An earlier attempt may have been done. */
  readonly doubt: boolean;
  readonly createdAt: Date;
  readonly firstTriedAt: Date;
  readonly address: string | null;
  readonly headRef: string | null;
  readonly near: string | null;
  /** The person of the place, for places that are still to be made. */
  readonly person: { readonly space: string; readonly externalId: string } | null;
  /** All tickets of a person share the place. */
  readonly shared: boolean;
}

/** What came of an attempt: a receipt, or the place had to be made first and the message itself is still to be sent. */
export type Outcome =
  | Receipt
  | { readonly outcome: 'placed'; readonly address: string; readonly ref?: string };
