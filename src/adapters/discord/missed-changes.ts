/** What became of messages while nobody listened: those that are gone, and reactions. */
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Deleted, KnownMessage, Reacted, StandingReaction } from '../../core/index.ts';
import { missedChanges } from '../../core/index.ts';
import { bare, qualified } from './emoji.ts';
import { type Missing, patiently } from './patience.ts';

/** Who reacted is asked for so often in one place, at most: 1 call for each emoji of each message (Get Reactions). */
const ASKED = 20;
/** Get Reactions: 1 to 100 at a time; who came later than the hundredth is left out. */
const USERS = 100;

const shape = z.object({
  id: z.string(),
  /** Of an answer to an interaction: what somebody said in a window is known by the interaction's id. */
  interaction_metadata: z.object({ id: z.string() }).nullish().catch(undefined),
  reactions: z
    .array(
      z.object({
        count: z.number(),
        me: z.boolean().default(false),
        emoji: z.object({ id: z.string().nullish(), name: z.string().nullish() }),
      }),
    )
    .nullish()
    .catch(undefined),
});
const users = z.array(z.object({ id: z.string(), bot: z.boolean().optional() }));

/** A message that is there now. */
export type Standing = z.infer<typeof shape>;

/** What of a message's payload says how it stands; nothing for what has another shape. */
export function standingOf(raw: unknown): Standing[] {
  const { data } = shape.safeParse(raw);
  return data ? [data] : [];
}

/** From where on the place was read, when that began, and what was known then. */
interface Began {
  readonly after: string;
  readonly at: Date;
  readonly known: readonly KnownMessage[];
}

/** What happened to the known messages of a place, all of which since `after` was read. */
export async function changesIn(
  at: Missing,
  { address: place, direct }: { readonly address: string; readonly direct: boolean },
  began: Began,
  standing: readonly Standing[],
): Promise<(Deleted | Reacted)[]> {
  // Without the intent some are known by other ids than those they stand under.
  const known = began.known.filter(
    ({ ref, said }) =>
      /^\d+$/.test(ref) && BigInt(ref) > BigInt(began.after) && (!said || at.memory.readsContent),
  );
  const seen = await reactionsOf(at, place, known, standing);
  const stamp = began.at.getTime();
  return missedChanges(known, seen).map(change => {
    const what = { at: began.at, place, direct, ref: change.ref };
    if (change.what === 'deleted') return { type: 'deleted', eventId: `del:${change.ref}`, ...what };
    const { emoji, externalId, on } = change;
    const eventId = `react:late:${stamp}:${change.ref}:${externalId}:${emoji}:${on}`;
    return { type: 'reacted', eventId, ...what, from: { space: at.guildId, externalId }, emoji, on };
  });
}

/** The reactions of people on the messages that are known; asked for only where their number is not the known one. */
async function reactionsOf(
  at: Missing,
  place: string,
  known: readonly KnownMessage[],
  standing: readonly Standing[],
): Promise<Map<string, readonly StandingReaction[]>> {
  const seen = new Map<string, readonly StandingReaction[]>();
  let asked = 0;
  for (const { id, interaction_metadata: by, reactions } of standing) {
    const before = known.find(({ ref }) => ref === id)?.reactions ?? [];
    const now: StandingReaction[] = [];
    for (const { emoji, count, me } of reactions ?? []) {
      const name = emoji.id == null && emoji.name ? qualified(emoji.name) : undefined;
      if (name === undefined) continue;
      const those = before.filter(one => one.emoji === name).map(({ externalId }) => externalId);
      const isKnown = those.length === count - (me ? 1 : 0);
      const mayAsk = known.some(({ ref }) => ref === id) && asked < ASKED;
      if (!isKnown && mayAsk) asked += 1;
      const externalIds = isKnown || !mayAsk ? those : await whoReacted(at, place, id, emoji.name ?? name);
      now.push({ emoji: name, externalIds });
    }
    seen.set(id, now);
    if (by) seen.set(by.id, now);
  }
  return seen;
}

async function whoReacted(at: Missing, place: string, id: string, emoji: string): Promise<string[]> {
  const ask = (name: string) =>
    patiently(at, () =>
      at.api.get(Routes.channelMessageReaction(place, id, encodeURIComponent(name)), {
        limit: String(USERS),
      }),
    );
  const all = users.parse(await ask(emoji).catch(() => ask(bare(emoji))));
  return all.filter(({ id, bot }) => bot !== true && id !== at.memory.self).map(({ id }) => id);
}
