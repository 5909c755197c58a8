import { type Act, type Context, transact } from '../context.ts';
import { refreshCards } from '../outbox/index.ts';
import { tellDesk } from '../ticket/index.ts';
import { bundled, endFollowers, letGo } from './bundle.ts';
import type { DispatchState, NoticeTeller, NotificationType, Reader, Told, Words } from './model.ts';
import { meetAddresses, readDirect } from './read.ts';
import { type CopyStep, chooseCopies } from './rules/choose-copies.ts';
import { chooseRoute, type RouteQuestion, type TryState, tryOf } from './rules/choose-route.ts';
import { quietUntil } from './rules/quiet.ts';
import { isRefusable } from './rules/types.ts';
import { isOneMessage, type Telling, tellAt } from './tell.ts';

/** Dispatches that one round takes up. */
const AT_ONCE = 50;
/** Worked beside each other: each is some fifteen small statements, most of whose time is the way to the database and back. */
const BESIDE = 4;
/** What is under way in the ticket's conversation is looked at again after this, in ms. */
const LOOK_AGAIN_MS = 2_000;

interface DispatchRow {
  readonly id: number;
  readonly contactId: number;
  readonly type: NotificationType;
  readonly urgent: boolean;
  readonly content: Told;
  readonly state: DispatchState;
  readonly ticketId: number | null;
  readonly messageId: number | null;
  readonly messageKind: 'request' | 'reply' | null;
  readonly noticeId: number | null;
}

/**
 * Sends what is due, and goes on to the next place where one has failed for good. Each dispatch is a transaction of its own, so that one
 * which cannot be worked holds up no other.
 */
export function sendDispatches(ctx: Context, notices: NoticeTeller): () => Promise<void> {
  const work = async (id: number): Promise<void> => {
    const attempt = (alone: boolean): Promise<void> =>
      transact(ctx, { type: 'system' }, act => advance(act, id, notices, alone));
    try {
      // One that cannot be told holds up nothing that would be told with it.
      await attempt(false).catch(() => attempt(true));
    } catch (error) {
      ctx.log.error('a dispatch could not be worked, it is tried again', {
        dispatch: id,
        error: String(error),
      });
      await putOff(ctx, id);
    }
  };
  return async () => {
    const due = await dueOf(ctx);
    // Not when it is planned: 50,000 are planned in one transaction.
    if (due.length > 0)
      await meetAddresses(ctx.database.sql, [...new Set(due.map(({ contactId }) => contactId))], ctx.now());
    // One after the other for each contact, so that what is due together can be told together.
    const turns = [...Map.groupBy(due, ({ contactId }) => contactId).values()];
    const hand = async (): Promise<void> => {
      for (let next = turns.shift(); next !== undefined; next = turns.shift())
        for (const { id } of next) await work(id);
    };
    await Promise.all(Array.from({ length: BESIDE }, hand));
  };
}

/** Those whose time has come, and those whose try has ended. What many are told takes turns of its own, so that it delays nobody's reply. */
async function dueOf(ctx: Context): Promise<readonly { readonly id: number; readonly contactId: number }[]> {
  const now = ctx.now();
  return ctx.database.sql<{ id: number; contactId: number }[]>`
    (select id, contact_id as "contactId" from dispatch where state in ('planned', 'held') and notice_id is null and due_at <= ${now} order by due_at, id limit ${AT_ONCE})
    union all
    (select id, contact_id as "contactId" from dispatch where state in ('planned', 'held') and notice_id is not null and due_at <= ${now}
      order by urgent desc, due_at, id limit ${AT_ONCE})
    union all
    (select id, contact_id as "contactId" from dispatch p where state = 'trying' and lead_id is null and due_at <= ${now} and not exists (
      select from delivery d where d.dispatch_id = p.id and d.state in ('pending', 'sending', 'retry')) limit ${AT_ONCE})`;
}

/** A minute later it is tried again. */
async function putOff(ctx: Context, id: number): Promise<void> {
  const later = new Date(ctx.now().getTime() + 60_000);
  await ctx.database.sql`
    update dispatch set due_at = ${later} where id = ${id} and state in ('planned', 'held', 'trying')`;
}

