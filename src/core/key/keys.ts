import type { Database, SqlRunner } from '../../../drizzle/database.ts';
import type { KeyView, Scope } from './model.ts';
import { hashOf, hintOf, newSecret } from './secret.ts';

/** The keys of the provider's own programs. */
export interface Keys {
  /** Makes one. The secret is told here once, and kept nowhere. */
  create(name: string, scopes: readonly Scope[]): Promise<{ readonly key: KeyView; readonly secret: string }>;
  list(): Promise<KeyView[]>;
  /** From now on it opens nothing. Undefined when there is no such key; one that was revoked stays so. */
  revoke(id: number): Promise<KeyView | undefined>;
  /** The key with this secret; undefined for every other text, and for one that was revoked. */
  find(secret: string): Promise<KeyView | undefined>;
}

const columns = (sql: SqlRunner) =>
  sql`id, name, hint, scopes, created_at as "createdAt", revoked_at as "revokedAt"`;

/** Keys over a database. */
export function createKeys({
  database: { sql },
  now,
}: {
  readonly database: Database;
  readonly now: () => Date;
}): Keys {
  return {
    async create(name, scopes) {
      const secret = newSecret();
      const rows = await sql<KeyView[]>`
        insert into api_key (name, hint, sha256, scopes, created_at)
        values (${name}, ${hintOf(secret)}, ${hashOf(secret) ?? null}, ${[...scopes]}, ${now()}) returning ${columns(sql)}`;
      return { key: rows[0] as KeyView, secret };
    },
    list: async () => sql<KeyView[]>`select ${columns(sql)} from api_key order by id`,
    async revoke(id) {
      const rows = await sql<KeyView[]>`
        update api_key set revoked_at = coalesce(revoked_at, ${now()}) where id = ${id} returning ${columns(sql)}`;
      return rows[0];
    },
    async find(secret) {
      const hash = hashOf(secret);
      if (hash === undefined) return undefined;
      // By its hash: how long that takes says nothing of the secret, because nobody can choose a hash byte by byte.
      const rows = await sql<KeyView[]>`
        select ${columns(sql)} from api_key where sha256 = ${hash} and revoked_at is null`;
      return rows[0];
    },
  };
}
