import { setTimeout as wait } from 'node:timers/promises';
import type {
  Answer,
  Asked,
  ChannelKind,
  DeskVerb,
  Inbound,
  Pressed,
  Said,
  Submitted,
} from '../channel/index.ts';
import { submitByMail } from '../chat/index.ts';
import { type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import { recognise, recognising } from '../identity/index.ts';
import { submit, submitDetails } from '../intake/index.ts';
import { takeBounce, takeLetter } from '../letter/index.ts';
import { checkAssignee, currentRoles, isDeskAction } from '../staff/index.ts';
import { workableAt } from './album.ts';
import { type Changed, isChanged } from './changed.ts';
import { clean } from './clean.ts';
import { submitProof } from './link.ts';
import { submitNotify } from './notify-form.ts';
import { type Performed, perform } from './perform.ts';
import { ownChat } from './places.ts';
import { submitRating } from './rate.ts';
import { sayRefusal } from './refuse.ts';
import { submitNotice } from './submit-notice.ts';
import { suggest } from './suggest.ts';
import { visit } from './visit.ts';
import { showWriting } from './writing.ts';

/** What came of an event: the answer for who acted, and the place whose stored events are to be worked. */
export interface Accepted {
  readonly answer: Answer;
  readonly workAt?: number;
}

const NOTHING: Answer = { type: 'nothing' };

/** A part of a statement. */
type Fragment = ReturnType<Context['database']['sql']>;

/**
 * Takes an event once. What is said is stored and worked in order, place by place; what waits for an answer (a command, a form, a
 * button where the platform shows the answer at once) is done now. When it returns, the event is safe in the database.
 *
 * Throws only when the database does: the platform must be told to send the event again.
 */
export async function accept(ctx: Context, channel: ChannelKind, raw: Inbound): Promise<Accepted> {
  const inbound = clean(raw);
  if (inbound.type === 'typed') return { answer: await suggest(ctx, channel, inbound) };
  if (inbound.type === 'writing') return showWriting(ctx, channel, inbound).then(() => ({ answer: NOTHING }));
  if (inbound.type === 'visited') return visit(ctx, channel, inbound);
  if (inbound.type === 'wrote') return takeLetter(ctx, channel, inbound).then(answer => ({ answer }));
  if (inbound.type === 'bounced') return takeBounce(ctx, channel, inbound).then(() => ({ answer: NOTHING }));
  if (inbound.type === 'said' && inbound.direct) return storeDirect(ctx, channel, inbound);
  if (inbound.type === 'said' || isChanged(inbound)) return store(ctx, channel, inbound);
  if (!isPerformed(inbound)) return { answer: NOTHING };
  if (inbound.type !== 'submitted' && inbound.direct) return storeDirect(ctx, channel, inbound);
  try {
    return { answer: await actNow(ctx, channel, inbound) };
  } catch (error) {
    if (error instanceof Refusal)
      return { answer: await sayRefusal(ctx, ctx.database.sql, channel, inbound, error) };
    throw error;
  }
}

function isPerformed(inbound: Inbound): inbound is Exclude<Performed, Said> | Submitted {
  return inbound.type === 'asked' || inbound.type === 'pressed' || inbound.type === 'submitted';
}

async function actNow(
  ctx: Context,
  channel: ChannelKind,
  inbound: Exclude<Performed, Said> | Submitted,
): Promise<Answer> {
  if (inbound.type === 'submitted') return submitted(ctx, channel, inbound);
  if (inbound.type === 'asked' && isAboutItsPost(inbound)) await placeIsKnown(ctx, channel, inbound.place);
  const roles = asksForRoles(inbound) ? await currentRoles(ctx, channel, inbound) : [];
  if (inbound.type === 'asked') await checkAssignee(ctx, channel, inbound, roles);
  return transact(ctx, { type: 'system' }, async act => {
    const once = await act.tx`
      insert into receipt (channel, event_id, state, run_at, received_at)
      values (${channel}, ${inbound.eventId}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
    return once.count === 0 ? NOTHING : perform(act, channel, inbound, roles);
  });
}

/** A filled form, by what it is about. */
function submitted(ctx: Context, channel: ChannelKind, inbound: Submitted): Promise<Answer> {
  if (inbound.page === 'link') return submitProof(ctx, channel, inbound);
  if (inbound.page === 'rate') return submitRating(ctx, channel, inbound);
  if (inbound.page === 'notice') return submitNotice(ctx, channel, inbound);
  if (inbound.page === 'details') return submitDetails(ctx, channel, inbound);
  if (inbound.page === 'by-mail') return submitByMail(ctx, channel, inbound);
  return inbound.page === 'notify' ? submitNotify(ctx, channel, inbound) : submit(ctx, channel, inbound);
}

/** Commands of staff that are about no ticket. */
const ABOUT_NONE: ReadonlySet<DeskVerb> = new Set([
  'queue',
  'board',
  'report',
  'duty',
  'oncall',
  'notice',
  'help',
]);

/** A command of staff without a number is about the ticket in whose post it is typed. */
function isAboutItsPost({ ask }: Asked): boolean {
  return ask.what === 'desk' && ask.number.trim() === '' && !ABOUT_NONE.has(ask.verb);
}

/** A new place is looked for so often, and at most for so long, in ms of real time: an answer is due within 3 s. */
const LOOK_MS = 50;
const KNOWN_MS = 1_500;

/** A post is on the screen a moment before it is written down: whoever types a command there at once must not be asked which ticket. */
async function placeIsKnown(ctx: Context, channel: ChannelKind, address: string): Promise<void> {
  const until = performance.now() + KNOWN_MS;
  for (;;) {
    const [row] = await ctx.database.sql<{ soon: boolean }[]>`
      select not exists (select from place where channel = ${channel} and address = ${address})
        and ${placesAreBeingMade(ctx, channel)} as soon`;
    if (row?.soon !== true || performance.now() >= until) return;
    await wait(LOOK_MS);
  }
}

/** Only for what staff do: a customer's press must not fail because a platform does not tell their roles. */
function asksForRoles(inbound: Asked | Pressed): boolean {
  return inbound.type === 'pressed' ? isDeskAction(inbound.action) : inbound.ask.what === 'desk';
}

/**
 * Where what was missed can be fetched, it comes after what was said since, and the platform's own time is the order; elsewhere that of
 * arrival is.
 */
function saidAt(ctx: Context, channel: ChannelKind, { at }: Inbound): Date | null {
  return ctx.channels.get(channel)?.catchUp === undefined ? null : at;
}

/** What happens in one of the desk's places is kept; so is what may be in a place which is being made at this moment. */
async function store(ctx: Context, channel: ChannelKind, inbound: Said | Changed): Promise<Accepted> {
  const at = ctx.now();
  const rows = await ctx.database.sql<{ placeId: number | null }[]>`
    insert into receipt (channel, event_id, state, place_id, payload, run_at, received_at, said_at)
    select ${channel}, ${inbound.eventId}, 'stored', p.id, ${JSON.stringify(inbound)}::jsonb, ${workableAt(inbound, at)}, ${at},
      ${saidAt(ctx, channel, inbound)}::timestamptz
    from (select 1) one left join place p on p.channel = ${channel} and p.address = ${inbound.place}
    where p.id is not null or ${placesAreBeingMade(ctx, channel)}
    on conflict do nothing returning place_id as "placeId"`;
  return { answer: NOTHING, workAt: rows[0]?.placeId ?? undefined };
}

function placesAreBeingMade(ctx: Context, channel: ChannelKind) {
  return ctx.database.sql`exists (
    select from place q join delivery d on d.place_id = q.id
    where q.channel = ${channel} and q.address is null and d.kind in ('thread', 'desk-post') and d.state in ('sending', 'retry'))`;
}

/** In a chat with the desk that is known, or in a new one: a statement or two instead of a transaction. Whoever says it is recognised when it is worked. */
async function storeDirect(ctx: Context, channel: ChannelKind, inbound: Performed): Promise<Accepted> {
  const placeId = (await storeInChat(ctx, channel, inbound)) ?? (await storeInNewChat(ctx, channel, inbound));
  return placeId === undefined ? storeAfterAll(ctx, channel, inbound) : { answer: NOTHING, workAt: placeId };
}

/** Undefined for whoever has no chat with the desk yet, or none that is as it should be, and when it came before. */
async function storeInChat(
  ctx: Context,
  channel: ChannelKind,
  inbound: Performed,
): Promise<number | undefined> {
  const { space, externalId } = inbound.from;
  const { sql } = ctx.database;
  return storeWhere(
    ctx,
    channel,
    inbound,
    sql``,
    sql`place p join handle h on h.id = p.handle_id
      where p.channel = ${channel} and p.address = ${inbound.place} and p.gone is null and p.ticket_id is null
        and h.channel = p.channel and h.space = ${space} and h.external_id = ${externalId}`,
  );
}

/** Undefined where the place is known. */
async function storeInNewChat(
  ctx: Context,
  channel: ChannelKind,
  inbound: Performed,
): Promise<number | undefined> {
  const { sql } = ctx.database;
  return storeWhere(
    ctx,
    channel,
    inbound,
    sql`with who as (${recognising(ctx, channel, inbound.from)} ), p as (
      insert into place (channel, role, address, handle_id) select ${channel}, 'customer', ${inbound.place}, who.id from who
      on conflict (channel, address) do nothing returning id
    )`,
    sql`p`,
  );
}

async function storeWhere(
  ctx: Context,
  channel: ChannelKind,
  inbound: Performed,
  first: Fragment,
  place: Fragment,
): Promise<number | undefined> {
  const at = ctx.now();
  const [stored] = await ctx.database.sql<{ placeId: number }[]>`
    ${first} insert into receipt (channel, event_id, state, place_id, payload, run_at, received_at, said_at)
    select ${channel}, ${inbound.eventId}, 'stored', p.id, ${JSON.stringify(inbound)}::jsonb, ${workableAt(inbound, at)}::timestamptz, ${at}::timestamptz,
      ${saidAt(ctx, channel, inbound)}::timestamptz
    from ${place} on conflict do nothing returning place_id as "placeId"`;
  return stored?.placeId;
}

async function storeAfterAll(ctx: Context, channel: ChannelKind, inbound: Performed): Promise<Accepted> {
  return transact(ctx, { type: 'system' }, async act => {
    const owner = await recognise(act, channel, inbound.from);
    const place = await ownChat(act, owner, inbound.place);
    const rows = await act.tx`
      insert into receipt (channel, event_id, state, place_id, payload, run_at, received_at, said_at)
      values (${channel}, ${inbound.eventId}, 'stored', ${place.id}, ${JSON.stringify(inbound)}::jsonb, ${workableAt(inbound, act.at)}, ${act.at},
        ${saidAt(ctx, channel, inbound)})
      on conflict do nothing`;
    return { answer: NOTHING, workAt: rows.count === 1 ? place.id : undefined };
  });
}
