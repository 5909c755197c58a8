import type { SqlRunner } from '../../../drizzle/database.ts';
import type { ChannelKind } from '../channel/index.ts';

/** Somebody who has acted as staff. */
export interface Colleague {
  readonly externalId: string;
  readonly name: string;
}

/** Those who have acted as staff on a channel and whose name or id fits the words; who was seen last stands first. */
export async function colleagues(
  run: SqlRunner,
  channel: ChannelKind,
  space: string,
  words: readonly string[],
  limit: number,
): Promise<Colleague[]> {
  return run<Colleague[]>`
    select external_id as "externalId", coalesce(nullif(name, ''), external_id) as name from handle
    where channel = ${channel} and space = ${space} and staff_at is not null and not exists (
      select from unnest(${[...words]}::text[]) word where strpos(lower(name), word) = 0 and strpos(lower(external_id), word) = 0)
    order by seen_at desc limit ${limit}`;
}
