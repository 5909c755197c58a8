import type { Answer, Deleted, Inbound } from '../channel/index.ts';
import { type Act, type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import { enqueue, type PlaceRole } from '../outbox/index.ts';
import { checkAssignee, currentRoles, isDeskAction } from '../staff/index.ts';
import { withinMs } from '../within.ts';
import { gather } from './album.ts';
import { type Changed, follow, isChanged } from './changed.ts';
import { dropEarly, isEarly, isUnplaced, placeEarly, SOON_MS } from './early.ts';
import type { Holds } from './holds.ts';
import { type Performed, perform } from './perform.ts';
import { type LockedPlace, lockPlace } from './places.ts';
import { sayRefusal } from './refuse.ts';
import { createTogether, type Together } from './together.ts';

/** A stored event that fails is tried again this often, then set aside where the operator sees it. */
const ATTEMPTS = 20;
/** Places that one round takes up: each needs a connection to the database. */
const PLACES_AT_ONCE = 16;
/** A round waits this long, in ms of real time, for the places it took up. */
const ROUND_MS = 1000;
/** Longest wait between two tries, in ms: the last comes some 15 minutes after the first. */
const LONGEST_WAIT_MS = 60_000;

/** Works stored events: in order within a place, places beside each other. */
export interface Inbox {
  /** Something was stored for this place. Resolves when the place has nothing left that is due. */
  work(placeId: number): Promise<void>;
  /** Works whatever is due; the rounds call it, so nothing stored is forgotten after a crash. */
  round(): Promise<void>;
  /** Resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** What is kept and worked in the order of its place. */
type Stored = Performed | Changed;

interface StoredRow {
  readonly channel: string;
  readonly eventId: string;
  readonly payload: Stored;
  readonly attempts: number;
  readonly role: PlaceRole;
  /** Something else is stored for the same place. */
  readonly more: boolean;
  /** Events that are worked with it as one: the other parts of its album. */
  readonly others?: readonly string[];
}

/** An inbox over the context's database. It leaves alone what is held. */
export function createInbox(ctx: Context, holds: Holds): Inbox {
  const together = createTogether(ctx);
  const busy = new Map<number, Promise<void>>();
  const again = new Set<number>();
  let stopped = false;

  async function drain(placeId: number): Promise<void> {
    do {
      again.delete(placeId);
      while (!stopped && (await workOne(ctx, { holds, together }, placeId)));
    } while (again.has(placeId) && !stopped);
  }

  const inbox: Inbox = {
    work(placeId) {
      again.add(placeId);
      const running = busy.get(placeId);
      if (running !== undefined) return running;
      const run = drain(placeId)
        .catch(error =>
          ctx.log.error('stored events could not be worked', { place: placeId, error: String(error) }),
        )
        .finally(() => busy.delete(placeId));
      busy.set(placeId, run);
      return run;
    },
    async round() {
      await placeEarly(ctx);
      await dropEarly(ctx);
      const { channels, places } = holds.all();
      const rows = await ctx.database.sql<{ placeId: number }[]>`
        select place_id as "placeId" from receipt where state = 'stored' and place_id is not null and run_at <= ${ctx.now()}
          and channel <> all(${[...channels]}::text[]) and place_id <> all(${[...places]}::bigint[])
        group by place_id order by min(id) limit ${PLACES_AT_ONCE}`;
      // One slow place holds up neither the next round nor the relay: it goes on beside them.
      await withinMs(
        Promise.all(rows.map(row => inbox.work(row.placeId))).then(() => undefined),
        ROUND_MS,
        undefined,
      );
    },
    async stop() {
      stopped = true;
      await Promise.all(busy.values());
    },
  };
  return inbox;
}

/** Works the oldest stored event of a place, if it is due. Returns whether there is more to look for. */
async function workOne(
  ctx: Context,
  { holds, together }: { readonly holds: Holds; readonly together: Together },
  placeId: number,
): Promise<boolean> {
  const [stored] = await ctx.database.sql<
    (StoredRow & { due: boolean; early: boolean; unplaced: boolean })[]
  >`
    select r.channel, r.event_id as "eventId", r.payload, r.attempts, r.run_at <= ${ctx.now()} as due, p.role, ${isEarly(ctx)} as early,
      exists (select from receipt o where o.place_id = r.place_id and o.state = 'stored' and o.id <> r.id) as more, ${isUnplaced(ctx)} as unplaced
    from receipt r join place p on p.id = r.place_id
    left join lateral (select r.payload ->> 'ref' as ref where r.said_at is not null) within on true
    where r.place_id = ${placeId} and r.state = 'stored'
    order by r.said_at nulls first, length(within.ref), within.ref collate "C", r.id limit 1`;
  if (stored === undefined) return (await placeEarly(ctx, placeId)) > 0;
  // Asked now: what was stored after a hold began cannot have been read before it.
  if (!stored.due || holds.isHeld(stored.channel, placeId)) return false;
  // What was said there before the place was known stands ahead of it.
  if (stored.unplaced) {
    await placeEarly(ctx, placeId);
    return true;
  }
  if (stored.early) {
    await wait(ctx, stored, soon(ctx));
    return false;
  }
  const alone = revive(stored.payload);
  const album =
    alone.type === 'said' && alone.album ? await gather(ctx, placeId, stored.eventId, alone) : undefined;
  if (album !== undefined && album.completeAt > ctx.now()) {
    await wait(ctx, stored, album.completeAt);
    return false;
  }
  const inbound = album?.whole ?? alone;
  try {
    await work(ctx, together, placeId, { ...stored, others: album?.others }, inbound);
    return stored.more;
  } catch (error) {
    await putOff(ctx, placeId, stored, inbound, error);
    return false;
  }
}

const soon = (ctx: Context): Date => new Date(ctx.now().getTime() + SOON_MS);

async function wait(ctx: Context, { channel, eventId }: StoredRow, until: Date): Promise<void> {
  await ctx.database.sql`
    update receipt set run_at = ${until}
    where channel = ${channel} and event_id = ${eventId} and state = 'stored'`;
}

async function work(
  ctx: Context,
  together: Together,
  placeId: number,
  stored: StoredRow,
  inbound: Stored,
): Promise<void> {
  const roles = await rolesFor(ctx, stored, inbound);
  try {
    if (inbound.type === 'asked') await checkAssignee(ctx, stored.channel, inbound, roles);
    const done = (act: Act): Promise<void> => workIn(act, placeId, stored, inbound, roles);
    await (isChatWord(ctx, stored, inbound) ? together.run(done) : transact(ctx, { type: 'system' }, done));
  } catch (error) {
    if (!(error instanceof Refusal) || inbound.type === 'deleted') throw error;
    await transact(ctx, { type: 'system' }, act => refuseIn(act, placeId, stored, inbound, error));
  }
}

/** Words in a room of the website: each room has one person, whose tickets are nobody else's, so that no two of them are about the same. */
function isChatWord(ctx: Context, { channel, role }: StoredRow, { type }: Stored): boolean {
  return type === 'said' && role === 'customer' && ctx.channels.get(channel)?.limits.way === 'chat';
}

/** A customer's roles are of no use: the platform is not asked for them. */
async function rolesFor(ctx: Context, stored: StoredRow, inbound: Stored): Promise<readonly string[]> {
  if (inbound.type === 'deleted') return [];
  const pressed = inbound.type === 'pressed' && isDeskAction(inbound.action);
  const staff =
    stored.role === 'desk' || pressed || (inbound.type === 'asked' && inbound.ask.what === 'desk');
  return staff ? currentRoles(ctx, stored.channel, inbound) : [];
}

/** What is worked later than this after it was said, in ms, happened when it was said; below it clocks of platforms may just differ. */
const LATER_MS = 5_000;

/** Promises are kept by when somebody answered, and not by when the desk got to hear of it. */
function whenItHappened(act: Act, { at }: Stored): Act {
  return act.at.getTime() - at.getTime() > LATER_MS ? { ...act, happenedAt: at } : act;
}

async function workIn(
  now: Act,
  placeId: number,
  stored: StoredRow,
  inbound: Stored,
  roles: readonly string[],
): Promise<void> {
  const act = whenItHappened(now, inbound);
  const place = await finish(act, placeId, stored);
  if (place === undefined) return;
  await answerIn(
    act,
    placeId,
    place.role,
    place.ticketId,
    isChanged(inbound)
      ? await follow(act, stored.channel, inbound, roles)
      : await perform(act, stored.channel, inbound, roles, place),
  );
}

async function refuseIn(
  act: Act,
  placeId: number,
  stored: StoredRow,
  inbound: Exclude<Stored, Deleted>,
  refusal: Refusal,
): Promise<void> {
  const place = await finish(act, placeId, stored);
  if (place === undefined) return;
  const words = await sayRefusal(act, act.tx, stored.channel, inbound, refusal);
  await answerIn(act, placeId, place.role, place.ticketId, words);
}

/** Marks the event as done in the transaction of its effect, with the place locked. */
async function finish(act: Act, placeId: number, stored: StoredRow): Promise<LockedPlace | undefined> {
  const place = await lockPlace(act, placeId, stored);
  if (place !== undefined && stored.others?.length)
    await act.tx`
      update receipt set state = 'done', payload = null
      where channel = ${stored.channel} and event_id = any(${[...stored.others]}) and state = 'stored'`;
  return place;
}

async function answerIn(
  act: Act,
  placeId: number,
  role: PlaceRole,
  ticketId: number | null,
  answer: Answer,
): Promise<void> {
  if (answer.type !== 'say') return;
  const content = { text: answer.text, buttons: answer.buttons, secret: answer.secret };
  enqueue(act, {
    placeId,
    role,
    kind: 'post',
    class: 'reply',
    ticketId: ticketId ?? undefined,
    content,
  });
}

async function putOff(
  ctx: Context,
  placeId: number,
  stored: StoredRow,
  inbound: Stored,
  error: unknown,
): Promise<void> {
  const attempts = stored.attempts + 1;
  const over = attempts >= ATTEMPTS;
  const why = error instanceof Error ? error.message.slice(0, 200).toWellFormed() : 'not an error';
  ctx.log.error(
    over ? 'a stored event was set aside' : 'a stored event could not be worked, it is tried again',
    {
      channel: stored.channel,
      event: stored.eventId,
      attempts,
      why,
    },
  );
  const runAt = new Date(ctx.now().getTime() + Math.min(LONGEST_WAIT_MS, 1000 * 2 ** attempts));
  await transact(ctx, { type: 'system' }, async act => {
    await act.tx`
      update receipt set state = ${over ? 'failed' : 'stored'}, attempts = ${attempts}, error = ${why}, run_at = ${runAt}
      where channel = ${stored.channel} and event_id = ${stored.eventId} and state = 'stored'`;
    if (over && inbound.type === 'said') await markFailed(act, placeId, inbound.ref);
  });
}

/** Staff see at their own message that it went nowhere. */
async function markFailed(act: Act, placeId: number, on: string): Promise<void> {
  const [place] = await act.tx<{ role: PlaceRole; ticketId: number | null }[]>`
    select role, ticket_id as "ticketId" from place where id = ${placeId}`;
  if (place?.role !== 'desk' || place.ticketId === null) return;
  const content = { mark: 'failed', on } as const;
  enqueue(act, { placeId, role: 'desk', kind: 'react', class: 'reply', ticketId: place.ticketId, content });
}

/** Dates do not survive JSON by themselves. */
function revive<T extends Inbound>(payload: T): T {
  return { ...payload, at: new Date(payload.at) };
}
