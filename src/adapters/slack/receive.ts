/** What Slack sends → what it means for the desk and how it is answered. Nothing here asks or tells anybody anything. */
import { createHash } from 'node:crypto';
import type { Ask, Inbound, RawRequest, RawResponse, Sender } from '../../core/index.ts';
import { oneLine, tidy } from '../../core/index.ts';
import { readCommand } from './command.ts';
import { FORM, type Meta, RESHAPE, readMeta, readValues } from './controls.ts';
import { type NameOf, readRichText } from './dialect.ts';
import { toMarkdown } from './markdown.ts';
import { readMrkdwn } from './mrkdwn.ts';
import {
  type Action,
  type Actions,
  actionsSchema,
  type Command,
  commandSchema,
  type Envelope,
  envelopeSchema,
  type Message,
  messageSchema,
  type Submission,
  submissionSchema,
  type View,
} from './payloads.ts';

/** The way back to the person who acted. */
export type Reply =
  | { readonly to: 'nobody' }
  | { readonly to: 'command'; readonly trigger: string; readonly place: string }
  | { readonly to: 'submission'; readonly view: View; readonly meta: Meta }
  | { readonly to: 'view'; readonly trigger: string; readonly view: View; readonly meta: Meta }
  | {
      readonly to: 'message';
      readonly trigger: string;
      readonly responseUrl?: string;
      readonly thread?: string;
      readonly place: string;
    };

/** An event, still without its sender's name. */
export interface Heard {
  readonly space: string;
  readonly user: string;
  /** What to go by when Slack does not tell the name in time. */
  readonly otherwise?: Pick<Sender, 'name' | 'locale'>;
  /** The sender goes by what is known already. */
  readonly asIs: boolean;
  event(from: Sender): Inbound;
  readonly reply: Reply;
}

/** What a believed request is: an event, something that only wants an answer, or not understood. */
export type Reading =
  | { readonly kind: 'heard'; readonly heard: Heard }
  | { readonly kind: 'answer'; readonly response: RawResponse }
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
  if (type === 'event_callback') return take(envelopeSchema, payload, value => ofEvent(value, nameOf));
  if (type === 'block_actions') return take(actionsSchema, payload, value => ofActions(value, at));
  if (type === 'view_submission') return take(submissionSchema, payload, value => ofSubmission(value, at));
  if (command !== undefined) return take(commandSchema, payload, value => ofCommand(value, at, nameOf));
  return fine;
}

function answerJson(body: unknown): Reading {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { kind: 'answer', response: { status: 200, headers, body: JSON.stringify(body) } };
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { message: string } };
}

function take<T>(schema: Schema<T>, payload: unknown, then: (value: T) => Heard | undefined): Reading {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return malformed(oneLine(parsed.error.message, 300));
  const heard = then(parsed.data);
  return heard ? { kind: 'heard', heard } : fine;
}

function ofCommand(command: Command, at: Date, nameOf: NameOf): Heard {
  const ask: Ask = readCommand(command.text, nameOf);
  const place = command.channel_id;
  return {
    space: command.team_id,
    user: command.user_id,
    asIs: false,
    event: from => ({
      type: 'asked',
      eventId: `cmd:${command.trigger_id}`,
      at,
      from,
      ask,
      place,
      direct: false,
    }),
    reply: { to: 'command', trigger: command.trigger_id, place },
  };
}

const spaceOf = ({ team, user }: Pick<Submission, 'team' | 'user'>): string => team?.id ?? user.team_id ?? '';

const remembered = ({ name, locale }: Meta): Pick<Sender, 'name' | 'locale'> => ({
  ...(name && { name }),
  ...(locale && { locale }),
});

function ofSubmission(payload: Submission, at: Date): Heard | undefined {
  const { view } = payload;
  if (view.callback_id !== FORM) return undefined;
  const meta = readMeta(view.private_metadata);
  const values = readValues(view);
  const { draft, page, place } = meta;
  return {
    space: spaceOf(payload),
    user: payload.user.id,
    otherwise: remembered(meta),
    asIs: false,
    event: from => ({
      type: 'submitted',
      eventId: submissionId(view, values),
      at,
      from,
      draft,
      values,
      page,
      ...(place && { place }),
    }),
    reply: { to: 'submission', view, meta },
  };
}

