import type { Context } from '../context.ts';
import { type Answered, noticeAnswered } from '../notice/index.ts';
import type { Arrived } from './model.ts';

/** Messages of ours that a letter answers, the nearest first, of which so many are looked at for a notice. */
const MOST = 5;

/** The notice that a letter answers, as whoever wrote it is known now. */
export async function noticeOf(ctx: Context, { channel, letter }: Arrived): Promise<Answered | undefined> {
  if (letter.answers.length === 0) return undefined;
  const { space, externalId, locale } = letter.from;
  const [known] = await ctx.database.sql<{ id: number; locale: string | null }[]>`
    select id, locale from handle where channel = ${channel} and space = ${space} and external_id = ${externalId}`;
  const speaks = ctx.phrases.match(locale ?? known?.locale ?? ctx.policy.desk.language);
  return noticeAnswered(
    ctx.database.sql,
    { handleId: known?.id ?? 0, locale: speaks },
    letter.answers.slice(0, MOST),
  );
}
