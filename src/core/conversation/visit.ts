import type { ChannelKind, Visited } from '../channel/index.ts';
import { type Context, transact } from '../context.ts';
import { recognise } from '../identity/index.ts';
import { refreshHome } from '../outbox/index.ts';
import type { Accepted } from './accept.ts';

/** Somebody opened their own page: it is shown as it is now, and from then on whenever one of their tickets changes. */
export async function visit(ctx: Context, channel: ChannelKind, visited: Visited): Promise<Accepted> {
  await transact(ctx, { type: 'system' }, async act => {
    const once = await act.tx`
      insert into receipt (channel, event_id, state, run_at, received_at)
      values (${channel}, ${visited.eventId}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
    if (once.count === 0) return;
    const who = await recognise(act, channel, visited.from);
    await act.tx`
      insert into place (channel, role, handle_id) values (${channel}, 'home', ${who.id})
      on conflict (handle_id) where role = 'home' do nothing`;
    await refreshHome(act, who.id, 'reply');
  });
  return { answer: { type: 'nothing' } };
}