/**
 * The same form sent again because the answer came too late is the same event; a corrected one, or one that was shown anew (Slack
 * gives it another hash), is not.
 */
function submissionId(view: View, values: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 16);
  return `view:${view.id}:${view.hash.slice(0, 40)}:${digest}`;
}

/** Slack sends one action at a time; only the first is looked at. */
function ofActions(payload: Actions, at: Date): Heard | undefined {
  const [action] = payload.actions;
  if (!action) return undefined;
  return payload.view ? ofView(payload, payload.view, action, at) : ofMessage(payload, action, at);
}

const stamp = (ts: string, otherwise: Date): Date => {
  const ms = Math.round(Number(ts) * 1000);
  return ms > 0 && ms < 8.64e15 ? new Date(ms) : otherwise;
};

function ofView(payload: Actions, view: View, action: Action, at: Date): Heard | undefined {
  if (!view.callback_id.startsWith(FORM)) return undefined;
  const meta = readMeta(view.private_metadata);
  const chosen = action.selected_option?.value;
  const pressed = action.type === 'button' ? action.action_id : chosen && `${RESHAPE}${chosen}`;
  if (!pressed) return undefined;
  return {
    space: spaceOf(payload),
    user: payload.user.id,
    otherwise: remembered(meta),
    asIs: false,
    event: from => ({
      type: 'pressed',
      eventId: `act:${action.action_ts}${payload.trigger_id}`,
      at: stamp(action.action_ts, at),
      from,
      action: pressed,
      place: meta.place,
      direct: false,
    }),
    reply: { to: 'view', trigger: payload.trigger_id, view, meta },
  };
}

function ofMessage(payload: Actions, action: Action, at: Date): Heard | undefined {
  const { container, response_url: responseUrl } = payload;
  const channel = container?.channel_id;
  if (action.type !== 'button' || !channel) return undefined;
  const thread = container.thread_ts ?? payload.message?.thread_ts;
  // Nobody but its reader knows an ephemeral message: it is neither a thread's root nor anything to point at.
  const ref = container.is_ephemeral ? undefined : container.message_ts;
  const place = addressOf(channel, thread ?? ref);
  return {
    space: spaceOf(payload),
    user: payload.user.id,
    asIs: false,
    event: from => ({
      type: 'pressed',
      eventId: `act:${payload.user.id}:${action.action_ts}`,
      at: stamp(action.action_ts, at),
      from,
      action: action.action_id,
      place,
      direct: false,
      ...(ref && { ref }),
    }),
    reply: {
      to: 'message',
      trigger: payload.trigger_id,
      place,
      ...(responseUrl && { responseUrl }),
      ...(thread && { thread }),
    },
  };
}

/** `channel/thread`, or the channel alone. */
export function addressOf(channel: string, thread: string | undefined): string {
  return thread ? `${channel}/${thread}` : channel;
}

/** Messages that a person wrote; everything else that has a subtype is about messages, or from a machine. */
const written = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

function ofEvent(envelope: Envelope, nameOf: NameOf): Heard | undefined {
  const parsed = messageSchema.safeParse(envelope.event);
  if (!parsed.success) return undefined;
  const message = parsed.data;
  const own = envelope.authorizations.some(({ user_id: user }) => user === message.user);
  const machine = Boolean(message.bot_id) || own || message.user === 'USLACKBOT';
  if (machine || message.hidden === true || !written.has(message.subtype)) return undefined;
  return {
    space: envelope.team_id,
    user: message.user,
    asIs: true,
    event: from => ({
      type: 'said',
      eventId: envelope.event_id,
      at: stamp(message.ts, new Date(0)),
      from,
      place: addressOf(message.channel, message.thread_ts),
      direct: false,
      ref: message.ts,
      text: textOf(message, nameOf),
    }),
    reply: { to: 'nobody' },
  };
}

/** The words as CommonMark, and a line with the name of each file. */
function textOf(message: Message, nameOf: NameOf): string {
  const parts = readRichText(message.blocks, nameOf) ?? readMrkdwn(message.text ?? '', nameOf);
  const files = (message.files ?? [])
    .map(file => oneLine(file.name ?? file.title ?? '', 200))
    .filter(Boolean);
  if (files.length > 0) parts.push({ kind: 'text', runs: [{ text: files.join('\n') }] });
  return tidy(toMarkdown(parts));
}
