/** The thread that reads mail: whatever is in one, only this thread hangs or dies of it. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Question } from './model.ts';
import { readMail, readPart } from './parse.ts';

const port = parentPort as MessagePort;

/** What the desk tells: a mail, or what DNS said. */
export type ToReader =
  | { readonly id: number; readonly question: Question }
  | { readonly lookup: number; readonly records: string[][] | string[] }
  | { readonly lookup: number; readonly code: string };

/** What the thread tells: what it found, that it could not, a name that it wants looked up, or that it is there. */
export type FromReader =
  | { readonly id: number; readonly found: unknown }
  | { readonly id: number; readonly fault: string }
  | { readonly ready: true }
  | { readonly lookup: number; readonly name: string; readonly type: string };

port.postMessage({ ready: true } satisfies FromReader);

const asked = new Map<number, PromiseWithResolvers<string[][] | string[]>>();
let lookups = 0;

function resolve(name: string, type: string): Promise<string[][] | string[]> {
  const wait = Promise.withResolvers<string[][] | string[]>();
  lookups += 1;
  asked.set(lookups, wait);
  port.postMessage({ lookup: lookups, name, type } satisfies FromReader);
  return wait.promise;
}

port.on('message', (told: ToReader) => {
  if ('lookup' in told) {
    const wait = asked.get(told.lookup);
    asked.delete(told.lookup);
    if ('records' in told) wait?.resolve(told.records);
    else wait?.reject(Object.assign(new Error(told.code), { code: told.code }));
    return;
  }
  const { id, question } = told;
  void (question.what === 'read' ? readMail(question, resolve) : readPart(question)).then(
    found => port.postMessage({ id, found } satisfies FromReader),
    (error: unknown) =>
      port.postMessage({ id, fault: error instanceof Error ? error.name : 'unknown' } satisfies FromReader),
  );
});
