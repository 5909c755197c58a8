import type { Policy } from '../../policy/index.ts';
import { type Calendar, calendarOf } from '../../sla/rules/calendar.ts';
import type { Openings } from './oncall.ts';

/** As far as it is looked ahead for the end of open hours, in ms: what is open so long is open without end. */
const AHEAD_MS = 400 * 86_400_000;

/** The policy's calendar of that name; undefined for 24/7. */
function calendarNamed(policy: Policy, name: string): Calendar | undefined {
  const rule = policy.terms.calendars[name];
  return rule === undefined || rule.always ? undefined : calendarOf(rule);
}

/** When the policy's calendars are open. One that it has not is open always: `readPolicy` refuses it. */
export function openingsOf(policy: Policy): Openings {
  return (name, at) => openingIn(calendarNamed(policy, name), at);
}

/** Whether a calendar is open, and until when it stays so; without a calendar it is open without end. */
export function openingIn(calendar: Calendar | undefined, at: Date): ReturnType<Openings> {
  if (calendar === undefined) return { open: true, until: undefined };
  const now = at.getTime();
  if (!calendar.isOpen(now)) return { open: false, until: new Date(calendar.nextOpening(now)) };
  const [first] = calendar.openings(now, now + AHEAD_MS);
  const end = first?.to ?? now + AHEAD_MS;
  return { open: true, until: end >= now + AHEAD_MS ? undefined : new Date(end) };
}

/** The moment by which a calendar was open for so many ms since another; without one all time counts. */
export function openedFor(policy: Policy, name: string | undefined, since: Date, ms: number): Date {
  const calendar = name === undefined ? undefined : calendarNamed(policy, name);
  return new Date(calendar === undefined ? since.getTime() + ms : calendar.after(since.getTime(), ms));
}
