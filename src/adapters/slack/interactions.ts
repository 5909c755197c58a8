/** Commands, forms and buttons. */
import type { Sender } from '../../core/index.ts';
import { readCommand, readDeskCommand, readNoticeCommand } from './command.ts';
import { FORM, type Meta, RESHAPE, ROOT, readFiles, readMeta, readValues } from './controls.ts';
import type { NameOf } from './dialect.ts';
import { addressOf, type Heard, isDirectChat, timeOf } from './heard.ts';
import { textOf } from './messages.ts';
import type { Action, Actions, Command, Shortcut, Submission, View } from './payloads.ts';

/** The commands of staff, whatever stands before them in a workspace that has several. */
const DESK = /desk$/i;
const NOTICE = /notice$/i;

export function ofCommand(command: Command, at: Date, nameOf: NameOf): Heard {
  const ask = readerOf(command.command)(command.text, nameOf);
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

function readerOf(command: string) {
  if (NOTICE.test(command)) return readNoticeCommand;
  return DESK.test(command) ? readDeskCommand : readCommand;
}

/** The message shortcut "Open a ticket from this message". */
export const FROM_MESSAGE = 'open_ticket';

export function ofShortcut(shortcut: Shortcut, at: Date, nameOf: NameOf): Heard | undefined {
  if (shortcut.callback_id !== FROM_MESSAGE) return undefined;
  const { user, channel, message, action_ts: ts, trigger_id: trigger, response_url: responseUrl } = shortcut;
  const text = textOf(message, nameOf);
  const thread = message.thread_ts;
  return {
    space: spaceOf(shortcut),
    user: user.id,
    asIs: false,
    event: from => ({
      type: 'asked',
      eventId: `cut:${user.id}:${ts}${trigger}`.slice(0, 200),
      at: timeOf(ts, at),
      from,
      ask: { what: 'open', subject: '', ...(text && { text }) },
      place: channel.id,
      direct: false,
    }),
    reply: {
      to: 'message',
      trigger,
      place: channel.id,
      ...(responseUrl && { responseUrl }),
      ...(thread && { thread }),
    },
  };
}

const spaceOf = ({ team, user }: Pick<Submission, 'team' | 'user'>): string => team?.id ?? user.team_id ?? '';

const remembered = ({ name, locale }: Meta): Pick<Sender, 'name' | 'locale'> => ({
  ...(name && { name }),
  ...(locale && { locale }),
});

export function ofSubmission(payload: Submission, at: Date): Heard | undefined {
  const { view } = payload;
  if (view.callback_id !== FORM) return undefined;
  const meta = readMeta(view.private_metadata);
  const values = readValues(view);
  const files = readFiles(view);
  const { draft, page, place } = meta;
  return {
    space: spaceOf(payload),
    user: payload.user.id,
    otherwise: remembered(meta),
    asIs: false,
    event: from => ({
      type: 'submitted',
      // Sent again because the answer came too late, it is the same event; Slack gives it another hash when it was shown anew.
      eventId: `view:${view.id}:${view.hash.slice(0, 40)}`,
      at,
      from,
      draft,
      values,
      page,
      ...(place && { place }),
      ...(files.length > 0 && { files }),
    }),
    reply: { to: 'submission', view, meta },
  };
}

/** Slack sends one action at a time; only the first is looked at. */
export function ofActions(payload: Actions, at: Date): Heard | undefined {
  const [action] = payload.actions;
  if (!action) return undefined;
  if (payload.view?.type === 'home') return ofHomePage(payload, action, at);
  return payload.view ? ofView(payload, payload.view, action, at) : ofMessage(payload, action, at);
}

/** The page is in no place; what is asked there is answered in a window. */
function ofHomePage(payload: Actions, action: Action, at: Date): Heard | undefined {
  if (action.type !== 'button') return undefined;
  return {
    space: spaceOf(payload),
    user: payload.user.id,
    asIs: false,
    event: from => ({
      type: 'pressed',
      eventId: `act:${payload.user.id}:${action.action_ts}`,
      at: timeOf(action.action_ts, at),
      from,
      action: action.action_id,
      place: payload.user.id,
      direct: false,
    }),
    reply: { to: 'home', trigger: payload.trigger_id },
  };
}

function ofView(payload: Actions, view: View, action: Action, at: Date): Heard | undefined {
  if (!view.callback_id.startsWith(FORM)) return undefined;
  const meta = readMeta(view.private_metadata);
  const chosen = action.selected_option?.value;
  const values = readValues(view);
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
      at: timeOf(action.action_ts, at),
      from,
      action: pressed,
      place: meta.place,
      direct: false,
      values,
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
  // In the chat with the app, outside of threads and their roots: it belongs to no ticket.
  const loose = ref !== undefined && (thread ?? ref) === ref && !action.block_id.startsWith(ROOT);
  const direct = loose && isDirectChat(channel);
  const place = direct ? channel : addressOf(channel, thread ?? ref);
  return {
    space: spaceOf(payload),
    user: payload.user.id,
    asIs: false,
    event: from => ({
      type: 'pressed',
      eventId: `act:${payload.user.id}:${action.action_ts}`,
      at: timeOf(action.action_ts, at),
      from,
      action: action.action_id,
      place,
      direct,
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
