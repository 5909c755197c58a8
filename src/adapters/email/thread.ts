import type { OutboundThread, Receipt } from '../../core/index.ts';
import { addressOf, leftOf, mailAddress } from './address.ts';
import { deliver, type Outlet } from './deliver.ts';

/** The wait, in ms, before a first mail with an unknown fate is sent again. */
const AGAIN_MS = 2_000;

/**
 * Begins a conversation: all later mails of the ticket refer to this one. A lost answer is tried again: it is the same mail, and never a
 * ticket without a place.
 */
export async function openThread(at: Outlet, thread: OutboundThread): Promise<Receipt> {
  const mail = mailAddress(thread.person.externalId);
  if (mail === undefined)
    return {
      outcome: 'refused',
      code: 'invalid',
      why: 'the person has no mail address that can be written to',
    };
  const place = addressOf({ mail, root: leftOf(thread.id, thread.at ?? at.config.now()) });
  const receipt = await deliver(at, thread, place);
  if (receipt.outcome === 'delivered') return { ...receipt, address: place };
  return receipt.outcome === 'unknown'
    ? { outcome: 'retry', afterMs: AGAIN_MS, scope: 'place', why: receipt.why }
    : receipt;
}
