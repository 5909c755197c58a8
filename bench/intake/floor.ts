/** The floor, in a thread of its own: the desk's one statement, and nothing around it. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../drizzle/database.ts';
import { EVENT, PERSON, type Statement } from './model.ts';

/** What the thread is given. */
export interface FloorData {
  readonly url: string;
  readonly statement: Statement;
  readonly users: readonly string[];
}

/** So many statements with so many under way at once. */
export interface FloorQuestion {
  readonly count: number;
  readonly concurrency: number;
}

/** How long they took. */
export interface FloorAnswer {
  readonly ms: number;
}

const { url, statement, users } = workerData as FloorData;
const { strings, values } = statement;
const text = Object.assign([...strings], { raw: strings });
const { sql } = await openDatabase({ url, name: 'floor' });
let done = 0;

async function once(): Promise<void> {
  const number = done++;
  const given = values.map(value => {
    if (typeof value !== 'string') return value;
    return value.replace(EVENT, `view:V${number}:bench`).replace(PERSON, users[number % users.length] ?? '');
  });
  await sql(text, ...(given as string[]));
}

parentPort?.on('message', async ({ count, concurrency }: FloorQuestion) => {
  let left = count;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) await once();
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  parentPort?.postMessage({ ms: performance.now() - began } satisfies FloorAnswer);
});
