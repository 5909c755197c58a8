import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Handle } from '../actor.ts';
import type { InboundFile } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Values } from './model.ts';

/** A half-finished form. */
export interface Draft {
  readonly id: number;
  readonly handleId: number;
  readonly placeId: number | null;
  readonly values: Values;
  /** What the conversation asks now; null while it only keeps a text. */
  readonly step: string | null;
  readonly near: string | null;
  /** Files that came so far; they are fetched when the ticket is opened. */
  readonly files: readonly InboundFile[];
}

const columns = (tx: SqlRunner) =>
  tx`id, handle_id as "handleId", place_id as "placeId", values, step, near, files`;

/** Keeps a form of a channel whose windows forget what was typed. Returns its id. */
export async function keepDraft(
  act: Act,
  owner: Handle,
  values: Values,
  near: string | null,
): Promise<number> {
  const rows = await act.tx<{ id: number }[]>`
    insert into draft (handle_id, values, near, locale, updated_at)
    values (${owner.id}, ${JSON.stringify(values)}::jsonb, ${near}, ${owner.locale}, ${act.at}) returning id`;
  return (rows[0] as { id: number }).id;
}

/** Puts more into a draft. */
export async function changeDraft(act: Act, id: number, values: Values, step: string | null): Promise<void> {
  await act.tx`update draft set values = ${JSON.stringify(values)}::jsonb, step = ${step}, updated_at = ${act.at} where id = ${id}`;
}

/** Files that a draft keeps, at most: more than one message may have, so that those above can be named when it is sent. */
const FILES = 60;

/** Keeps the files that came with a form so far. */
export async function keepFiles(act: Act, id: number, files: readonly InboundFile[]): Promise<void> {
  if (files.length > 0)
    await act.tx`update draft set files = ${JSON.stringify(files.slice(0, FILES))}::jsonb where id = ${id}`;
}

/** Reads a person's own draft. Throws `Refusal` when it is finished, dropped, or somebody else's. */
export async function ownDraft(act: Act, owner: Handle, typed: string): Promise<Draft> {
  const id = /^\d{1,15}$/.test(typed) ? Number(typed) : 0;
  const rows = await act.tx<
    Draft[]
  >`select ${columns(act.tx)} from draft where id = ${id} and handle_id = ${owner.id} for update`;
  const draft = rows[0];
  if (draft === undefined) throw new Refusal('draft-gone');
  return draft;
}

/** The conversation under way in a person's chat. */
export async function draftAt(act: Act, placeId: number): Promise<Draft | undefined> {
  const rows = await act.tx<
    Draft[]
  >`select ${columns(act.tx)} from draft where place_id = ${placeId} for update`;
  return rows[0];
}

/** Begins a conversation in a person's chat, in place of one that only kept a text. */
export async function beginDraft(
  act: Act,
  owner: Handle,
  placeId: number,
  values: Values,
  step: string | null,
): Promise<Draft> {
  const rows = await act.tx<Draft[]>`
    insert into draft (handle_id, place_id, values, step, locale, updated_at)
    values (${owner.id}, ${placeId}, ${JSON.stringify(values)}::jsonb, ${step}, ${owner.locale}, ${act.at})
    on conflict (place_id) where place_id is not null do update set id = nextval('draft_id_seq'),
      handle_id = excluded.handle_id, values = excluded.values, files = '[]', step = excluded.step, updated_at = excluded.updated_at
    returning ${columns(act.tx)}`;
  return rows[0] as Draft;
}

/** Ends a draft: it became a ticket, or was cancelled. */
export async function endDraft(act: Act, id: number): Promise<void> {
  await act.tx`delete from draft where id = ${id}`;
}
