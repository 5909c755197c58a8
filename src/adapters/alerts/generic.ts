import { z } from 'zod';
import type { Alert } from '../../core/index.ts';
import { limits } from './limits.ts';
import { isCalendar, readCalendar } from './maintnote.ts';
import {
  firstOf,
  labelsOf,
  momentIn,
  type ReadAlerts,
  type Reading,
  reading,
  shaped,
  short,
} from './reading.ts';

/** A body of our own, for whatever else can send JSON: one alert, or several under `alerts`; as Standard Webhooks wraps it, under `data`. */
const time = z.iso.datetime({
  offset: true,
  message: 'a moment with its offset, such as 2026-11-29T14:03:00Z',
});
const one = z.strictObject({
  id: z.string().min(1).max(limits.fingerprint),
  state: z.enum(['firing', 'resolved'], 'firing or resolved'),
  summary: z.string().min(1).max(1_000),
  labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** What it is about, as `/notice` writes it: WAW1, WAW1/R12, 203.0.113.0/24 = degraded, #123456. */
  about: z.array(z.string().max(200)).max(100).optional(),
  impact: z.enum(['none', 'reduced', 'degraded', 'outage']).optional(),
  began_at: time.optional(),
  ended_at: time.optional(),
});
const several = z.strictObject({ alerts: z.array(one).min(1) });
const wrapped = z.object({ type: z.string(), data: z.unknown() });

type Given = z.output<typeof one>;

const EXPECTED = 'docs/alerts.md says what is expected';

/** Reads our own body, or a calendar with the work of a supplier. */
export const readGeneric: ReadAlerts = body => (isCalendar(body) ? readCalendar(body) : readJson(body));

const readJson = (body: string): Reading =>
  reading(body, z.unknown(), EXPECTED, value => {
    const inner = wrapped.safeParse(value);
    const given = inner.success ? inner.data.data : value;
    if (typeof given === 'object' && given !== null && 'alerts' in given)
      return shaped(given, several, EXPECTED, ({ alerts }) => ({ alerts: alerts.map(alertOf) }));
    return shaped(given, one, EXPECTED, alert => ({ alerts: [alertOf(alert)] }));
  });

function alertOf({ id, state, summary, labels, about, impact, began_at, ended_at }: Given): Alert {
  const [beganAt, endedAt] = [momentIn(began_at), state === 'resolved' ? momentIn(ended_at) : undefined];
  return {
    fingerprint: short(id, limits.fingerprint) || 'alert',
    state,
    summary: firstOf(summary, id),
    labels: labelsOf(Object.entries(labels)),
    ...(about && { about }),
    ...(impact && { impact }),
    ...(beganAt && { beganAt }),
    ...(endedAt && { endedAt }),
  };
}
