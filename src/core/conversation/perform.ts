import type { Handle } from '../actor.ts';
import type { Answer, Asked, ChannelKind, Pressed, Said } from '../channel/index.ts';
import { type Act, as } from '../context.ts';
import { Refusal } from '../errors.ts';
import { isListed, pageDeedIn, pressPage } from '../escalation/index.ts';
import { recognise } from '../identity/index.ts';
import { firstForm, reshape, showAgain } from '../intake/index.ts';
import { isNoticeAction, pressNotice } from '../notice/index.ts';
import { asStaff, command, pressAtDesk, speakAtDesk } from '../staff/index.ts';
import { isBlank } from '../text/index.ts';
import { awaitedOf, lockTicket, noteIn, readNumber, write } from '../ticket/index.ts';
import { answerAsked, close, reopenOwn } from './ask.ts';
import { chat } from './chat.ts';
import { type PlaceRow, utterance } from './model.ts';
import { pressNotify } from './notify.ts';
import { obey } from './obey.ts';
import { adoptPost, type LockedPlace, placeAt, reachAgain } from './places.ts';
import { pressChat } from './press-chat.ts';
import { pressProof } from './press-proof.ts';
import { pressRate } from './rate.ts';
import { wordIn } from './rules/words.ts';

/** What is done now or from the store: everything but a filled form. */
export type Performed = Asked | Said | Pressed;

const NOTHING: Answer = { type: 'nothing' };

/** Does what an event asks for, by where it happened: at the desk, in a person's own chat, in a ticket's place, or anywhere else. `here`: the place that it was stored for. */
export async function perform(
  act: Act,
  channel: ChannelKind,
  heard: Performed,
  roles: readonly string[],
  here?: LockedPlace,
): Promise<Answer> {
  const handle = await recognise(act, channel, heard.from);
  const page = heard.type === 'pressed' ? pageDeedIn(heard.action) : undefined;
  if (page !== undefined) {
    if (!isListed(act, handle)) await asStaff(act, handle, roles);
    return pressPage(act, handle, page);
  }
  if (heard.type === 'pressed' && isNoticeAction(heard.action))
    return (await pressNotice(await asStaff(act, handle, roles), handle, heard.action)) ?? NOTHING;
  const known = here?.address === heard.place ? here : await placeAt(act, channel, heard.place);
  const place = known ?? (await adopt(act, channel, heard));
  const inbound = heard.type === 'said' && place !== undefined ? await newest(act, place, heard) : heard;
  if (inbound === undefined) return NOTHING;
  if (inbound.type === 'asked' && inbound.ask.what === 'desk') {
    const ticketId = place?.role === 'desk' ? place.ticketId : null;
    const { from, direct, ask } = inbound;
    return command(act, { handle, space: from.space, roles, ticketId, direct }, ask);
  }
  if (place?.role === 'desk' && place.ticketId !== null)
    return atDesk(act, handle, place, place.ticketId, inbound, roles);
  const customer = as(act, { type: 'customer', handle });
  if (inbound.type !== 'said' && !inbound.direct)
    return asCustomer(customer, handle, channel, inbound, place?.ticketId);
  if (inbound.direct) return place === undefined ? NOTHING : chat(customer, handle, place, inbound);
  return inbound.type === 'said' && place?.ticketId
    ? writeIn(customer, handle, place, place.ticketId, inbound)
    : NOTHING;
}

/** A message as it is by now: its edits and its deletion may have come before it. Undefined when it is taken back. */
async function newest(act: Act, place: PlaceRow, said: Said): Promise<Said | undefined> {
  const known = await awaitedOf(act, place.id, said.ref);
  if (known?.deleted) return undefined;
  if (known?.body == null || isBlank(known.body)) return said;
  const { body } = known;
  const isNote = place.role === 'desk' && (known.noted || noteIn(said.text) !== undefined);
  return { ...said, text: isNote && noteIn(body) === undefined ? `// ${body}` : body };
}

/** A button of ours in a place we do not know: the platform has made the post, and its answer is still on the way. */
async function adopt(act: Act, channel: ChannelKind, inbound: Performed): Promise<PlaceRow | undefined> {
  const number =
    inbound.type === 'pressed'
      ? /^(?:claim|wait|solve|close|reopen|verify|ticket):([1-9]\d{0,14})$/.exec(inbound.action)?.[1]
      : undefined;
  return number === undefined ? undefined : adoptPost(act, channel, Number(number), inbound.place);
}

async function atDesk(
  act: Act,
  handle: Handle,
  place: PlaceRow,
  ticketId: number,
  inbound: Performed,
  roles: readonly string[],
): Promise<Answer> {
  const desk = { handle, roles, placeId: place.id, ticketId };
  switch (inbound.type) {
    case 'said':
      return speakAtDesk(act, desk, inbound);
    case 'pressed':
      return pressAtDesk(act, desk, inbound);
    case 'asked':
      return asCustomer(as(act, { type: 'customer', handle }), handle, handle.channel, inbound);
  }
}

async function asCustomer(
  act: Act,
  handle: Handle,
  channel: ChannelKind,
  inbound: Asked | Pressed,
  here?: number | null,
): Promise<Answer> {
  if (inbound.type === 'asked') return answerAsked(act, handle, channel, inbound.ask, here ?? undefined);
  const [verb = '', first = '', second = ''] = inbound.action.split(':');
  if (verb === 'form') return showAgain(act, handle, first, second);
  if (verb === 'reshape') return reshape(act, handle, inbound);
  if (verb === 'new') return firstForm(act, channel, handle, { subject: '' });
  const chat = await pressChat(act, handle, inbound);
  if (chat !== undefined) return chat;
  const proof = await pressProof(act, handle, verb, first, here ?? undefined);
  if (proof !== undefined) return proof;
  const rating = await pressRate(act, handle, inbound.action);
  if (rating !== undefined) return rating;
  const notify = await pressNotify(act, handle, inbound.action);
  if (notify !== undefined) return notify;
  if (verb === 'own-close') return { type: 'say', text: await close(act, handle, readNumber(first)) };
  if (verb === 'own-reopen') return { type: 'say', text: await reopenOwn(act, handle, readNumber(first)) };
  return NOTHING;
}

/** Whoever is in a ticket's place may write in it: the platform keeps others out. */
async function writeIn(
  act: Act,
  author: Handle,
  place: PlaceRow,
  ticketId: number,
  said: Said,
): Promise<Answer> {
  const files = said.files ?? [];
  if (isBlank(said.text) && files.length === 0) throw new Refusal('nothing-written');
  const word = files.length === 0 ? wordIn(said.text) : undefined;
  if (word !== undefined) return obey(act, author, ticketId, word);
  const ticket = await lockTicket(act, ticketId);
  await reachAgain(act, place.id, ticketId);
  await write(act, author, ticket, utterance(said, place.id));
  return NOTHING;
}
