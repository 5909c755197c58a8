import { readClue } from '../account/index.ts';
import type { Act } from '../context.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';

/** Fills in facts that had been asked for and are not there yet; a server that is one of the account's own becomes the ticket's service. */
export async function addDetails(
  act: Act,
  ticket: TicketRow,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  const fields = Object.keys(facts);
  if (fields.length === 0) return;
  const { ip, order } = readClue(facts.server ?? '');
  const kept = await act.tx`
    update ticket t set facts = ${JSON.stringify(facts)}::jsonb || t.facts, updated_at = ${act.at},
      wants = array(select one from unnest(t.wants) one where one <> all(${fields}::text[])),
      service_id = coalesce(t.service_id, (
        select s.id from service s where s.account_id = t.account_id and s.state <> 'ended'
          and (s.order_number = ${order} or exists (
            select from service_network n where n.service_id = s.id and n.network >>= ${ip}::inet))
        order by s.id limit 1))
    where t.id = ${ticket.id} and not t.facts ?& ${fields}::text[]`;
  if (kept.count > 0) await happened(act, ticket, { type: 'details-added', fields });
}
