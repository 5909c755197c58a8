/** What the desk sends. */
import type { DeliveryClass } from './classes.ts';
import type { Button } from './form.ts';
import type { Address, MessageRef } from './words.ts';

/** A message for one place. */
export interface Outbound {
  /** Our id of the delivery: the key against duplicates. At most 20 characters. */
  readonly id: string;
  readonly class: DeliveryClass;
  /** When it was put in; the same at every attempt. */
  readonly at?: Date;
  /** Plain text of one line, at most `limits.subject`; only where the channel's messages have one. */
  readonly subject?: string;
  /** CommonMark. Fits `limits.text` as `limits.measure` counts. */
  readonly text: string;
  /** People who are told that they are meant, by their ids on the platform; everything else in the text notifies nobody. */
  readonly mentions?: readonly string[];
  /** The public name of who of the staff wrote it, where the policy has one: the only name of theirs that a customer may see. */
  readonly author?: string;
  /** The desk says it by itself: no person wrote it for this reader. */
  readonly automatic?: boolean;
  /** The https address that stops messages of this kind, for those that may be refused. One POST to it is enough (RFC 8058). */
  readonly unsubscribe?: string;
  readonly buttons: readonly Button[];
  /** Plain text, row by row, below all else; only where the channel's messages have subjects. */
  readonly foot?: readonly { readonly label: string; readonly value: string }[];
  /** The message of the same place that it goes on from; a platform that shows no such thing shows it by itself. */
  readonly replyTo?: MessageRef;
  /** Files that go with the text; only what `limits.files` can carry. */
  readonly files?: readonly OutboundFile[];
}

/** A file on its way out. */
export interface OutboundFile {
  /** A safe name with an ending that fits the content. */
  readonly name: string;
  /** Media type, as it was found out from the content. */
  readonly type: string;
  readonly size: number;
  /** Of a picture: what is on it, as plain text, for those who do not see it; adapters cut it at their platform's limit. */
  readonly alt?: string;
  read(): Promise<Uint8Array>;
}

/** A new place for one ticket of one person, with its first message. */
export interface OutboundThread extends Outbound {
  /** Plain text of at most 80 characters. */
  readonly title: string;
  /** Starts the title and is unique: `#12`. */
  readonly mark: string;
  /** The person it is for. */
  readonly person: { readonly space: string; readonly externalId: string };
  /** Where they asked, if that is known. */
  readonly near?: Address;
}

/** A person's own page on the platform: their tickets and what they can do. */
export interface Home {
  /** Our id of the delivery. */
  readonly id: string;
  /** Plain text. */
  readonly title: string;
  /** CommonMark. */
  readonly intro: string;
  /** Those that are not closed first, then the newest; at most 20. */
  readonly tickets: readonly {
    readonly mark: string;
    readonly subject: string;
    readonly state: string;
    /** CommonMark: when it was opened, what is awaited. */
    readonly line: string;
    /** Where its conversation is, if it has a place of its own. */
    readonly address?: Address;
    readonly buttons: readonly Button[];
  }[];
  readonly buttons: readonly Button[];
}

/** What staff see at the head of a post: of a ticket, or a sheet of the desk's own, which has neither state nor tags nor hint. */
export interface Card {
  /** Our id of the delivery. */
  readonly id: string;
  readonly mark: string;
  /** Plain text of at most 80 characters, beginning with the mark. */
  readonly title: string;
  readonly state: string;
  readonly tags: readonly { readonly group: 'state' | 'priority' | 'department'; readonly label: string }[];
  /** All labels the tags can have, in order: the desk makes those that are missing. */
  readonly vocabulary: readonly string[];
  /** Plain labels with CommonMark values. `until`: the value names this moment; where the platform can, it shows the time that is left. */
  readonly lines: readonly { readonly label: string; readonly value: string; readonly until?: Date }[];
  /** CommonMark, at most 1,200 characters as measured. */
  readonly body: string;
  readonly buttons: readonly Button[];
  /** Plain text: how to write here; empty where nothing is to be written. */
  readonly hint: string;
  readonly urgent: boolean;
}

/** The mark the desk puts on a staff message to show what became of it. */
export type Mark = 'sent' | 'failed' | 'unknown';
