import type { Context } from '../context.ts';
import { readLogs } from '../notice/index.ts';
import type { Component, Snapshot } from './model.ts';
import { publicOf } from './rules/public.ts';

/** Notices that are looked at, those that are not over and the newest: the page of an older one is there no more. */
const NOTICES = 400;
/** Locations that are shown where the policy names no components. */
const LOCATIONS = 60;

/** What everybody may know now. */
export async function readSnapshot(ctx: Context): Promise<Snapshot> {
  const readAt = ctx.now().toISOString();
  const notices = (await readLogs(ctx.database.sql, { limit: NOTICES })).flatMap(log => publicOf(log) ?? []);
  return { readAt, components: ctx.policy.status.components ?? (await readLocations(ctx)), notices };
}

/** Where services are that have not ended. A place is one however it is written, and is shown as most have it. */
async function readLocations({ database: { sql }, policy }: Context): Promise<readonly Component[]> {
  const rows = await sql<{ location: string }[]>`
    select mode() within group (order by location collate "C") as location from service s join account a on a.id = s.account_id and a.state <> 'closed'
    where s.location is not null and s.state <> 'ended' group by lower(location) order by lower(location) collate "C" limit ${LOCATIONS}`;
  return rows.map(({ location }) => ({
    name: { [policy.desk.language]: location },
    locations: [location],
    products: [],
    networks: [],
  }));
}
