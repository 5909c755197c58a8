import { createHash } from 'node:crypto';
import type { Log } from '../log.ts';
import { withinMs } from '../within.ts';
import type { Keepsake, Snapshot } from './model.ts';

/** What was read is good for so long, in ms, whoever asks. */
const FRESH_MS = 3_000;
/** Nobody waits longer for the database, in ms. */
const PATIENCE_MS = 1_500;
/** Without readers it is read this often, in ms, so that what is last known is not old. */
const LEAST_MS = 30_000;
/** Unchanged, it is written down again only after this, in ms. */
const REWRITE_MS = 60_000;

/** What is shown: the same object for all who ask within some seconds. */
export interface Held {
  readonly snapshot: Snapshot;
  /** The time for which it is shown. */
  readonly now: Date;
  /** It could not be read anew: how it was then is all that is known. */
  readonly isLast: boolean;
}

/** A snapshot that many can ask for. */
export interface Hold {
  /** Undefined only when nothing was ever known. Never rejects. */
  current(): Promise<Held | undefined>;
  /** Reads when it was long not read. */
  round(): Promise<void>;
  /** Ends when what is being written down is written. */
  stop(): Promise<void>;
}

/** What a hold needs. */
export interface HoldParts {
  readonly read: () => Promise<Snapshot>;
  /** Absent: what was known is lost at a restart. */
  readonly keepsake: Keepsake | undefined;
  readonly now: () => Date;
  readonly log: Log;
}

/** Tells files of this form from those of another. */
const FORM = 1;

/**
 * Reads once for all who ask, at most every few seconds. When the database is away or slow, everybody gets what was last known, marked as
 * that, and nobody waits for more than the first one did.
 */
export function createHold({ read, keepsake, now, log }: HoldParts): Hold {
  let held: Held | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let known: Snapshot | undefined;
  let flight: Promise<boolean> | undefined;
  let isSlow = false;
  const keep = keeper(keepsake, log);

  const age = (): number => Math.abs(now().getTime() - lookedAt);
  const hold = (snapshot: Snapshot, isLast: boolean): void => {
    if (isLast && held?.isLast !== true)
      log.warn('the status page shows what was last known', { as_of: snapshot.readAt });
    held = { snapshot, now: now(), isLast };
    lookedAt = held.now.getTime();
  };
  const begin = (): Promise<boolean> =>
    read()
      .then(
        snapshot => {
          known = snapshot;
          hold(snapshot, false);
          keep.write(snapshot, now().getTime());
          return true;
        },
        () => false,
      )
      .finally(() => {
        flight = undefined;
        isSlow = false;
      });
  const current = async (): Promise<Held | undefined> => {
    if (held !== undefined && age() < FRESH_MS) return held;
    if (!isSlow) {
      flight ??= begin();
      const isRead = await withinMs<boolean | undefined>(flight, PATIENCE_MS, undefined);
      if (isRead) return held;
      isSlow = isRead === undefined && flight !== undefined;
    }
    known ??= await keep.read();
    if (known !== undefined && age() >= FRESH_MS) hold(known, true);
    return held;
  };
  return {
    current,
    async round() {
      if (age() >= LEAST_MS) await current();
    },
    stop: keep.stop,
  };
}

/** Writes a snapshot down without being waited for. */
function keeper(keepsake: Keepsake | undefined, log: Log) {
  let written: { readonly digest: string; readonly at: number } | undefined;
  let writing: Promise<void> | undefined;
  return {
    write(snapshot: Snapshot, at: number): void {
      if (keepsake === undefined || writing !== undefined) return;
      const { readAt: _, ...rest } = snapshot;
      const digest = createHash('sha256').update(JSON.stringify(rest)).digest('base64');
      if (written?.digest === digest && Math.abs(at - written.at) < REWRITE_MS) return;
      writing = keepsake
        .write(JSON.stringify({ form: FORM, snapshot }))
        .then(
          () => {
            written = { digest, at };
          },
          (error: unknown) =>
            log.warn('the state for the status page cannot be kept in a file', { error: String(error) }),
        )
        .finally(() => {
          writing = undefined;
        });
    },
    async stop(): Promise<void> {
      await writing;
    },
    async read(): Promise<Snapshot | undefined> {
      try {
        const kept = JSON.parse((await keepsake?.read()) ?? '{}') as { form?: unknown; snapshot: Snapshot };
        return kept.form === FORM ? kept.snapshot : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
