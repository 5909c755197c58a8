import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Context } from '../context.ts';
import { hashOf, type Terms } from '../sla/index.ts';

/** Terms never change under their hash, so what was read once is kept; a desk has a new one for each change of its policy. */
const known = new Map<string, Terms>();

/** The terms behind hashes that a ticket's events name. One that is nowhere is taken for those of today. */
export async function termsBehind(
  ctx: Context,
  run: SqlRunner,
  hashes: readonly string[],
): Promise<(hash: string) => Terms> {
  const today = ctx.policy.terms;
  known.set(hashOf(today), today);
  const missing = [...new Set(hashes)].filter(hash => !known.has(hash));
  if (missing.length > 0) {
    const rows = await run<{ hash: string; content: Terms }[]>`
      select hash, content from terms where hash = any(${missing}::text[])`;
    for (const { hash, content } of rows) known.set(hash, content);
  }
  return hash => known.get(hash) ?? today;
}
