import { isOneServers } from '../../account/rules/network.ts';
import type { NoticeLog } from '../../notice/index.ts';
import type { NoticeObject, NoticeWindow } from '../../notice/model.ts';
import { isFeltMore } from '../../notice/rules/impact.ts';
import { ownWindows } from '../../notice/rules/own.ts';
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
  const said = shown.map(({ revision, move, state: to, content, at }): PublicEvent => {
    const { text, windows } = content;
    return { key: String(revision), what: move, state: to, text, windows, at: iso(at) };
  });
  const done = steps.flatMap(({ revision, stage, at }): PublicEvent[] => {
    const of = shown.find(one => one.revision === revision);
    if (of === undefined || of.own.has(windowOf(stage) ?? -1)) return [];
    const what = stage === 'finish' ? 'finish' : 'start';
    const { windows } = of.content;
    const to = what === 'finish' ? 'done' : 'running';
    return [
      { key: `${revision}-${stage.replace(':', '-')}`, what, state: to, text: {}, windows, at: iso(at) },
    ];
  });
  const { title, windows } = last.content;
  return {
    id,
    kind,
    state,
    revision: last.revision,
    title,
    objects: last.objects,
    windows,
    dropped: droppedBehind(
      shown.map(one => one.content.windows),
      windows.length,
    ),
    events: [...said, ...done].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  };
}

type Revision = NoticeLog['revisions'][number];

/** Without the windows that are of single accounts alone. */
function sharedWindows(one: Revision): Revision & { readonly own: ReadonlySet<number> } {
  const own = ownWindows(one.content);
  if (own.size === 0) return { ...one, own };
  const { windows, objects } = one.content;
  const kept = [...windows.keys()].filter(index => !own.has(index));
  return {
    ...one,
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
