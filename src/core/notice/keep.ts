import { type Act, type Context, transact } from '../context.ts';
import { readEnded } from './ended.ts';
import { tellConcerned } from './expand.ts';
import { planMissed, postMissed } from './missed.ts';
import type { NoticeRow, Stage } from './model.ts';
import { postSilence } from './news.ts';
import { lockNotice, readContent } from './read.ts';
import { isOver, stateAfter } from './rules/lifecycle.ts';
import { ownWindows } from './rules/own.ts';
import { isLate, windowOf } from './rules/steps.ts';

/** Steps that one round takes. */
const AT_ONCE = 20;
/** A step that failed is tried again after this, in ms; and so long it is waited before it is looked again who was not reached. */
const AGAIN_MS = 60_000;

/** Round: reminds, starts and ends notices when their time has come, and tells staff who was not reached. One that fails holds up no other. */
export function keepNotices(ctx: Context): () => Promise<void> {
  return async () => {
    const due = await ctx.database.sql<{ id: number; revision: number; stage: string }[]>`
      select notice_id as id, revision, stage from notice_step where done_at is null and due_at <= ${ctx.now()}
      order by due_at, notice_id limit ${AT_ONCE}`;
    for (const { id, revision, stage } of due) {
      try {
        await transact(ctx, { type: 'system' }, act => take(act, id, revision, stage));
      } catch (error) {
        ctx.log.error('a step of a notice could not be taken, it is tried again', {
          notice: id,
          stage,
          error: String(error),
        });
        await ctx.database.sql`
          update notice_step set due_at = ${new Date(ctx.now().getTime() + AGAIN_MS)}
          where notice_id = ${id} and revision = ${revision} and stage = ${stage} and done_at is null`;
      }
    }
  };
}

/** The notice is locked before the look: what was confirmed meanwhile has taken its steps away. */
async function take(act: Act, id: number, revision: number, stage: string): Promise<void> {
  const notice = await lockNotice(act, id);
  const [step] = await act.tx<{ dueAt: Date }[]>`
    select due_at as "dueAt" from notice_step where notice_id = ${id} and revision = ${revision} and stage = ${stage} and done_at is null and due_at <= ${act.at}`;
  if (notice === undefined || step === undefined) return;
  const again = await work(act, notice, revision, stage);
  await act.tx`
    update notice_step set due_at = ${again ?? step.dueAt}, done_at = ${again === undefined ? act.at : null}
    where notice_id = ${id} and revision = ${revision} and stage = ${stage}`;
}

/** Returns when it is to be taken again; undefined when it is done. */
async function work(act: Act, notice: NoticeRow, revision: number, stage: string): Promise<Date | undefined> {
  switch (stage) {
    case 'missed':
      return (await postMissed(act, notice, revision)) ? undefined : new Date(act.at.getTime() + AGAIN_MS);
    case 'news':
      return postSilence(act, notice);
    default:
      return go(act, notice, revision, stage as Stage);
  }
}

async function go(act: Act, notice: NoticeRow, revision: number, stage: Stage): Promise<undefined> {
  const content = await readContent(act.tx, notice.id, revision);
  if (content === undefined || notice.revision !== revision || isOver(notice.state)) return;
  if (isLate(stage, content, act.at)) return;
  const isEnd = stage.startsWith('finish');
  if (isEnd && stateAfter(notice.kind, notice.state, 'finish') === undefined) return;
  const ended = await readEnded(act.tx, notice.id);
  if (isEnd || (stage.startsWith('start:') && !ownWindows(content).has(windowOf(stage) ?? -1))) {
    const left = isEnd ? await endsLeft(act, notice.id, revision, stage) : 0;
    // The second night of several begins in what runs already, and what is over for some goes on for others.
    const next = left > 0 ? undefined : stateAfter(notice.kind, notice.state, isEnd ? 'finish' : 'start');
    await act.tx`
      update notice set state = ${next ?? notice.state}, edition = edition + ${next === undefined ? 0 : 1}, updated_at = ${act.at} where id = ${notice.id}`;
  }
  await tellConcerned(act, { id: notice.id, kind: notice.kind, revision, stage, content, ended });
  await planMissed(act, notice.id, revision);
}

/** Ends of a revision that are to come, besides this one. */
async function endsLeft(act: Act, id: number, revision: number, stage: Stage): Promise<number> {
  const left = await act.tx`
    select from notice_step where notice_id = ${id} and revision = ${revision} and stage like 'finish%' and stage <> ${stage} and done_at is null`;
  return left.count;
}
