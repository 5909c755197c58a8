import type { Answer, ChannelKind, Deleted, Edited, Reacted } from '../channel/index.ts';
import { type Act, as } from '../context.ts';
import { recognise } from '../identity/index.ts';
import { asStaff, isStaff } from '../staff/index.ts';
import { awaitMessage, edit, lockMessage, noteIn, react, takeBack } from '../ticket/index.ts';
import type { PlaceRow } from './model.ts';
import { placeAt } from './places.ts';

/** What happens to a message after it was said. */
export type Changed = Edited | Deleted | Reacted;

const NOTHING: Answer = { type: 'nothing' };

/** True for what happens to a message after it was said. */
export function isChanged(inbound: { readonly type: string }): inbound is Changed {
  return inbound.type === 'edited' || inbound.type === 'deleted' || inbound.type === 'reacted';
}

/** Follows what happened to a message, in the place where it happened. In places that are not the desk's it means nothing. */
export async function follow(
  act: Act,
  channel: ChannelKind,
  inbound: Changed,
  roles: readonly string[],
): Promise<Answer> {
  const place = await placeAt(act, channel, inbound.place);
  if (place === undefined) return NOTHING;
  switch (inbound.type) {
    case 'edited':
      return edited(act, place, inbound, roles);
    case 'deleted':
      return deleted(act, place, inbound);
    case 'reacted':
      return reacted(act, place, inbound, roles);
  }
}

/** Only its author edits a message; at the desk only staff do. */
async function edited(act: Act, place: PlaceRow, inbound: Edited, roles: readonly string[]): Promise<Answer> {
  const { ref, text, version } = inbound;
  const handle = await recognise(act, place.channel, inbound.from);
  const known = await lockMessage(act, place.id, ref);
  if (known === undefined) {
    const noted = place.role === 'desk' && noteIn(text) !== undefined;
    await awaitMessage(act, place.id, ref, { version, body: text, noted, deleted: false });
    return NOTHING;
  }
  const { ticket, message } = known;
  if (message.handleId !== handle.id) return NOTHING;
  const author =
    place.role === 'desk' ? await asStaff(act, handle, roles) : as(act, { type: 'customer', handle });
  const done = await edit(author, ticket, message, { text, version });
  if (done !== 'became-note' && done !== 'kept-from-customer') return NOTHING;
  return { type: 'say', text: act.phrases.say(handle.locale, `edit-${done}`) };
}

async function deleted(act: Act, place: PlaceRow, { ref }: Deleted): Promise<Answer> {
  const known = await lockMessage(act, place.id, ref);
  if (known === undefined)
    await awaitMessage(act, place.id, ref, { version: 0, body: null, noted: false, deleted: true });
  else await takeBack(act, known.ticket, known.message);
  return NOTHING;
}

/** Who is not staff has no voice at the desk, and need not be told so for an emoji. */
async function reacted(
  act: Act,
  place: PlaceRow,
  inbound: Reacted,
  roles: readonly string[],
): Promise<Answer> {
  const { ref, emoji, on, at } = inbound;
  const handle = await recognise(act, place.channel, inbound.from);
  if (place.role === 'desk' && !isStaff(act, place.channel, roles)) return NOTHING;
  await react(act, handle, { placeId: place.id, role: place.role, ref, emoji, on, at });
  return NOTHING;
}
