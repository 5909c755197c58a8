import { handleOf } from '../actor.ts';
import type { Act } from '../context.ts';
import { readEnded } from './ended.ts';
import { dropOlder, keepHits, tellConcerned, tellThoseTold } from './expand.ts';
import { planMissed } from './missed.ts';
import type { NoticeContent, NoticeFault, NoticeRow, Prepared } from './model.ts';
import { planNews } from './news.ts';
import { rackPlaces } from './racks.ts';
import { lockNotice, readContent, readNotice } from './read.ts';
import { faultsIn } from './rules/check.ts';
import { stateAfter } from './rules/lifecycle.ts';
import { type Numbered, nextNumbers } from './rules/numbers.ts';
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
  const sent = await readContent(act.tx, id, notice.revision);
  const faults = faultsNow(act, notice, prepared, sent);
  if (faults.length > 0) return { outcome: 'refused', faults };
  // Its servers may be gone since it was prepared: then nothing was written down.
  const concerned = prepared.move === 'cancel' ? 0 : await keepHits(act, next, prepared.content);
  if (concerned === 0 && !isLast(prepared)) return { outcome: 'refused', faults: [NOBODY] };
  await keepRevision(act, notice, prepared);
  await tell(act, next, prepared, sent);
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
  sent: NoticeContent | undefined,
): readonly NoticeFault[] {
  if (stateAfter(kind, state, move, next) === undefined) return [{ path: [], code: 'move', args: { state } }];
  if (isLast({ move })) return [];
  return faultsIn(kind, state, content, act.at, sent).filter(({ code }) => code !== 'no-text');
}

async function keepRevision(act: Act, notice: NoticeRow, { move, state, content }: Prepared): Promise<void> {
  const { id, revision, edition } = notice;
  const racks = await rackPlaces(act, notice, content);
  const said = await act.tx<Numbered[]>`
    select content, numbers from notice_revision where notice_id = ${id} order by revision`;
  const numbers = nextNumbers(content, said);
  await act.tx`
    insert into notice_revision (notice_id, revision, edition, move, state, content, racks, numbers, handle_id, at)
    values (${id}, ${revision + 1}, ${edition}, ${move}, ${state}, ${JSON.stringify(content)}::jsonb, ${JSON.stringify(racks)}::jsonb, ${JSON.stringify(numbers)}::jsonb,
      ${handleOf(act.actor)}, ${act.at})`;
  await act.tx`
    update notice set revision = revision + 1, state = ${state}, prepared = null, edition = edition + 1, updated_at = ${act.at} where id = ${id}`;
}

/** `notice` has the state in which it stood, and the new revision. */
async function tell(
  act: Act,
  notice: NoticeRow,
  { move, state, content }: Prepared,
  sent: NoticeContent | undefined,
): Promise<void> {
  const { id, revision, kind } = notice;
  await act.tx`delete from notice_step where notice_id = ${id} and done_at is null and stage <> 'missed'`;
  const telling = { id, kind, revision, stage: move };
  if (move === 'cancel') {
    await dropOlder(act, id, revision);
    return tellThoseTold(act, telling);
  }
  const ended = await readEnded(act.tx, id);
  const before = sent && { revision: revision - 1, state: notice.state, content: sent };
  await tellConcerned(act, { ...telling, content, ended, state, ...(before && { before }) });
  // Whoever waits for an older word was told: that one is dropped only now.
  await dropOlder(act, id, revision);
  await tellThoseTold(act, { ...telling, stage: 'withdrawn' });
  await planMissed(act, id, revision);
  if (move === 'resolve') return;
  if (kind === 'outage') await planNews(act, id, revision);
  for (const { stage, dueAt } of stepsOf(kind, state, content, act.at, ended))
    await act.tx`
      insert into notice_step (notice_id, revision, stage, due_at) values (${id}, ${revision}, ${stage}, ${dueAt}) on conflict do nothing`;
}
