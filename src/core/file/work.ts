import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { whyOf } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { withinMs } from '../within.ts';
import { finish } from './finish.ts';
import { forget, judge } from './judge.ts';
import { leaseFiles } from './lease.ts';
import type { FileOutcome, LeasedFile } from './model.ts';

/** Files under way at once, per channel. */
const AT_ONCE = 3;
/** The whole of one try, in ms of real time: below the lease. */
const TRY_MS = 280_000;
/** After an error of the desk or of the store, the next try is so much later, in ms. */
const AFTER_FAULT_MS = 30_000;
/** A stop waits this long, in ms, for files under way; what is not done by then is tried again at the next start. */
const STOP_MS = 5000;

/** Brings the files of messages here, judges and stores them. */
export interface FileWork {
  /** Takes up what is due, and does not wait for it: a slow platform holds up nothing else. The rounds call it. */
  round(): Promise<void>;
  /** Takes nothing new, and waits a little for what is under way. */
  stop(): Promise<void>;
}

/** @param pass passes on what is settled of a ticket; called in the transaction that settles a file, with the ticket locked */
export function createFileWork(ctx: Context, pass: (act: Act, ticketId: number) => Promise<void>): FileWork {
  const underWay = new Map<Promise<void>, string>();
  let stopped = false;
  let swept = false;
  let leasing: Promise<LeasedFile[]> | undefined;

  async function round(): Promise<void> {
    if (!swept) await sweep(ctx);
    swept = true;
    if (stopped || leasing !== undefined) return;
    const busy = [...underWay.values()];
    const free = [...ctx.channels.keys()].map(kind => [
      kind,
      AT_ONCE - busy.filter(one => one === kind).length,
    ]);
    leasing = leaseFiles(ctx, Object.fromEntries(free)).finally(() => {
      leasing = undefined;
    });
    for (const file of await leasing) {
      const work = carry(ctx, file, pass).finally(() => {
        underWay.delete(work);
        if (!stopped)
          void round().catch(error => ctx.log.error('files could not be looked for', { why: whyOf(error) }));
      });
      underWay.set(work, file.channel);
    }
  }

  return {
    round,
    async stop() {
      stopped = true;
      await leasing?.catch(() => undefined);
      await withinMs(
        Promise.all(underWay.keys()).then(() => undefined),
        STOP_MS,
        undefined,
      );
    },
  };
}

async function carry(
  ctx: Context,
  file: LeasedFile,
  pass: (act: Act, ticketId: number) => Promise<void>,
): Promise<void> {
  const again: FileOutcome = { state: 'waiting', afterMs: AFTER_FAULT_MS };
  const outcome = await withinMs(
    judge(ctx, file).catch((error): FileOutcome => {
      ctx.log.error('a file could not be judged or stored', { file: file.id, why: whyOf(error) });
      return again;
    }),
    TRY_MS,
    again,
  );
  try {
    await finish(ctx, file, outcome, pass);
    if (outcome.state !== 'held' && outcome.state !== 'waiting') await forget(ctx, file);
  } catch (error) {
    ctx.log.error('what became of a file could not be written down', { file: file.id, why: whyOf(error) });
  }
}

/** What a killed desk left half fetched, and what nobody waits for any more, goes at the first round. */
async function sweep(ctx: Context): Promise<void> {
  const names = await readdir(ctx.files.spool).catch((): string[] => []);
  if (names.length === 0) return;
  const rows = await ctx.database.sql<
    { id: number }[]
  >`select id from file where state in ('waiting', 'held')`;
  const wanted = new Set(rows.map(row => String(row.id)));
  for (const name of names.filter(one => !wanted.has(one)))
    await rm(join(ctx.files.spool, name), { force: true });
}
