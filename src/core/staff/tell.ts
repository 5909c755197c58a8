import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { departmentName, priorityName } from '../policy/index.ts';
import { clip, formatWhen, literal, literalInline, plain } from '../text/index.ts';
import { type DeskView, inspect } from '../ticket/index.ts';

/** Messages of a ticket that is shown, and the part of each, in UTF-16 units: together they fit into one message of Discord (2,000). */
const SHOWN = 6;
const PART = 220;

/** What staff can ask for, in the words of a command. */
export function deskHelp(act: Act, who: Handle): string {
  return act.phrases.say(who.locale, 'desk-help', { command: '/desk' });
}

/**
 * A ticket with its newest messages, for the eyes of staff; notes among them unless the answer is a delivery (in a chat with the bot):
 * no note ever enters one outside of the desk. Throws `Refusal` when there is no such ticket.
 */
export async function ticketText(act: Act, who: Handle, id: number, notes: boolean): Promise<string> {
  const ticket = await inspect(act, id, SHOWN, notes);
  const { locale } = who;
  const say = act.phrases.say.bind(act.phrases, locale);
  const when = (date: Date): string => formatWhen(date, locale, act.policy.desk.zone, act.at);
  const facts: readonly [string, string][] = [
    ['desk-from', ticket.from],
    ['desk-state', plain(say(`desk-state-${ticket.state}`))],
    ['desk-priority', priorityName(act.policy, ticket.priority, locale)],
    ['desk-department', departmentName(act.policy, ticket.department, locale)],
    ['desk-assignee', ticket.assignee ?? plain(say('desk-nobody'))],
    ['desk-opened', when(ticket.openedAt)],
  ];
  const lines = facts.map(([key, value]) => `**${say(key)}**: ${literalInline(clip(value, 80))}`);
  const head = say('show-heading', { number: ticket.id, subject: ticket.subject });
  return [head, lines.join('\\\n'), ...ticket.messages.map(one => messageLine(one, say, when))].join('\n\n');
}

function messageLine(
  one: DeskView['messages'][number],
  say: (key: string, args: { name: string }) => string,
  when: (date: Date) => string,
): string {
  const who = say(`desk-by-${one.kind}`, { name: clip(one.author, 60) });
  return `**${who}**, ${literalInline(when(one.at))}:\n${literal(clip(plain(one.body.slice(0, 2000)), PART))}`;
}
