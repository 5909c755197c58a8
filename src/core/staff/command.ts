import type { Handle } from '../actor.ts';
import type { Answer, Ask } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { deescalate, escalateTo, sayDuty, sayOncall } from '../escalation/index.ts';
import { acquaint } from '../identity/index.ts';
import { askNotice } from '../notice/index.ts';
import { whyText } from '../promise/index.ts';
import { boardFor, reportFor } from '../report/index.ts';
import { isBlank, oneLine } from '../text/index.ts';
import {
  askProof,
  assign,
  claim,
  lockTicket,
  makeTicket,
  move,
  note,
  prioritise,
  readNumber,
  type TicketRow,
  transfer,
} from '../ticket/index.ts';
import { asStaff } from './authorise.ts';
import { queueText } from './queue.ts';
import { deskHelp, ticketText } from './tell.ts';

/** Somebody who gives a command of staff: who, with which roles, and the ticket in whose post it was given. */
export interface Commanding {
  readonly handle: Handle;
  readonly space: string;
  readonly roles: readonly string[];
  readonly ticketId: number | null;
  /** The answer becomes a message in the person's own chat. */
  readonly direct: boolean;
}

type DeskAsk = Extract<Ask, { what: 'desk' }>;

/** Does what a command of staff asks for, and answers privately. Throws `Refusal` for who is no staff, and for what cannot be done. */
export async function command(act: Act, by: Commanding, ask: DeskAsk): Promise<Answer> {
  const staff = await asStaff(act, by.handle, by.roles);
  if (ask.verb === 'help') return { type: 'say', text: deskHelp(staff, by.handle) };
  if (ask.verb === 'queue') return { type: 'say', text: await queueText(staff, by.handle, ask.value) };
  if (ask.verb === 'duty') return { type: 'say', text: await sayDuty(staff, by.handle, ask.value) };
  if (ask.verb === 'oncall') return { type: 'say', ...(await sayOncall(staff, by.handle, ask.value)) };
  if (ask.verb === 'board') return { type: 'say', text: await boardFor(staff, by.handle) };
  if (ask.verb === 'notice') return askNotice(staff, by.handle, ask.value);
  // Where a number may stand before the value, a bare 47 comes as one.
  if (ask.verb === 'report')
    return { type: 'say', text: await reportFor(staff, by.handle, ask.value || ask.number) };
  const number = ask.number.trim() === '' && by.ticketId !== null ? by.ticketId : readNumber(ask.number);
  if (ask.verb === 'show')
    return { type: 'say', text: await ticketText(staff, by.handle, number, !by.direct) };
  if (ask.verb === 'why') return { type: 'say', text: await whyText(staff, by.handle, number) };
  // People are locked before tickets.
  const to = ask.verb === 'assign' ? await assignee(staff, by, ask.value) : by.handle;
  const ticket = await lockTicket(staff, number);
  const key = await change(staff, ticket, to, ask);
  return { type: 'say', text: act.phrases.say(by.handle.locale, key, { number }) };
}

/** Changes the ticket as asked. Returns the key of the words that say so. */
async function change(act: Act, ticket: TicketRow, to: Handle, { verb, value }: DeskAsk): Promise<string> {
  switch (verb) {
    case 'claim':
      await claim(act, ticket, to);
      return 'claimed-by-you';
    case 'assign':
      await assign(act, ticket, to);
      return 'done-assign';
    case 'transfer':
      await transfer(act, ticket, value);
      return 'done-transfer';
    case 'priority':
      await prioritise(act, ticket, value);
      return 'done-priority';
    case 'escalate':
      await escalateTo(act, ticket, value);
      return 'done-escalate';
    case 'deescalate':
      await deescalate(act, ticket, value);
      return 'done-deescalate';
    case 'verify':
      await askProof(act, ticket);
      return 'done-verify';
    case 'ticket':
      await makeTicket(act, ticket);
      return 'done-ticket';
    case 'note':
      if (isBlank(value)) throw new Refusal('nothing-written');
      await note(act, ticket, { text: value, placeId: null, ref: null });
      return 'done-note';
    case 'wait':
    case 'solve':
    case 'close':
    case 'reopen':
      await move(act, ticket, verb);
      return `done-${verb}`;
    default:
      throw new Refusal('unknown-command', { text: oneLine(verb, 40) });
  }
}

/** Longest id of a person that is looked up. */
const ID = 100;

async function assignee(act: Act, { handle, space }: Commanding, externalId: string): Promise<Handle> {
  if (isBlank(externalId) || externalId.length > ID) throw new Refusal('assign-whom');
  return externalId === handle.externalId
    ? handle
    : acquaint(act, handle.channel, { space, externalId: externalId.trim() });
}
