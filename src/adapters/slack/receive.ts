/** What Slack sends → what it means for the desk and how it is answered. Nothing here asks or tells anybody anything. */
import type { RawRequest, RawResponse } from '../../core/index.ts';
import type { NameOf } from './dialect.ts';
import { ofChange, ofDeletion, ofReaction } from './follow.ts';
import type { Heard } from './heard.ts';
import { ofActions, ofCommand, ofShortcut, ofSubmission } from './interactions.ts';
import { isWritten, ofHome, ofMessage } from './messages.ts';
import {
  actionsSchema,
  changeSchema,
  commandSchema,
  deletionSchema,
  type Envelope,
  envelopeSchema,
  homeSchema,
  messageSchema,
  reactionSchema,
  shortcutSchema,
  submissionSchema,
} from './payloads.ts';

/** What a believed request is: an event, something that only wants an answer, or not understood. */
export type Reading =
  | { readonly kind: 'heard'; readonly heard: Heard }
  | { readonly kind: 'answer'; readonly response: RawResponse }
  /** Slack's for certain, so it is taken, but nothing can be made of it: the log says where it is strange. */
  | { readonly kind: 'dropped'; readonly event: string; readonly at: string }
  | { readonly kind: 'malformed'; readonly why: string };

/** Slack sends events over and over, and in the end none at all, when they are not answered with 200: what is not for us is. */
const fine: Reading = { kind: 'answer', response: { status: 200, body: '' } };
const malformed = (why: string): Reading => ({ kind: 'malformed', why });

/** The body of a request as the object Slack meant. Throws for what cannot be read. */
export function decodeBody({ headers, body }: RawRequest): unknown {
  if (headers['content-type']?.includes('application/json')) return JSON.parse(body);
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload === undefined ? form : JSON.parse(form.payload);
}

/** One decoded payload, as it comes over HTTP and over the socket. In `deskChannel` words in threads are commands. Never throws. */
export function read(payload: unknown, at: Date, nameOf: NameOf, deskChannel?: string): Reading {
  if (typeof payload !== 'object' || payload === null) return malformed('not an object');
  const { type, challenge, ssl_check: check, command } = payload as Record<string, unknown>;
  if (type === 'url_verification') return answerJson({ challenge: String(challenge).slice(0, 500) });
  if (check !== undefined) return fine;
  if (type === 'event_callback') return event(payload, nameOf, deskChannel);
  if (type === 'block_actions') return take(actionsSchema, payload, value => ofActions(value, at));
  if (type === 'message_action') return take(shortcutSchema, payload, value => ofShortcut(value, at, nameOf));
  if (type === 'view_submission') return take(submissionSchema, payload, value => ofSubmission(value, at));
  if (command !== undefined) return take(commandSchema, payload, value => ofCommand(value, at, nameOf));
  return fine;
}

function answerJson(body: unknown): Reading {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { kind: 'answer', response: { status: 200, headers, body: JSON.stringify(body) } };
}

interface Fault {
  readonly issues: readonly { readonly path: readonly PropertyKey[] }[];
}
interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: Fault };
}

/** Where a shape is not as it should be: paths, never values. */
const pathsOf = ({ issues }: Fault): string =>
  issues
    .map(({ path }) => path.join('.'))
    .join(' ')
    .slice(0, 300);

function event(payload: unknown, nameOf: NameOf, deskChannel: string | undefined): Reading {
  const envelope = envelopeSchema.safeParse(payload);
  if (!envelope.success) return malformed(pathsOf(envelope.error));
  const { event_id: id, event } = envelope.data;
  const known = eventKinds.find(({ fits }) => fits(envelope.data));
  if (!known) return fine;
  const heard = known.read(event, envelope.data, nameOf, deskChannel);
  if (heard !== undefined && 'issues' in heard) return { kind: 'dropped', event: id, at: pathsOf(heard) };
  return heard ? { kind: 'heard', heard } : fine;
}

interface EventKind {
  fits(envelope: Envelope): boolean;
  /** What is heard; nothing when it is not for us; a fault when it cannot be read. */
  read(event: unknown, envelope: Envelope, nameOf: NameOf, deskChannel?: string): Heard | Fault | undefined;
}

const kind = <T>(
  fits: EventKind['fits'],
  schema: Schema<T>,
  then: (value: T, envelope: Envelope, nameOf: NameOf, deskChannel?: string) => Heard | undefined,
): EventKind => ({
  fits,
  read(event, envelope, ...rest) {
    const parsed = schema.safeParse(event);
    return parsed.success ? then(parsed.data, envelope, ...rest) : parsed.error;
  },
});
const subtype =
  (name: string): EventKind['fits'] =>
  ({ event }) =>
    event.type === 'message' && event.subtype === name;
/** Reactions on files and the like are not about what was said. */
const isReaction = ({ event }: Envelope): boolean =>
  /^reaction_(?:added|removed)$/.test(event.type) &&
  (event.item as { type?: unknown } | undefined)?.type === 'message';

const eventKinds: readonly EventKind[] = [
  kind(isWritten, messageSchema, ofMessage),
  kind(subtype('message_changed'), changeSchema, ofChange),
  kind(subtype('message_deleted'), deletionSchema, ofDeletion),
  kind(isReaction, reactionSchema, ofReaction),
  kind(({ event }) => event.type === 'app_home_opened', homeSchema, ofHome),
];

function take<T>(schema: Schema<T>, payload: unknown, then: (value: T) => Heard | undefined): Reading {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return malformed(pathsOf(parsed.error));
  const heard = then(parsed.data);
  return heard ? { kind: 'heard', heard } : fine;
}
