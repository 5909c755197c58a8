import { type Act, type Context, transact } from '../context.ts';
import type { FileOutcome, LeasedFile } from './model.ts';

/**
 * Writes down what became of a try, gives the lease back, and passes on what is settled by it. Only the holder of the newest lease can;
 * a file that was dropped meanwhile stays dropped.
 */
export async function finish(
  ctx: Context,
  file: LeasedFile,
  outcome: FileOutcome,
  pass: (act: Act, ticketId: number) => Promise<void>,
): Promise<void> {
  await transact(ctx, { type: 'system' }, async act => {
    await act.tx`select from ticket where id = ${file.ticketId} for no key update`;
    const written = await write(act, file, outcome);
    if (written) await pass(act, file.ticketId);
    else await act.tx`update file set leased_until = null where id = ${file.id} and fence = ${file.fence}`;
  });
}

async function write(act: Act, file: LeasedFile, outcome: FileOutcome): Promise<boolean> {
  const facts = 'facts' in outcome ? outcome.facts : undefined;
  const final = outcome.state !== 'waiting' && outcome.state !== 'held';
  const runAt = new Date(act.at.getTime() + ('afterMs' in outcome ? outcome.afterMs : 0));
  const rows = await act.tx`
    update file set state = ${outcome.state}, why = ${'why' in outcome ? outcome.why : null}, late = ${!final},
      size = coalesce(${facts?.size ?? null}::bigint, size), sha256 = coalesce(${facts?.sha256 ?? null}, sha256),
      type = coalesce(${facts?.type ?? null}, type), safe_name = coalesce(${facts?.safeName ?? null}, safe_name),
      source = case when ${final} then null else source end, run_at = ${runAt}, leased_until = null
    where id = ${file.id} and fence = ${file.fence} and state in ('waiting', 'held')`;
  return rows.count === 1;
}
