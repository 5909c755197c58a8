import type { SqlRunner } from '../../../drizzle/database.ts';
import type { ChannelKind, Sender } from '../channel/index.ts';
import type { Context } from '../context.ts';

/** The language to speak to a sender: as the platform says now, else as it said before, else the desk's own. */
export async function languageOf(
  ctx: Context,
  run: SqlRunner,
  channel: ChannelKind,
  { space, externalId, locale }: Sender,
): Promise<string> {
  if (locale !== undefined) return ctx.phrases.match(locale);
  const rows = await run<{ locale: string | null }[]>`
    select locale from handle where channel = ${channel} and space = ${space} and external_id = ${externalId}`;
  return ctx.phrases.match(rows[0]?.locale ?? ctx.policy.desk.language);
}
