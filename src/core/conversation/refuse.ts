import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Answer, ChannelKind, Edited, Reacted, Submitted } from '../channel/index.ts';
import type { Context } from '../context.ts';
import type { Refusal } from '../errors.ts';
import { languageOf } from '../identity/index.ts';
import type { Performed } from './perform.ts';

/** The words of a refusal, in the person's language. */
export async function sayRefusal(
  ctx: Context,
  run: SqlRunner,
  channel: ChannelKind,
  inbound: Performed | Submitted | Edited | Reacted,
  refusal: Refusal,
): Promise<Answer> {
  const locale = await languageOf(ctx, run, channel, inbound.from);
  return { type: 'say', text: ctx.phrases.say(locale, refusal.code, refusal.args) };
}
