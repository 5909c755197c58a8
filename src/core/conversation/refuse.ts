import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Answer, ChannelKind, Inbound } from '../channel/index.ts';
import type { Context } from '../context.ts';
import type { Refusal } from '../errors.ts';
import { languageOf } from '../identity/index.ts';

/** The words of a refusal, in the person's language. */
export async function sayRefusal(
  ctx: Context,
  run: SqlRunner,
  channel: ChannelKind,
  inbound: Inbound,
  refusal: Refusal,
): Promise<Answer> {
  const locale = await languageOf(ctx, run, channel, inbound.from);
  return { type: 'say', text: ctx.phrases.say(locale, refusal.code, refusal.args) };
}
