import type { Context } from '../context.ts';
import { lead, momentIn, type NoticeWindow, spanIn, titleIn, wordsIn } from '../notice/index.ts';
import { plain, type SayArgs } from '../text/index.ts';
import { HISTORY_DAYS, type NoticeFacts, type StatusFacts } from './facts.ts';
import { lazily } from './lazily.ts';
import type { Component, ComponentState, Phase, PublicEvent, PublicObject } from './model.ts';
import { beginOf, endOf } from './rules/state.ts';

/** A time: for programs as ISO 8601, and as people read it. */
export interface Stamp {
  readonly iso: string;
  readonly text: string;
}

/** Something that was said, in one language. */
export interface EventView {
  readonly key: string;
  /** What it was: 'update', 'cause found'. */
  readonly name: string;
  /** In the desk's words and in those of staff; may be empty. */
  readonly text: string;
  readonly at: Stamp;
}

/** A notice in one language. All is plain text. */
export interface NoticeWordsView {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly isOutage: boolean;
  readonly title: string;
  readonly state: string;
  readonly phase: Phase;
  readonly effect: ComponentState;
  /** What it is about, and what that feels like. */
  readonly about: readonly string[];
  readonly windows: readonly Stamp[];
  /** The newest first. */
  readonly events: readonly EventView[];
  /** When it began, where it has. */
  readonly from: Stamp;
  /** When it was over. */
  readonly to: Stamp | undefined;
}

/** How everything is, in one language. All is plain text. */
export interface StatusView {
  readonly locale: string;
  readonly title: string;
  readonly state: ComponentState;
  readonly headline: string;
  /** What is shown is not new: as of when. */
  readonly lastKnown: Stamp | undefined;
  readonly components: readonly {
    readonly name: string;
    readonly state: ComponentState;
    readonly label: string;
  }[];
  readonly now: readonly NoticeWordsView[];
  readonly planned: readonly NoticeWordsView[];
  readonly past: readonly NoticeWordsView[];
  /** One that has a page of its own. */
  notice(id: number): NoticeWordsView | undefined;
  /** What was said last, of whichever notice, the newest first. */
  latest(most: number): readonly { readonly notice: NoticeWordsView; readonly event: EventView }[];
}

type Say = (key: string, args?: SayArgs) => string;

/** A phrase as plain text; `locale` may be anything that a browser names. */
export function sayPlain(ctx: Context, locale: string): Say {
  return (key, args) => plain(ctx.phrases.say(locale, key, args));
}

/** Facts in one language, with times in the desk's zone. Each part is made when it is first looked at: no page shows all of it. */
export function viewOf(ctx: Context, facts: StatusFacts, locale: string): StatusView {
  const say = sayPlain(ctx, locale);
  const { desk, status } = ctx.policy;
  const made = new Map<number, NoticeWordsView>();
  const words = (one: NoticeFacts): NoticeWordsView => {
    const known = made.get(one.id) ?? noticeView(ctx, one, locale, facts.at);
    made.set(one.id, known);
    return known;
  };
  const { lastKnownAt } = facts;
  return lazily<StatusView>({
    locale: () => locale,
    title: () =>
      status.title === undefined
        ? say('status-title', { desk: desk.name })
        : nameOf(ctx, status.title, locale),
    state: () => facts.state,
    headline: () => say(`status-all-${facts.state}`),
    lastKnown: () => lastKnownAt && stamp(lastKnownAt, { locale, zone: desk.zone }, facts.at),
    components: () =>
      facts.components.map(one => ({
        name: nameOf(ctx, one.name, locale),
        state: one.state,
        label: say(`status-is-${one.state}`),
      })),
    now: () => facts.now.map(words),
    planned: () => facts.planned.map(words),
    past: () => facts.past.map(words),
    notice: () => id => {
      const found = facts.all.find(one => one.id === id);
      return found && words(found);
    },
    latest: () => most =>
      lastEvents(facts, most).flatMap(({ one, key }) => {
        const notice = words(one);
        const event = notice.events.find(said => said.key === key);
        return event === undefined ? [] : [{ notice, event }];
      }),
  });
}

function lastEvents({ now, planned, past }: StatusFacts, most: number) {
  return [...now, ...planned, ...past]
    .flatMap(one => one.events.toReversed().map(({ key, at }) => ({ one, key, at: Date.parse(at) })))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, most);
}

function nameOf({ policy }: Context, name: Component['name'], locale: string): string {
  return name[locale] ?? name[policy.desk.language] ?? '';
}

