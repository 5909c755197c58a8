import type { Context } from '../context.ts';

/** The next look, in ms. */
const REST_MS = 60_000;
/** What nobody has sent along with words is dropped so long after it came, in ms: a bubble sends them at once, and without a connection it has brought nothing. */
const LEFT_MS = 3_600_000;

/** Round: drops what browsers have brought, once it was brought to the other files, or when nothing was ever said with it. */
export function dropOldUploads(ctx: Context): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = ctx.now().getTime();
    if (now < next) return;
    next = now + REST_MS;
    const { uploads } = ctx.files;
    const all = await uploads.list();
    if (all.length === 0) return;
    const rows = await ctx.database.sql<{ source: string; waits: boolean }[]>`
      select source, bool_or(state in ('waiting', 'held')) as waits from file
      where source = any(${all.map(({ id }) => id)}::text[]) group by source`;
    const known = new Map(rows.map(({ source, waits }) => [source, waits]));
    const isOver = ({ id, at }: (typeof all)[number]): boolean =>
      !(known.get(id) ?? now - at.getTime() <= LEFT_MS);
    await uploads.drop(all.filter(isOver).map(({ id }) => id));
  };
}
