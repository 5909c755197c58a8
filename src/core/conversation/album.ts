import type { Inbound, InboundFile, Said } from '../channel/index.ts';
import type { Context } from '../context.ts';

/** The parts of an album that come within this, in ms, are one message. Platforms send them at once; how far apart they may be is not said. */
const ALBUM_MS = 1_500;

/** When an event that is stored now may be worked: the first part of an album waits for the others. */
export function workableAt(inbound: Inbound, at: Date): Date {
  const waits = inbound.type === 'said' && inbound.album !== undefined;
  return waits ? new Date(at.getTime() + ALBUM_MS) : at;
}

/** An album as far as it is there: the message it makes with the stored first part, and the events that are in it too. */
export interface Album {
  readonly whole: Said;
  readonly others: readonly string[];
  /** It may be worked from then on: nothing more has come for a while. */
  readonly completeAt: Date;
}

/** Gathers the parts of an album that are stored after its first. A part that comes later still is a message of its own. */
export async function gather(ctx: Context, placeId: number, eventId: string, first: Said): Promise<Album> {
  const rows = await ctx.database.sql<{ eventId: string; payload: Said; runAt: Date }[]>`
    select event_id as "eventId", payload, run_at as "runAt" from receipt
    where place_id = ${placeId} and state = 'stored' and payload ->> 'type' = 'said' and payload ->> 'album' = ${first.album ?? ''}
    order by id`;
  const others = rows.filter(row => row.eventId !== eventId);
  const parts = [first, ...others.map(row => row.payload)];
  const files: InboundFile[] = parts.flatMap(part => part.files ?? []);
  const text = parts.map(part => part.text).filter(words => words.trim() !== '');
  return {
    whole: { ...first, text: text.join('\n\n'), files },
    others: others.map(row => row.eventId),
    completeAt: new Date(Math.max(0, ...rows.map(row => row.runAt.getTime()))),
  };
}
