/** What comes as a letter: written to the desk, in no place; which ticket it is about is found out of what it answers. */
import type { InboundBase, InboundFile } from './inbound.ts';
import type { MessageRef } from './words.ts';

/**
 * The space of senders for whom the platform does not vouch: they say who they are, and that is all. Nobody there is ever linked to a contact, and
 * they are somebody else than the same id for which it does.
 */
export const UNVOUCHED = 'unvouched';

/** A message of ours by our own id of its delivery, and when that was put in: ids begin anew with a new database. */
export interface SentByUs {
  readonly delivery: string;
  readonly at: Date;
}

/** Somebody wrote a letter. */
export interface Wrote extends InboundBase {
  readonly type: 'wrote';
  /** The platform is sure of the sender, whose `space` is not `UNVOUCHED` then. */
  readonly vouched: boolean;
  readonly ref: MessageRef;
  /** Untrusted plain text. */
  readonly subject: string;
  /** CommonMark: what is new in it. */
  readonly text: string;
  /** CommonMark: what was folded away, quoted words and a signature. */
  readonly folded?: string;
  readonly files?: readonly InboundFile[];
  /** iCalendar files that it brings, where the platform is sure of the sender. Untrusted; one that is too much is empty. */
  readonly calendars?: readonly string[];
  /** Messages of ours that it answers for certain, the surest first. */
  readonly answers: readonly SentByUs[];
  /** Messages that it says it answers, the nearest first: anybody can say so. */
  readonly refs: readonly MessageRef[];
  /** Where it was sent to. */
  readonly to: readonly string[];
  /** Nobody wrote it for us: it is an automatic answer, came to many, or is our own. Nothing is answered to it. */
  readonly automatic?: 'reply' | 'bulk' | 'own';
  /** It could not be read: all of it is in its file. */
  readonly unreadable?: true;
  /** It is larger than the desk takes: this is its beginning, without its files. The rest is where it came from. */
  readonly whole?: false;
}

/** A message of ours came back: it did not arrive after all. */
export interface Bounced extends Omit<InboundBase, 'from'> {
  readonly type: 'bounced';
  readonly from?: undefined;
  readonly delivery: SentByUs;
  readonly code: 'gone' | 'forbidden';
  /** The platform's own code. */
  readonly why: string;
}
