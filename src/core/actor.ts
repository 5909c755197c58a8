import type { ChannelKind } from './channel/index.ts';

/** A known identity on one channel. */
export interface Handle {
  readonly id: number;
  readonly channel: ChannelKind;
  readonly externalId: string;
  /** Untrusted text, one line. */
  readonly name: string;
  /** One of the languages the desk speaks. */
  readonly locale: string;
}

/** Who acts. `staff` is only made by `staff/authorise`. */
export type Actor =
  | { readonly type: 'customer'; readonly handle: Handle }
  | { readonly type: 'staff'; readonly handle: Handle }
  | { readonly type: 'system' };

/** The handle behind an actor, or null for the desk itself. */
export function handleOf(actor: Actor): number | null {
  switch (actor.type) {
    case 'customer':
    case 'staff':
      return actor.handle.id;
    case 'system':
      return null;
  }
}
