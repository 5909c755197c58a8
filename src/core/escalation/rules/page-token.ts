import { seal, unseal } from '../../rules/seal.ts';

const PURPOSE = 'page';
const CLAIM = /^([0-9a-z]{1,11})\.(ack|pass|all)$/;

/** What a link in a mail that calls somebody does: `ack` and `pass` to one page, `all` acknowledges those of one call. */
export interface PageDeed {
  readonly id: number;
  readonly deed: 'ack' | 'pass' | 'all';
}

/** A token with which whoever has it does this and nothing else. What it is about ends soon, so it has no end of its own. */
export function signPage({ id, deed }: PageDeed, secret: Uint8Array): string {
  return seal(PURPOSE, `${id.toString(36)}.${deed}`, secret);
}

/** What is in a token of `signPage`; undefined for every other text. */
export function readPageToken(token: string, secret: Uint8Array): PageDeed | undefined {
  const [, id, deed] = CLAIM.exec(unseal(PURPOSE, token, secret) ?? '') ?? [];
  return id === undefined || deed === undefined
    ? undefined
    : { id: Number.parseInt(id, 36), deed: deed as PageDeed['deed'] };
}
