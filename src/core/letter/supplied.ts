import { type SupplierWork, takeWorksOf, tellOfSupplier } from '../alert/index.ts';
import type { Answer, Wrote } from '../channel/index.ts';
import { type Act, type Context, transact } from '../context.ts';
import type { AlertSource } from '../policy/index.ts';
import { ASIDE, isAside, keepAside, TAKEN } from './aside.ts';
import type { Arrived } from './model.ts';
import { takeOnce } from './receipt.ts';

/** The supplier in the policy whose letter it certainly is; undefined for anybody else's, and for one that nobody vouches for. */
function supplierOf({ policy }: Context, { vouched, from }: Wrote): AlertSource | undefined {
  if (!vouched) return undefined;
  const address = from.externalId.toLowerCase();
  const domain = address.slice(address.lastIndexOf('@'));
  const named = (writer: string) => policy.alerts.find(one => one.from.includes(writer));
  return named(address) ?? named(domain);
}

/** What a supplier tells in a letter. */
export interface Supplied {
  readonly source: AlertSource;
  readonly works: readonly SupplierWork[];
  /** A calendar of it cannot be read. */
  readonly unread: boolean;
}

/** What a supplier tells in the calendars of a letter; undefined for a letter of anybody else. */
export function suppliedIn(ctx: Context, letter: Wrote): Supplied | undefined {
  const source = supplierOf(ctx, letter);
  if (source === undefined) return undefined;
  const read = (letter.calendars ?? []).map(text => ctx.readWorks?.(text));
  return { source, works: read.flatMap(works => works ?? []), unread: read.includes(undefined) };
}

/** Takes the works that a letter tells of which is in a ticket: staff read there what else it says. */
export async function takeBeside(ctx: Context, { source, works }: Supplied): Promise<void> {
  if (works.length > 0) await transact(ctx, { type: 'system' }, act => takeWorksOf(act, source.name, works));
}

/**
 * Takes what a supplier tells in a letter that is in no ticket: its works, and a line for staff when not all that it says may have come with them. The letter
 * is kept aside; nothing is answered.
 */
export async function takeSupplied(ctx: Context, arrived: Arrived, supplied: Supplied): Promise<Answer> {
  return transact(ctx, { type: 'system' }, async act => {
    if (!(await takeOnce(act, arrived.channel, arrived.letter.eventId))) return TAKEN;
    const brings = await takeAll(act, arrived, supplied);
    if (brings !== 'news') await tellOfSupplier(act, supplied.source.name, arrived.letter, brings);
    await keepAside(act, arrived, 'supplier');
    return ASIDE;
  });
}

/** Takes the works; returns what staff hear of the letter, and `news` where that is in the works, or came before word for word. */
async function takeAll(
  act: Act,
  arrived: Arrived,
  { source, works, unread }: Supplied,
): Promise<'news' | Parameters<typeof tellOfSupplier>[3]> {
  const heard = works.length === 0 ? [] : await takeWorksOf(act, source.name, works);
  if (unread) return 'unread';
  if (works.length === 0) return 'none';
  if (heard.includes('news')) return 'news';
  const isRepeated = heard.every(one => one === 'same') && (await isAside(act, arrived, 'supplier'));
  return isRepeated ? 'news' : 'known';
}
