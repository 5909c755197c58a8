import type { Policy } from '../policy/index.ts';
import type { Openings } from './rules/oncall.ts';

/** When the policy's calendars are open. */
export function openingsOf(_policy: Policy): Openings {
  return () => ({ open: true, until: undefined });
}

/** The moment by which a calendar was open for so many ms since another; without a calendar all time counts. */
export function openedFor(_policy: Policy, _calendar: string | undefined, since: Date, ms: number): Date {
  return new Date(since.getTime() + ms);
}
