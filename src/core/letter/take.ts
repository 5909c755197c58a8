import type { Answer, ChannelKind, Wrote } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { setAside, TAKEN } from './aside.ts';
import { findTicket } from './find.ts';
import { joinTicket } from './join.ts';
import { openLetter } from './open.ts';

/**
 * Takes a letter once: it goes into the ticket that it is about, or opens one. Nothing is answered to what a machine wrote, and our own mail
 * is no letter. When it resolves, all that comes of it is in the database. Says whether it was set aside. Throws only
 * when the database does.
 */
export async function takeLetter(ctx: Context, channel: ChannelKind, letter: Wrote): Promise<Answer> {
  const arrived = { channel, letter };
  if (letter.automatic === 'own') return setAside(ctx, arrived, 'own');
  const found = await findTicket(ctx, arrived);
  const way = found === undefined ? 'apart' : await joinTicket(ctx, arrived, found);
  if (way === 'done') return TAKEN;
  if (way === 'floods') return setAside(ctx, arrived, 'flood');
  if (letter.automatic !== undefined) return setAside(ctx, arrived, letter.automatic);
  return openLetter(ctx, arrived, way === 'follows' ? found?.ticketId : undefined);
}
