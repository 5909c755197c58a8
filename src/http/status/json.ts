import type { NoticeFacts, StatusFacts } from '../../core/index.ts';

/** What the page says, for programs: words in all languages, times in UTC. */
export function statusJson(facts: StatusFacts, base: string): string {
  const notice = (one: NoticeFacts) => noticeJson(one, base);
  const { state, lastKnownAt, components, now, planned, past } = facts;
  return `${JSON.stringify({
    url: `${base}/status`,
    state,
    last_known_at: lastKnownAt?.toISOString() ?? null,
    components: components.map(one => ({ name: one.name, state: one.state })),
    current: now.map(notice),
    planned: planned.map(notice),
    history: past.map(notice),
  })}\n`;
}

function noticeJson({ id, kind, state, effect, title, objects, windows, events }: NoticeFacts, base: string) {
  return {
    id: `N-${id}`,
    url: `${base}/status/N-${id}`,
    kind,
    state,
    effect,
    title,
    objects: objects.map(({ type, value, impact, windows: own }) => ({ type, value, impact, windows: own })),
    windows: windows.map(({ from, to }) => ({ from, to })),
    updates: events.map(({ what, state: to, text, at }) => ({ at, what, state: to, text })),
  };
}