/** A notice in one language. */
export function noticeView(ctx: Context, notice: NoticeFacts, locale: string, now: Date): NoticeWordsView {
  const say = sayPlain(ctx, locale);
  const reader = { locale, zone: ctx.policy.desk.zone };
  const { id, kind, phase, effect, objects, windows, events } = notice;
  return lazily<NoticeWordsView>({
    id: () => id,
    name: () => `N-${id}`,
    kind: () => say(`notice-kind-${kind}`),
    isOutage: () => kind === 'outage',
    title: () => titleIn(notice, locale),
    state: () => say(stateKey(notice)),
    phase: () => phase,
    effect: () => effect,
    about: () => objects.map(one => aboutOf(say, one, windows.length)),
    windows: () => windows.map(one => ({ iso: one.from, text: spanIn(one, reader, now) })),
    events: () =>
      events.map((one, index) => eventView(say, notice, one, events[index - 1], reader, now)).toReversed(),
    from: () => stamp(new Date(beginOf(notice, now)), reader, now),
    to: () => (phase === 'past' ? stamp(new Date(endOf(notice)), reader, now) : undefined),
  });
}

/** By the clock it goes on, or is over, before anybody has said so. */
function stateKey({ kind, state, phase }: NoticeFacts): string {
  if (kind === 'change' && state === 'planned')
    return phase === 'past' ? 'status-in-force' : 'status-announced';
  if (kind === 'maintenance' && state === 'confirmed' && phase === 'now') return 'notice-name-running';
  if (phase === 'past' && (state === 'planned' || state === 'confirmed')) return 'status-time-over';
  return `notice-name-${state}`;
}

function aboutOf(say: Say, { type, value, impact, windows }: PublicObject, count: number): string {
  const what = type === 'all' ? say('status-everything') : value;
  const felt = say(`notice-impact-${impact}`);
  return windows === undefined || windows.length === count
    ? say('status-about-one', { what, impact: felt })
    : say('status-about-then', { what, impact: felt, windows: windows.map(one => one + 1).join(', ') });
}

function eventView(
  say: Say,
  { kind }: NoticeFacts,
  { key, what, state, text, windows, at }: PublicEvent,
  previous: PublicEvent | undefined,
  reader: { readonly locale: string; readonly zone: string },
  now: Date,
): EventView {
  const before: { readonly windows: readonly NoticeWindow[] } | undefined = previous;
  const stage = what === 'start' ? ('start:0' as const) : what;
  const first = plain(lead(say, { kind, stage, state, content: { windows }, before }, reader, now));
  return {
    key,
    name: kind === 'outage' ? say(`notice-name-${state}`) : say(`notice-stage-${what}`),
    text: [first, wordsIn(text, reader.locale) ?? ''].filter(one => one !== '').join('\n'),
    at: stamp(new Date(at), reader, now),
  };
}

/** To the minute: seconds say nothing here. */
function stamp(at: Date, reader: { readonly locale: string; readonly zone: string }, now: Date): Stamp {
  const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
  return { iso: at.toISOString(), text: momentIn(minute, reader, now) };
}

/** What the page says beside what is going on. */
export function labelsOf(ctx: Context, locale: string) {
  const say = sayPlain(ctx, locale);
  const { zone } = ctx.policy.desk;
  return {
    now: say('status-now'),
    planned: say('status-planned'),
    nonePlanned: say('status-planned-none'),
    components: say('status-components'),
    history: say('status-history'),
    noneBefore: say('status-history-none', { days: HISTORY_DAYS }),
    wholeHistory: say('status-history-all', { days: HISTORY_DAYS }),
    when: say('status-when'),
    about: say('status-about'),
    since: say('status-since'),
    until: say('status-until'),
    updates: say('status-updates'),
    calendar: say('status-calendar'),
    follow: say('status-follow'),
    languages: say('status-languages'),
    subscribe: {
      title: say('status-subscribe'),
      label: say('status-subscribe-label'),
      button: say('status-subscribe-button'),
      hint: say('status-subscribe-hint'),
      sent: say('status-subscribe-sent'),
      wrong: say('status-subscribe-wrong'),
    },
    zone: say('status-zone', { zone }),
    back: say('status-back'),
    missing: say('status-missing'),
    unknown: say('status-unknown'),
    lastKnown: say('status-last-known'),
    lastKnownWhy: say('status-last-known-why'),
    earlier: (count: number) => say('status-earlier', { count }),
  };
}
/** What the page says beside what is going on. All is plain text. */
export type StatusLabels = ReturnType<typeof labelsOf>;
