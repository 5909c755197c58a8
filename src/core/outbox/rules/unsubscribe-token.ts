import { seal, unseal } from '../../rules/seal.ts';

const PURPOSE = 'unsubscribe';
/** What a token claims: whose messages, by the handle's id in base 36, and of which kind. */
const CLAIM = /^([0-9a-z]{1,11})\.([a-z][a-z-]{0,31})$/;

/** Which messages somebody does not want any more: of one kind, to one handle. */
export interface Unwanted {
  readonly handleId: number;
  /** Small letters and hyphens, at most 32. */
  readonly kind: string;
}

/** A token that lets whoever has it stop messages of a kind to a handle, and nothing else. It does not expire: mail is read late. */
export function signUnsubscribe({ handleId, kind }: Unwanted, secret: Uint8Array): string {
  return seal(PURPOSE, `${handleId.toString(36)}.${kind}`, secret);
}

/** What is in a token of `signUnsubscribe`; undefined for every other text. */
export function readUnsubscribeToken(token: string, secret: Uint8Array): Unwanted | undefined {
  const [, handle, kind] = CLAIM.exec(unseal(PURPOSE, token, secret) ?? '') ?? [];
  return handle === undefined || kind === undefined
    ? undefined
    : { handleId: Number.parseInt(handle, 36), kind };
}
