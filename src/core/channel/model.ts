/**
 * The port: what the desk asks of a way to talk. Two methods are required, `receive` and `deliver`; everything else is an
 * ability of one method that a channel may have, with a fallback in core. Core names no platform: `ChannelKind` is a word
 * that the adapter brings.
 */
import type { DeliveryClass } from './classes.ts';

/** The word an adapter is known by in the database, in the policy and in logs. */
export type ChannelKind = string;

/**
 * Where messages go, written by the adapter and opaque to core: at most 255 characters, equal exactly when the place is the
 * same. For example a thread's id, or `channel/thread`.
 */
export type Address = string;

/** The platform's id of one message in a place, opaque to core; unique within the place. */
export type MessageRef = string;

/** Who did something, as the platform vouches for it. Names are untrusted text. */
export interface Sender {
  /** The community the id belongs to (a workspace, a server); empty where ids are global. */
  readonly space: string;
  readonly externalId: string;
  /** Display name; absent where the platform did not send it (the known one is kept). At most 200 characters are kept. */
  readonly name?: string;
  /** BCP 47, as the platform reports it; absent where it does not. */
  readonly locale?: string;
  /** The platform's role ids of this person at the time of the event; absent where the platform has no roles. */
  readonly roles?: readonly string[];
}

/** Facts that every inbound event has. */
export interface InboundBase {
  /** The platform's own id of the event, stable over redeliveries. */
  readonly eventId: string;
  readonly at: Date;
  readonly from: Sender;
}

/** A command or a menu choice: what somebody asks the desk to do. */
export type Ask =
  | { readonly what: 'open'; readonly subject: string }
  | { readonly what: 'list' }
  | { readonly what: 'show'; readonly number: string }
  | { readonly what: 'close'; readonly number: string }
  | { readonly what: 'help' }
  | { readonly what: 'unknown'; readonly words: string };

/** Somebody asked for something. */
export interface Asked extends InboundBase {
  readonly type: 'asked';
  readonly ask: Ask;
  /** Where it was asked. */
  readonly place: Address;
  /** The place is this person's own chat with the desk, shared by all their tickets. */
  readonly direct: boolean;
}

/** Somebody sent a filled form. */
export interface Submitted extends InboundBase {
  readonly type: 'submitted';
  /** The draft that the form carried, or empty. */
  readonly draft: string;
  /** Field id → what was typed or chosen. */
  readonly values: Readonly<Record<string, string>>;
  /** The page of the form that was sent. */
  readonly page: FormPage;
  /** Where the form was asked for, when the platform still knows. */
  readonly place?: Address;
}

/** Somebody said something in a place. */
export interface Said extends InboundBase {
  readonly type: 'said';
  readonly place: Address;
  readonly direct: boolean;
  readonly ref: MessageRef;
  /** The message it answers, where the platform says so. */
  readonly replyTo?: MessageRef;
  /** CommonMark, made by the adapter from the platform's dialect: mentions as names, nothing that notifies. */
  readonly text: string;
}

/** Somebody pressed a button of ours. */
export interface Pressed extends InboundBase {
  readonly type: 'pressed';
  readonly action: string;
  readonly place: Address;
  readonly direct: boolean;
  /** The message the button is under. */
  readonly ref?: MessageRef;
}

/** What a platform can tell the desk. */
export type Inbound = Asked | Submitted | Said | Pressed;

/** Which fields a form shows: all at once, or one of two pages where the platform's forms are small. */
export type FormPage = 'all' | 'base' | 'facts';

/** One choice of a field. */
export interface FormOption {
  readonly value: string;
  readonly label: string;
}

/** One field, ready to be shown: in the person's language, with what they gave so far and what is wrong with it. */
export interface FormField {
  readonly id: string;
  readonly kind: 'text' | 'multiline' | 'choice';
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly options?: readonly FormOption[];
  readonly required: boolean;
  readonly maxLength: number;
  readonly value?: string;
  /** What is missing or wrong, said to the person. */
  readonly error?: string;
  /** A change of this field changes which fields the form has. */
  readonly reshapes?: boolean;
}

/** A form, ready to be shown. */
export interface FormView {
  readonly page: FormPage;
  /** Our id of what was given so far; empty while nothing is kept. At most 20 characters. */
  readonly draft: string;
  readonly locale: string;
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly fields: readonly FormField[];
}

/** A button: `action` comes back in `Pressed` as it is; at most 60 bytes. Labels are plain text of at most 40 characters. */
export interface Button {
  readonly action: string;
  readonly label: string;
  readonly style?: 'plain' | 'primary' | 'danger' | 'success';
}

/** What core answers to the person who acted, privately and at once, where the platform waits for an answer. */
export type Answer =
  | { readonly type: 'nothing' }
  /** CommonMark, for the asker's eyes only. `done`: an open form has done its work and may go. */
  | {
      readonly type: 'say';
      readonly text: string;
      readonly buttons?: readonly Button[];
      readonly done?: boolean;
      readonly title?: string;
    }
  /** Show this form. */
  | { readonly type: 'form'; readonly form: FormView }
  /** The form was not accepted: show it again with the errors at the fields, or `retry` under a text where that cannot be. */
  | { readonly type: 'faults'; readonly form: FormView; readonly text: string; readonly retry: Button };

/** A request as it came over HTTP, before anything is parsed. */
export interface RawRequest {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly now: Date;
}

