import { openDatabase } from '../../drizzle/database.ts';
import { migrate } from '../../drizzle/migrate.ts';

/** A new database on a server, with the desk's tables and nothing in them. Resolves with its address. */
export async function makeDatabase(serverUrl: string, name: string): Promise<string> {
  const admin = await openDatabase({ url: serverUrl, max: 1 });
  await admin.sql.unsafe(`create database ${name}`);
  await admin.close();
  const url = new URL(serverUrl);
  url.pathname = name;
  const made = await openDatabase({ url: url.href, max: 1 });
  await migrate(made.sql);
  await made.close();
  return url.href;
}
