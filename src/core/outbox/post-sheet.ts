import type { ChannelKind, DeliveryClass } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { enqueue } from './enqueue.ts';
import type { Content, Sheet } from './model.ts';

/** What is said of a post that is about no ticket. */
export interface SheetPost {
  readonly sheet: Sheet;
  /** What stands below its head. */
  readonly below?: readonly Content[];
  /** `reply` when absent. */
  readonly class?: DeliveryClass;
}

/** Makes a post that is about no ticket at the desk of a channel. Returns its place. */
export async function postSheet(
  act: Act,
  channel: ChannelKind,
  { sheet, below = [], class: rank = 'reply' }: SheetPost,
): Promise<number> {
  const [place] = await act.tx<{ id: number }[]>`
    insert into place (channel, role) values (${channel}, 'desk') returning id`;
  if (place === undefined) throw new Error('a place was not made');
  const to = { placeId: place.id, role: 'desk', class: rank } as const;
  enqueue(act, { ...to, kind: 'desk-post', content: { sheet } });
  for (const content of below) enqueue(act, { ...to, kind: 'post', content });
  return place.id;
}

/** The same at every desk. */
export async function postSheets(act: Act, post: SheetPost): Promise<void> {
  for (const { kind, openPost } of act.channels.values())
    if (openPost !== undefined) await postSheet(act, kind, post);
}
