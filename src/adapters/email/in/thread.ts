import { Resolver } from 'node:dns/promises';
import { Worker } from 'node:worker_threads';
import type { Resolve } from './authenticate.ts';
import type { Question } from './model.ts';
import type { FromReader, ToReader } from './worker.ts';

/** DNS gets this long, in ms, in all tries for one name. */
const LOOKUP_MS = 4000;
/** Memory of the thread besides the mail itself, in MB. */
const HEAP_MB = 192;

/** What is told of a thread. */
export interface ThreadEvents {
  ready(): void;
  /** `found` is undefined for what cannot be read. */
  answered(id: number, found: unknown): void;
  ended(error: Error): void;
}

/** A thread that reads. */
export interface Thread {
  ask(id: number, question: Question): void;
  end(): Promise<unknown>;
}

/** Begins a thread, with its bounds; what it wants of DNS is looked up for it. */
export function beginThread(resolve: Resolve, events: ThreadEvents): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    env: {},
    stdout: true,
    stderr: true,
  });
  const tell = (told: ToReader): void => worker.postMessage(told);
  worker.on('message', (told: FromReader) => {
    if ('ready' in told) events.ready();
    else if ('lookup' in told)
      void resolve(told.name, told.type).then(
        records => tell({ lookup: told.lookup, records }),
        (error: unknown) => tell({ lookup: told.lookup, code: codeOf(error) }),
      );
    else events.answered(told.id, 'found' in told ? told.found : undefined);
  });
  worker.on('error', events.ended);
  worker.unref();
  return { ask: (id, question) => tell({ id, question }), end: () => worker.terminate() };
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'ESERVFAIL';
}

/** The machine's own resolver, which does not wait for ever. */
export function machineResolver(): Resolve {
  const dns = new Resolver({ timeout: LOOKUP_MS / 2, tries: 2 });
  return (name, type) => dns.resolve(name, type) as Promise<string[][] | string[]>;
}
