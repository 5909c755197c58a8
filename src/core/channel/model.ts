/**
 * The port: what the desk asks of a way to talk. Two methods are required, `receive` and `deliver`; everything else is an
 * ability of one method that a channel may have, with a fallback in core. Core names no platform: `ChannelKind` is a word
 * that the adapter brings.
 */
import type { Answer } from './form.ts';
import type { Inbound, InboundFile } from './inbound.ts';
import type { Card, Home, Mark, Outbound, OutboundThread } from './outbound.ts';
import type { Address, ChannelKind, MessageRef } from './words.ts';

/** A request as it came over HTTP, before anything is parsed. */
export interface RawRequest {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly now: Date;
}

/** A request to one of a channel's own doors, before its body is read. */
export interface DoorRequest extends Pick<RawRequest, 'headers' | 'now'> {
  /** Which door. */
  readonly source: string;
}

/** Who may come in by a door: then the body is read, up to `limit` bytes, and looked at. `proved`: the headers have shown who it is; else the body must. */
export type Door =
  | { readonly open: false; readonly response: RawResponse; readonly why: string }
  | {
      readonly open: true;
      readonly limit: number;
      readonly proved: boolean;
      read(body: Uint8Array): Promise<Received>;
    };

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

/** What became of one attempt. Adapters never throw for what a platform may answer. */
export type Receipt =
  | {
      readonly outcome: 'delivered';
      readonly ref?: MessageRef;
      readonly address?: Address;
      /** The platform was not asked: what was wanted is known without it, and nothing of its rate is used. */
      readonly unasked?: true;
    }
  /** Certainly not done. `scope` says what has to wait: this place, every place that is still to be made, or the whole bot. */
  | {
      readonly outcome: 'retry';
      readonly afterMs: number;
      readonly scope: 'place' | 'opens' | 'bot';
      readonly why: string;
    }
  /** Certainly not done, and never will be. */
  | {
      readonly outcome: 'refused';
      readonly code: RefusedCode;
      readonly why: string;
      /** It is the person who cannot be reached on this channel, so no other place would do. */
      readonly everywhere?: boolean;
    }
  /** It may have been done: the answer never came. Where it is known beforehand, `address` is the place that it makes, and `ref` what it is there. */
  | {
      readonly outcome: 'unknown';
      readonly why: string;
      readonly ref?: MessageRef;
      readonly address?: Address;
    };

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
  /** Longest subject of a message, in UTF-16 units; absent where messages have none. */
  readonly subject?: number;
  /** Forms: how many fields at once, and whether errors can be shown at the field. `none`: the form becomes a conversation. */
  readonly forms: { readonly fields: number; readonly errorsAtField: boolean } | 'none';
  /** A place for each ticket, or one chat for all of a person's tickets. */
  readonly places: 'per-ticket' | 'shared';
  readonly bot: Rate;
  readonly place: Rate;
  /** How fast new places (threads, posts) may be made; absent where nothing but `bot` bounds it. */
  readonly opens?: Rate;
  /** Requests that opening a ticket's place takes, as `bot` counts them; one when absent. */
  readonly threadCalls?: number;
  /** Sending a message again with the same id shows it once, for at least some minutes; on a channel without `find`, for a day, and opening a place again opens the same. */
  readonly resendIsSafe: boolean;
  /** The way to reach support that it is, where promises differ by it; a ticket when absent. */
  readonly way?: 'chat' | 'mail';
  /** The mail address that is read: people may write there. Absent where none is. */
  readonly inbox?: string;
  /** Files of one message: how many, how large each, and where it is bounded, all of them `together`, in bytes; absent where the channel carries none. */
  readonly files?: { readonly count: number; readonly bytes: number; readonly together?: number };
  /** Who says the first word in somebody's own chat with the desk: nothing can be said to who has not written there. Absent where the desk may begin. */
  readonly begins?: 'person';
  /** The platform takes one message to many people's own chats for abuse: there only who chose it is told of notices. Absent where it does not. */
  readonly many?: 'chosen';
}

/**
 * Ability: tells the address of a person's own chat with the desk (for mail, of their mailbox), opened if need be; nothing is said in it. The
 * receipt carries the address. Without the ability only who has written there can be told something outside of a ticket.
 */
export type OpenChat = (person: { readonly space: string; readonly externalId: string }) => Promise<Receipt>;
/** Ability: opens a place for a ticket. */
export type OpenThread = (thread: OutboundThread) => Promise<Receipt>;
/** Ability: opens the staff post of a ticket. The receipt carries its address and the card's ref. */
export type OpenPost = (card: Card) => Promise<Receipt>;
/** Ability: shows the card anew. */
export type ShowCard = (card: Card, to: Address, ref: MessageRef | undefined) => Promise<Receipt>;
/** Ability: puts a mark on a message. */
export type React = (mark: Mark, to: Address, ref: MessageRef) => Promise<Receipt>;
/** What a look-up of an earlier attempt found. `absent`: it was not done, or its place is gone with it. `unsure`: the platform cannot tell. */
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
  /** Messages there that are known to be of other deliveries: all since some minutes before `since`. */
  readonly others: readonly MessageRef[];
}
/** Ability: looks whether an attempt with an unknown outcome was done after all. */
export type Find = (lookup: Lookup) => Promise<Found>;
/** Ability: shows a message of ours anew. Doing it twice is doing it once. */
export type Edit = (message: Outbound, to: Address, ref: MessageRef) => Promise<Receipt>;
/** Ability: takes a message of ours back. One that is gone already is delivered. */
export type Remove = (to: Address, ref: MessageRef) => Promise<Receipt>;
/** Ability: shows somebody's reaction on a message, as the bot's own. One that the platform has not is `refused` as invalid. */
export type Echo = (emoji: string, on: boolean, to: Address, ref: MessageRef) => Promise<Receipt>;
/** What came of fetching a file. */
export type Fetched =
  | { readonly outcome: 'fetched'; readonly bytes: AsyncIterable<Uint8Array> }
  | { readonly outcome: 'retry'; readonly afterMs: number; readonly why: string }
  | { readonly outcome: 'refused'; readonly why: string };
