import type { Database } from './database.ts';

/** The database's time, read by the process without asking each time. */
export interface DatabaseClock {
  now(): Date;
  /** Measures anew how far the process is off. */
  sync(): Promise<void>;
}

/** A clock that follows the database server's. Measured once here; call `sync` now and then. */
export async function databaseClock({ sql }: Database): Promise<DatabaseClock> {
  // Monotonic: a step of the machine's clock must not silence the desk.
  const ticks = (): number => performance.timeOrigin + performance.now();
  let offset = 0;
  const clock = {
    now: () => new Date(Math.round(ticks() + offset)),
    async sync() {
      const before = ticks();
      const [row] = await sql<{ at: Date }[]>`select clock_timestamp() as at`;
      const middle = (before + ticks()) / 2;
      if (row !== undefined) offset = Math.round(row.at.getTime() - middle);
    },
  };
  await clock.sync();
  return clock;
}
