import { handleOf } from '../actor.ts';
import type { Act } from '../context.ts';
import { dropOlder, keepHits, tellConcerned, tellThoseTold } from './expand.ts';
import { planMissed } from './missed.ts';
import type { NoticeFault, NoticeRow, Prepared } from './model.ts';
import { planNews } from './news.ts';
import { rackPlaces } from './racks.ts';
import { lockNotice, readNotice } from './read.ts';
import { faultsIn } from './rules/check.ts';
import { stateAfter } from './rules/lifecycle.ts';
import { stepsOf } from './rules/steps.ts';

/** What came of a confirmation. `again`: this edition was confirmed before; `changed`: it is not the newest, and nothing was done. */
export type NoticeConfirmed =
  | { readonly outcome: 'confirmed' | 'again'; readonly notice: NoticeRow }
  | { readonly outcome: 'changed'; readonly notice: NoticeRow }
  | { readonly outcome: 'refused'; readonly faults: readonly NoticeFault[] };

const NOBODY = { path: ['objects'], code: 'object-nobody', args: { value: 'all' } } as const;

/**
 * Sends what was prepared: the revision, whom it concerns and why, and what each contact is told are one transaction, so that a desk which
 * dies has either done all of it or nothing. Undefined when there is no such notice.
 *
 * @param edition the one that was seen: whoever has not seen the newest confirms nothing
 */
export async function confirmNotice(
  act: Act,
  id: number,
  edition: number,
): Promise<NoticeConfirmed | undefined> {
  const notice = await lockNotice(act, id);
  if (notice === undefined) return undefined;
  const { prepared } = notice;
  if (notice.edition !== edition || prepared === null) {
    const before = await act.tx`select from notice_revision where notice_id = ${id} and edition = ${edition}`;
    return { outcome: before.count > 0 ? 'again' : 'changed', notice };
  }
  const next = { ...notice, revision: notice.revision + 1 };
  const faults = faultsNow(act, notice, prepared);
  if (faults.length > 0) return { outcome: 'refused', faults };
  // Its servers may be gone since it was prepared: then nothing was written down.
  const concerned = prepared.move === 'cancel' ? 0 : await keepHits(act, next, prepared.content);
  if (concerned === 0 && !isLast(prepared)) return { outcome: 'refused', faults: [NOBODY] };
  await keepRevision(act, notice, prepared);
  await tell(act, next, prepared);
  return { outcome: 'confirmed', notice: (await readNotice(act.tx, id)) ?? notice };
}

/** What is over, or will not be, may concern nobody any more. */
function isLast({ move }: Pick<Prepared, 'move'>): boolean {
  return move === 'cancel' || move === 'resolve';
}

/** What was right when it was prepared may be in the past by now. */
function faultsNow(
  act: Act,
  { kind, state }: NoticeRow,
  { move, state: next, content }: Prepared,
): readonly NoticeFault[] {
  if (stateAfter(kind, state, move, next) === undefined) return [{ path: [], code: 'move', args: { state } }];
  if (isLast({ move })) return [];
  return faultsIn(kind, state, content, act.at).filter(({ code }) => code !== 'no-text');
}

async function keepRevision(act: Act, notice: NoticeRow, { move, state, content }: Prepared): Promise<void> {
  const { id, revision, edition } = notice;
  const racks = await rackPlaces(act, notice, content);
  await act.tx`
    insert into notice_revision (notice_id, revision, edition, move, state, content, racks, handle_id, at)
    values (${id}, ${revision + 1}, ${edition}, ${move}, ${state}, ${JSON.stringify(content)}::jsonb, ${JSON.stringify(racks)}::jsonb,
      ${handleOf(act.actor)}, ${act.at})`;
  await act.tx`
    update notice set revision = revision + 1, state = ${state}, prepared = null, edition = edition + 1, updated_at = ${act.at} where id = ${id}`;
}

async function tell(act: Act, notice: NoticeRow, { move, state, content }: Prepared): Promise<void> {
  const { id, revision, kind } = notice;
  await dropOlder(act, id, revision);
  await act.tx`delete from notice_step where notice_id = ${id} and done_at is null and stage <> 'missed'`;
  const telling = { id, kind, revision, stage: move };
  if (move === 'cancel') return tellThoseTold(act, telling);
  await tellConcerned(act, telling, content);
  await tellThoseTold(act, { ...telling, stage: 'withdrawn' });
  await planMissed(act, id, revision);
  if (move === 'resolve') return;
  if (kind === 'outage') await planNews(act, id, revision);
  for (const { stage, dueAt } of stepsOf(kind, state, content, act.at))
    await act.tx`
      insert into notice_step (notice_id, revision, stage, due_at) values (${id}, ${revision}, ${stage}, ${dueAt}) on conflict do nothing`;
}
