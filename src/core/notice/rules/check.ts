import type { NoticeContent, NoticeFault, NoticeKind, NoticeState, NoticeWindow, Worded } from '../model.ts';
import { windowGroups, withOwnWindows } from './own.ts';

/** Work may be announced that has begun this short a while ago, in ms: an emergency is told when there is time for it. */
const BEGUN_MS = 3_600_000;

/** All that is wrong with a notice that is to say this now. Whether its objects match anybody is for the database to say. */
export function faultsIn(
  kind: NoticeKind,
  state: NoticeState,
  content: NoticeContent,
  now: Date,
): readonly NoticeFault[] {
  return [
    ...(isWorded(content.title) ? [] : [{ path: ['title'], code: 'no-title' } as const]),
    ...(isWorded(content.text) ? [] : [{ path: ['text'], code: 'no-text' } as const]),
    ...objectFaults(content),
    ...windowFaults(kind, state, content, now),
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
  return pastFaults(state, windows, now);
}

function pastFaults(state: NoticeState, windows: readonly NoticeWindow[], now: Date): NoticeFault[] {
  const hasBegun = state === 'running' || state === 'extended';
  const first = windows[0] as NoticeWindow;
  if (windows.every(({ to }) => Date.parse(to) <= now.getTime()))
    return [{ path: ['windows', windows.length - 1], code: 'window-past' }];
  return !hasBegun && Date.parse(first.from) < now.getTime() - BEGUN_MS
    ? [{ path: ['windows', 0], code: 'window-past' }]
    : [];
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
