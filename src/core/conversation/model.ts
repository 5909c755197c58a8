import type { ChannelKind, Said } from '../channel/index.ts';
import type { PlaceRole } from '../outbox/index.ts';
import { isBlank } from '../text/index.ts';
import type { Utterance } from '../ticket/index.ts';

/** A place as the conversation reads it. */
export interface PlaceRow {
  readonly id: number;
  readonly channel: ChannelKind;
  readonly role: PlaceRole;
  readonly ticketId: number | null;
  readonly currentTicketId: number | null;
}

/** What was said, as a ticket takes it: nothing visible is no text. */
export function utterance(said: Said, placeId: number): Utterance {
  return { text: isBlank(said.text) ? '' : said.text, files: said.files, placeId, ref: said.ref };
}
