import { isOneServers } from '../../account/rules/network.ts';
import type { NoticeLog } from '../../notice/index.ts';
import type { NoticeContent, NoticeObject, NoticeState, NoticeWindow } from '../../notice/model.ts';
import { isFeltMore } from '../../notice/rules/impact.ts';
import { ownWindows } from '../../notice/rules/own.ts';
import { isForSome, isSameTime } from '../../notice/rules/parts.ts';
import { windowOf } from '../../notice/rules/steps.ts';
import type { PublicEvent, PublicNotice, PublicObject } from '../model.ts';

/**
 * What everybody may know of a notice; undefined for one that is nobody's but its owners'. It is public when it was announced and is about
 * something that many share. What was said while it was about single services only stays theirs, also when it became wider later.
 */
export function publicOf({ id, kind, state, revisions, steps }: NoticeLog): PublicNotice | undefined {
  const shown = revisions
    .map(sharedWindows)
    .map(one => ({ ...one, objects: sharedOf(one) }))
    .filter(({ objects }) => objects.length > 0);
  const last = shown.at(-1);
  // A draft that was withdrawn was confirmed as that, and never announced.
  const wasAnnounced = revisions.some(({ move }) => move === 'announce');
  if (last === undefined || last.revision !== revisions.at(-1)?.revision || !wasAnnounced) return undefined;
  const done = steps.flatMap(({ revision, stage, at }): Moment[] => {
    const of = shown.find(one => one.revision === revision);
    if (of === undefined || of.own.has(windowOf(stage) ?? -1)) return [];
    const what = stage === 'finish' ? 'finish' : 'start';
    const key = `${revision}-${stage.replace(':', '-')}`;
    return [
      {
        of,
        event: {
          ...eventOf(of, key, what),
          state: what === 'finish' ? 'done' : 'running',
          text: {},
          at: iso(at),
        },
      },
    ];
  });
  const said = shown.map((of): Moment => ({ of, event: eventOf(of, String(of.revision), of.move) }));
  const { events, isOver } = newsIn(
    // What the clock did with a revision came before the next one.
    [...said, ...done].toSorted(
      (a, b) => a.of.revision - b.of.revision || Date.parse(a.event.at) - Date.parse(b.event.at),
    ),
    last,
  );
  const { title, windows } = last.content;
  return {
    id,
    kind,
    state: isOver ? 'done' : state,
    revision:
      shown.findLast(one => events.some(({ key }) => key === String(one.revision)))?.revision ??
      last.revision,
    title,
    objects: last.objects,
    windows,
    dropped: droppedBehind(
      shown.map(one => one.content.windows),
      windows.length,
    ),
    events,
  };
}

type Revision = NoticeLog['revisions'][number];
type Shown = Revision & { readonly whole: NoticeContent; readonly own: ReadonlySet<number> };

/** Something that was said or done, with the revision of which it was. */
interface Moment {
  readonly of: Shown & { readonly objects: readonly PublicObject[] };
  readonly event: PublicEvent;
}

function eventOf(
  { state, content: { text, windows }, at }: Shown,
  key: string,
  what: PublicEvent['what'],
): PublicEvent {
  return { key, what, state, text, windows, at: iso(at) };
}

/**
 * What of it is for everybody: not that single accounts have another time, nor what is said to these when it is over for everybody else. `isOver`: it is,
 * whatever is to come for them.
 */
function newsIn(moments: readonly Moment[], { content }: Shown) {
  const events: PublicEvent[] = [];
  let [before, over]: [Moment | undefined, readonly NoticeWindow[] | undefined] = [undefined, undefined];
  let state: NoticeState | undefined;
  for (const { of, event } of moments) {
    const { windows } = of.content;
    const isAgain = over !== undefined && isSameTime(over, windows);
    const previous: Moment | undefined = before;
    before = { of, event };
    if (isAgain || (previous !== undefined && isNothing(previous.of, of, state, event))) continue;
    const isMoved = previous === undefined || !isSameTime(previous.of.content.windows, windows);
    events.push(event.what === 'reschedule' && !isMoved ? { ...event, what: 'update' } : event);
    state = event.state;
    over = event.what === 'finish' ? windows : undefined;
  }
  return { events, isOver: over !== undefined && isSameTime(over, content.windows) };
}

