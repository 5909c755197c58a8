import type { Context } from '../context.ts';
import { formatDuration, plain, type SayArgs } from '../text/index.ts';

/** The desk's words in one language: as CommonMark, as plain text for pictures, and lengths of time, short. */
export interface Words {
  readonly locale: string;
  say(key: string, args?: SayArgs): string;
  bare(key: string, args?: SayArgs): string;
  /** '4 min', '1 hr 5 min'; '< 1 min' for what is shorter. */
  time(ms: number): string;
}

/** The words in the language that fits best. */
export function wordsIn(ctx: Context, requested: string | undefined): Words {
  const locale = ctx.phrases.match(requested);
  const say = (key: string, args: SayArgs = {}): string => ctx.phrases.say(locale, key, args);
  const minutes = (count: number): string => formatDuration(count, locale, 'short');
  return {
    locale,
    say,
    bare: (key, args) => plain(say(key, args)),
    time: ms => (ms < 60_000 ? `< ${minutes(1)}` : minutes(ms / 60_000)),
  };
}
