/** What a bubble and the desk say to each other, as both sides know it: JSON, a frame at a time, over a WebSocket, or as a request and an event stream. */

/** What somebody does in their bubble. `key` is made by the bubble: by it what comes again is known. */
export type Deed =
  | {
      readonly t: 'say';
      readonly key: string;
      readonly text: string;
      readonly files: readonly { readonly id: string; readonly name: string }[];
    }
  | {
      readonly t: 'press';
      readonly key: string;
      readonly action: string;
      /** The line it is under. */
      readonly ref?: number | undefined;
      readonly values?: Readonly<Record<string, string>> | undefined;
    }
  | {
      readonly t: 'submit';
      readonly key: string;
      readonly page: 'all' | 'base' | 'facts' | 'link' | 'notify' | 'details' | 'by-mail';
      readonly draft: string;
      readonly values: Readonly<Record<string, string>>;
    }
  /** Read as far as that. */
  | { readonly t: 'seen'; readonly seq: number };

/** Words with their marks: a text, or the name of a mark with what is in it; a link has its address first. */
export type Piece = string | readonly [Mark, ...Piece[]];
/** The marks that there are; each is one HTML element in the bubble. */
export type Mark = 'p' | 'b' | 'i' | 'code' | 'pre' | 'quote' | 'ul' | 'ol' | 'li' | 'br' | 'hr' | 'h' | 'a';

/** A button. */
export interface ButtonFrame {
  readonly action: string;
  readonly label: string;
  readonly style?: string;
}

/** A line of the chat, as it is now. */
export interface LineFrame {
  readonly t: 'line';
  readonly ref: number;
  readonly seq: number;
  /** Of one's own: the key it was sent under. */
  readonly key?: string;
  readonly at: number;
  readonly pieces: readonly Piece[];
  readonly author?: string;
  /** The desk says it by itself. */
  readonly auto?: boolean;
  readonly buttons?: readonly ButtonFrame[];
  readonly files?: readonly string[];
  /** It was taken back. */
  readonly gone?: boolean;
}

/** A field of a form. */
export interface FieldFrame {
  readonly id: string;
  readonly kind: 'text' | 'multiline' | 'choice';
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required: boolean;
  readonly maxLength: number;
  readonly value?: string;
  readonly error?: string;
  readonly reshapes?: boolean;
}

/** A form to be filled. */
export interface FormFrame {
  readonly page: string;
  readonly draft: string;
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly fields: readonly FieldFrame[];
}

/** What comes of a press or of a form. */
export type AnswerFrame =
  | { readonly show: 'nothing' }
  | { readonly show: 'words'; readonly pieces: readonly Piece[]; readonly buttons: readonly ButtonFrame[] }
  | { readonly show: 'form'; readonly form: FormFrame };

/** Why the desk did not do what was asked. `later`: nothing is wrong with it, and it may be sent again. */
export type No = 'later' | 'slower' | 'invalid' | 'expired' | 'refused' | 'unknown' | 'too-large';

/** What the desk says. */
export type DeskFrame =
  | LineFrame
  /** All lines up to now have been sent; `customer`: the site has said who it is. */
  | { readonly t: 'ready'; readonly seen: number; readonly customer: boolean }
  /** The line is safe, and stands there. */
  | {
      readonly t: 'ack';
      readonly key: string;
      readonly ref: number;
      readonly seq: number;
      readonly at: number;
    }
  /** Its person has read as far as that, here or in another window. */
  | { readonly t: 'read'; readonly seen: number }
  /** Somebody of the staff writes at this moment. */
  | { readonly t: 'writing' }
  | { readonly t: 'answer'; readonly key: string; readonly answer: AnswerFrame }
  /** With a key: about that frame; without, about the connection, which ends. */
  | { readonly t: 'no'; readonly why: No; readonly key?: string; readonly afterMs?: number };

/** What the bubble says by itself, by the end of the key in the locales. */
export const WORDS = [
  'open',
  'close',
  'title',
  'intro',
  'write',
  'send',
  'attach',
  'sending',
  'delivered',
  'not-sent',
  'files-left',
  'retry',
  'offline',
  'later',
  'you',
  'auto',
  'gone',
  'new',
  'too-large',
  'too-many',
  'too-long',
  'working',
  'writing',
  'expired',
  'drop-here',
  'remove',
  'optional',
] as const;

/** The end of a key of the bubble's words. */
export type Word = (typeof WORDS)[number];

/** What a bubble is told before anybody has said anything. */
export interface Greeting {
  readonly lang: string;
  readonly name: string;
  /** How soon somebody answers, as promised. */
  readonly promise: string;
  readonly words: Readonly<Record<Word, string>>;
  readonly most: { readonly text: number; readonly files: number; readonly bytes: number };
}
