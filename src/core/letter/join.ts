import type { Handle } from '../actor.ts';
import { type Act, as, type Context, transact } from '../context.ts';
import { recognise } from '../identity/index.ts';
import { enqueue, ownPlace, refreshCards } from '../outbox/index.ts';
import { clip, isBlank, literal, oneLine, plain, raw } from '../text/index.ts';
import { addDetails, lockTicket, type TicketRow, tellDesk, write } from '../ticket/index.ts';
import { keepAside } from './aside.ts';
import { type Belonging, belongingOf, meetContact } from './belong.ts';
import { cutOff } from './cut-off.ts';
import { floodsTicket } from './floods.ts';
import type { Arrived, Found } from './model.ts';
import { type Standing, standingOf } from './place.ts';
import { takeOnce } from './receipt.ts';
import { factsIn } from './rules/facts.ts';
import { routeOf } from './rules/route.ts';

/** Longest part of an automatic answer that staff see, in UTF-16 units. */
const AUTOMATIC = 500;

/**
 * Puts a letter into the ticket that it is about. `apart`: it belongs to none, whatever it says; `follows`: that ticket is closed, and the letter
 * opens one that follows it; `floods`: more comes than a person writes. Nothing was written down then.
 */
export async function joinTicket(
  ctx: Context,
  arrived: Arrived,
  found: Found,
): Promise<'done' | 'apart' | 'follows' | 'floods'> {
  const { channel, letter } = arrived;
  return transact(ctx, { type: 'system' }, async act => {
    const handle = await recognise(act, channel, letter.from);
    await meetContact(act, handle, arrived);
    const place = await standingOf(act, channel, handle, found);
    const ticket = await lockTicket(act, found.ticketId);
    const belonging = await belongingOf(act, handle, ticket);
    const way = routeOf(
      {
        state: ticket.state,
        subject: ticket.subject,
        closedAgoMs: act.at.getTime() - (ticket.closedAt?.getTime() ?? 0),
      },
      {
        subject: letter.subject,
        evidence: found.evidence,
        belongs: belonging !== 'nobody',
        vouched: letter.vouched,
      },
      act.policy.tickets.reopen_within * 1000,
    );
    if (way === 'apart' || (way === 'follows' && letter.automatic === undefined)) return way;
    if (await floodsTicket(act, arrived, handle, ticket)) return 'floods';
    if (letter.automatic !== undefined) {
      if (await takeOnce(act, channel, letter.eventId)) await tellOfAutomatic(act, handle, ticket, arrived);
      return 'done';
    }
    if (await takeOnce(act, channel, letter.eventId))
      await speak(act, { handle, belonging, place, ticket }, arrived);
    return 'done';
  });
}

/** What a machine answered is shown, and is nobody's word: no clock hears it, and nothing opens again. */
async function tellOfAutomatic(act: Act, handle: Handle, ticket: TicketRow, arrived: Arrived): Promise<void> {
  const { text, automatic = 'reply' } = arrived.letter;
  await keepAside(act, arrived, automatic);
  const words = literal(clip(plain(text), AUTOMATIC));
  const args = { name: handle.externalId, text: raw(words) };
  await tellDesk(act, ticket.id, { say: 'letter-automatic', args, locale: act.policy.staff.language });
}

/** Who writes, what they are to the ticket, and where it stands. */
interface Writing {
  readonly handle: Handle;
  readonly belonging: Belonging;
  readonly place: Standing | undefined;
  readonly ticket: TicketRow;
}

async function speak(
  act: Act,
  { handle, belonging, place, ticket }: Writing,
  { letter }: Arrived,
): Promise<void> {
  const { text, files = [], folded } = letter;
  const empty = isBlank(text) && files.length === 0;
  // Nothing is waited for: the handle is locked already, and a new place is nobody else's.
  const placeId = place?.id ?? (await ownPlace(act, handle)).id;
  const twice = await act.tx`select from message where place_id = ${placeId} and ref = ${letter.ref}`;
  const said = {
    text: letter.unreadable
      ? words(act, 'letter-unreadable')
      : empty
        ? words(act, 'letter-empty')
        : isBlank(text)
          ? ''
          : text,
    files,
    folded,
    placeId,
    // Two letters of one name are two letters: the second goes without.
    ref: twice.count === 0 ? letter.ref : null,
  };
  if (place?.back) await reach(act, ticket, place);
  await write(as(act, { type: 'customer', handle }), namedFor(act, handle, belonging), ticket, said);
  if (folded !== undefined) await refreshCards(act, ticket.id);
  if (letter.whole === false) await tellOfCut(act, ticket, belonging === 'asker' ? place?.id : undefined);
  if (handle.id === ticket.handleId) await fillIn(act, handle, ticket, text);
}

/** Staff are told that there is more in the mailbox, and whoever asked that it was too much: in their mailbox. */
async function tellOfCut(act: Act, ticket: TicketRow, mailbox: number | undefined): Promise<void> {
  await tellDesk(act, ticket.id, cutOff(act));
  if (mailbox === undefined) return;
  const content = { say: 'letter-too-large', args: {}, locale: ticket.locale };
  enqueue(act, {
    placeId: mailbox,
    role: 'customer',
    kind: 'post',
    class: 'reply',
    ticketId: ticket.id,
    content,
  });
}

/** Whoever is not the one who asked is shown to staff with their address, and whether anybody vouches for it. */
function namedFor(act: Act, handle: Handle, belonging: Belonging): Handle {
  if (belonging === 'asker') return handle;
  const name = handle.name === '' ? handle.externalId : `${oneLine(handle.name, 30)} <${handle.externalId}>`;
  const key = belonging === 'other' ? 'letter-by-colleague' : 'letter-by-other';
  return { ...handle, name: plain(act.phrases.say(act.policy.staff.language, key, { name })) };
}

/** Whoever writes can be written to, whatever came back before. */
async function reach(act: Act, ticket: TicketRow, place: Standing): Promise<void> {
  await act.tx`update place set gone = null where id = ${place.id}`;
  await refreshCards(act, ticket.id);
}

async function fillIn(act: Act, handle: Handle, ticket: TicketRow, text: string): Promise<void> {
  const [row] = await act.tx<{ wants: string[] }[]>`select wants from ticket where id = ${ticket.id}`;
  const wants = row?.wants ?? [];
  if (wants.length === 0) return;
  const facts = Object.entries(factsIn(plain(text))).filter(([field]) => wants.includes(field));
  await addDetails(as(act, { type: 'customer', handle }), ticket, Object.fromEntries(facts));
}

function words(act: Act, key: string): string {
  return act.phrases.say(act.policy.staff.language, key);
}
