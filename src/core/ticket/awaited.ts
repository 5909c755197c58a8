import type { MessageRef } from '../channel/index.ts';
import type { Act } from '../context.ts';

/** What became of a message before it came itself. */
export interface Awaited {
  readonly version: number;
  /** The newest text; null when nothing but a deletion came. */
  readonly body: string | null;
  /** One of its texts was a note. */
  readonly noted: boolean;
  readonly deleted: boolean;
}

/** Keeps an edit or a deletion until its message comes, at most an hour (`tidy-up`): of two edits the newer, and a deletion for good. */
export async function awaitMessage(
  act: Act,
  placeId: number,
  ref: MessageRef,
  { version, body, noted, deleted }: Awaited,
): Promise<void> {
  await act.tx`
    insert into awaited (place_id, ref, version, body, noted, deleted, at)
    values (${placeId}, ${ref}, ${version}, ${deleted ? null : body}, ${noted}, ${deleted}, ${act.at})
    on conflict (place_id, ref) do update set
      version = greatest(awaited.version, excluded.version),
      body = case when awaited.deleted or excluded.deleted then null
        when excluded.version > awaited.version then excluded.body else awaited.body end,
      noted = awaited.noted or excluded.noted,
      deleted = awaited.deleted or excluded.deleted,
      at = excluded.at`;
}

/** What became of a message before it came; undefined when nothing did. A deletion stays known, for what may still come of it. */
export async function awaitedOf(act: Act, placeId: number, ref: MessageRef): Promise<Awaited | undefined> {
  const rows = await act.tx<Awaited[]>`
    select version, body, noted, deleted from awaited where place_id = ${placeId} and ref = ${ref}`;
  return rows[0];
}
