import type { SqlRunner } from '../../../drizzle/database.ts';
import type { MessageRef } from '../channel/index.ts';
import type { Content } from './model.ts';

/** The first message of a notice in a contact's own chat or mailbox. */
export interface FirstTold {
  readonly id: number;
  readonly state: string;
  readonly ref: MessageRef | null;
  readonly content: Content;
  readonly dispatchId: number;
}

/**
 * The first message, there, of the notice that a dispatch is of: the first that came, or is still to come; it may be of the dispatch itself. What was never
 * sent, or is not known by an id, is passed over: nothing can hang from it, and it cannot be changed.
 */
export async function firstTold(
  run: SqlRunner,
  dispatchId: number,
  placeId: number,
): Promise<FirstTold | undefined> {
  const [first] = await run<FirstTold[]>`
    select v.id, v.state, v.ref, v.content, v.dispatch_id as "dispatchId" from dispatch d
      join dispatch earlier on earlier.notice_id = d.notice_id and earlier.contact_id = d.contact_id and earlier.id <= d.id
      join delivery v on v.dispatch_id = coalesce(earlier.lead_id, earlier.id) and v.place_id = ${placeId}
    where d.id = ${dispatchId} and (v.ref is not null or v.state in ('pending', 'sending', 'retry')) order by v.seq limit 1`;
  return first;
}
