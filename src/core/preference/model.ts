import type { CalendarSheet } from '../calendar/index.ts';
import type { Act } from '../context.ts';
import type { SayArgs } from '../text/index.ts';

/** What a contact is told of, each with places of its own. */
export const notificationTypes = [
  'invoices',
  'technical',
  'abuse',
  'announcements',
  'maintenance',
  'outages',
] as const;
/** What a contact is told of. */
export type NotificationType = (typeof notificationTypes)[number];

/** The channel whose handles are mail addresses. */
export const MAIL = 'email';

/**
 * Whether something can go to a destination now: `ready`; `unconfirmed`, an address that its contact has not shown to be theirs; `unlinked`,
 * a chat that is no longer theirs; `gone`, it refuses for good; `off`, the desk runs without the channel.
 */
export type DestinationState = 'ready' | 'unconfirmed' | 'unlinked' | 'gone' | 'off';

/** One place to tell a contact something: a handle, as mail address or as chat. */
export interface Destination {
  readonly handleId: number;
  readonly channel: string;
  readonly externalId: string;
  /** The address, or the name on the platform; untrusted, one line. */
  readonly name: string;
  readonly state: DestinationState;
}

/** Quiet hours on the wall of the contact's zone, in minutes of the day: from the first to before the last. */
export interface Quiet {
  readonly from: number;
  readonly to: number;
}

/** How a contact wants to be told. */
export interface Preferences {
  readonly contactId: number;
  readonly ref: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** One of the languages that the desk speaks. */
  readonly locale: string;
  /** IANA zone. */
  readonly zone: string;
  /** What the contact chose for themself; null follows the account. */
  readonly own: { readonly locale: string | null; readonly zone: string | null };
  readonly quiet: Quiet | undefined;
  /** Calendars that come with mails are invitations: programs offer to take them in. */
  readonly invites: boolean;
  readonly routes: Readonly<Record<NotificationType, Route>>;
}

/** Where things of one type go. */
export interface Route {
  /** False while it is the default. */
  readonly chosen: boolean;
  /** In order; also those that nothing can go to now. */
  readonly destinations: readonly Destination[];
}

/** What a dispatch says; made into text when it is sent, in the reader's language. */
export type Told =
  /** A template of the desk's words or of its policy, with its arguments. */
  | { readonly template: string; readonly args: Readonly<Record<string, string | number>> }
  /** Plain text. */
  | { readonly subject: string; readonly text: string }
  /** The text of the dispatch's message, as it is then. */
  | { readonly copy: true }
  /** What the ticket's conversation was told. */
  | { readonly say: string; readonly args: SayArgs }
  /** The dispatch's notice, as it is then and as far as it concerns the reader. */
  | { readonly notice: true };

/** Where a dispatch stands. */
export type DispatchState = 'planned' | 'held' | 'trying' | 'sent' | 'failed' | 'unknown' | 'skipped';

/** Who is told, as far as the words depend on it. */
export interface Reader {
  readonly contactId: number;
  readonly locale: string;
  readonly zone: string;
  readonly invites: boolean;
}

/** What is told by chat and by mail alike: a subject of one line in plain text, and CommonMark. */
export interface Words {
  readonly subject: string;
  readonly text: string;
  /** How it stands now, in CommonMark and short: below the first message of the notice in somebody's chat. */
  readonly now?: string;
  /** Goes with mail. */
  readonly calendar?: CalendarSheet;
  /** They are of several notices: how each stands now, by the dispatch that is told along. */
  readonly bundle?: readonly { readonly dispatchId: number; readonly now: string }[];
}

/** Whether a dispatch of a notice is still to be sent, and what it says; `told`: this contact was told of the notice before. */
export type NoticeMatter =
  | { readonly is: 'wanted'; readonly words: Words; readonly class: 'outage' | 'maintenance' | 'reminder' }
  /** It cannot be known yet: what was sent before is under way. */
  | { readonly is: 'open' }
  | { readonly is: 'unwanted'; readonly why: 'superseded' | 'too-late' | 'never-told' };

/** What the dispatches of notices ask of the notices themselves. */
export interface NoticeTeller {
  matter(act: Act, dispatchId: number, reader: Reader): Promise<NoticeMatter>;
  /** A contact could not be told. */
  missed(act: Act, dispatchId: number): Promise<void>;
}