/** Ability: gets a file that came with an event. The bytes end early, with an error, after `maxBytes`. */
export type FetchFile = (file: InboundFile, maxBytes: number) => Promise<Fetched>;
/** Ability: shows a person's own page anew. */
export type ShowHome = (
  home: Home,
  person: { readonly space: string; readonly externalId: string },
) => Promise<Receipt>;
/** Ability: whether the person of a place has read a message of ours there. */
export type HasRead = (to: Address, ref: MessageRef) => Promise<boolean>;
/** Ability: whoever is at a place sees for some seconds that somebody of the staff writes to them. Nothing is kept; never throws. */
export type ShowWriting = (to: Address) => void;
/** Ability: the roles a person has at this moment; `undefined` when they cannot be had (treated as none). */
export type RolesOf = (externalId: string) => Promise<readonly string[] | undefined>;
/** Ability: the web address at which people of the platform open a place; `undefined` when it has none. */
export type LinkTo = (address: Address) => string | undefined;
/**
 * Ability: the address that opens the person's own chat with the desk and hands in a token (A-Z a-z 0-9 _ -, at most 64 characters), which
 * comes back as an ask `link`; `undefined` while it is not known. Without the ability a token is typed.
 */
export type StartLink = (token: string) => string | undefined;
/** A message of a place as the desk knows it. */
export interface KnownMessage {
  readonly ref: MessageRef;
  /** A person said it in the place. When it is no longer there, it was taken back. */
  readonly said: boolean;
  /** People's reactions that are known to stand, with the ids of those who put them. */
  readonly reactions: readonly { readonly emoji: string; readonly externalId: string }[];
}
/** A place of an unfinished ticket, and the message from which on it is to be looked through. */
export interface KnownPlace {
  readonly address: Address;
  readonly role: 'customer' | 'desk';
  /**
   * The newest message there that the desk heard or sent an hour ago or earlier: what came since may have gaps, and what is handed in
   * twice is taken once. Undefined when there is none: then all of the place since `since` is meant.
   */
  readonly lastRef: MessageRef | undefined;
  /** When that message was said; without one, a time before anything was said there. */
  readonly since: Date;
  /** The newest messages since, as they are known: what became of them meanwhile can be told by comparing. Absent: nothing is. */
  readonly known?: readonly KnownMessage[];
}
/**
 * Ability: takes events by itself (a socket, a long poll). Resolves when connected; never gives up by itself. Calls `missed` when a session
 * was lost for good, before it hands in anything of the next one: core looks back, with `CatchUp`. The first session after a start is
 * not told: core looks back then by itself.
 */
export type Listen = (sink: Sink, missed?: () => void) => Promise<{ stop(): Promise<void> }>;
/**
 * Ability: hands to the sink, in their order, what was said in a place since the desk last heard; what is handed in twice is taken once.
 * Then, as far as the platform shows it, what happened to the known messages meanwhile: taken back, reacted to.
 * Rejects when the sink does, or when the platform does not tell now: then it is called again. Resolves with the reason when the place
 * cannot be read at all. `signal` ends it early.
 */
export type CatchUp = (sink: Sink, place: KnownPlace, signal: AbortSignal) => Promise<string | undefined>;
/** One thing that was checked, and how to mend it. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** For the operator: what to do. Absent when all is well. */
  readonly mend?: string;
}
/** Ability: checks the platform's side: token, scopes, intents, permissions, webhook. Never throws. */
export type Check = () => Promise<readonly Finding[]>;

/**
 * Ability: takes requests at `/hooks/KIND/SOURCE`, from several senders that prove themselves each in its own way. Whoever can be known from the
 * headers is turned away before the body is read. Never throws for what a stranger may send.
 */
export type ReceiveFrom = (request: DoorRequest) => Door;

/** Ability: drops what the adapter itself keeps of a person. Rejects when it cannot now. */
export type Forget = (person: { readonly space: string; readonly externalId: string }) => Promise<void>;

/** Ability: gives back what it holds open (connections) once nothing is sent any more. Never throws. */
export type Close = () => Promise<void>;

/** A way to talk. */
export interface Channel {
  readonly kind: ChannelKind;
  readonly limits: Limits;
  /** Verifies the raw request, then parses it. Never throws for what a stranger may send. */
  receive(request: RawRequest): Promise<Received>;
  /** Sends one message. Never throws for what a platform may answer. */
  deliver(message: Outbound, to: Address): Promise<Receipt>;
  readonly listen?: Listen;
  readonly openChat?: OpenChat;
  readonly openThread?: OpenThread;
  readonly openPost?: OpenPost;
  readonly showCard?: ShowCard;
  readonly react?: React;
  readonly find?: Find;
  readonly rolesOf?: RolesOf;
  readonly linkTo?: LinkTo;
  readonly startLink?: StartLink;
  readonly edit?: Edit;
  readonly remove?: Remove;
  readonly echo?: Echo;
  readonly fetchFile?: FetchFile;
  readonly showHome?: ShowHome;
  readonly hasRead?: HasRead;
  readonly showWriting?: ShowWriting;
  readonly catchUp?: CatchUp;
  readonly check?: Check;
  readonly close?: Close;
  readonly receiveFrom?: ReceiveFrom;
  readonly forget?: Forget;
}
