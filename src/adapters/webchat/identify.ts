import { createHash } from 'node:crypto';
import type { Sender } from '../../core/index.ts';

/** Who is behind a bubble: a visitor whom nobody knows, or a customer for whom the provider's site vouches until `until`. */
export interface Guest {
  /** Their id on this channel, and the address of their room. */
  readonly id: string;
  readonly name?: string;
  readonly vouched?: Sender['vouched'];
  /** Ms of the epoch from which on the site's word no longer counts; absent for a visitor. */
  readonly until?: number;
}

/** The id of a visitor, as it is made: 16 random bytes in base64url. */
const VISITOR = /^v-[\w-]{22}$/;
/** The id of a customer: a contact's ref, or its hash where that is long or has unusual signs. */
const CUSTOMER = /^c-[\w.-]{1,100}$/;

/** Whether an address can be a room of this channel. */
export function isRoom(address: string): boolean {
  return VISITOR.test(address) || CUSTOMER.test(address);
}

/** The id of a customer by the ref that the site names. One with unusual signs is hashed, so no two are the same. */
export function customerId(ref: string): string {
  const plain = /^(?!h-)[\w.-]{1,90}$/.test(ref);
  return plain ? `c-${ref}` : `c-h-${createHash('sha256').update(ref).digest('base64url')}`;
}

/** Whether the id is of somebody who is known to the provider's site. */
export function isCustomer(id: string): boolean {
  return CUSTOMER.test(id);
}

/** The guest as core knows senders; `locale` is what their page speaks. */
export function senderOf({ id, name, vouched }: Guest, locale: string | undefined): Sender {
  return {
    space: '',
    externalId: id,
    ...(name !== undefined && { name }),
    ...(locale !== undefined && { locale }),
    ...(vouched !== undefined && { vouched }),
  };
}
