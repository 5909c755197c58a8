import type { KeyObject } from 'node:crypto';
import { createPublicKey, verify } from 'node:crypto';
import type { RawRequest } from '../../core/index.ts';

/** Oldest and newest signed time that is believed, seconds; Discord names none, 300 is the desk's rule for all webhooks. */
const STALE_AFTER_S = 300;
/** The DER head of an Ed25519 public key (RFC 8410), before its 32 bytes. */
const DER_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Reads the application's public key. Throws a TypeError, which does not repeat it, when it is not 64 hex digits. */
export function readPublicKey(hex: string): KeyObject {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new TypeError('the Discord public key must be 64 hex digits');
  return createPublicKey({
    key: Buffer.concat([DER_HEAD, Buffer.from(hex, 'hex')]),
    format: 'der',
    type: 'spki',
  });
}

/** Why a request is not believed, or `undefined` when Discord signed exactly this body within the last 300 s. */
export function whyRefused(request: RawRequest, key: KeyObject | undefined): string | undefined {
  if (!key) return 'no public key is configured';
  const signature = request.headers['x-signature-ed25519'] ?? '';
  const timestamp = request.headers['x-signature-timestamp'] ?? '';
  if (!/^[0-9a-f]{128}$/i.test(signature) || !/^\d{1,12}$/.test(timestamp))
    return 'signature headers are missing';
  const age = request.now.getTime() / 1000 - Number(timestamp);
  if (Math.abs(age) > STALE_AFTER_S) return 'the signature is stale';
  const signed = Buffer.from(timestamp + request.body);
  return verify(null, signed, key, Buffer.from(signature, 'hex')) ? undefined : 'the signature is wrong';
}
