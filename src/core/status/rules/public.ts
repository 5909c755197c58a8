import { isOneServers } from '../../account/rules/network.ts';
import type { NoticeLog } from '../../notice/index.ts';
import type { NoticeObject, NoticeWindow } from '../../notice/model.ts';
import type { PublicEvent, PublicNotice, PublicObject } from '../model.ts';

/**
 * What everybody may know of a notice; undefined for one that is nobody's but its owners'. It is public when it was announced and is about
 * something that many share. What was said while it was about single services only stays theirs, also when it became wider later.
 */
export function publicOf({ id, kind, state, revisions, steps }: NoticeLog): PublicNotice | undefined {
  const shown = revisions.filter(({ content }) => content.objects.some(isShared));
  const last = revisions.at(-1);
  // A draft that was withdrawn was confirmed as that, and never announced.
  const wasAnnounced = revisions.some(({ move }) => move === 'announce');
  if (last === undefined || shown.at(-1) !== last || !wasAnnounced) return undefined;
  const said = shown.map(({ revision, move, state: to, content, at }): PublicEvent => {
    const { text, windows } = content;
    return { key: String(revision), what: move, state: to, text, windows, at: iso(at) };
  });
  const done = steps.flatMap(({ revision, stage, at }): PublicEvent[] => {
    const of = shown.find(one => one.revision === revision);
    if (of === undefined) return [];
    const what = stage === 'finish' ? 'finish' : 'start';
    const { windows } = of.content;
    const to = what === 'finish' ? 'done' : 'running';
    return [
      { key: `${revision}-${stage.replace(':', '-')}`, what, state: to, text: {}, windows, at: iso(at) },
    ];
  });
  const { title, objects, windows } = last.content;
  return {
    id,
    kind,
    state,
    revision: last.revision,
    title,
    objects: objects.filter(isShared),
    windows,
    dropped: droppedBehind(
      shown.map(one => one.content.windows),
      windows.length,
    ),
    events: [...said, ...done].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  };
}

/** Of services, orders and single addresses nothing is told: each is somebody's. */
function isShared(one: NoticeObject): one is PublicObject {
  if (one.type === 'network') return !isOneServers(one.value);
  return one.type !== 'service' && one.type !== 'order';
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
