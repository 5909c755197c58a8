/** What Slack sends → what it means for the desk and how it is answered. Nothing here asks or tells anybody anything. */
import type { RawRequest, RawResponse } from '../../core/index.ts';
import type { NameOf } from './dialect.ts';
import type { Heard } from './heard.ts';
import { ofActions, ofCommand, ofSubmission } from './interactions.ts';
import { isWritten, ofMessage } from './messages.ts';
import { actionsSchema, commandSchema, envelopeSchema, messageSchema, submissionSchema } from './payloads.ts';

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

/** One decoded payload, as it comes over HTTP and over the socket. Never throws. */
export function read(payload: unknown, at: Date, nameOf: NameOf): Reading {
  if (typeof payload !== 'object' || payload === null) return malformed('not an object');
  const { type, challenge, ssl_check: check, command } = payload as Record<string, unknown>;
  if (type === 'url_verification') return answerJson({ challenge: String(challenge).slice(0, 500) });
  if (check !== undefined) return fine;
  if (type === 'event_callback') return event(payload, nameOf);
  if (type === 'block_actions') return take(actionsSchema, payload, value => ofActions(value, at));
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

function event(payload: unknown, nameOf: NameOf): Reading {
  const envelope = envelopeSchema.safeParse(payload);
  if (!envelope.success) return malformed(pathsOf(envelope.error));
  if (!isWritten(envelope.data)) return fine;
  const message = messageSchema.safeParse(envelope.data.event);
  if (!message.success) return { kind: 'dropped', event: envelope.data.event_id, at: pathsOf(message.error) };
  const heard = ofMessage(message.data, envelope.data, nameOf);
  return heard ? { kind: 'heard', heard } : fine;
}

function take<T>(schema: Schema<T>, payload: unknown, then: (value: T) => Heard | undefined): Reading {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return malformed(pathsOf(parsed.error));
  const heard = then(parsed.data);
  return heard ? { kind: 'heard', heard } : fine;
}
