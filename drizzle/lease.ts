import { randomUUID } from 'node:crypto';
import type { Sql } from './database.ts';

/** The right to do something that only one process may do at a time. */
export interface Lease {
  /** Takes it, or keeps it, for so many ms; false while somebody else has it. Rejects when the database does not answer. */
  hold(ms: number): Promise<boolean>;
  /** Gives it back; whoever has it no longer changes nothing. */
  release(): Promise<void>;
}

/** A lease of that name for this process; its time is the database's. */
export function createLease(sql: Sql, name: string): Lease {
  const holder = randomUUID();
  return {
    async hold(ms) {
      const held = await sql`
        insert into lease (name, holder, until) values (${name}, ${holder}, clock_timestamp() + ${ms} * interval '1 ms')
        on conflict (name) do update set holder = excluded.holder, until = excluded.until
          where lease.holder = excluded.holder or lease.until <= clock_timestamp()`;
      return held.count === 1;
    },
    async release() {
      await sql`delete from lease where name = ${name} and holder = ${holder}`;
    },
  };
}
