import type { Act } from '../context.ts';
import { type Content, converge, lockLanesOf, type PlaceRole } from '../outbox/index.ts';
import { oneLine, plain } from '../text/index.ts';
import type { TicketEvent } from './events.ts';
import { isNote, type MessageRow } from './known.ts';
import type { TicketRow } from './model.ts';
import { partsFor } from './say.ts';

type Changed = Extract<TicketEvent, { changed: MessageRow }>;

interface CopyPlace {
  readonly placeId: number;
  readonly role: PlaceRole;
  readonly channel: string;
}

/** Wherever the message was passed on to, it is shown as it is now. */
export async function showAnew(act: Act, ticket: TicketRow, { changed }: Changed): Promise<void> {
  await lockLanesOf(act, ticket.id, changed.id);
  const places = await act.tx<CopyPlace[]>`
    select distinct d.place_id as "placeId", d.place_role as role, p.channel from delivery d join place p on p.id = d.place_id
    where d.message_id = ${changed.id} and d.kind in ('post', 'thread') order by d.place_id`;
  const by = await headingOf(act, changed);
  for (const { placeId, role, channel } of places) {
    const locale = role === 'desk' ? act.policy.staff.language : ticket.locale;
    const say = (key: string): Content => ({ say: key, args: {}, locale });
    const seen = changed.deletedAt === null && !(role === 'customer' && isNote(changed));
    const base = {
      placeId,
      channel,
      ticketId: ticket.id,
      takenBack: !seen,
      changed: act.phrases.say(locale, 'message-changed'),
    };
    const wanted = seen
      ? partsFor(act, { channel }, { text: changed.body, ...(role === 'desk' && { by }) })
      : [];
    const { id, kind } = changed;
    if (role === 'desk')
      await converge(act, {
        ...base,
        role,
        wanted,
        message: { id, kind },
        tombstone: seen ? undefined : say('message-taken-back'),
      });
    else if (kind !== 'note') await converge(act, { ...base, role, wanted, message: { id, kind } });
  }
}

/** What stands above the message at a desk: see `follow.ts`. */
export async function headingOf(
  act: Act,
  message: Pick<MessageRow, 'handleId' | 'kind' | 'noted'>,
): Promise<string> {
  const [row] = await act.tx<{ name: string }[]>`
    select coalesce(nullif(name, ''), external_id) as name from handle where id = ${message.handleId}`;
  const name = oneLine(row?.name ?? '', 60);
  if (message.kind === 'request') return name;
  const key = isNote(message) ? 'desk-by-note' : 'desk-by-reply';
  return plain(act.phrases.say(act.policy.staff.language, key, { name }));
}
