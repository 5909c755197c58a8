import type { Log, Phrasebook, Rooms, Uploads } from '../../core/index.ts';

/** How a customer who is signed in on the provider's site is known: the key that its tokens are signed with. */
export type TokenKey =
  /** HS256; at least 32 bytes (RFC 7518 §3.2: as long as the hash). */
  | { readonly secret: string }
  /** EdDSA: an Ed25519 public key in PEM. */
  | { readonly publicKey: string };

/** What the web chat is given. Resolved and checked by `main`; nothing here reads the environment. */
export interface WebchatConfig {
  /** The sites that may show the bubble, as browsers name them: scheme, host and port, nothing else. */
  readonly origins: readonly string[];
  /** Without it nobody can be signed in: all are visitors. */
  readonly tokens?: { readonly key: TokenKey; readonly audience: string };
  /** The name of the provider, above the chat. */
  readonly name: string;
  /** In how many ms somebody answers as promised; undefined when nothing is promised. */
  readonly answersWithin: () => number | undefined;
  readonly files: { readonly perMessage: number; readonly maxSize: number };
  readonly rooms: Rooms;
  readonly uploads: Uploads;
  readonly log: Log;
  readonly now: () => Date;
  readonly phrases: Phrasebook;
  /** The language of staff, who see visitors under a name of the desk's (default: the first of the phrasebook). */
  readonly staffLocale?: string;
  /** New chats in a minute, of all sites together, from which on a browser has to work for one (default 60). */
  readonly calm?: number;
}
