import type { Answer } from '../channel/index.ts';
import { type Act, type Context, transact } from '../context.ts';
import { postSheets } from '../outbox/index.ts';
import { clip, oneLine, plain } from '../text/index.ts';
import type { Arrived, AsideWhy } from './model.ts';
import { takeOnce } from './receipt.ts';

/** UTF-16 units of a letter's words that are kept aside. */
const WORDS = 10_000;
/** Staff are told at most once in this time, in ms, that letters are set aside because too many come. */
const TOLD_MS = 3_600_000;

/** A letter became a ticket or a part of one, or was taken before. */
export const TAKEN: Answer = { type: 'nothing' };
/** A letter was set aside now. */
export const ASIDE: Answer = { type: 'nothing', aside: true };

/** Keeps a letter that becomes neither a ticket nor a message, for a month, where the operator can see it; nothing is answered. */
export async function setAside(ctx: Context, arrived: Arrived, why: AsideWhy): Promise<Answer> {
  return transact(ctx, { type: 'system' }, async act => {
    if (!(await takeOnce(act, arrived.channel, arrived.letter.eventId))) return TAKEN;
    await keepAside(act, arrived, why);
    return ASIDE;
  });
}

/** The same in a transaction that took the letter already. `told`: its sender is told of it. */
export async function keepAside(
  act: Act,
  { channel, letter }: Arrived,
  why: AsideWhy,
  sender: { readonly told: boolean } = { told: false },
): Promise<void> {
  const told = why === 'flood' ? await tellOfFlood(act, letter.from.externalId) : sender.told;
  await act.tx`
    insert into aside (channel, space, sender, subject, body, why, told, at)
    values (${channel}, ${letter.from.space}, ${letter.from.externalId}, ${oneLine(letter.subject, 200)}, ${wordsIn(letter)}, ${why}, ${told}, ${act.at})`;
}

/** Whether the same words of the same sender were set aside before, for the same reason. */
export async function isAside(act: Act, { channel, letter }: Arrived, why: AsideWhy): Promise<boolean> {
  const { space, externalId } = letter.from;
  const found = await act.tx`
    select from aside where channel = ${channel} and space = ${space} and sender = ${externalId} and why = ${why}
      and body = ${wordsIn(letter)} limit 1`;
  return found.count > 0;
}

function wordsIn({ text }: Arrived['letter']): string {
  return clip(plain(text), WORDS);
}

/** Whether staff are told now: nobody has told them lately. */
async function tellOfFlood(act: Act, sender: string): Promise<boolean> {
  await act.tx`select pg_advisory_xact_lock(hashtext('letters set aside'))`;
  const told = await act.tx`
    select from aside where why = 'flood' and told and at > ${new Date(act.at.getTime() - TOLD_MS)} limit 1`;
  if (told.count > 0) return false;
  const { language } = act.policy.staff;
  const title = plain(act.phrases.say(language, 'letters-aside-title'));
  const text = act.phrases.say(language, 'letters-aside', { sender });
  await postSheets(act, { sheet: { mark: `✉ ${act.at.toISOString().slice(0, 16)}`, title, text } });
  return true;
}
