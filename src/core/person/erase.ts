import { whyOf } from '../channel/index.ts';
import { type Act, type Context, transact } from '../context.ts';
import { dropBytes } from '../file/index.ts';
import { audit } from '../identity/index.ts';
import { refreshCards } from '../outbox/index.ts';
import { findPerson, type Person } from './find.ts';

/** What was erased, or why nothing was. */
export type Erased =
  | {
      readonly ok: true;
      readonly identities: number;
      readonly tickets: number;
      readonly messages: number;
      readonly files: number;
      /** Files whose bytes could not be deleted now; the desk tries again by itself. */
      readonly filesLeft: number;
    }
  | { readonly ok: false; readonly why: 'no-such-person' | 'is-staff' };

/** What stands where something of a person was. */
const GONE = '[erased]';

/**
 * Erases a person: their contact, what they and others wrote in their tickets, names, files, what is half written, and what was sent. Their tickets
 * end and keep their numbers and times; the audit log keeps ids. What platforms and backups hold is not reached.
 */
export async function erasePerson(ctx: Context, who: string): Promise<Erased> {
  const done = await transact(ctx, { type: 'system' }, async act => {
    const person = await findPerson(act.tx, who);
    if (person === undefined) return 'no-such-person' as const;
    if (person.isStaff) return 'is-staff' as const;
    const handles = [...person.handleIds];
    await act.tx`select from handle where id = any(${handles}) order by id for update`;
    const places = await idsOf(act.tx<{ id: number }[]>`
      select id from place where handle_id = any(${handles}) order by id for update`);
    const tickets = await idsOf(act.tx<{ id: number }[]>`
      select id from ticket where handle_id = any(${handles}) order by id for update`);
    await eraseRooms(act, handles);
    const boxes = await eraseMailboxes(act, handles, tickets);
    await eraseReceipts(act, handles, places);
    const messages = await eraseWords(act, handles, tickets);
    const files = await eraseFiles(act, handles, tickets);
    const letters = await eraseLetters(act, handles);
    await eraseDeliveries(act, handles, tickets, places);
    await erasePlaces(act, [...places, ...boxes]);
    await eraseIdentities(act, person);
    for (const id of tickets) await refreshCards(act, id);
    return { identities: handles.length, tickets: tickets.length, messages, ...files, letters };
  });
  if (typeof done === 'string') return { ok: false, why: done };
  const { letters, sources, ...counts } = done;
  for (const one of letters) await ctx.channels.get(one.channel)?.forget?.(one);
  const filesLeft = (await dropBytes(ctx, done.files)) + (await dropUploads(ctx, letters, sources));
  return { ok: true, ...counts, files: done.files.length, filesLeft };
}

/** What their browsers have brought and what waits here to be judged. Returns how many could not be deleted: a round does it within a day. */
async function dropUploads(
  { files: { uploads }, log }: Context,
  owners: readonly { readonly externalId: string }[],
  sources: readonly string[],
): Promise<number> {
  try {
    for (const { externalId } of owners) await uploads.dropOf(externalId);
    await uploads.drop(sources);
    return 0;
  } catch (error) {
    log.error('uploads of an erased person could not be deleted', { why: whyOf(error) });
    return 1;
  }
}

/** Letters that were set aside; returns whose letters an adapter may keep. */
async function eraseLetters(
  act: Act,
  handles: number[],
): Promise<readonly { channel: string; space: string; externalId: string }[]> {
  await act.tx`
    delete from aside a using handle h where h.id = any(${handles}) and a.channel = h.channel and a.sender = h.external_id`;
  return act.tx<{ channel: string; space: string; externalId: string }[]>`
    select channel, space, external_id as "externalId" from handle where id = any(${handles})`;
}

async function idsOf(rows: PromiseLike<readonly { id: number }[]>): Promise<number[]> {
  return (await rows).map(({ id }) => id);
}

/** What stood in the places that the desk keeps itself, and what let their person in. */
async function eraseRooms(act: Act, handles: number[]): Promise<void> {
  await act.tx`
    delete from room r using handle h where h.id = any(${handles}) and r.channel = h.channel and r.address = h.external_id`;
}

/**
 * Mailboxes that were named in a chat, for answers that nobody sees there: whose they are was never shown. One that is known for nothing else is
 * forgotten. Returns their places.
 */
async function eraseMailboxes(act: Act, handles: number[], tickets: number[]): Promise<number[]> {
  const boxes = await act.tx<{ id: number; handleId: number }[]>`
    select p.id, p.handle_id as "handleId" from place p
    where p.ticket_id = any(${tickets}) and p.role = 'customer' and p.handle_id is not null and p.handle_id <> all(${handles})`;
  const owners = boxes.map(({ handleId }) => handleId);
  await act.tx`
    update handle h set external_id = 'erased:' || h.id, name = '', locale = null
    where h.id = any(${owners}) and not exists (select from link where handle_id = h.id)
      and not exists (select from ticket where handle_id = h.id)
      and not exists (select from place where handle_id = h.id and (ticket_id is null or ticket_id <> all(${tickets})))`;
  return boxes.map(({ id }) => id);
}

