import { type CalendarEntry, calendarFile } from '../calendar/index.ts';
import type { Context } from '../context.ts';
import { calendarState, titleIn, wordsIn } from '../notice/index.ts';
import type { StatusFacts } from './facts.ts';
import type { PublicNotice } from './model.ts';
import { sayPlain } from './view.ts';

/** How often calendar programs look again, in seconds. */
const TTL = 900;

/**
 * Planned work and changes as iCalendar: each window of a notice is one event for good, whose SEQUENCE is the revision; what will not be
 * stays in it as cancelled, so that it vanishes from calendars that have it.
 *
 * @param base what the addresses of pages begin with
 */
export async function statusCalendar(
  ctx: Context,
  facts: StatusFacts,
  locale: string,
  base: string,
): Promise<string> {
  const say = sayPlain(ctx, locale);
  const entries = [...facts.now, ...facts.planned, ...facts.past].flatMap(one =>
    entriesOf(one, locale, `${say(`notice-kind-${one.kind}`)}: ${titleIn(one, locale)}`, base),
  );
  const name = say('status-title', { desk: ctx.policy.desk.name });
  return calendarFile({ name, product: 'status', ttl: TTL }, entries, facts.at);
}

function entriesOf(notice: PublicNotice, locale: string, title: string, base: string): CalendarEntry[] {
  const { id, kind, state, revision, windows, dropped, events } = notice;
  if (kind === 'outage') return [];
  const words = events.findLast(one => wordsIn(one.text, locale) !== undefined);
  const text = words && wordsIn(words.text, locale);
  const said = events.findLast(one => one.what !== 'start' && one.what !== 'finish');
  return [...windows, ...dropped].map(({ from, to }, index) => ({
    id: `N-${id}-${index}`,
    title,
    from: new Date(from),
    to: new Date(to),
    url: `${base}/status/N-${id}`,
    sequence: revision,
    state: index < windows.length ? calendarState(kind, state) : ('cancelled' as const),
    ...(text !== undefined && { text }),
    ...(said !== undefined && { at: new Date(said.at) }),
  }));
}
