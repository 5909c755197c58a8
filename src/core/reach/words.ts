import { isPlatform, platformName, WEB } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { departmentName, levelName, priorityName } from '../policy/index.ts';
import { formatDuration, formatWhen, plain, type SayArgs } from '../text/index.ts';
import type {
  FirstReply,
  Measured,
  Opened,
  ReachLabels,
  ReachView,
  ReachWay,
  WayFacts,
  WayView,
} from './model.ts';
import { reachWays } from './model.ts';
import { levelOpenings, wayFacts } from './rules/ways.ts';

type Say = (key: string, args?: SayArgs) => string;

/** What the words depend on besides the policy. */
export interface Telling {
  readonly locale: string;
  readonly now: Date;
  /** By way; undefined where it cannot be known now. */
  readonly measured: ReadonlyMap<string, Measured> | undefined;
}

/** All ways that are on, in words. */
export function reachView(ctx: Context, telling: Telling): ReachView {
  const { locale, now } = telling;
  const say = sayIn(ctx, locale);
  const { policy } = ctx;
  return {
    locale,
    title: say('reach-title', { desk: policy.desk.name }),
    ways: reachWays.flatMap(way => wayView(ctx, telling, way) ?? []),
    people: levelOpenings(policy, now).map(({ level, opened }) => ({
      name: levelName(policy, level, locale),
      isOpen: opened.isOpen,
      words: openedWords(ctx, telling, opened),
    })),
  };
}

const sayIn =
  ({ phrases }: Context, locale: string): Say =>
  (key, args) =>
    plain(phrases.say(locale, key, args));

function wayView(ctx: Context, telling: Telling, way: ReachWay): WayView | undefined {
  const where = whereIs(ctx, telling.locale, way);
  if (where === undefined) return undefined;
  const say = sayIn(ctx, telling.locale);
  const { policy } = ctx;
  const departments = policy.departments
    .map(({ id }) => departmentName(policy, id, telling.locale))
    .join(', ');
  const head = {
    way,
    name: say(`reach-${way}`),
    purpose: say(`reach-${way}-for`, { departments }),
    ...where,
  };
  if (way === 'notices') return { ...head, promised: [say('reach-notices-when')] };
  const facts = wayFacts(policy, way, telling.now);
  return {
    ...head,
    promised: promisedWords(ctx, telling, facts),
    measured: measuredWords(telling, say, way),
    opened: {
      isOpen: facts.replies.some(({ opened }) => opened.isOpen),
      words: openedWords(ctx, telling, soonest(facts.replies)),
    },
  };
}

/** Where a way is; undefined for one that is off. */
function whereIs(ctx: Context, locale: string, way: ReachWay): Pick<WayView, 'where' | 'link'> | undefined {
  const say = sayIn(ctx, locale);
  const channels = [...ctx.channels.values()];
  const chats = channels.filter(isPlatform);
  switch (way) {
    case 'ticket': {
      const platforms = listOf(
        locale,
        chats.map(({ kind }) => platformName(kind)),
      );
      const { links } = ctx.files;
      const page = ctx.channels.has(WEB) && links !== undefined ? `${links.publicUrl}/me` : undefined;
      if (chats.length === 0) return page === undefined ? undefined : { where: page, link: page };
      const where = say('reach-ticket-at', { platforms });
      return page === undefined
        ? { where }
        : { where: say('reach-ticket-at-page', { where, page }), link: page };
    }
    case 'chat':
      return channels.some(({ limits }) => limits.way === 'chat')
        ? { where: say('reach-chat-at') }
        : undefined;
    case 'mail': {
      const inbox = channels.flatMap(({ limits }) => limits.inbox ?? [])[0];
      return inbox === undefined ? undefined : { where: inbox, link: `mailto:${inbox}` };
    }
    case 'notices':
      return channels.length === 0 ? undefined : { where: say('reach-notices-at') };
  }
}

function listOf(locale: string, names: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
}

function promisedWords(ctx: Context, { locale }: Telling, { acknowledged, replies }: WayFacts): string[] {
  const say = sayIn(ctx, locale);
  const time = (seconds: number): string => formatDuration(seconds / 60, locale);
  const lines = replies.map(one => {
    const { within, latest, always } = one;
    const hours = say(always ? 'reach-hours-always' : 'reach-hours-open');
    const words =
      latest === undefined
        ? say('reach-first', { time: time(within), hours })
        : say('reach-first-latest', { time: time(within), latest: time(latest), hours });
    const whose = whoseWords(ctx, locale, one);
    return whose === '' ? words : say('reach-first-whose', { whose, words });
  });
  return acknowledged === undefined ? lines : [say('reach-ack', { time: time(acknowledged) }), ...lines];
}

function whoseWords({ policy }: Context, locale: string, { departments, priorities }: FirstReply): string {
  return [
    ...(departments ?? []).map(id => departmentName(policy, id, locale)),
    ...(priorities ?? []).map(id => priorityName(policy, id, locale)),
  ].join(', ');
}

function measuredWords({ locale, measured }: Telling, say: Say, way: string): string | undefined {
  if (measured === undefined) return undefined;
  const found = measured.get(way);
  if (found === undefined) return say('reach-measured-none');
  const time = (ms: number): string => formatDuration(Math.max(1, Math.ceil(ms / 60_000)), locale);
  const { count, half, most } = found;
  return say('reach-measured', { count, half: time(half), most: time(most) });
}

/** Of several hours those that are open longest, or open first. */
function soonest(replies: readonly FirstReply[]): Opened {
  const open = replies.filter(({ opened }) => opened.isOpen).map(({ opened }) => opened);
  const endless = open.find(({ until }) => until === undefined);
  if (endless !== undefined) return endless;
  const by = (order: 1 | -1) => (one: Opened, other: Opened) =>
    order * ((one.until?.getTime() ?? 0) - (other.until?.getTime() ?? 0));
  const closed = replies.map(({ opened }) => opened);
  return open.toSorted(by(-1))[0] ?? closed.toSorted(by(1))[0] ?? { isOpen: true, until: undefined };
}

function openedWords(ctx: Context, { locale, now }: Telling, { isOpen, until }: Opened): string {
  const say = sayIn(ctx, locale);
  if (until === undefined) return say(isOpen ? 'reach-open-always' : 'reach-closed-always');
  const when = formatWhen(until, locale, ctx.policy.desk.zone, now, { zone: 'abbreviation' });
  return say(isOpen ? 'reach-open-until' : 'reach-closed-until', { when });
}

/** What stands around them on a page. */
export function labelsIn(ctx: Context, locale: string): ReachLabels {
  const say = sayIn(ctx, locale);
  return {
    ways: say('reach-ways'),
    people: say('reach-people'),
    zone: say('reach-zone', { zone: ctx.policy.desk.zone }),
    languages: say('status-languages'),
    purpose: say('reach-label-purpose'),
    where: say('reach-label-where'),
    promised: say('reach-label-promised'),
    measured: say('reach-label-measured'),
    now: say('reach-label-now'),
    status: say('reach-to-status'),
    own: say('reach-to-own'),
  };
}
