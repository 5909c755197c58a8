import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SentByUs } from '../../core/index.ts';

/** Hexadecimal digits of a signature: 80 bits, which nobody guesses at some mails a second. */
const DIGITS = 20;
const SIGNED = /^(d(\d{1,18})\.([\da-z]{1,11}))\.([\da-f]{20})$/;

function signature(left: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(`mail:${left}`).digest('hex').slice(0, DIGITS);
}

/** The left part of a Message-ID with our signature: whoever knows one was sent it, or was given it by who was. */
export function signed(left: string, secret: Uint8Array): string {
  return `${left}.${signature(left, secret)}`;
}

/** The delivery of ours whose signed name this is; undefined for every other text. Case does not count: servers may change it in an address. */
export function readSigned(text: string, secret: Uint8Array): SentByUs | undefined {
  const [, left, id, time, given] = SIGNED.exec(text.toLowerCase()) ?? [];
  if (left === undefined || id === undefined || time === undefined || given === undefined) return undefined;
  const right = signature(left, secret);
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(right))) return undefined;
  return { delivery: id, at: new Date(Number.parseInt(time, 36)) };
}