/** Events that wait, or failed, hold what was said; their ids can hold the platform's id of the person. */
async function eraseReceipts(act: Act, handles: number[], places: number[]): Promise<void> {
  await act.tx`
    update receipt r set payload = null, error = null, state = 'done' from handle h
    where h.id = any(${handles}) and r.channel = h.channel and r.payload is not null
      and (r.payload -> 'from' ->> 'externalId' = h.external_id or r.place_id = any(${places}))`;
  await act.tx`
    update receipt r set event_id = 'erased:' || r.id from handle h
    where h.id = any(${handles}) and r.channel = h.channel and h.external_id = any(string_to_array(r.event_id, ':'))`;
}

/** All that was said in their tickets, by whomever: answers quote and name. Returns how many messages. */
async function eraseWords(act: Act, handles: number[], tickets: number[]): Promise<number> {
  await act.tx`
    update ticket set subject = ${GONE}, facts = '{}', state = 'closed', closed_at = coalesce(closed_at, ${act.at}), updated_at = ${act.at},
      proof_asked_at = null, trust = 'unknown' where id = any(${tickets})`;
  await act.tx`delete from rating where ticket_id = any(${tickets}) or handle_id = any(${handles})`;
  await act.tx`delete from draft where handle_id = any(${handles})`;
  await act.tx`delete from reaction where handle_id = any(${handles})`;
  await act.tx`
    delete from awaited a using place p where p.id = a.place_id and (p.handle_id = any(${handles}) or p.ticket_id = any(${tickets}))`;
  const said = await act.tx`
    update message set body = case when deleted_at is null then ${GONE} else '' end, folded = null,
      ref = case when ref like '%@%' then null else ref end
    where ticket_id = any(${tickets}) or handle_id = any(${handles})`;
  return said.count;
}

async function eraseFiles(
  act: Act,
  handles: number[],
  tickets: number[],
): Promise<{ readonly files: number[]; readonly sources: string[] }> {
  const rows = await act.tx<{ id: number; source: string | null }[]>`
    update file f set state = 'dropped', name = ${GONE}, safe_name = null, source = null, sha256 = null, type = null,
      passed_at = coalesce(f.passed_at, ${act.at})
    from message m where m.id = f.message_id and (f.ticket_id = any(${tickets}) or m.handle_id = any(${handles})) returning f.id, old.source`;
  return {
    files: rows.map(({ id }) => id),
    sources: rows.flatMap(({ source }) => source ?? []),
  };
}

/**
 * What was sent, and what waits: of their tickets, in their places, of what they wrote elsewhere. Answers that were composed for whoever
 * asked name no ticket and may tell of anybody: those that have gone are not needed any more, so all of them go.
 */
async function eraseDeliveries(
  act: Act,
  handles: number[],
  tickets: number[],
  places: number[],
): Promise<void> {
  const words = JSON.stringify({ text: GONE });
  const spoken = act.tx`(content ? 'text' or content ? 'say' or content ? 'files')`;
  await act.tx`
    select from lane where place_id = any(${places})
      or place_id in (select id from place where ticket_id = any(${tickets})) order by place_id for update`;
  await act.tx`
    update delivery set content = ${words}::jsonb, error = null
    where ${spoken} and (ticket_id = any(${tickets}) or place_id = any(${places})
      or message_id in (select id from message where handle_id = any(${handles})))`;
  await act.tx`
    update delivery set content = ${words}::jsonb, error = null
    where ticket_id is null and content ? 'text' and state in ('sent', 'unknown', 'dead', 'cancelled') and content <> ${words}::jsonb`;
  await act.tx`
    update delivery set state = 'cancelled', settled_at = ${act.at}
    where place_id = any(${places}) and state in ('pending', 'retry')`;
  await act.tx`
    update lane set revision = revision + 1, backlog = (
      select count(*) from delivery d where d.place_id = lane.place_id and d.state in ('pending', 'sending', 'retry'))
    where place_id = any(${places})`;
}

/** Nobody is there any more. */
async function erasePlaces(act: Act, places: number[]): Promise<void> {
  await act.tx`
    update place set address = case when address is not null then 'erased:' || id end, near = null, head_ref = null,
      gone = case when role = 'customer' then 'gone' else gone end, current_ticket_id = null
    where id = any(${places})`;
}

async function eraseIdentities(act: Act, { contactId, handleIds }: Person): Promise<void> {
  for (const handleId of handleIds)
    await audit(act, { type: 'erased', handleId, contactId: contactId ?? undefined });
  if (handleIds.length === 0) await audit(act, { type: 'erased', contactId: contactId ?? undefined });
  for (const table of ['status_mail', 'subscriber', 'subscriber_ask'])
    await act.tx`delete from ${act.tx(table)} where handle_id = any(${[...handleIds]})`;
  await act.tx`delete from link where handle_id = any(${[...handleIds]})`;
  await act.tx`delete from proof where handle_id = any(${[...handleIds]})`;
  if (contactId !== null) await act.tx`delete from contact where id = ${contactId}`;
  await act.tx`
    update handle set external_id = 'erased:' || id, name = '', locale = null where id = any(${[...handleIds]})`;
}