/** A new time that is one for single accounts only. */
function isNothing(
  was: Moment['of'],
  of: Moment['of'],
  state: NoticeState | undefined,
  event: PublicEvent,
): boolean {
  if (event.what !== 'reschedule' || state === undefined) return false;
  return (
    isSamePublic(was, of) &&
    isForSome({ state, content: was.whole }, { state: event.state, content: of.whole })
  );
}

function isSamePublic(one: Moment['of'], other: Moment['of']): boolean {
  const about = ({ objects, content: { windows: all } }: Moment['of']): string =>
    JSON.stringify(
      objects.map(({ type, value, impact, windows = [...all.keys()] }) => [type, value, impact, windows]),
    );
  return isSameTime(one.content.windows, other.content.windows) && about(one) === about(other);
}

/** Without the windows that are of single accounts alone. */
function sharedWindows(one: Revision): Shown {
  const own = ownWindows(one.content);
  if (own.size === 0) return { ...one, whole: one.content, own };
  const { windows, objects } = one.content;
  const kept = [...windows.keys()].filter(index => !own.has(index));
  return {
    ...one,
    whole: one.content,
    own,
    content: {
      ...one.content,
      windows: kept.flatMap(index => windows[index] ?? []),
      objects: objects
        .filter(({ type }) => type !== 'account')
        .map(object => ({
          ...object,
          ...(object.windows && { windows: object.windows.map(at => kept.indexOf(at)) }),
        })),
    },
  };
}

/** What of the objects many share. A rack is never named: it is shown as its location, if it is not one customer's alone. */
function sharedOf({ content: { objects }, racks }: Pick<Revision, 'content' | 'racks'>): PublicObject[] {
  const around = objects.filter(({ type }) => type === 'rack').flatMap(one => aroundRack(one, racks));
  return around.reduce(joined, objects.filter(isShared));
}

/** Of services, orders and single addresses nothing is told: each is somebody's. */
function isShared(one: NoticeObject): one is PublicObject {
  if (one.type === 'network') return !isOneServers(one.value);
  return !['service', 'order', 'rack', 'account'].includes(one.type);
}

/** All but one rack of a location works: it is disturbed, not down. */
function aroundRack({ value, impact, ...more }: NoticeObject, racks: Revision['racks']): PublicObject[] {
  const { locations = [] } = racks.find(one => one.rack === value.toLowerCase()) ?? {};
  const felt = impact === 'outage' ? 'degraded' : impact;
  return locations.map(location => ({ ...more, type: 'location', value: location, impact: felt }));
}

/** One place at one time is one line, with the most that is felt. */
function joined(list: readonly PublicObject[], one: PublicObject): PublicObject[] {
  const key = ({ type, value, windows }: PublicObject): string =>
    JSON.stringify([type, value.toLowerCase(), windows]);
  const at = list.findIndex(other => key(other) === key(one));
  const before = list[at];
  if (before === undefined) return [...list, one];
  return list.with(at, isFeltMore(one.impact, before.impact) ? { ...before, impact: one.impact } : before);
}

/** The windows from a place on, each as it last was. */
function droppedBehind(all: readonly (readonly NoticeWindow[])[], from: number): NoticeWindow[] {
  const most = Math.max(from, ...all.map(one => one.length));
  return Array.from(
    { length: most - from },
    (_, index) => all.findLast(one => one[from + index])?.[from + index],
  ).filter(one => one !== undefined);
}

function iso(at: string): string {
  return new Date(at).toISOString();
}
