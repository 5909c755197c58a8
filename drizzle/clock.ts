import type { Database } from './database.ts';

/** The database's time, read by the process without asking each time. */
export interface DatabaseClock {
  now(): Date;
  /** Measures anew how far the process is off. */
  sync(): Promise<void>;
}

/** A clock that follows the database server's. Measured once here; call `sync` now and then. */
export async function databaseClock({ sql }: Database): Promise<DatabaseClock> {
  let offset = 0;
  const clock = {
    now: () => new Date(Date.now() + offset),
    async sync() {
      const before = Date.now();
      const [row] = await sql<{ at: Date }[]>`select clock_timestamp() as at`;
      const middle = (before + Date.now()) / 2;
      if (row !== undefined) offset = Math.round(row.at.getTime() - middle);
    },
  };
  await clock.sync();
  return clock;
}
