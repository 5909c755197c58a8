import type { Database } from '../../../drizzle/database.ts';

/** What stood in a file: of which kind, under which ref, on which line. */
export interface Mention {
  readonly kind: 'account' | 'contact' | 'service';
  readonly ref: string;
  readonly line: number;
}

/**
 * Keeps which refs a file has named so far, in a table that ends with the connection, so that memory does not grow with the file. The
 * database must have one connection.
 */
export interface Roll {
  /** Notes these, in the order of the file. Returns those that were named before, each with the line of the first time. */
  note(mentions: readonly Mention[]): Promise<ReadonlyMap<Mention, number>>;
  /** How many accounts the file did not name. */
  missing(): Promise<number>;
  /** Takes up to `limit` of them away. Returns how many. */
  removeMissing(limit: number): Promise<number>;
}

const keyOf = ({ kind, ref }: Mention): string => `${kind} ${ref}`;

/** Begins one. */
export async function openRoll({ sql }: Database): Promise<Roll> {
  await sql`create temporary table roll (kind text not null, ref text not null, line bigint not null, primary key (kind, ref))`;
  return {
    async note(mentions) {
      const repeats = new Map<Mention, number>();
      const fresh = new Map<string, Mention>();
      for (const mention of mentions) {
        const first = fresh.get(keyOf(mention));
        if (first === undefined) fresh.set(keyOf(mention), mention);
        else repeats.set(mention, first.line);
      }
      const rows = await sql<Mention[]>`
        with given as (select * from jsonb_to_recordset(${JSON.stringify([...fresh.values()])}::jsonb) as g(kind text, ref text, line bigint)),
        noted as (insert into roll select kind, ref, line from given on conflict do nothing)
        select kind, ref, roll.line from given join roll using (kind, ref)`;
      const earlier = new Map(rows.map(row => [keyOf(row), row.line]));
      for (const mention of mentions) {
        const line = earlier.get(keyOf(mention));
        if (line !== undefined) repeats.set(mention, line);
      }
      return repeats;
    },
    async missing() {
      const [row] = await sql<{ n: number }[]>`
        select count(*) as n from account a where not exists (select from roll where kind = 'account' and ref = a.ref)`;
      return row?.n ?? 0;
    },
    async removeMissing(limit) {
      const rows = await sql`
        delete from account where id in (select id from account a
          where not exists (select from roll where kind = 'account' and ref = a.ref) order by id limit ${limit})`;
      return rows.count;
    },
  };
}
