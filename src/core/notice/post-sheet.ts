import type { Act } from '../context.ts';
import { type DeliveryDraft, enqueue, type Sheet } from '../outbox/index.ts';

/** A post of its own at every desk: a head, and what stands below it. */
export async function postSheet(act: Act, sheet: Sheet, text?: string): Promise<void> {
  for (const { kind, openPost } of act.channels.values()) {
    if (openPost === undefined) continue;
    const [place] = await act.tx<{ id: number }[]>`
      insert into place (channel, role) values (${kind}, 'desk') returning id`;
    if (place === undefined) throw new Error('a place was not made');
    const to = { placeId: place.id, role: 'desk', class: 'reply' } satisfies Partial<DeliveryDraft>;
    enqueue(act, { ...to, kind: 'desk-post', content: { sheet } });
    if (text !== undefined) enqueue(act, { ...to, kind: 'post', content: { text } });
  }
}
