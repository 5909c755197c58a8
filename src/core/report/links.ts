import type { ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';
import type { NumberOf } from './tell-week.ts';

/** Ticket numbers as they are written on a channel: each leads to its post there, where it has one. */
export async function numbersOn(
  act: Act,
  channel: ChannelKind,
  tickets: readonly number[],
): Promise<NumberOf> {
  const rows = await act.tx<{ id: number; address: string }[]>`
    select ticket_id as id, address from place
    where ticket_id = any(${[...tickets]}::bigint[]) and role = 'desk' and channel = ${channel} and address is not null`;
  const { linkTo } = act.channels.get(channel) ?? {};
  const links = new Map(rows.map(({ id, address }) => [id, linkTo?.(address)]));
  return id => (links.get(id) === undefined ? `**#${id}**` : `[#${id}](<${links.get(id)}>)`);
}
