import type { ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { type DeliveryDraft, enqueue, postSheet, type Sheet } from '../outbox/index.ts';
import type { DeskText } from './tell.ts';

/** A post about alerts at one desk. */
export interface AlertPost {
  readonly placeId: number;
  readonly lines: number;
}

/** The desks: every channel that can hold a post. */
export function desksOf(act: Act): readonly ChannelKind[] {
  return [...act.channels.values()].flatMap(({ kind, openPost }) => (openPost === undefined ? [] : [kind]));
}

/** The post under a key at a desk; undefined when there is none yet. */
export async function readPost(act: Act, key: string, channel: ChannelKind): Promise<AlertPost | undefined> {
  const [post] = await act.tx<AlertPost[]>`
    select place_id as "placeId", lines from alert_post where key = ${key} and channel = ${channel}`;
  return post;
}

/** Opens the post under a key at a desk, with its first message. */
export async function openPost(
  act: Act,
  key: string,
  channel: ChannelKind,
  sheet: Sheet,
  first: DeskText,
): Promise<void> {
  const placeId = await postSheet(act, channel, { sheet, below: [first] });
  await act.tx`insert into alert_post (key, channel, place_id) values (${key}, ${channel}, ${placeId})`;
}

/** Says something below the first message. */
export async function addLine(
  act: Act,
  key: string,
  channel: ChannelKind,
  { placeId }: AlertPost,
  content: DeskText,
): Promise<void> {
  await act.tx`update alert_post set lines = lines + 1 where key = ${key} and channel = ${channel}`;
  enqueue(act, { ...to(placeId), kind: 'post', content });
}

function to(placeId: number) {
  return { placeId, role: 'desk', class: 'reply' } satisfies Partial<DeliveryDraft>;
}
