/** Words of incoming mail. */

/** What was known of a mail when it was handed over, besides itself. */
export interface Handover {
  /** The envelope's sender (MAIL FROM); empty for the null return path, absent where nobody told. */
  readonly sender?: string;
  /** The address and the name of the server that handed it over, for SPF. */
  readonly ip?: string;
  readonly helo?: string;
  /** Whom the envelope named. */
  readonly recipients?: readonly string[];
  /** It is too large: this is its beginning. */
  readonly whole?: false;
}

/** How a mail came about, where it was not a person who wrote it to us. */
export type Automatic = 'reply' | 'bulk' | 'bounce';

/** A mail of ours that did not arrive (RFC 3464). */
export interface Failure {
  /** The Message-ID of ours, without brackets. */
  readonly original: string;
  /** The enhanced code, `5.1.1`. */
  readonly status: string;
}

/** A part of a mail that is a file. */
export interface Part {
  /** Untrusted. */
  readonly name: string;
  readonly size: number;
}

/** A mail as the reader gives it. All of it is untrusted but `passed`. */
export interface ReadMail {
  /** The one who wrote it; absent where the mail names nobody. */
  readonly from?: { readonly name: string; readonly address: string };
  /** It is certainly of the domain that it says: an aligned pass of DMARC. */
  readonly passed: boolean;
  readonly to: readonly string[];
  readonly subject: string;
  /** Without brackets, as all ids here. */
  readonly messageId?: string;
  /** What it says that it answers, the nearest first. */
  readonly answers: readonly string[];
  readonly text: string;
  /** What was quoted, and the signature. */
  readonly folded: string;
  /** The words are CommonMark, made of HTML; else they are plain. */
  readonly marked: boolean;
  /** BCP 47. */
  readonly locale?: string;
  readonly parts: readonly Part[];
  /** iCalendar files, of a mail that `passed`. */
  readonly calendars: readonly string[];
  readonly automatic?: Automatic;
  readonly failures: readonly Failure[];
  /** The same for the same mail, by whatever way and however often it came. */
  readonly digest: string;
}

/** What is asked of the thread that reads. */
export type Question =
  | {
      readonly what: 'read';
      readonly raw: Uint8Array;
      readonly handover: Handover;
      /** The name under which one's own server writes down what it found out (RFC 8601). */
      readonly authservId?: string;
    }
  | { readonly what: 'part'; readonly raw: Uint8Array; readonly index: number };
