import type { Act } from '../context.ts';
import type { AlertSource } from '../policy/index.ts';
import { gather } from './gather.ts';
import { refreshOutage } from './refresh.ts';
import type { Heard } from './store.ts';
import { tellUnplaced } from './unplaced.ts';

/** Does what follows from alerts of a source that were written down: their outages, and what the desks see. Call it with the alerts locked. */
export async function followAlerts(
  act: Act,
  source: AlertSource,
  heard: readonly Heard[],
  truncated: number,
): Promise<void> {
  const { touched, unplaced } = await gather(act, source, heard, truncated);
  for (const noticeId of touched) await refreshOutage(act, noticeId);
  await tellUnplaced(act, unplaced);
}
