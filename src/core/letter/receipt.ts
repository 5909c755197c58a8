import type { Act } from '../context.ts';

/** Takes an event once, in the transaction of its effect; false when it was taken before. */
export async function takeOnce(act: Act, channel: string, eventId: string): Promise<boolean> {
  const once = await act.tx`
    insert into receipt (channel, event_id, state, run_at, received_at)
    values (${channel}, ${eventId}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
  return once.count === 1;
}
