import { openDatabase } from '../../drizzle/database.ts';
import { startServer } from '../../drizzle/server.ts';

/** A small desk in a process of its own, for tests that kill it. It answers each line it keeps with `kept`. */
const log = { info: console.error, warn: console.error, error: console.error };
const server = await startServer({ dataDir: process.argv[2] ?? '', log });
const database = await openDatabase({ url: server.url, max: 1 });
await database.sql`create table if not exists note (id int generated always as identity, said text)`;
process.stdout.write(`${JSON.stringify({ url: server.url, pid: server.pid })}\n`);
for await (const said of process.stdin) {
  const answer = await database.sql`insert into note (said) values (${String(said).trim()})`.then(
    () => 'kept',
    error => `lost: ${error.message}`,
  );
  process.stdout.write(`${answer}\n`);
}
