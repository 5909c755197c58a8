import type { Act } from '../context.ts';
import { literalInline, oneLine, splitMarkdown } from '../text/index.ts';
import type { TicketRow } from './model.ts';

/** Messages whose folded parts are shown at once. */
const MOST = 3;
/** UTF-16 units of each: a person looks something up, and nobody reads a whole mailbox. */
const ROOM = 1500;

/** What was quoted in the newest messages of a ticket, as CommonMark, for staff. */
export async function showFolded(act: Act, ticket: TicketRow): Promise<string> {
  const rows = await act.tx<{ folded: string; name: string }[]>`
    select m.folded, coalesce(nullif(h.name, ''), h.external_id) as name from message m join handle h on h.id = m.handle_id
    where m.ticket_id = ${ticket.id} and m.folded is not null and m.deleted_at is null order by m.id desc limit ${MOST}`;
  if (rows.length === 0) return act.phrases.say(act.policy.staff.language, 'desk-folded-none');
  const room = ROOM / rows.length;
  return rows
    .toReversed()
    .map(({ folded, name }) => {
      const [first = '', ...rest] = splitMarkdown(folded, room, text => text.length);
      return `**${literalInline(oneLine(name, 60))}**\n\n${first}${rest.length > 0 ? '\n\n…' : ''}`;
    })
    .join('\n\n');
}
