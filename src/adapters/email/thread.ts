import type { OutboundThread, Receipt } from '../../core/index.ts';
import { addressOf, leftOf, mailAddress } from './address.ts';
import { deliver, type Outlet } from './deliver.ts';
import { refOf } from './letter.ts';

/**
 * Begins a conversation: all later mails of the ticket refer to this one. The place is known before it is made: with a lost answer too the ticket has it, and
 * what is said next goes there.
 */
export async function openThread(at: Outlet, thread: OutboundThread): Promise<Receipt> {
  const mail = mailAddress(thread.person.externalId);
  if (mail === undefined)
    return {
      outcome: 'refused',
      code: 'invalid',
      why: 'the person has no mail address that can be written to',
    };
  const root = leftOf(thread.id, thread.at ?? at.config.now());
  const place = addressOf({ mail, root });
  const receipt = await deliver(at, thread, place);
  if (receipt.outcome === 'delivered') return { ...receipt, address: place };
  return receipt.outcome === 'unknown'
    ? { ...receipt, ref: await refOf(root, at.config), address: place }
    : receipt;
}
