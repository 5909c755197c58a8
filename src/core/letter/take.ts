import type { Answer, ChannelKind, Wrote } from '../channel/index.ts';
import type { Context } from '../context.ts';
import type { Answered } from '../notice/index.ts';
import { noticeOf } from './about.ts';
import { setAside, TAKEN } from './aside.ts';
import { findTicket } from './find.ts';
import { joinTicket } from './join.ts';
import type { Found } from './model.ts';
import { openLetter } from './open.ts';
import { suppliedIn, takeBeside, takeSupplied } from './supplied.ts';

/**
 * Takes a letter once: it goes into the ticket that it is about, or opens one. Nothing is answered to what a machine wrote, and our own mail
 * is no letter. What suppliers tell of their work becomes drafts, and never a ticket; an answer of theirs goes into the ticket that it answers, too. When it resolves, all that comes of it is in the database. Says
 * whether it was set aside. Throws only when the database does.
 */
export async function takeLetter(ctx: Context, channel: ChannelKind, letter: Wrote): Promise<Answer> {
  const arrived = { channel, letter };
  if (letter.automatic === 'own') return setAside(ctx, arrived, 'own');
  const about = await noticeOf(ctx, arrived);
  const found = (await findTicket(ctx, arrived)) ?? ownTicketAbout(about);
  const way = found === undefined ? 'apart' : await joinTicket(ctx, arrived, found);
  const supplied = suppliedIn(ctx, letter);
  if (way === 'done') {
    if (supplied !== undefined) await takeBeside(ctx, supplied);
    return TAKEN;
  }
  if (supplied !== undefined) return takeSupplied(ctx, arrived, supplied);
  if (way === 'floods') return setAside(ctx, arrived, 'flood');
  if (letter.automatic !== undefined) return setAside(ctx, arrived, letter.automatic);
  return openLetter(ctx, arrived, {
    ...(way === 'follows' && { follows: found?.ticketId }),
    ...(about && { about }),
  });
}

/** Whoever answers a notice twice has one ticket about it. */
function ownTicketAbout(about: Answered | undefined): Found | undefined {
  return about?.ticket === undefined ? undefined : { ticketId: about.ticket, evidence: 'answer' };
}
