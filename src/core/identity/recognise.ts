import type { Handle } from '../actor.ts';
import type { ChannelKind, Sender } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { oneLine } from '../text/index.ts';
import type { HandleRow } from './model.ts';
import { vouch } from './vouch.ts';

/** Longest display name kept, in UTF-16 units. */
const NAME_LENGTH = 80;

/** A sender's display name fit to keep: one line, tidied; empty when there is none. */
export function nameOf(sender: Sender): string {
  return oneLine(sender.name ?? '', NAME_LENGTH);
}

/** Finds or makes the handle of a sender, and keeps the newest name and language the platform told. */
export async function recognise(act: Act, channel: ChannelKind, sender: Sender): Promise<Handle> {
  const rows = await act.tx<HandleRow[]>`${recognising(act, channel, sender)}`;
  const handle = handleFrom(act, rows[0] as HandleRow);
  if (sender.vouched !== undefined) await vouch(act, handle.id, sender.vouched);
  return handle;
}

/** The statement by which a sender is found or made, without what a site vouches for. */
export function recognising({ database: { sql }, now }: Context, channel: ChannelKind, sender: Sender) {
  return sql`
    insert into handle (channel, space, external_id, name, locale, seen_at)
    values (${channel}, ${sender.space}, ${sender.externalId}, ${nameOf(sender)}, ${sender.locale ?? null}, ${now()})
    on conflict (channel, space, external_id) do update set
      seen_at = excluded.seen_at,
      name = coalesce(nullif(excluded.name, ''), handle.name),
      locale = coalesce(excluded.locale, handle.locale)
    returning id, channel, external_id as "externalId", name, locale`;
}

/** A row as the words of the core: the language is one that the desk speaks. */
export function handleFrom(ctx: Context, row: HandleRow): Handle {
  return { ...row, locale: ctx.phrases.match(row.locale ?? ctx.policy.desk.language) };
}
