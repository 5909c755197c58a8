import type { CalendarSheet } from '../calendar/index.ts';
import type { Button, ChannelKind, DeliveryClass, Mark, MessageRef, Receipt } from '../channel/index.ts';
import type { Chart } from '../chart/index.ts';
import type { SayArgs } from '../text/index.ts';

/** A button whose label is a phrase, said in the reader's language when it is sent. */
export interface PhraseButton {
  readonly action: string;
  readonly say: string;
  readonly args?: SayArgs;
  readonly style?: Button['style'];
}

/** A post at the desk that is about no ticket, with what stands at its head. */
export interface Sheet {
  /** Begins its title and is unique in the desk; plain text. */
  readonly mark: string;
  /** Plain text. */
  readonly title: string;
  /** CommonMark, at most 1,200 characters as measured. */
  readonly text: string;
}

/** What a delivery says; made into a message when it is sent, so that it is true then. */
export type Content =
  /** A phrase of ours. */
  | {
      readonly say: string;
      readonly args: SayArgs;
      readonly locale: string;
      readonly buttons?: readonly PhraseButton[];
      /** The phrase that is its subject, said with the same arguments; for what is about no ticket. */
      readonly subject?: string;
      /** The kind of message that the reader may stop with one click. */
      readonly stops?: string;
      /** People of the place's platform who are told that they are meant, by their ids there. */
      readonly mentions?: readonly string[];
      /** The arguments hold a secret: they are forgotten once the delivery has ended. */
      readonly secret?: true;
      /** It is of no use from then on, and is not sent any more: ISO 8601. */
      readonly until?: string;
      /** Goes along as a file. What it says the text says too: where no file can go, the text goes alone. */
      readonly calendar?: CalendarSheet;
      /** It speaks of several notices, and hangs from none. */
      readonly bundle?: true;
    }
  /**
   * CommonMark: somebody's words, or an answer that was composed already; `after` stands below it and stays when the text changes. What
   * is on its `chart` the text says too: where no picture can go, it goes alone. `afterOf`: the dispatch that says what `after` says; once that is
   * overtaken, nothing is changed for it any more.
   */
  | {
      readonly text: string;
      readonly by?: string;
      /** The public name of who wrote it, for channels that show one. */
      readonly author?: string;
      /** The customer wrote it themselves, elsewhere: that it cannot be shown is no loss, and staff are not told. */
      readonly theirs?: true;
      readonly after?: string;
      readonly afterOf?: number;
      /** It speaks of several notices: it hangs from none, and does not change with one. */
      readonly bundle?: true;
      /** It is forgotten once the delivery has ended. */
      readonly secret?: true;
      readonly buttons?: readonly Button[];
      readonly chart?: Chart;
    }
  /** Files of the delivery's message: with it, or as links where the place cannot carry them. */
  | {
      readonly files: readonly number[];
      readonly as: 'upload' | 'link';
      readonly locale: string;
      readonly by?: string;
    }
  /** The head of a post that is about no ticket. */
  | { readonly sheet: Sheet }
  /** The ticket's card as it is then. */
  | { readonly card: true }
  /** The person's own page as it is then. */
  | { readonly home: true }
  /** A mark on a message of the place. */
  | { readonly mark: Mark; readonly on: MessageRef }
  /** The message of another delivery, as that one says it now. */
  | { readonly follow: true }
  /** Nothing: what was to be said, or was said, is taken back. */
  | { readonly removed: true }
  /** Somebody's reaction on what the delivery's message is in this place, as it stands then. */
  | { readonly emoji: string };

/** What is done with a delivery: a new place, a message, a new desk post, its card, a mark, a message that changes, a reaction, a person's own page. */
export type DeliveryKind = 'thread' | 'post' | 'desk-post' | 'card' | 'react' | 'follow' | 'echo' | 'home';

/** Kinds that show something as it is now: to do one twice is to do it once. */
const REPEATABLE: readonly DeliveryKind[] = ['card', 'react', 'follow', 'echo', 'home'];

/** Doing it twice is doing it once. */
export function isRepeatable(kind: DeliveryKind): boolean {
  return REPEATABLE.includes(kind);
}

/** The roles of places where people talk. Besides them, a `home` is a person's own page. */
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
  /** For `follow`: the delivery whose message changes. */
  readonly targetId?: number;
  /** It is not sent before: its author may still take it back. */
  readonly holdUntil?: Date;
  /** It is a try to tell a contact something; what comes of it is followed there, and staff see it there. */
  readonly dispatchId?: number;
  /** It calls somebody of the staff: what comes of it is followed there, and is no customer's trouble. */
  readonly callId?: number;
}

/** A delivery to be put in; the type keeps notes away from customers, as the database does. */
export type DeliveryDraft =
  | (DraftBase & { readonly role: 'customer'; readonly message?: CustomerMessage })
  | (DraftBase & { readonly role: 'desk'; readonly message?: DeskMessage })
  | (DraftBase & { readonly role: 'home'; readonly message?: undefined });

/** A delivery that a lease holder is about to send. */
export interface Claimed {
  readonly id: number;
  readonly placeId: number;
  readonly role: PlaceRole | 'home';
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
  readonly targetId: number | null;
  readonly dispatchId: number | null;
  readonly callId: number | null;
  readonly holdUntil: Date | null;
  readonly attempts: number;
  /** An earlier attempt may have been done. */
  readonly doubt: boolean;
  readonly createdAt: Date;
  /** The first attempt that may have been done, or this one. */
  readonly firstTriedAt: Date;
  /** The holder of the attempt before this one died, or took too long: when its lease ran out. */
  readonly lostLease: Date | null;
  readonly address: string | null;
  readonly headRef: string | null;
  readonly near: string | null;
  /** The person of the place, for places that are still to be made. */
  readonly person: { readonly space: string; readonly externalId: string } | null;
  /** All tickets of a person share the place. */
  readonly shared: boolean;
}

/** The desk post is not there, or no longer: an attempt at anything else makes it first, and is judged as the making of it. */
export function makesPost({ role, address, kind }: Pick<Claimed, 'role' | 'address' | 'kind'>): boolean {
  return role === 'desk' && address === null && kind !== 'desk-post';
}

/** What came of an attempt: a receipt, or the place had to be made first and the message itself is still to be sent, or it is not wanted any more. */
export type Outcome =
  | Receipt
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'placed'; readonly address: string; readonly ref?: string };

/** One attempt, ready to be made. */
export type Send = () => Promise<Outcome>;

/** What the platform made that was not known before: a message's ref, a place's address. */
export interface Made {
  readonly ref?: string;
  readonly address?: string;
}
