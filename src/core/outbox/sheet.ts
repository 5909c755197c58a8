import type { Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { oneLine } from '../text/index.ts';
import type { Sheet } from './model.ts';

/** The sheet of a desk post: what the delivery that made the post says. Undefined for a ticket's post. */
export async function sheetOf(ctx: Context, placeId: number): Promise<Sheet | undefined> {
  const [row] = await ctx.database.sql<{ sheet: Sheet }[]>`
    select content -> 'sheet' as sheet from delivery
    where place_id = ${placeId} and kind = 'desk-post' and content ? 'sheet' order by seq limit 1`;
  return row?.sheet;
}

/** The head of a post that is about no ticket. Throws when it is about one. */
export async function sheetCard(ctx: Context, placeId: number, id: string): Promise<Card> {
  const sheet = await sheetOf(ctx, placeId);
  if (sheet === undefined) throw new Error('a desk post needs a ticket or a sheet');
  const { mark, title, text } = sheet;
  return {
    id,
    mark,
    title: oneLine(`${mark} ${title}`, 80),
    state: '',
    tags: [],
    vocabulary: [],
    lines: [],
    body: text,
    buttons: [],
    hint: '',
    urgent: false,
  };
}
