import type { Policy } from '../policy/index.ts';
import type { Openings } from './rules/oncall.ts';

/** When the policy's calendars are open. */
export function openingsOf(_policy: Policy): Openings {
  return () => ({ open: true, until: undefined });
}
