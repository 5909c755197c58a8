import type { NoticeContent, NoticeFault, NoticeKind, NoticeState, NoticeWindow, Worded } from '../model.ts';
import { windowGroups, withOwnWindows } from './own.ts';
import { isSameTime, partsOf, timesOf } from './parts.ts';

/** Work may be announced that has begun this short a while ago, in ms: an emergency is told when there is time for it. */
const BEGUN_MS = 3_600_000;

/**
 * All that is wrong with a notice that is to say this now. Whether its objects match anybody is for the database to say.
 *
 * @param before what it said until now: windows of an account that are in the past and were not changed are no fault
 */
export function faultsIn(
  kind: NoticeKind,
  state: NoticeState,
  content: NoticeContent,
  now: Date,
  before?: NoticeContent,
): readonly NoticeFault[] {
  return [
    ...(isWorded(content.title) ? [] : [{ path: ['title'], code: 'no-title' } as const]),
    ...(isWorded(content.text) ? [] : [{ path: ['text'], code: 'no-text' } as const]),
    ...objectFaults(content),
    ...windowFaults(kind, state, content, now, before),
  ];
}

function isWorded({ en, pl }: Worded): boolean {
  return en !== undefined || pl !== undefined;
}

function objectFaults({ objects, windows }: NoticeContent): NoticeFault[] {
  if (objects.length === 0) return [{ path: ['objects'], code: 'no-objects' }];
  return objects.flatMap(({ type, value, windows: given }, index) => {
    const faults: NoticeFault[] = [];
    const own = given ?? [];
    if ((type === 'all') !== (value === ''))
      faults.push({ path: ['objects', index, 'value'], code: 'object-value' });
    if (own.some(one => one >= windows.length))
      faults.push({ path: ['objects', index, 'windows'], code: 'object-window' });
    if (windows.length > 0 && given?.length === 0)
      faults.push({ path: ['objects', index, 'windows'], code: 'object-no-window' });
    return faults;
  });
}

/** `state` is where the notice stands now: what is under way may have begun long ago. */
function windowFaults(
  kind: NoticeKind,
  state: NoticeState,
  content: NoticeContent,
  now: Date,
  before: NoticeContent | undefined,
): NoticeFault[] {
  const { windows } = content;
  if (kind === 'outage') return [];
  if (windows.length === 0) return kind === 'maintenance' ? [{ path: ['windows'], code: 'no-window' }] : [];
  if (kind === 'change' && windows.length > 1) return [{ path: ['windows'], code: 'one-window' }];
  const backwards = windows.flatMap(({ from, to }, index): NoticeFault[] =>
    Date.parse(to) <= Date.parse(from) ? [{ path: ['windows', index], code: 'window-backwards' }] : [],
  );
  const overlaps = windowGroups(content).flatMap(group =>
    group.flatMap((index, place): NoticeFault[] => {
      const [before, one] = [windows[group[place - 1] ?? -1], windows[index]];
      return before !== undefined && one !== undefined && Date.parse(one.from) < Date.parse(before.to)
        ? [{ path: ['windows', index], code: 'window-overlaps' }]
        : [];
    }),
  );
  const faults = [...backwards, ...overlaps];
  if (faults.length > 0) return faults;
  return pastFaults(state, content, now, before);
}

/** Something is to come. What is for everybody has not begun long ago, unless it is under way, or over as it was said; of what one account has, only what is new is judged. */
function pastFaults(
  state: NoticeState,
  content: NoticeContent,
  now: Date,
  before: NoticeContent | undefined,
): NoticeFault[] {
  const { windows } = content;
  const past = (index: number): NoticeFault[] => [{ path: ['windows', index], code: 'window-past' }];
  const isOver = ({ to }: NoticeWindow): boolean => Date.parse(to) <= now.getTime();
  const hasBegun = ({ from }: NoticeWindow): boolean => Date.parse(from) < now.getTime() - BEGUN_MS;
  if (windows.every(isOver)) return past(windows.length - 1);
  const isUnderWay = state === 'running' || state === 'extended';
  const known =
    before === undefined ? [] : partsOf(before).map(one => ({ ...one, times: timesOf(before, one) }));
  return partsOf(content).flatMap(part => {
    const times = timesOf(content, part);
    const told = known.find(({ account }) => account === part.account)?.times ?? [];
    const [first] = part.windows;
    if (first === undefined) return [];
    if (part.account === undefined) {
      const isLeft = !isUnderWay && !(isSameTime(times, told) && times.every(isOver));
      return isLeft && times.slice(0, 1).some(hasBegun) ? past(first) : [];
    }
    const fault = times.findIndex(one => {
      const same = told.filter(({ from }) => from === one.from);
      return isOver(one) ? !same.some(({ to }) => to === one.to) : hasBegun(one) && same.length === 0;
    });
    return fault < 0 ? [] : past(part.windows[fault] ?? first);
  });
}

/** The windows in the order of time, each with the objects that were given for it; those of single accounts are nobody else's. */
export function inOrder(content: NoticeContent): NoticeContent {
  const order = content.windows
    .map((window, index) => ({ window, index }))
    .toSorted((a, b) => Date.parse(a.window.from) - Date.parse(b.window.from));
  const place = new Map(order.map(({ index }, now) => [index, now]));
  return withOwnWindows({
    ...content,
    windows: order.map(({ window }) => window),
    objects: content.objects.map(one =>
      one.windows === undefined
        ? one
        : { ...one, windows: one.windows.map(index => place.get(index) ?? index).toSorted((a, b) => a - b) },
    ),
  });
}
