import { seal, unseal } from '../../rules/seal.ts';

const PURPOSE = 'rating';
const CLAIM = /^[0-9a-z]{1,11}$/;

/** A token that lets whoever has it say how it went with one ticket, and nothing else. */
export function signRating(ticketId: number, secret: Uint8Array): string {
  return seal(PURPOSE, ticketId.toString(36), secret);
}

/** The ticket of a token of `signRating`; undefined for every other text. */
export function readRating(token: string, secret: Uint8Array): number | undefined {
  const claim = unseal(PURPOSE, token, secret);
  return claim !== undefined && CLAIM.test(claim) ? Number.parseInt(claim, 36) : undefined;
}
