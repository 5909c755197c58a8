import type { ChannelKind } from '../channel/index.ts';
import type { PlaceRole } from '../outbox/index.ts';

/** A place as the conversation reads it. */
export interface PlaceRow {
  readonly id: number;
  readonly channel: ChannelKind;
  readonly role: PlaceRole;
  readonly ticketId: number | null;
  readonly currentTicketId: number | null;
}
