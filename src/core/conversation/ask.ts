import type { Handle } from '../actor.ts';
import type { Answer, Ask, ChannelKind } from '../channel/index.ts';
import { type Act, channelOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import { firstForm } from '../intake/index.ts';
import { reachText } from '../reach/index.ts';
import { clip, formatWhen, isBlank, literal, literalInline, oneLine, plain, raw } from '../text/index.ts';
import {
  echo,
  escalate,
  listSeen,
  lockOwnTicket,
  move,
  readNumber,
  reopen,
  showOwn,
  type TicketView,
  write,
} from '../ticket/index.ts';
import { link } from './link.ts';
import { me } from './me.ts';
import { showNotify } from './notify.ts';
import { status } from './status.ts';

/** Tickets in a list, and messages of a ticket that is shown. */
const LISTED = 10;
const SHOWN = 6;

/**
 * Answers a command of a customer, privately.
 *
 * @param here the ticket in whose conversation it was given: it is meant when no number is
 */
export async function answerAsked(
  act: Act,
  owner: Handle,
  channel: ChannelKind,
  ask: Ask,
  here?: number,
): Promise<Answer> {
  const number = (typed: string): number =>
    typed.trim() === '' && here !== undefined ? here : readNumber(typed);
  switch (ask.what) {
    case 'open':
      return firstForm(act, channel, owner, { ...ask, subject: oneLine(ask.subject, 120) });
    case 'list':
      return { type: 'say', text: await listText(act, owner) };
    case 'show':
      return { type: 'say', text: await showText(act, owner, number(ask.number)) };
    case 'close':
      return { type: 'say', text: await close(act, owner, number(ask.number)) };
    case 'reopen':
      return { type: 'say', text: await reopenOwn(act, owner, number(ask.number)) };
    case 'escalate':
      return { type: 'say', text: await escalateOwn(act, owner, number(ask.number), ask.text) };
    case 'reply':
      return { type: 'say', text: await replyOwn(act, owner, number(ask.number), ask.text) };
    case 'me':
      return me(act, owner);
    case 'link':
      return link(act, owner, ask.text, { ticket: here, strictly: false });
    case 'status':
      return status(act, owner);
    case 'notify':
      return showNotify(act, owner);
    case 'contact':
      return { type: 'say', text: await reachText(act, owner.locale) };
    case 'help':
      return { type: 'say', text: helpText(act, owner, channel) };
    default:
      throw new Refusal('unknown-command', { text: oneLine('words' in ask ? ask.words : ask.what, 40) });
  }
}

/** The tickets that a person may see, a line each. */
export async function listText(act: Act, owner: Handle): Promise<string> {
  const say = act.phrases.say.bind(act.phrases, owner.locale);
  const tickets = await listSeen(act, owner, LISTED);
  if (tickets.length === 0) return say('list-empty');
  const lines = tickets.map(one =>
    say('list-line', { number: one.id, subject: one.subject, state: raw(say(`state-${one.state}`)) }),
  );
  return `${say('list-heading', { count: tickets.length })}\n\n${lines.map(line => `- ${line}`).join('\n')}`;
}

/** One ticket with its newest messages. Throws `Refusal` word for word the same for one that is not there and one of somebody else. */
export async function showText(act: Act, owner: Handle, id: number): Promise<string> {
  const ticket = await showOwn(act, owner, id, SHOWN);
  if (ticket === undefined) throw new Refusal('ticket-not-found', { number: String(id) });
  const say = act.phrases.say.bind(act.phrases, owner.locale);
  const when = (date: Date): string => formatWhen(date, owner.locale, act.policy.desk.zone, act.at);
  const head = [
    say('show-heading', { number: ticket.id, subject: ticket.subject }),
    say('show-state', { state: raw(say(`state-${ticket.state}`)) }),
    say('show-opened', { when: when(ticket.openedAt) }),
  ];
  return [...head, ...ticket.messages.map(one => messageLine(one, say, when))].join('\n\n');
}

function messageLine(
  one: TicketView['messages'][number],
  say: (key: string) => string,
  when: (date: Date) => string,
): string {
  const who = say(one.kind === 'reply' ? 'show-from-us' : 'show-from-you');
  return `**${who}**, ${literalInline(when(one.at))}:\n${literal(clip(plain(one.body.slice(0, 2000)), 400))}`;
}

/** A customer closes a ticket of their own. Returns the words of it. */
export async function close(act: Act, owner: Handle, id: number): Promise<string> {
  await move(act, await lockOwnTicket(act, owner, id), 'close');
  return act.phrases.say(owner.locale, 'closed-by-you', { number: id });
}

/** A customer opens a ticket of their own again. Returns the words of it. */
export async function reopenOwn(act: Act, owner: Handle, id: number): Promise<string> {
  await reopen(act, await lockOwnTicket(act, owner, id));
  return act.phrases.say(owner.locale, 'reopened-by-you', { number: id });
}

/** A customer asks for a quicker answer to a ticket of their own. Returns the words of it. */
export async function escalateOwn(act: Act, owner: Handle, id: number, text: string): Promise<string> {
  await escalate(act, owner, await lockOwnTicket(act, owner, id), text);
  return act.phrases.say(owner.locale, 'escalated-by-you', { number: id });
}

/** A customer writes to a ticket of their own from anywhere; its conversation shows it too. Returns the words of it. */
export async function replyOwn(act: Act, owner: Handle, id: number, text: string): Promise<string> {
  if (isBlank(text)) throw new Refusal('nothing-written');
  const ticket = await lockOwnTicket(act, owner, id);
  await write(act, owner, ticket, { text, placeId: null, ref: null });
  await echo(act, ticket, text, owner);
  return act.phrases.say(owner.locale, 'replied-by-you', { number: id });
}

/** What one can do, in the words of the channel: a chat has commands of its own. */
export function helpText(act: Act, owner: Handle, channel: ChannelKind): string {
  if (channelOf(act, channel).limits.forms === 'none')
    return act.phrases.say(owner.locale, 'help-chat', {
      open: '/ticket',
      list: '/tickets',
      close: '/close',
      reopen: '/reopen',
      escalate: '/escalate',
      reply: '/reply',
      link: '/link',
      me: '/me',
      status: '/status',
      notify: '/notify',
      contact: '/contact',
      help: '/help',
    });
  return act.phrases.say(owner.locale, 'help', { command: '/ticket' });
}