/** What goes back over HTTP. */
export interface RawResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came of a request: refused before it was read, or verified events with the way to answer them in time. */
export type Received =
  | { readonly verified: false; readonly response: RawResponse; readonly why: string }
  | {
      readonly verified: true;
      readonly inbound: readonly Inbound[];
      /** Called with one answer per inbound event, after they were stored. */
      respond(answers: readonly Answer[]): Promise<RawResponse>;
      /**
       * Called in place of `respond`, where it is: while the events are still being stored, with their answers to come. Answers
       * before the platform loses patience, and gives what comes later by itself; also when `answers` rejects.
       */
      respondInTime?(answers: Promise<readonly Answer[]>): Promise<RawResponse>;
    };

/** Hands an event to core: resolves when it is safe in the database, with the answer. Rejects only when the database does. */
export type Sink = (inbound: Inbound) => Promise<Answer>;

/** A message for one place. */
export interface Outbound {
  /** Our id of the delivery: the key against duplicates. At most 20 characters. */
  readonly id: string;
  readonly class: DeliveryClass;
  /** CommonMark. Fits `limits.text` as `limits.measure` counts. */
  readonly text: string;
  readonly buttons: readonly Button[];
  readonly replyTo?: MessageRef;
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

/** What staff see of a ticket at its head. */
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
  /** Plain labels with CommonMark values. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  /** CommonMark, at most 1,200 characters as measured. */
  readonly body: string;
  readonly buttons: readonly Button[];
  /** Plain text: how to write here. */
  readonly hint: string;
  readonly urgent: boolean;
}

/** The mark the desk puts on a staff message to show what became of it. */
export type Mark = 'sent' | 'failed' | 'unknown';

/** What became of one attempt. Adapters never throw for what a platform may answer. */
export type Receipt =
  | { readonly outcome: 'delivered'; readonly ref?: MessageRef; readonly address?: Address }
  /** Certainly not done. `scope` says what has to wait: this place, or the whole bot. */
  | {
      readonly outcome: 'retry';
      readonly afterMs: number;
      readonly scope: 'place' | 'bot';
      readonly why: string;
    }
  /** Certainly not done, and never will be. */
  | { readonly outcome: 'refused'; readonly code: RefusedCode; readonly why: string }
  /** It may have been done: the answer never came. */
  | { readonly outcome: 'unknown'; readonly why: string };

/** Why a platform will not take a message, ever: the person blocked us; the place is gone; we may not; it is not valid there. */
export type RefusedCode = 'blocked' | 'gone' | 'forbidden' | 'invalid';

/** A steady rate with a burst on top. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What a channel can carry. Numbers come from the platform's documentation; each adapter names the source beside it. */
export interface Limits {
  /** Longest text of one message, as `measure` counts. */
  readonly text: number;
  /** Length of a CommonMark text once it is in the platform's dialect. */
  measure(markdown: string): number;
  /** Forms: how many fields at once, and whether errors can be shown at the field. `none`: the form becomes a conversation. */
  readonly forms: { readonly fields: number; readonly errorsAtField: boolean } | 'none';
  /** A place for each ticket, or one chat for all of a person's tickets. */
  readonly places: 'per-ticket' | 'shared';
  readonly bot: Rate;
  readonly place: Rate;
  /** Sending a message again with the same id shows it once, for at least some minutes. */
  readonly resendIsSafe: boolean;
}

/** Ability: opens a place for a ticket. */
export type OpenThread = (thread: OutboundThread) => Promise<Receipt>;
/** Ability: opens the staff post of a ticket. The receipt carries its address and the card's ref. */
export type OpenPost = (card: Card) => Promise<Receipt>;
/** Ability: shows the card anew. */
export type ShowCard = (card: Card, to: Address, ref: MessageRef | undefined) => Promise<Receipt>;
/** Ability: puts a mark on a message. */
export type React = (mark: Mark, to: Address, ref: MessageRef) => Promise<Receipt>;
/** What a look-up of an earlier attempt found. `unsure`: the platform cannot tell. */
export type Found =
  | Extract<Receipt, { outcome: 'delivered' }>
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unsure' };
/** What is looked for: a message in a place, or a place by its mark. `since` bounds the search: it was first tried then. */
export interface Lookup {
  readonly id: string;
  readonly kind: 'post' | 'thread' | 'desk-post';
  readonly mark: string;
  readonly to: Address | undefined;
  readonly person: { readonly space: string; readonly externalId: string } | undefined;
  readonly near: Address | undefined;
  readonly since: Date;
}
/** Ability: looks whether an attempt with an unknown outcome was done after all. */
export type Find = (lookup: Lookup) => Promise<Found>;
/** Ability: the roles a person has at this moment; `undefined` when they cannot be had (treated as none). */
export type RolesOf = (externalId: string) => Promise<readonly string[] | undefined>;
/** Ability: takes events by itself (a socket, a long poll). Resolves when connected; never gives up by itself. */
export type Listen = (sink: Sink) => Promise<{ stop(): Promise<void> }>;

/** A way to talk. */
export interface Channel {
  readonly kind: ChannelKind;
  readonly limits: Limits;
  /** Verifies the raw request, then parses it. Never throws for what a stranger may send. */
  receive(request: RawRequest): Promise<Received>;
  /** Sends one message. Never throws for what a platform may answer. */
  deliver(message: Outbound, to: Address): Promise<Receipt>;
  readonly listen?: Listen;
  readonly openThread?: OpenThread;
  readonly openPost?: OpenPost;
  readonly showCard?: ShowCard;
  readonly react?: React;
  readonly find?: Find;
  readonly rolesOf?: RolesOf;
}
