import type { SqlRunner } from '../../../drizzle/database.ts';
import type { ChannelKind, Sender } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { type HowTo, howToProve, openingAction, trustOf, verdictOn } from '../identity/index.ts';
import type { TicketRequest } from '../ticket/index.ts';

/** Words and a button for who must prove first, before such a ticket is opened; undefined for who may open it. */
export async function proofWanted(
  ctx: Context,
  run: SqlRunner,
  from: {
    readonly channel: ChannelKind;
    readonly sender: Pick<Sender, 'space' | 'externalId'>;
    readonly locale: string;
  },
  request: TicketRequest,
): Promise<HowTo | undefined> {
  const action = openingAction(ctx.policy, request);
  // Whoever is unknown may: nobody is looked up, the filing itself notes how sure it is.
  if (verdictOn(ctx.policy, action, 'unknown') !== 'refused') return undefined;
  const trust = await trustOf(ctx, run, from.channel, from.sender);
  if (verdictOn(ctx.policy, action, trust) !== 'refused') return undefined;
  const { level } = ctx.policy.trust.actions[action];
  const how = howToProve(ctx, from.locale, level);
  return { ...how, text: `${ctx.phrases.say(from.locale, 'proof-needed')}\n\n${how.text}` };
}
