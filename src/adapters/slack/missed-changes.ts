/** What became of messages while nobody listened: those that are gone, and reactions. */
import type { Deleted, KnownMessage, Reacted, StandingReaction } from '../../core/index.ts';
import { missedChanges } from '../../core/index.ts';
import { emojiOf } from './emoji.ts';

/** A message as it stands in a thread now. */
export interface Stands {
  readonly ts?: string;
  readonly subtype?: string;
  readonly reactions?: readonly {
    readonly name?: string;
    readonly users?: readonly string[];
    readonly count?: number;
  }[];
}

/** A thread all of which was read, from when on, and who the bot is. */
interface Thread {
  readonly address: string;
  readonly began: Date;
  readonly space: string;
  readonly bot: string;
}

/** What happened to the known messages of a thread. */
export function changesIn(
  known: readonly KnownMessage[],
  standing: readonly Stands[],
  { address: place, began: at, space, bot }: Thread,
): (Deleted | Reacted)[] {
  const before = new Map(known.map(({ ref, reactions }) => [ref, reactions]));
  const seen = new Map(
    standing
      .filter(({ subtype }) => subtype !== 'tombstone')
      .map(({ ts = '', reactions = [] }) => [
        ts,
        reactions.flatMap(one => reactionOf(one, before.get(ts), bot)),
      ]),
  );
  const [channel] = place.split('/');
  return missedChanges(known, seen).map(change => {
    const what = { at, place, direct: false, ref: change.ref };
    if (change.what === 'deleted')
      return { type: 'deleted', eventId: `gone:${channel}:${change.ref}`, ...what };
    const { emoji, externalId, on } = change;
    const eventId = `react:late:${at.getTime()}:${change.ref}:${externalId}:${emoji}:${on}`;
    return { type: 'reacted', eventId, ...what, from: { space, externalId }, emoji, on };
  });
}

/** "The users array may not always contain all users that have reacted": then those that were known still count. */
function reactionOf(
  { name = '', users = [], count = users.length }: NonNullable<Stands['reactions']>[number],
  before: KnownMessage['reactions'] = [],
  bot: string,
): StandingReaction[] {
  const emoji = emojiOf(name);
  if (emoji === undefined) return [];
  const known = before.filter(one => one.emoji === emoji).map(({ externalId }) => externalId);
  const all = users.length < count ? [...users, ...known] : users;
  return [{ emoji, externalIds: [...new Set(all)].filter(one => one !== bot) }];
}
