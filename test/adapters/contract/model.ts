/**
 * The contract of the port, for every adapter alike. A rig is one platform: the real adapter over its real SDK on the wire of the pretend
 * platform, with one customer and one of the staff. A case says what must be so on every rig; what a platform has not is data (`absent`).
 */
import type {
  Address,
  Answer,
  Card,
  Channel,
  Inbound,
  Limits,
  Lookup,
  MessageRef,
  Outbound,
  OutboundThread,
  RawRequest,
  Receipt,
  Received,
} from '../../../src/core/index.ts';
import type { Fault, GivenFile, MessageView, Person, Simulator } from '../../../src/simulator/model.ts';

export type Kind = 'slack' | 'discord' | 'telegram' | 'email' | 'webchat';

/** What the contract has cases for: each member of the port, each limit, each event that may be heard, each answer that may be given. */
export type Ability =
  | keyof Channel
  | `limits.${keyof Limits}`
  | `hears.${Inbound['type']}`
  | `answers.${Answer['type']}`;

/** What is done on the platform by one request, on which a fault can lie in wait. */
export type Deed =
  | 'deliver'
  | 'openThread'
  | 'openPost'
  | 'showCard'
  | 'react'
  | 'edit'
  | 'remove'
  | 'echo'
  | 'showHome'
  | 'find'
  | 'fetchFile'
  | 'rolesOf';

/** What a platform says when it cannot do a thing now. */
export interface Replies {
  /** It is asked too much: the reply, and the least and the longest that is waited then, in ms. */
  readonly limited: Omit<Fault, 'match'>;
  readonly waitsMs: readonly [number, number];
  /** It stumbled itself: the reply, and whether that says for certain that nothing was done. */
  readonly failing: Omit<Fault, 'match'>;
  readonly certain: boolean;
}

/** A place, and the first message of ours in it. */
export interface Spot {
  readonly address: Address;
  readonly ref: MessageRef;
}

