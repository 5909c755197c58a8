import { type Act, type Context, transact } from '../context.ts';
import { lockTicket } from '../ticket/index.ts';
import { lockClimb, passClimb } from './climb.ts';
import { passGone } from './gone.ts';
import type { Person, PersonKey, Spot } from './model.ts';
import { readPeople } from './people.ts';
import { howToCall, SPAN_MS } from './rules/bundle.ts';
import { tellBundle, tellOne } from './tell.ts';

/** People, and calls that failed, that one round takes up. */
const AT_ONCE = 50;

/** A page that is due: its ticket, and the ways that are left. */
export interface DuePage {
  readonly id: number;
  readonly ticketId: number;
  readonly ways: readonly Spot[];
  readonly why: string;
  readonly wait: number;
}

/**
 * Calls whoever is paged, by the next of their ways, and goes on to the next where one has failed for good. Each person, and each call that
 * failed, is a transaction of its own: one that cannot be worked holds up no other.
 */
export function callPaged(ctx: Context): () => Promise<void> {
  let looked = false;
  return async () => {
    if (!looked) await passGone(ctx);
    looked = true;
    for (const { id } of await failedPages(ctx)) await guarded(ctx, { page: id }, act => goOnAfter(act, id));
    for (const { person } of await duePeople(ctx))
      await guarded(ctx, { person }, act => callPerson(act, person));
  };
}

async function guarded(
  ctx: Context,
  what: Readonly<Record<string, string | number>>,
  work: (act: Act) => Promise<void>,
): Promise<void> {
  try {
    await transact(ctx, { type: 'system' }, work);
  } catch (error) {
    ctx.log.error('somebody could not be called, it is tried again', { ...what, error: String(error) });
  }
}

function duePeople(ctx: Context): Promise<{ person: PersonKey }[]> {
  return ctx.database.sql<{ person: PersonKey }[]>`
    select person from page where state in ('due', 'called') and due_at <= ${ctx.now()} group by person order by min(due_at) limit ${AT_ONCE}`;
}

/** Calls of which nothing has arrived and nothing can any more. */
function failedPages(ctx: Context): Promise<{ id: number }[]> {
  return ctx.database.sql<{ id: number }[]>`
    select p.id from page p where p.state = 'called' and (p.call_id is null or exists (
      select from delivery d where d.call_id = p.call_id having count(*) > 0 and bool_and(d.state = 'dead')))
    order by p.id limit ${AT_ONCE}`;
}

/** The next way now; after the last the person cannot be reached, and the ladder goes on without them. */
async function goOnAfter(act: Act, id: number): Promise<void> {
  const [page] = await act.tx<{ ticketId: number; person: PersonKey; left: number }[]>`
    select ticket_id as "ticketId", person, jsonb_array_length(ways) as left from page where id = ${id}`;
  if (page === undefined) return;
  const ticket = await lockTicket(act, page.ticketId);
  const next = page.left > 0 ? act.at : null;
  const held = await act.tx`
    update page set due_at = ${next}, call_id = null, state = case when ${page.left > 0} then 'due' else state end
    where id = ${id} and state = 'called'`;
  if (held.count === 0 || page.left > 0) return;
  const climb = await lockClimb(act, page.ticketId);
  if (climb !== undefined) await passClimb(act, ticket, climb, page.person, 'unreachable');
}

/** Two desks never call the same person at once: the second finds nothing left to do. */
async function callPerson(act: Act, key: PersonKey): Promise<void> {
  await act.tx`select pg_advisory_xact_lock(hashtextextended(${`page:${key}`}, 0))`;
  const pages = await act.tx<DuePage[]>`
    select p.id, p.ticket_id as "ticketId", p.ways, p.why, (c.plan ->> 'next_way')::int as wait
    from page p join climb c on c.id = p.climb_id
    where p.person = ${key} and p.state in ('due', 'called') and p.due_at <= ${act.at} order by p.id for update of p`;
  const [person] = await readPeople(act, act.tx, [key]);
  if (person === undefined) return forget(act, pages);
  const calling = howToCall(pages.length, await lately(act, key), act.at);
  switch (calling.do) {
    case 'later':
      await act.tx`update page set due_at = ${calling.at} where id = any(${pages.map(one => one.id)}::bigint[])`;
      return;
    case 'each':
      for (const one of pages) await callBy(act, person, [one]);
      return;
    case 'together':
      await callBy(act, person, pages);
  }
}

async function lately(act: Act, key: PersonKey): Promise<Date[]> {
  const since = new Date(act.at.getTime() - SPAN_MS);
  const rows = await act.tx<{ at: Date }[]>`
    select made_at as at from call where person = ${key} and made_at > ${since}
      and exists (select from delivery d where d.call_id = call.id and d.state <> 'dead')
    order by made_at desc limit 20`;
  return rows.map(({ at }) => at);
}

/** Somebody who is in the policy no more: the ladder goes on as if no way had worked. */
async function forget(act: Act, pages: readonly DuePage[]): Promise<void> {
  await act.tx`
    update page set due_at = null, state = 'called', call_id = null, ways = '[]' where id = any(${pages.map(one => one.id)}::bigint[])`;
}

/** By the first way that is left to the oldest of them. */
async function callBy(act: Act, person: Person, pages: readonly DuePage[]): Promise<void> {
  const [first] = pages;
  const spot = first?.ways[0];
  if (first === undefined || spot === undefined) return;
  const [made] = await act.tx<{ id: number }[]>`
    insert into call (person, way, channel, made_at) values (${person.key}, ${spot.way}, ${spot.channel}, ${act.at}) returning id`;
  const callId = (made as { id: number }).id;
  const next = new Date(act.at.getTime() + first.wait * 1000);
  await act.tx`
    update page set state = 'called', call_id = ${callId}, ways = ways - 0, due_at = case when jsonb_array_length(ways) > 1 then ${next}::timestamptz end
    where id = any(${pages.map(one => one.id)}::bigint[])`;
  if (pages.length === 1) await tellOne(act, person, spot, first, callId);
  else await tellBundle(act, person, spot, pages, callId);
}
