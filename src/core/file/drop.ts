import { whyOf } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { forget } from './judge.ts';

/** Files that one round drops. */
const AT_ONCE = 100;
/** After a round that found little to drop, the next look at old tickets is this much later, in ms; and at what is dropped already. */
const REST_MS = 600_000;
const BREATH_MS = 5000;
/** A store that does not answer is asked again after this, in ms. */
const AFTER_FAULT_MS = 60_000;

/** Drops the files of a message that was taken back: nobody gets them any more, and their bytes are deleted soon after. */
export async function dropFilesOf(act: Act, messageId: number): Promise<void> {
  await act.tx`update file set state = 'dropped', source = null, passed_at = coalesce(passed_at, ${act.at}) where message_id = ${messageId} and state <> 'dropped'`;
}

/** Round: drops the files of tickets that were closed long ago (`files.keep_for`), and deletes the bytes of all that is dropped. */
export function dropOldFiles(ctx: Context): () => Promise<void> {
  let next = 0;
  let nextDelete = 0;
  return async () => {
    const now = ctx.now().getTime();
    if (now >= next && !(await dropOfOldTickets(ctx, now))) next = now + REST_MS;
    if (now < nextDelete) return;
    nextDelete = now + ((await deleteDropped(ctx)) ? BREATH_MS : AFTER_FAULT_MS);
  };
}

/** Deletes the bytes of dropped files now. Returns of how many they could not be deleted: the round tries those again. */
export async function dropBytes(ctx: Context, ids: readonly number[]): Promise<number> {
  const rows = await ctx.database.sql<{ id: number; key: string | null }[]>`
    select id, storage_key as key from file where id = any(${[...ids]}) and state = 'dropped'`;
  let left = 0;
  for (const { id, key } of rows) if (!(await deleteBytes(ctx, id, key))) left += 1;
  return left;
}

/** The row forgets the key last, so that what could not be deleted is tried again. False when it could not. */
async function deleteBytes(ctx: Context, id: number, key: string | null): Promise<boolean> {
  try {
    if (key !== null) await ctx.files.store.drop(key);
    await forget(ctx, { id });
    await ctx.database.sql`update file set storage_key = null where id = ${id}`;
    return true;
  } catch (error) {
    ctx.log.error('a dropped file could not be deleted', { file: id, why: whyOf(error) });
    return false;
  }
}

/** True when there may be more. */
async function dropOfOldTickets(ctx: Context, now: number): Promise<boolean> {
  const before = new Date(now - ctx.policy.files.keep_for * 1000);
  const rows = await ctx.database.sql`
    update file set state = 'dropped', source = null, passed_at = coalesce(passed_at, ${new Date(now)}) where id in (
      select f.id from ticket t join file f on f.ticket_id = t.id
      where t.state = 'closed' and t.closed_at < ${before} and f.state in ('ready', 'held', 'waiting') limit ${AT_ONCE})`;
  return rows.count === AT_ONCE;
}

/** A file under a lease may still be put there. */
async function deleteDropped(ctx: Context): Promise<boolean> {
  const rows = await ctx.database.sql<{ id: number; key: string }[]>`
    select id, storage_key as key from file
    where state = 'dropped' and storage_key is not null and (leased_until is null or leased_until <= ${ctx.now()})
    order by id limit ${AT_ONCE}`;
  for (const { id, key } of rows) if (!(await deleteBytes(ctx, id, key))) return false;
  return true;
}
