import { isIP } from 'node:net';
import { readNetwork } from './network.ts';
import { readOrder } from './words.ts';

/** What somebody typed to say which service they mean. */
export interface Clue {
  /** As PostgreSQL reads it. */
  readonly ip: string | null;
  /** Digits only. */
  readonly order: string | null;
}

const NONE: Clue = { ip: null, order: null };

/** Reads an IP address or an order number; neither is no fault. */
export function readClue(typed: string): Clue {
  const text = typed.trim();
  if (isIP(text) !== 0) {
    const reading = readNetwork(text);
    return 'value' in reading ? { ...NONE, ip: reading.value } : NONE;
  }
  const order = readOrder(text);
  return 'value' in order ? { ...NONE, order: order.value } : NONE;
}
