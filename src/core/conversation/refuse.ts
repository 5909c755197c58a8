import type { Answer, Inbound } from '../channel/index.ts';
import type { Context } from '../context.ts';
import type { Refusal } from '../errors.ts';

/** The words of a refusal, in the person's language. */
export function sayRefusal(ctx: Context, inbound: Inbound, refusal: Refusal): Answer {
  const locale = inbound.from.locale ?? ctx.policy.desk.language;
  return { type: 'say', text: ctx.phrases.say(locale, refusal.code, refusal.args) };
}