export interface Rig {
  readonly kind: Kind;
  readonly channel: Channel;
  readonly sim: Simulator;
  readonly customer: Person;
  readonly staff: Person;
  /** The customer as the platform vouches for them. */
  readonly who: { readonly space: string; readonly externalId: string };
  /** The role that makes somebody staff. */
  readonly staffRole: string;
  /** How long is waited for what should come, in ms of real time. */
  readonly patience: number;
  readonly heard: Inbound[];
  readonly logged: readonly string[];
  /** What core says to the next events. */
  answers(how: (inbound: Inbound) => Answer): void;
  /** The first event of this type, once it is there. Rejects after the rig's patience. */
  hears<T extends Inbound['type']>(type: T): Promise<Extract<Inbound, { type: T }>>;
  /** What a person sees, once it fits. Rejects after the rig's patience. */
  sees(person: Person, what: string): Promise<void>;
  /** All messages that a person sees, each once, with where it is. */
  messages(person: Person): readonly (MessageView & { readonly place: string })[];
  /** A person writes in a place. Returns the platform's id. */
  says(person: Person, address: Address, text: string): Promise<string>;
  /** A customer sends a file, where the platform takes it. */
  sends(address: Address, text: string, file: GivenFile): Promise<void>;
  thread(over?: Partial<OutboundThread>): OutboundThread;
  card(over?: Partial<Card>): Card;
  lookup(over: Partial<Lookup>): Lookup;
  /** What the request looks like by which something is done: `METHOD path`. */
  readonly request: Readonly<Partial<Record<Deed, RegExp>>>;
  /** What a lost answer leaves: `retry` where doing it twice is as good as once, or where the port promises to do it again. */
  readonly lost: Readonly<Partial<Record<Deed, 'unknown' | 'retry'>>>;
  readonly replies: Replies;
  /** Messages have buttons. */
  readonly buttons: boolean;
  /** Resolves when the platform knows all that the desk tells it as it begins. */
  ready(): Promise<void>;
  /** The customer opens an address that the desk gave them. */
  follows(url: string): Promise<void>;
  /** Subjects of the messages that the customer sees, oldest first, where messages have some. */
  subjects(): readonly string[];
  /** The customer looks at all that they were told, where the platform says so. */
  reads(): Promise<void>;
  /** Connections that the adapter holds open by itself. */
  connections(): number;
  /** The customer asks for their tickets by a command; in a place, where the platform takes commands there. */
  asks(address?: Address): Promise<void>;
  /** The customer does something of which the platform tells by a request, and tells again when it was not answered. Resolves when it was. */
  tells(): Promise<void>;
  /** Names of the files that the customer sees, oldest first. */
  files(): readonly string[];
  /** A message of ours comes back to the desk: nobody lives there. */
  returns(ref: MessageRef): Promise<void>;
  /** Somebody knocks at one of the channel's own doors, with the right secret, with a wrong one, or at one that is not there. */
  knocks(how: 'right' | 'wrong' | 'nowhere'): Promise<Received>;
  /** The newest request that the platform sent to the desk over HTTP. */
  last(): RawRequest;
  /** The same with a signature that is not the platform's; as it was signed an hour ago; with another body under the same signature. */
  forged(request: RawRequest): RawRequest;
  stale(request: RawRequest): RawRequest;
  tampered(request: RawRequest): RawRequest;
  /** A body under the platform's own signature. */
  signed(body: string): RawRequest;
  /** The desk's place is taken away for good, or out of the bot's reach. */
  vanish(address: Address): void | Promise<void>;
  forbid(address: Address): void;
  /** The customer wants nothing of the bot any more. */
  block(): Promise<void>;
  /** The platform refuses the bot's token from now on. */
  revoke(): void;
  /** Begins to take events. */
  listen(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

export interface RigOptions {
  /** How events come. `nothing`: nobody listens until `listen`. Default `listen`. */
  readonly via?: 'listen' | 'hook' | 'nothing';
  /** The platform's rate limits hold. Default false. */
  readonly rateLimits?: boolean;
  /** Puts something between the world and the adapter. */
  readonly wrap?: (channel: Channel) => Channel;
  /** Puts something between the adapter and core. */
  readonly between?: (inbound: Inbound, answer: () => Answer) => Answer;
  /** How long a rig waits for what should come, in ms of real time. Default 8,000. */
  readonly patience?: number;
}

/** What must be so on every rig that has the ability. */
export interface Case {
  readonly name: string;
  readonly via?: RigOptions['via'];
  readonly rateLimits?: boolean;
  /** Platforms for which this one case means nothing, and why. */
  readonly absent?: Readonly<Partial<Record<Kind, string>>>;
  run(rig: Rig): Promise<void>;
}

/** The receipt's place and message, or a failure that says what came instead. */
export function done(receipt: Receipt | undefined): Spot {
  if (receipt?.outcome !== 'delivered') throw new Error(`not delivered: ${JSON.stringify(receipt)}`);
  return { address: receipt.address ?? '', ref: receipt.ref ?? '' };
}

/** A new place in which the customer and the desk talk. */
export async function opensThread(rig: Rig, over: Partial<OutboundThread> = {}): Promise<Spot> {
  return done(await rig.channel.openThread?.(rig.thread(over)));
}

/** A new post at the desk. */
export async function opensPost(rig: Rig, over: Partial<Card> = {}): Promise<Spot> {
  return done(await rig.channel.openPost?.(rig.card(over)));
}

/** A place in which the desk can write: the ticket's post, or where a channel has no desk, the customer's own. */
export function opensPlace(rig: Rig): Promise<Spot> {
  return rig.channel.openPost ? opensPost(rig) : opensThread(rig);
}

let ids = 1000;
/** A message of the kind that core sends, with an id of its own. */
export function message(text: string, over: Partial<Outbound> = {}): Outbound {
  ids += 1;
  return { id: String(ids), at: new Date(), class: 'reply', text, buttons: [], ...over };
}
