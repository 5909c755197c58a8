import type { Act } from '../context.ts';
import { lockLane, put } from './enqueue.ts';
import type { Content } from './model.ts';

interface First {
  readonly id: number;
  readonly state: string;
  readonly same: boolean;
}

/** Changes the first message below a sheet, at the end of the transaction: where it waits, or on the platform. One that never came is left alone. */
export function reword(act: Act, placeId: number, content: Content): void {
  act.last.push({ key: placeId, run: () => change(act, placeId, content) });
}

async function change(act: Act, placeId: number, content: Content): Promise<void> {
  await lockLane(act, placeId);
  const [first] = await act.tx<First[]>`
    select id, state, content = ${JSON.stringify(content)}::jsonb as same from delivery
    where place_id = ${placeId} and kind = 'post' order by seq limit 1`;
  if (first === undefined || first.same || first.state === 'dead' || first.state === 'cancelled') return;
  await act.tx`update delivery set content = ${JSON.stringify(content)}::jsonb where id = ${first.id}`;
  if (first.state === 'pending') return;
  const waiting = await act.tx`
    select from delivery where place_id = ${placeId} and target_id = ${first.id} and state = 'pending'`;
  if (waiting.count > 0) return;
  const follow = { kind: 'follow', class: 'reply', content: { follow: true } } as const;
  await put(act, { placeId, role: 'desk', targetId: first.id, ...follow });
}
