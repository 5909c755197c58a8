import type { Act } from '../context.ts';
import { type SettledFile, takeHeld, takeSettled } from '../file/index.ts';
import { lockTicket } from './fetch.ts';
import { happened } from './record.ts';
import { tellDesk } from './say.ts';

/** Passes on what is settled of a ticket's files, message by message, and tells of what is not: each once. The ticket must be locked. */
export async function passFiles(act: Act, ticketId: number): Promise<void> {
  const settled = await takeSettled(act, ticketId);
  const held = await takeHeld(act, ticketId);
  if (held > 0) {
    const locale = act.policy.staff.language;
    await tellDesk(act, ticketId, { say: 'files-held', args: { count: held }, locale });
  }
  if (settled.length === 0) return;
  const ticket = await lockTicket(act, ticketId);
  for (const files of Map.groupBy(settled, file => file.messageId).values()) {
    const [{ messageId: message, kind }] = files as [SettledFile];
    for (const [why, group] of Map.groupBy(files, file => file.why)) {
      if (why === null) await happened(act, ticket, { type: 'files-came', message, kind, files: group });
      else await happened(act, ticket, { type: 'files-refused', message, kind, why, files: group });
    }
  }
}
