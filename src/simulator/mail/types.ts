/** Words of the pretend mail server. */

/** One mail as it lies in a mailbox. */
export interface Mail {
  /** The id that the server gave it when it took it. */
  readonly id: string;
  /** Where it was delivered to, from the envelope. */
  readonly mailbox: string;
  /** The sender of the envelope. */
  readonly returnPath: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly subject: string;
  /** With brackets. */
  readonly messageId: string;
  readonly inReplyTo: string | undefined;
  readonly references: readonly string[];
  /** All headers in order: small letters, unfolded, not decoded. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
  /** As it was sent: not safe. */
  readonly html: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
  }[];
  /** The whole mail as it came over the wire. */
  readonly raw: Uint8Array;
  /** When it came, in ms since the epoch. */
  readonly at: number;
}

/** What a mail is refused with. */
export interface Refusal {
  readonly status: number;
  /** Begins with the enhanced code. */
  readonly text: string;
}

/** A person with a mailbox, as tests describe one. */
export interface PersonSpec {
  readonly name: string;
  /** Default: `name@example.com`. */
  readonly address?: string;
  /** The language of their mail program. */
  readonly locale: string;
}
