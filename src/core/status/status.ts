import type { Context } from '../context.ts';
import { statusCalendar } from './entries.ts';
import { factsOf, type StatusFacts } from './facts.ts';
import { createHold, type Held } from './hold.ts';
import type { Keepsake } from './model.ts';
import { readSnapshot } from './read.ts';
import { labelsOf, type StatusLabels, type StatusView, viewOf } from './view.ts';

/** How everything is at a moment; the same object for all who ask within some seconds. */
export interface Status {
  readonly facts: StatusFacts;
  /** The same object for all who ask in this language, one of those that there are. */
  view(locale: string): StatusView;
  /** @param base what the addresses of pages begin with */
  calendar(locale: string, base: string): Promise<string>;
}

/** What the public may see. */
export interface StatusApi {
  /** Undefined when nothing was ever known, and cannot be looked at now. Never rejects; reads the database once for many who ask. */
  current(): Promise<Status | undefined>;
  labels(locale: string): StatusLabels;
  /** 'pl-PL' → 'pl'; unknown or absent → the desk's own language. */
  match(language: string | undefined): string;
  /** The languages that there are, each by its own name. */
  readonly languages: readonly { readonly locale: string; readonly name: string }[];
}

/** The status page over a context; `round` and `stop` are the desk's. */
export function createStatus(
  ctx: Context,
  keepsake: Keepsake | undefined,
): { readonly api: StatusApi | undefined; round(): Promise<void>; stop(): Promise<void> } {
  if (!ctx.policy.status.public)
    return { api: undefined, round: () => Promise.resolve(), stop: () => Promise.resolve() };
  const { now, log, phrases } = ctx;
  const hold = createHold({ read: () => readSnapshot(ctx), keepsake, now, log });
  const made = new WeakMap<Held, Status>();
  const statusOf = (held: Held): Status => {
    const facts = factsOf(held);
    return {
      facts,
      view: perLanguage(locale => viewOf(ctx, facts, locale)),
      calendar: (locale, base) => statusCalendar(ctx, facts, locale, base),
    };
  };
  const api: StatusApi = {
    async current() {
      const held = await hold.current();
      if (held === undefined) return undefined;
      const status = made.get(held) ?? statusOf(held);
      made.set(held, status);
      return status;
    },
    labels: perLanguage(locale => labelsOf(ctx, locale)),
    match: language => phrases.match(language),
    languages: phrases
      .locales()
      .map(locale => ({ locale, name: phrases.say(locale, `notify-language-${locale}`) })),
  };
  return { api, round: hold.round, stop: hold.stop };
}

/** Made once for each language. */
function perLanguage<T>(make: (locale: string) => T): (locale: string) => T {
  const made = new Map<string, T>();
  return locale => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}
