import type { Handle } from '../actor.ts';
import type { Answer, Submitted } from '../channel/index.ts';
import { type Act, as, type Context, transact } from '../context.ts';
import { recognise } from '../identity/index.ts';
import { plain } from '../text/index.ts';
import {
  happened,
  lockOwnTicket,
  lockTicket,
  prioritise,
  readNumber,
  type TicketRow,
  transfer,
} from '../ticket/index.ts';
import { checkOptions, showForm } from './form.ts';
import { proofWanted } from './guard.ts';
import type { Faults, Values } from './model.ts';
import { choicesOfOwn } from './own.ts';
import { checkForm } from './rules/check.ts';

/** The form for what is missing of a ticket that was a chat: everything but what was said in it. `typed`: what stands in it already. */
export async function detailsForm(act: Act, owner: Handle, typed: string, values?: Values): Promise<Answer> {
  const ticket = await lockOwnTicket(act, owner, readNumber(typed));
  return { type: 'form', form: await formFor(act, owner, ticket, values ?? {}, {}) };
}

async function formFor(act: Act, owner: Handle, ticket: TicketRow, typed: Values, faults: Faults) {
  const services = await choicesOfOwn(act.tx, { handleId: owner.id }, typed.about);
  const values = { department: ticket.department, priority: ticket.priority, ...typed };
  return showForm(act, {
    page: 'details',
    locale: owner.locale,
    values,
    faults,
    draft: String(ticket.id),
    services,
  });
}

/** What was missing goes into the ticket; a form that was not accepted leaves no receipt, and may be sent again. */
export async function submitDetails(ctx: Context, channel: string, sent: Submitted): Promise<Answer> {
  return transact(ctx, { type: 'system' }, async base => {
    const owner = await recognise(base, channel, sent.from);
    const act = as(base, { type: 'customer', handle: owner });
    const once = await act.tx`
      insert into receipt (channel, event_id, state, run_at, received_at)
      values (${channel}, ${sent.eventId}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
    if (once.count === 0) return { type: 'nothing' };
    const ticket = await lockOwnTicket(act, owner, readNumber(sent.draft));
    const answer = await fill(act, owner, ticket, sent);
    if (answer.type === 'say' && answer.done) return answer;
    await act.tx`delete from receipt where channel = ${channel} and event_id = ${sent.eventId}`;
    return answer;
  });
}

async function fill(
  act: Act,
  owner: Handle,
  ticket: TicketRow,
  { values, from }: Submitted,
): Promise<Answer> {
  const { locale, channel } = owner;
  const services = await choicesOfOwn(act.tx, { handleId: owner.id }, values.about);
  // What was said in the chat is the description.
  const whole = { ...values, subject: ticket.subject, description: ticket.subject };
  const checked = checkForm(whole, checkOptions(act, locale, services));
  if (!checked.ok) {
    const form = await formFor(act, owner, ticket, values, checked.faults);
    const retry = { action: `details:${ticket.id}`, label: plain(act.phrases.say(locale, 'form-correct')) };
    return {
      type: 'faults',
      form,
      text: act.phrases.say(locale, 'form-not-accepted', { count: form.fields.length }),
      retry,
    };
  }
  const { department, priority, facts, serviceId } = checked.request;
  const wanted = await proofWanted(act, act.tx, { channel, sender: from, locale }, checked.request);
  if (wanted !== undefined) return { type: 'say', ...wanted };
  await act.tx`
    update ticket set facts = facts || ${JSON.stringify(facts)}::jsonb, service_id = coalesce(${serviceId}, service_id), updated_at = ${act.at}
    where id = ${ticket.id}`;
  if (department !== ticket.department) await transfer(act, ticket, department);
  if (priority !== ticket.priority) await prioritise(act, await lockTicket(act, ticket.id), priority);
  await happened(act, await lockTicket(act, ticket.id), { type: 'details-given' });
  const text = act.phrases.say(locale, 'details-thanks', { number: ticket.id });
  return { type: 'say', text, done: true, title: plain(act.phrases.say(locale, 'details-title')) };
}