async function advance(act: Act, id: number, notices: NoticeTeller, alone: boolean): Promise<void> {
  const [row] = await act.tx<DispatchRow[]>`
    select id, contact_id as "contactId", type, urgent, content, state, ticket_id as "ticketId", message_id as "messageId",
      message_kind as "messageKind", notice_id as "noticeId"
    from dispatch where id = ${id} and state in ('planned', 'held', 'trying') and lead_id is null for update skip locked`;
  if (row === undefined) return;
  const contact = await readDirect(act, act.tx, row.contactId, row.type);
  if (contact === undefined) return;
  const question: RouteQuestion = {
    destinations: contact.destinations,
    tried: await triesOf(act, id, row.noticeId !== null),
    quietUntil: contact.quiet && quietUntil(act.at, contact.quiet, contact.zone),
    urgent: row.urgent,
    refusable: isRefusable(row.type),
  };
  await ('notice' in row.content
    ? advanceNotice(act, row, contact, question, { notices, alone })
    : advanceOne(act, row, row.content, contact.locale, question));
}

async function advanceOne(
  act: Act,
  row: DispatchRow,
  told: Exclude<Told, { notice: true }>,
  locale: string,
  question: RouteQuestion,
): Promise<void> {
  const matter = await matterOf(act, row);
  if (matter === 'taken-back') return void (await end(act, row, 'skipped', 'taken-back'));
  const step = chooseRoute({ ...question, there: matter.there });
  const urgency = row.urgent ? 'outage' : isRefusable(row.type) ? 'digest' : 'reminder';
  const telling = {
    ...matter.about,
    dispatchId: row.id,
    type: row.type,
    class: urgency,
    told,
    locale,
  } as const;
  await take(act, row, step.do === 'send' ? { do: 'send', to: [step.to] } : step, telling);
}

/** What was overtaken is not tried anew; whoever has it all the same has it. */
async function advanceNotice(
  act: Act,
  row: DispatchRow,
  contact: Reader & { readonly chosen: boolean },
  question: RouteQuestion,
  { notices, alone }: { readonly notices: NoticeTeller; readonly alone: boolean },
): Promise<void> {
  const matter = await notices.matter(act, row.id, contact);
  if (matter.is === 'open') return stand(act, row.id, row.state, later(act));
  if (matter.is === 'unwanted') {
    const states = [...question.tried.values()];
    if (states.includes('open')) return stand(act, row.id, row.state, later(act));
    const reached = (['sent', 'unknown'] as const).find(state => states.includes(state));
    await (reached === undefined ? end(act, row, 'skipped', matter.why) : end(act, row, reached, null));
    return;
  }
  const unasked = contact.chosen
    ? []
    : question.destinations.filter(one => act.channels.get(one.channel)?.limits.many === 'chosen');
  const step = chooseCopies(question, new Set(unasked.map(one => one.handleId)));
  const lead = { ...row, words: matter.words, tried: [...question.tried.values()] };
  const base = { dispatchId: row.id, type: row.type, class: matter.class, locale: contact.locale };
  const isOne = (words: Words): boolean =>
    step.do === 'send' && step.to.every(to => isOneMessage(act, to, { ...base, told: { words } }));
  const together = step.do === 'send' && !row.urgent && !alone;
  // What waits is told by itself when its time has come.
  if (!together && (step.do === 'send' || step.do === 'hold')) await letGo(act, lead);
  const words = together ? await bundled(act, lead, contact, notices, isOne) : matter.words;
  const also = await take(act, row, step, { ...base, told: { words } });
  if (step.do === 'end' && step.state === 'failed')
    for (const id of [row.id, ...also]) await notices.missed(act, id);
}

function later(act: Act): Date {
  return new Date(act.at.getTime() + LOOK_AGAIN_MS);
}

