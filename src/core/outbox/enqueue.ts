import { type DeliveryClass, rankOf } from '../channel/index.ts';
import type { Act } from '../context.ts';
import type { DeliveryDraft, DeliveryKind } from './model.ts';

/** Puts a delivery into the lane of its place, at the end of the transaction of the change that it tells of. */
export function enqueue(act: Act, draft: DeliveryDraft): void {
  act.last.push({ key: draft.placeId, run: () => put(act, draft) });
}

/** Puts it in now. Lanes keep their order: the row lock on the lane is held until the commit, so sequence numbers are committed in order. */
export async function put(act: Act, draft: DeliveryDraft): Promise<void> {
  const rank = rankOf(draft.class);
  const opens = draft.kind === 'thread' || draft.kind === 'desk-post';
  const wakeAt = draft.holdUntil ?? act.at;
  const rows = await act.tx<{ channel: string }[]>`
    with put as (
      insert into lane (place_id, channel, tail, backlog, rank, wake_at, opens)
      select p.id, p.channel, 1, 1, ${rank}, ${wakeAt}, ${opens} from place p where p.id = ${draft.placeId} and p.role = ${draft.role}
      on conflict (place_id) do update set
        tail = lane.tail + 1,
        backlog = lane.backlog + 1,
        rank = case when lane.backlog = 0 then excluded.rank else least(lane.rank, excluded.rank) end,
        opens = case when lane.backlog = 0 then excluded.opens or lane.opens else lane.opens end,
        wake_at = case when lane.backlog = 0 then greatest(lane.wake_at, excluded.wake_at) else lane.wake_at end
      returning place_id, channel, tail
    ), row as (
      insert into delivery (place_id, place_role, seq, rank, kind, ticket_id, message_id, message_kind, content, target_id,
        hold_until, dispatch_id, call_id, state, created_at)
      select put.place_id, ${draft.role}, put.tail, ${rank}, ${draft.kind}, ${draft.ticketId ?? null}::bigint,
        ${draft.message?.id ?? null}::bigint, ${draft.message?.kind ?? null}, ${JSON.stringify(draft.content)}::jsonb,
        ${draft.targetId ?? null}::bigint, ${draft.holdUntil ?? null}::timestamptz,
        ${draft.dispatchId ?? null}::bigint, ${draft.callId ?? null}::bigint, 'pending', ${act.at}
      from put
    )
    select channel from put`;
  const channel = rows[0]?.channel;
  if (channel === undefined) throw new Error(`place ${draft.placeId} is no ${draft.role} place`);
  act.touched.add(channel);
}

/** Shows the ticket's card anew in each desk post, unless that is waiting to be done already. */
export async function refreshCards(act: Act, ticketId: number): Promise<void> {
  const places = await act.tx<{ id: number }[]>`
    select id from place where ticket_id = ${ticketId} and role = 'desk'`;
  for (const { id } of places) act.last.push({ key: id, run: () => putCard(act, id, ticketId) });
}

async function putCard(act: Act, placeId: number, ticketId: number): Promise<void> {
  if (await isWaiting(act, placeId, ['card', 'desk-post'])) return;
  const content = { card: true } as const;
  await put(act, { placeId, role: 'desk', kind: 'card', class: 'reply', ticketId, content });
}

/** Waits for whoever settles or fills the lane of this place, and keeps others from it until the commit. */
export async function lockLane(act: Act, placeId: number): Promise<void> {
  await act.tx`select from lane where place_id = ${placeId} for update`;
}

/** The lane is locked before the look: nobody can take up what waits, and show the old state, until this is committed. */
async function isWaiting(act: Act, placeId: number, kinds: readonly DeliveryKind[]): Promise<boolean> {
  await lockLane(act, placeId);
  const waiting = await act.tx`
    select from delivery where place_id = ${placeId} and kind = any(${[...kinds]}::text[]) and state = 'pending' limit 1`;
  return waiting.count > 0;
}

/** Shows a person's own page anew, if they have ever opened it, unless that is waiting to be done already. */
export async function refreshHome(act: Act, handleId: number, urgency: DeliveryClass): Promise<void> {
  const [home] = await act.tx<
    { id: number }[]
  >`select id from place where handle_id = ${handleId} and role = 'home'`;
  if (home === undefined) return;
  const run = async (): Promise<void> => {
    if (await isWaiting(act, home.id, ['home'])) return;
    await put(act, { placeId: home.id, role: 'home', kind: 'home', class: urgency, content: { home: true } });
  };
  act.last.push({ key: home.id, run });
}
