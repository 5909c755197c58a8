import { overlap } from '../../account/rules/network.ts';
import type { NoticeWindow } from '../../notice/model.ts';
import { isOver } from '../../notice/rules/lifecycle.ts';
import {
  type Component,
  type ComponentState,
  componentStates,
  type Phase,
  type PublicNotice,
  type PublicObject,
} from '../model.ts';

/** The worst of them; operational when there are none. */
export function worst(states: readonly ComponentState[]): ComponentState {
  return componentStates.findLast(one => states.includes(one)) ?? 'operational';
}

/** How a component is: the worst of what is going on with anything that it covers. */
export function stateOf(component: Component, notices: readonly PublicNotice[], now: Date): ComponentState {
  return worst(
    notices.flatMap(notice =>
      notice.objects.filter(one => covers(component, one)).map(one => effectOf(notice, one, now)),
    ),
  );
}

/** What a notice does at this moment to all that it is about. */
export function effectOfAll(notice: PublicNotice, now: Date): ComponentState {
  return worst(notice.objects.map(one => effectOf(notice, one, now)));
}

/** What a notice does to one object at this moment. What works again and is being watched is not as bad as it was, and not well yet. */
function effectOf(notice: PublicNotice, { impact, windows }: PublicObject, now: Date): ComponentState {
  const { kind, state } = notice;
  if (impact === 'none' || phaseOf(notice, now) !== 'now') return 'operational';
  if (kind === 'maintenance') return isWorkedOn(notice, now, windows) ? 'maintenance' : 'operational';
  if (kind === 'change') return 'operational';
  return impact === 'outage' && state !== 'watching' ? 'outage' : 'degraded';
}

/** Where a notice stands: it goes on now, is to come, or is over. Between two nights of work it is to come. */
export function phaseOf(notice: PublicNotice, now: Date): Phase {
  const { kind, state, windows } = notice;
  if (isOver(state)) return 'past';
  if (kind === 'outage') return 'now';
  if (kind === 'maintenance' && isWorkedOn(notice, now)) return 'now';
  const last = windows.at(-1);
  return last === undefined || now.getTime() < Date.parse(last.to) ? 'planned' : 'past';
}

/**
 * Whether work goes on at this moment, in any of the windows or in those of one object. Within a window it does, unless the date is not
 * final. Outside of them only what staff have begun early, or have not ended yet.
 */
function isWorkedOn({ state, windows }: PublicNotice, now: Date, only?: readonly number[]): boolean {
  if (state === 'planned' || isOver(state)) return false;
  const at = now.getTime();
  const counts = (index: number): boolean => only === undefined || only.includes(index);
  if (windows.some((one, index) => counts(index) && isWithin(one, at))) return true;
  if (state === 'confirmed') return false;
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) return true;
  if (at < Date.parse(first.from)) return counts(0);
  return at >= Date.parse(last.to) && counts(windows.length - 1);
}

function isWithin({ from, to }: NoticeWindow, at: number): boolean {
  return Date.parse(from) <= at && at < Date.parse(to);
}

function covers({ locations, products, networks }: Component, { type, value }: PublicObject): boolean {
  const has = (names: readonly string[]): boolean =>
    names.some(name => name.toLowerCase() === value.toLowerCase());
  switch (type) {
    case 'all':
      return true;
    case 'location':
      return has(locations);
    case 'product':
      return has(products);
    case 'network':
      return networks.some(one => overlap(one, value));
  }
}

/** When it began, in ms: an outage when it was first told of, what was planned with its last window that has begun, or when staff began it. */
export function beginOf({ kind, events, windows }: PublicNotice, now: Date): number {
  const begun = windows.findLast(({ from }) => Date.parse(from) <= now.getTime())?.from;
  const started = events.find(({ state }) => state === 'running')?.at;
  return Date.parse((kind === 'outage' ? undefined : (begun ?? started)) ?? events[0]?.at ?? '');
}

/** When a notice was over, in ms: when that was said, or when its last window ended without a word. */
export function endOf({ state, events, windows }: PublicNotice): number {
  const said = Date.parse(events.at(-1)?.at ?? '');
  return isOver(state) ? said : Math.max(said, Date.parse(windows.at(-1)?.to ?? '') || 0);
}
