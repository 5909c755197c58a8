import type { DeliveryClass } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { lockLane, put } from './enqueue.ts';
import { type FirstTold, firstTold } from './first-told.ts';
import type { Content, PlaceRole } from './model.ts';

type First = Pick<FirstTold, 'id' | 'state' | 'content'>;

interface Where {
  readonly placeId: number;
  readonly role: PlaceRole;
  readonly class: DeliveryClass;
}

/** Changes the first message below a sheet, at the end of the transaction: where it waits, or on the platform. One that never came is left alone. */
export function reword(act: Act, placeId: number, content: Content): void {
  const run = async (): Promise<void> => {
    await lockLane(act, placeId);
    const [first] = await act.tx<First[]>`
      select id, state, content from delivery where place_id = ${placeId} and kind = 'post' order by seq limit 1`;
    if (first !== undefined) await change(act, { placeId, role: 'desk', class: 'reply' }, first, content);
  };
  act.last.push({ key: placeId, run });
}

/** Puts words below the first message of a notice in a contact's own chat, in the place of those that an earlier call has put there. */
export function rewordFirst(
  act: Act,
  told: {
    readonly placeId: number;
    readonly dispatchId: number;
    readonly class: DeliveryClass;
    readonly after: string;
  },
): void {
  const { placeId, dispatchId, after } = told;
  const run = async (): Promise<void> => {
    await lockLane(act, placeId);
    const first = await firstTold(act.tx, dispatchId, placeId);
    if (
      first === undefined ||
      first.dispatchId === dispatchId ||
      !('text' in first.content) ||
      first.content.bundle
    )
      return;
    await change(act, { placeId, role: 'customer', class: told.class }, first, {
      ...first.content,
      after,
      afterOf: dispatchId,
    });
  };
  act.last.push({ key: placeId, run });
}

async function change(act: Act, where: Where, first: First, content: Content): Promise<void> {
  const { placeId } = where;
  if (first.state === 'dead' || first.state === 'cancelled') return;
  const changed = await act.tx`
    update delivery set content = ${JSON.stringify(content)}::jsonb where id = ${first.id} and content <> ${JSON.stringify(content)}::jsonb`;
  if (changed.count === 0 || first.state === 'pending') return;
  const waiting = await act.tx`
    select from delivery where place_id = ${placeId} and target_id = ${first.id} and state in ('pending', 'retry')`;
  if (waiting.count > 0) return;
  await put(act, { ...where, kind: 'follow', targetId: first.id, content: { follow: true } });
}
