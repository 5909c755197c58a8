import type { Answer, ChannelKind, Submitted } from '../channel/index.ts';
import { type Context, transact } from '../context.ts';
import { recognise } from '../identity/index.ts';
import { fillNotice } from '../notice/index.ts';
import { asStaff, currentRoles } from '../staff/index.ts';

/**
 * A filled form of a notice: whoever sends it is staff at this moment. One that did not do leaves no receipt: the same window may be sent
 * again. Throws `Refusal` for who is no staff.
 */
export async function submitNotice(ctx: Context, channel: ChannelKind, sent: Submitted): Promise<Answer> {
  const roles = await currentRoles(ctx, channel, sent);
  return transact(ctx, { type: 'system' }, async act => {
    const who = await recognise(act, channel, sent.from);
    const staff = await asStaff(act, who, roles);
    const once = await act.tx`
      insert into receipt (channel, event_id, state, run_at, received_at)
      values (${channel}, ${sent.eventId}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
    if (once.count === 0) return { type: 'nothing' };
    const { draft, values, eventId } = sent;
    const { answer, kept } = await fillNotice(staff, who, {
      draft,
      values,
      key: `${channel}:${eventId}`.slice(0, 200),
    });
    if (!kept) await act.tx`delete from receipt where channel = ${channel} and event_id = ${sent.eventId}`;
    return answer;
  });
}
