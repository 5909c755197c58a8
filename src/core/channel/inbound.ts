/** What a platform can tell the desk. */
import type { FormPage } from './form.ts';
import type { Bounced, Wrote } from './letter.ts';
import type { Address, MessageRef } from './words.ts';

/** Who did something, as the platform vouches for it. Names are untrusted text. */
export interface Sender {
  /** The community the id belongs to (a workspace, a server); empty where ids are global. */
  readonly space: string;
  readonly externalId: string;
  /** Display name; absent where the platform did not send it (the known one is kept). At most 200 characters are kept. */
  readonly name?: string;
  /** BCP 47, as the platform reports it; absent where it does not. */
  readonly locale?: string;
  /**
   * The provider's own site has said who this is: a contact's ref, and when it said so (ISO 8601), signed. It counts as a proof from the client area.
   */
  readonly vouched?: { readonly contact: string; readonly at: string };
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
  /**
   * `text`: CommonMark the request is to begin with, for example the message that a shortcut was used on. `department`: its id, where a
   * link says for whom the request is; one that the desk has not is as good as none. `service`: what was picked or typed as the
   * service it is about.
   */
  | {
      readonly what: 'open';
      readonly subject: string;
      readonly text?: string;
      readonly department?: string;
      readonly service?: string;
    }
  | { readonly what: 'list' }
  | { readonly what: 'show'; readonly number: string }
  | { readonly what: 'close'; readonly number: string }
  | { readonly what: 'reopen'; readonly number: string }
  | { readonly what: 'escalate'; readonly number: string; readonly text: string }
  | { readonly what: 'reply'; readonly number: string; readonly text: string }
  | { readonly what: 'help' }
  /** Who I am to the desk, and my other identities. */
  | { readonly what: 'me' }
  /** Proof of who I am: `text` is a code, the token of a link, or a registered address; empty where the person is still to be asked. */
  | { readonly what: 'link'; readonly text: string }
  /** What concerns me now and next: outages, planned work. */
  | { readonly what: 'status' }
  /** Where I am told of what. */
  | { readonly what: 'notify' }
  /** The ways to reach support. */
  | { readonly what: 'contact' }
  /** A command of staff. Without a number it is about the ticket whose post it was given in. */
  | { readonly what: 'desk'; readonly verb: DeskVerb; readonly number: string; readonly value: string }
  | { readonly what: 'unknown'; readonly words: string };

/**
 * What staff can ask for. `value`: for `assign` the person's id on the channel, for `transfer` a department's id, for `priority` a
 * priority's id, for `note` the text, for `escalate` and `deescalate` the reason, with a level before it or without; for `duty` and `oncall`
 * what follows; for `queue` a team, a level or `all`; for `report` the week as it was typed; for `notice` what stands behind `/notice`; empty for the others.
 */
export type DeskVerb =
  | 'claim'
  | 'assign'
  | 'transfer'
  | 'priority'
  | 'note'
  | 'wait'
  | 'solve'
  | 'reopen'
  | 'close'
  | 'show'
  | 'verify'
  /** Makes a chat a ticket. */
  | 'ticket'
  | 'why'
  | 'escalate'
  | 'deescalate'
  | 'duty'
  | 'oncall'
  | 'queue'
  | 'board'
  | 'report'
  | 'notice'
  | 'help';

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
  /** Files that were put into the form. */
  readonly files?: readonly InboundFile[];
}

/** A file as a platform tells of it; its name and type are untrusted. */
export interface InboundFile {
  /** What the adapter's `fetchFile` needs to get it, opaque to core: at most 2,000 characters, no token. */
  readonly source: string;
  readonly name: string;
  /** Bytes, as the platform says; absent where it does not. */
  readonly size?: number;
}

/** Somebody said something in a place. */
export interface Said extends InboundBase {
  readonly type: 'said';
  readonly place: Address;
  readonly direct: boolean;
  readonly ref: MessageRef;
  /** The message it answers, where the platform says so. */
  readonly replyTo?: MessageRef;
  /** CommonMark, made by the adapter from the platform's dialect: mentions as names, nothing that notifies. Empty when only files were sent. */
  readonly text: string;
  readonly files?: readonly InboundFile[];
  /**
   * Where a platform sends several files as several messages: what they have in common, unique within the place, at most 40 characters.
   * Those that come within a moment of each other are one message.
   */
  readonly album?: string;
}

/** Somebody changed what they had said. */
export interface Edited extends InboundBase {
  readonly type: 'edited';
  readonly place: Address;
  readonly direct: boolean;
  readonly ref: MessageRef;
  /** The whole new text, as `Said.text`. */
  readonly text: string;
  /** Grows with each edit of the message (for example ms of the edit): of two edits the greater one is the newer. */
  readonly version: number;
}

/** A message was taken back. Platforms often do not say by whom. */
export interface Deleted extends Omit<InboundBase, 'from'> {
  readonly type: 'deleted';
  readonly from?: undefined;
  readonly place: Address;
  readonly direct: boolean;
  readonly ref: MessageRef;
}

/** Somebody put a reaction on a message, or took it away. */
export interface Reacted extends InboundBase {
  readonly type: 'reacted';
  readonly place: Address;
  readonly direct: boolean;
  readonly ref: MessageRef;
  /** One Unicode emoji in its fully qualified form; what has none (a server's own picture) is not told. */
  readonly emoji: string;
  readonly on: boolean;
}

/** Somebody pressed a button of ours. */
export interface Pressed extends InboundBase {
  readonly type: 'pressed';
  readonly action: string;
  readonly place: Address;
  readonly direct: boolean;
  /** The message the button is under. */
  readonly ref?: MessageRef;
  /** What the form holds so far, where it was pressed or chosen in one: field id → value. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Somebody is typing a value of a command and wants to see choices. Answered with `choices`, never stored. */
export interface Typed extends InboundBase {
  readonly type: 'typed';
  readonly place: Address;
  readonly direct: boolean;
  /** `own-ticket`, `own-service`: of a customer; all others are for staff. */
  readonly field:
    | 'own-ticket'
    | 'own-service'
    | 'desk-ticket'
    | 'staff'
    | 'department'
    | 'priority'
    | 'level'
    | 'team';
  readonly text: string;
}

/** Somebody has begun to write in a place, or goes on to: told every few seconds while they do, and never stored. */
export interface Writing extends InboundBase {
  readonly type: 'writing';
  readonly place: Address;
  readonly direct: boolean;
}

/** Somebody opened the desk's own page on the platform. */
export interface Visited extends InboundBase {
  readonly type: 'visited';
}

/** What a platform can tell the desk. */
export type Inbound =
  | Asked
  | Submitted
  | Said
  | Pressed
  | Edited
  | Deleted
  | Reacted
  | Typed
  | Writing
  | Visited
  | Wrote
  | Bounced;
