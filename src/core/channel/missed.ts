/** What happened to messages while nobody listened, told from what was known before and what stands there now: pure. */
import type { KnownMessage } from './model.ts';
import type { MessageRef } from './words.ts';

/** A reaction as it stands now, with all who put it. */
export interface StandingReaction {
  /** One Unicode emoji in its fully qualified form. */
  readonly emoji: string;
  /** People only. */
  readonly externalIds: readonly string[];
}

/** What happened to a message meanwhile. */
export type MissedChange =
  | { readonly what: 'deleted'; readonly ref: MessageRef }
  | {
      readonly what: 'reacted';
      readonly ref: MessageRef;
      readonly emoji: string;
      readonly externalId: string;
      readonly on: boolean;
    };

/**
 * What is no longer there was taken back; reactions that differ were put or taken away.
 *
 * @param seen all messages of the range in which the known ones stood; whatever of them is missing here is gone
 */
export function missedChanges(
  known: readonly KnownMessage[],
  seen: ReadonlyMap<MessageRef, readonly StandingReaction[]>,
): MissedChange[] {
  return known.flatMap(({ ref, said, reactions }): MissedChange[] => {
    const now = seen.get(ref);
    if (now === undefined) return said ? [{ what: 'deleted', ref }] : [];
    const standing = now.flatMap(({ emoji, externalIds }) =>
      externalIds.map(externalId => ({ emoji, externalId })),
    );
    const among = (all: typeof reactions) => (one: (typeof reactions)[number]) =>
      all.some(other => other.emoji === one.emoji && other.externalId === one.externalId);
    const put = standing.filter(one => !among(reactions)(one));
    const taken = reactions.filter(one => !among(standing)(one));
    const told = (on: boolean) => (one: (typeof reactions)[number]) =>
      ({ what: 'reacted', ref, ...one, on }) as const;
    return [...put.map(told(true)), ...taken.map(told(false))];
  });
}
