import type { Act } from '../context.ts';
import { dropFilesOf } from '../file/index.ts';
import type { MessageRow } from './known.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';

/** A message is taken back, for good: its words and files are gone, and its copies go where they can. */
export async function takeBack(act: Act, ticket: TicketRow, message: MessageRow): Promise<void> {
  if (message.deletedAt !== null) return;
  await act.tx`update message set deleted_at = ${act.at}, body = '' where id = ${message.id}`;
  await dropFilesOf(act, message.id);
  await happened(act, ticket, {
    type: 'message-taken-back',
    changed: { ...message, body: '', deletedAt: act.at },
  });
}
