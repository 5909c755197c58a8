import type { Handle } from '../actor.ts';
import type { ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';
import type { HandleRow } from './model.ts';
import { handleFrom } from './recognise.ts';

/** The handle of somebody who is only named by their id: as it is known, or made, with a name to come. A known one is not locked. */
export async function acquaint(
  act: Act,
  channel: ChannelKind,
  person: { readonly space: string; readonly externalId: string },
): Promise<Handle> {
  const { space, externalId } = person;
  await act.tx`
    insert into handle (channel, space, external_id, name, seen_at) select ${channel}, ${space}, ${externalId}, '', ${act.at}
    where not exists (select from handle where channel = ${channel} and space = ${space} and external_id = ${externalId})
    on conflict do nothing`;
  const rows = await act.tx<HandleRow[]>`
    select id, channel, external_id as "externalId", name, locale from handle
    where channel = ${channel} and space = ${space} and external_id = ${externalId}`;
  return handleFrom(act, rows[0] as HandleRow);
}
