import type { Wrote } from '../channel/index.ts';
import type { Evidence } from './rules/route.ts';

/** Why a letter became neither a ticket nor a message. */
export type AsideWhy = 'reply' | 'bulk' | 'own' | 'flood' | 'proof' | 'bounce' | 'supplier';

/** A ticket that a letter seems to be about. */
export interface Found {
  readonly ticketId: number;
  readonly evidence: Evidence;
  /** Where the message stands that it answers; absent where only a number was named. */
  readonly placeId?: number;
}

/** A letter on its way into the desk. */
export interface Arrived {
  readonly channel: string;
  readonly letter: Wrote;
}
