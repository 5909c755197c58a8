import type { NoticeInput } from '../../src/core/index.ts';
import { noticeBodySchema } from '../../src/core/index.ts';
import { LOCATION } from './crowd.ts';

/** What the message is known by. */
export const TITLE = 'Planned work on a switch';

/** Maintenance of two hours in a few days, in the words of the API. */
export function maintenanceBody(now: Date): object {
  const from = new Date(Math.ceil(now.getTime() / 3_600_000) * 3_600_000 + 60 * 3_600_000);
  return {
    kind: 'maintenance',
    title: { en: TITLE, pl: 'Prace przy przełączniku' },
    text: { en: 'We replace a switch.', pl: 'Wymieniamy przełącznik.' },
    objects: [{ type: 'location', value: LOCATION, impact: 'outage' }],
    windows: [{ from: from.toISOString(), to: new Date(from.getTime() + 7_200_000).toISOString() }],
  };
}

/** The same as core takes it. */
export function maintenanceInput(now: Date): NoticeInput {
  return noticeBodySchema.parse(maintenanceBody(now));
}