/** Returns which others have ended with it. */
async function take(
  act: Act,
  row: DispatchRow,
  step: CopyStep,
  telling: Telling,
): Promise<readonly number[]> {
  switch (step.do) {
    case 'send':
      // In one order for all: contacts may share places, and their dispatches are worked beside each other.
      for (const to of step.to.toSorted((a, b) => a.handleId - b.handleId)) await tellAt(act, to, telling);
      await stand(act, row.id, 'trying', act.at);
      return [];
    case 'hold':
      await stand(act, row.id, 'held', step.until);
      return [];
    case 'wait':
      await stand(act, row.id, row.state, later(act));
      return [];
    case 'end':
      return end(act, row, step.state, step.why);
  }
}

async function stand(act: Act, id: number, state: DispatchState, dueAt: Date): Promise<void> {
  await act.tx`update dispatch set state = ${state}, due_at = ${dueAt} where id = ${id}`;
}

/** Staff see it when nothing of a ticket's kind can reach its contact. */
async function end(
  act: Act,
  row: DispatchRow,
  state: DispatchState,
  why: string | null,
): Promise<readonly number[]> {
  const { id, ticketId } = row;
  await act.tx`
    update dispatch set state = ${state}, why = ${why}, settled_at = ${act.at} where id = ${id}`;
  if (ticketId === null) return endFollowers(act, id, { state, why });
  const failed = state === 'failed' && why === 'all-failed';
  if (failed)
    await tellDesk(act, ticketId, { say: 'desk-copy-failed', args: {}, locale: act.policy.staff.language });
  const [tried] =
    await act.tx`select from delivery where dispatch_id = ${id} and state in ('dead', 'unknown') limit 1`;
  const [before] = await act.tx<{ state: DispatchState }[]>`
    select state from dispatch where ticket_id = ${ticketId} and id < ${id} and state <> 'skipped' order by id desc limit 1`;
  if (failed || tried !== undefined || (before?.state === 'failed' && state === 'sent'))
    await refreshCards(act, ticketId);
  return [];
}

/** What was to be said of several notices, and is no longer so for one, was never tried: the others are told anew. */
async function triesOf(act: Act, id: number, ofNotice: boolean): Promise<ReadonlyMap<number, TryState>> {
  const rows = await act.tx<{ handleId: number; states: string[] }[]>`
    select p.handle_id as "handleId", array_agg(d.state) as states from delivery d join place p on p.id = d.place_id
    where d.dispatch_id = ${id} and p.handle_id is not null and not (d.state = 'cancelled' and ${ofNotice}) group by p.handle_id`;
  return new Map(rows.map(({ handleId, states }) => [handleId, tryOf(states)]));
}

interface Matter {
  readonly about: Pick<Telling, 'ticket' | 'message'>;
  readonly there: RouteQuestion['there'];
}

/** What it is about: the ticket and its message as they are now. Of a message that nobody is to see any more nothing is told. */
async function matterOf(
  act: Act,
  { ticketId, messageId, messageKind }: DispatchRow,
): Promise<Matter | 'taken-back'> {
  if (ticketId === null) return { about: {}, there: undefined };
  const [ticket] = await act.tx<
    { id: number; channel: string; address: string | null; handleId: number; placeId: number }[]
  >`
    select t.id, p.channel, case when p.ticket_id is not null then p.address end as address, t.handle_id as "handleId", t.place_id as "placeId"
    from ticket t join place p on p.id = t.place_id where t.id = ${ticketId}`;
  if (ticket === undefined) return 'taken-back';
  if (messageId === null || messageKind === null)
    return { about: { ticket }, there: { handleId: ticket.handleId, state: 'sent' } };
  const [message] = await act.tx<{ body: string }[]>`
    select body from message where id = ${messageId} and kind = ${messageKind} and deleted_at is null and not noted`;
  if (message === undefined || message.body === '') return 'taken-back';
  return {
    about: { ticket, message: { id: messageId, kind: messageKind, body: message.body } },
    there: { handleId: ticket.handleId, state: await stateThere(act, messageId) },
  };
}

/** What became of the message in the conversation itself. */
async function stateThere(act: Act, messageId: number): Promise<TryState> {
  const [row] = await act.tx<{ states: string[] | null }[]>`
    select array_agg(state) as states from delivery
    where message_id = ${messageId} and place_role = 'customer' and kind in ('post', 'thread') and dispatch_id is null and state <> 'cancelled'`;
  return row?.states ? tryOf(row.states) : 'open';
}
