import type { Context } from '../context.ts';
import { literal, literalInline } from '../text/index.ts';
import { MEASURED_DAYS, measureReplies } from './measure.ts';
import type { Measured, ReachLabels, ReachView, WayView } from './model.ts';
import { labelsIn, reachView } from './words.ts';

/** What was measured is true for so long, in ms: a month changes little in a minute. */
const KEPT_MS = 60_000;
const DAY_MS = 86_400_000;

/** The ways to reach support. */
export interface ReachApi {
  /** All that are on, as they are now. Never rejects: without the database nothing is said of what was measured. */
  view(locale: string): Promise<ReachView>;
  labels(locale: string): ReachLabels;
  /** 'pl-PL' → 'pl'; unknown or absent → the desk's own language. */
  match(language: string | undefined): string;
  readonly languages: readonly { readonly locale: string; readonly name: string }[];
}

interface Kept {
  readonly at: number;
  readonly measured: ReadonlyMap<string, Measured>;
}

const kept = new WeakMap<object, Kept>();

/** What was measured over the last days; the database is asked once in a minute, whoever asks. Rejects when it does not answer. */
async function measuredNow(ctx: Context): Promise<Kept['measured']> {
  const now = ctx.now().getTime();
  const known = kept.get(ctx.database);
  if (known !== undefined && now >= known.at && now - known.at < KEPT_MS) return known.measured;
  const from = new Date(now - MEASURED_DAYS * DAY_MS);
  const measured = await measureReplies(ctx.database.sql, from, new Date(now));
  kept.set(ctx.database, { at: now, measured });
  return measured;
}

/** The ways over a context; undefined where the policy wants no such page. */
export function createReach(ctx: Context): ReachApi | undefined {
  if (!ctx.policy.contact.public) return undefined;
  const { phrases } = ctx;
  return {
    async view(locale) {
      const measured = await measuredNow(ctx).catch(() => undefined);
      return reachView(ctx, { locale, now: ctx.now(), measured });
    },
    labels: locale => labelsIn(ctx, locale),
    match: language => phrases.match(language),
    languages: phrases
      .locales()
      .map(locale => ({ locale, name: phrases.say(locale, `notify-language-${locale}`) })),
  };
}

/** The same in a chat, as CommonMark. */
export async function reachText(ctx: Context, locale: string): Promise<string> {
  const view = reachView(ctx, { locale, now: ctx.now(), measured: await measuredNow(ctx) });
  const page =
    ctx.files.links === undefined || !ctx.policy.contact.public
      ? []
      : [ctx.phrases.say(locale, 'reach-page', { link: { raw: `<${ctx.files.links.publicUrl}/contact>` } })];
  return [`**${literalInline(view.title)}**`, ...view.ways.map(wayText), ...page].join('\n\n');
}

function wayText({ name, purpose, where, promised, measured, opened }: WayView): string {
  const lines = [where, ...promised, ...(measured === undefined ? [] : [measured])];
  const head = opened === undefined ? '' : ` – ${literalInline(opened.words)}`;
  return `**${literalInline(name)}**${head}\n${literal(purpose)}\n\n${lines.map(line => `- ${literalInline(line)}`).join('\n')}`;
}

/** The same below a mail: a row for each way, with what is promised there. It says nothing of the moment, for mail is read later. */
export function reachRows(
  ctx: Context,
  locale: string,
  at: Date,
): readonly { label: string; value: string }[] {
  const { ways } = reachView(ctx, { locale, now: at, measured: undefined });
  return ways.map(({ name, where, promised }) => ({
    label: name,
    value: [where, ...promised].join(' · '),
  }));
}
