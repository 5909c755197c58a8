import type { Act } from '../context.ts';
import { formatSize, type Pack, pack, type SettledFile } from '../file/index.ts';
import { type CustomerMessage, type DeskMessage, enqueue } from '../outbox/index.ts';
import { clip, oneLine, raw } from '../text/index.ts';
import type { EventOf } from './events.ts';
import type { TicketRow } from './model.ts';
import { desksOf, heldUntil, type PlaceRow, placeOf, tellCustomer, tellDesk } from './say.ts';

/** Files of any message reach every desk but the one where they were sent. */
export async function passFilesToDesks(
  act: Act,
  ticket: TicketRow,
  { message, kind, files }: EventOf<'files-came'>,
): Promise<void> {
  const [first] = files;
  const by = kind === 'request' && first !== undefined ? oneLine(first.author, 60) : undefined;
  for (const place of await desksOf(act, ticket.id))
    if (place.id !== first?.placeId)
      send(act, ticket, place, files, {
        role: 'desk',
        message: { id: message, kind },
        by,
        locale: act.policy.staff.language,
      });
}

/** Files of a reply reach the customer; those of a note never do. */
export async function passFilesToCustomer(
  act: Act,
  ticket: TicketRow,
  { message, kind, files }: EventOf<'files-came'>,
): Promise<void> {
  if (kind !== 'reply') return;
  const at = await repliedAt(act, message);
  if (at === undefined) return;
  const place = await placeOf(act, ticket);
  const packs = send(act, ticket, place, files, {
    role: 'customer',
    message: { id: message, kind },
    locale: ticket.locale,
    holdUntil: heldUntil(act, at),
  });
  const unlinked = packs
    .filter(one => one.as === 'link' && act.files.links === undefined)
    .flatMap(one => one.files);
  if (unlinked.length === 0) return;
  const names = namesOf(files.filter(file => unlinked.includes(file.id)));
  await tellDesk(act, ticket.id, {
    say: 'files-not-passed',
    args: { names },
    locale: act.policy.staff.language,
  });
}

/** When the reply was written; undefined when it became a note, or was taken back, while its files came. */
async function repliedAt(act: Act, messageId: number): Promise<Date | undefined> {
  const rows = await act.tx<{ at: Date }[]>`
    select at from message where id = ${messageId} and not noted and deleted_at is null`;
  return rows[0]?.at;
}

type To =
  | {
      readonly role: 'customer';
      readonly message: CustomerMessage;
      readonly locale: string;
      readonly by?: undefined;
      readonly holdUntil: Date | undefined;
    }
  | {
      readonly role: 'desk';
      readonly message: DeskMessage;
      readonly locale: string;
      readonly by: string | undefined;
    };

function send(
  act: Act,
  ticket: TicketRow,
  place: PlaceRow,
  files: readonly SettledFile[],
  { by, locale, ...to }: To,
): readonly Pack[] {
  const packs = pack(files, act.channels.get(place.channel)?.limits.files);
  packs.forEach((one, index) => {
    const content = { ...one, locale, ...(index === 0 && by !== undefined && { by }) };
    enqueue(act, { placeId: place.id, kind: 'post', class: 'reply', ticketId: ticket.id, content, ...to });
  });
  return packs;
}

/** Names in a refusal: so many, each of at most 60 characters. */
const NAMED = 5;

/** The sender and staff are told what was not taken, and why. */
export async function tellOfRefusedFiles(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'files-refused'>,
): Promise<void> {
  const words = (locale: string) => ({
    say: 'files-refused',
    args: { names: namesOf(event.files), reason: raw(reasonOf(act, event.why, locale)) },
    locale,
  });
  await tellDesk(act, ticket.id, words(act.policy.staff.language));
  if (event.kind === 'request') await tellCustomer(act, ticket, words(ticket.locale));
  if (event.kind === 'reply') await markEmptyReply(act, ticket, event);
}

/** A reply of files only, none of which goes anywhere, has failed. */
async function markEmptyReply(act: Act, ticket: TicketRow, event: EventOf<'files-refused'>): Promise<void> {
  const [first] = event.files;
  const hopeless = await act.tx`
    select from message m where m.id = ${event.message} and m.body = '' and m.deleted_at is null and not exists (
      select from file f where f.message_id = m.id and f.state in ('waiting', 'held', 'ready'))`;
  if (hopeless.count === 0 || first?.placeId == null || first.ref === null) return;
  const content = { mark: 'failed', on: first.ref } as const;
  const { placeId } = first;
  enqueue(act, { placeId, role: 'desk', kind: 'react', class: 'reply', ticketId: ticket.id, content });
}

/** The names of files as people write them: “a.png”, “b.log” … */
export function namesOf(files: readonly { readonly name: string }[]): string {
  const named = files.slice(0, NAMED).map(file => `“${clip(file.name, 60)}”`);
  return `${named.join(', ')}${files.length > NAMED ? ' …' : ''}`;
}

function reasonOf(act: Act, why: EventOf<'files-refused'>['why'], locale: string): string {
  const { max_size, per_message } = act.policy.files;
  switch (why) {
    case 'size':
      return act.phrases.say(locale, 'file-reason-size', { max: formatSize(max_size, locale) });
    case 'count':
      return act.phrases.say(locale, 'file-reason-count', { max: per_message });
    default:
      return act.phrases.say(locale, `file-reason-${why}`);
  }
}
