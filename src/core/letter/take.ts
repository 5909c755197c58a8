import type { ChannelKind, Wrote } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { setAside } from './aside.ts';
import { findTicket } from './find.ts';
import { joinTicket } from './join.ts';
import { openLetter } from './open.ts';
import { supplierOf, takeSupplied, worksIn } from './supplied.ts';

/**
 * Takes a letter once: it goes into the ticket that it is about, or opens one. Nothing is answered to what a machine wrote, and our own mail
 * is no letter. What suppliers tell of their work becomes drafts, and never a ticket. When it resolves, all that comes of it is in the database. Throws only when the database does.
 */
export async function takeLetter(ctx: Context, channel: ChannelKind, letter: Wrote): Promise<void> {
  const arrived = { channel, letter };
  if (letter.automatic === 'own') return setAside(ctx, arrived, 'own');
  const supplier = supplierOf(ctx, letter);
  const works = supplier === undefined ? [] : worksIn(ctx, letter);
  if (supplier !== undefined && works.length > 0) return takeSupplied(ctx, arrived, supplier, works);
  const found = await findTicket(ctx, arrived);
  const way = found === undefined ? 'apart' : await joinTicket(ctx, arrived, found);
  if (way === 'done') return;
  if (supplier !== undefined) return takeSupplied(ctx, arrived, supplier, works);
  if (letter.automatic !== undefined) return setAside(ctx, arrived, letter.automatic);
  await openLetter(ctx, arrived, way === 'follows' ? found?.ticketId : undefined);
}
