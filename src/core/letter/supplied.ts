import { type SupplierWork, takeAlertsOf, tellOfSupplier } from '../alert/index.ts';
import type { Answer, Wrote } from '../channel/index.ts';
import { type Context, transact } from '../context.ts';
import type { AlertSource } from '../policy/index.ts';
import { ASIDE, keepAside, TAKEN } from './aside.ts';
import type { Arrived } from './model.ts';
import { takeOnce } from './receipt.ts';

/** The supplier in the policy whose letter it certainly is; undefined for anybody else's, and for one that nobody vouches for. */
export function supplierOf({ policy }: Context, { vouched, from }: Wrote): AlertSource | undefined {
  if (!vouched) return undefined;
  const address = from.externalId.toLowerCase();
  const domain = address.slice(address.lastIndexOf('@'));
  const named = (writer: string) => policy.alerts.find(one => one.from.includes(writer));
  return named(address) ?? named(domain);
}

/** The planned work that the calendars of a letter tell of. */
export function worksIn({ readWorks }: Context, { calendars = [] }: Wrote): readonly SupplierWork[] {
  return calendars.flatMap(text => readWorks?.(text) ?? []);
}

/** Takes what a supplier tells: its works, or a line for staff when it tells of none that can be read. The letter is kept aside; nothing is answered. */
export async function takeSupplied(
  ctx: Context,
  arrived: Arrived,
  { name }: AlertSource,
  works: readonly SupplierWork[],
): Promise<Answer> {
  return transact(ctx, { type: 'system' }, async act => {
    if (!(await takeOnce(act, arrived.channel, arrived.letter.eventId))) return TAKEN;
    if (works.length > 0) await takeAlertsOf(act, { source: name, alerts: [], works, truncated: 0 });
    else await tellOfSupplier(act, name, arrived.letter);
    await keepAside(act, arrived, 'supplier');
    return ASIDE;
  });
}
