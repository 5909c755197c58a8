import type { Log } from '../../../core/index.ts';
import type { Resolve } from './authenticate.ts';
import type { Handover, Question, ReadMail } from './model.ts';
import { beginThread, machineResolver, type Thread } from './thread.ts';

/** Reads mails in a thread of its own, bounded in time and memory. */
export interface MailReader {
  /** The mail; undefined for what cannot be read. Rejects only when the reader is closed. */
  read(raw: Uint8Array, handover: Handover, authservId?: string): Promise<ReadMail | undefined>;
  /** The bytes of one of its files. */
  part(raw: Uint8Array, index: number): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** One mail gets this long, in ms; its lookups have to end before that. */
const MAIL_MS = 20_000;
/** The thread gets this long, in ms, to begin. */
const START_MS = 30_000;
/** With nothing to read for so long, in ms, the thread ends and gives its memory back. */
const IDLE_MS = 60_000;
/** Mails that are in the thread at once: some wait for DNS. One that hangs takes the others along, which are then read again, alone. */
const AT_ONCE = 8;

interface Job {
  readonly question: Question;
  readonly done: (found: unknown) => void;
  readonly fail: (error: Error) => void;
  /** When it has to be done, in ms of `performance.now()`; as long as it waits, never. */
  until: number;
  /** It was under way when the thread died, so it is tried alone. */
  alone: boolean;
}

/** Makes a reader; the thread begins with the first mail. */
export function createReader(log: Log, resolve?: Resolve, mailMs = MAIL_MS): MailReader {
  const queue = new Queue(log, resolve ?? machineResolver(), mailMs);
  return {
    read: (raw, handover, authservId) =>
      queue.ask({ what: 'read', raw, handover, ...(authservId !== undefined && { authservId }) }),
    part: (raw, index) => queue.ask({ what: 'part', raw, index }),
    close: () => queue.close(),
  };
}

/** Mails that wait, and the thread that reads them. */
class Queue {
  readonly #log: Log;
  readonly #resolve: Resolve;
  readonly #mailMs: number;
  readonly #waiting: Job[] = [];
  readonly #underWay = new Map<number, Job>();
  #thread: Thread | undefined;
  #ready = false;
  #timer: NodeJS.Timeout | undefined;
  #ids = 0;
  #closed = false;

  constructor(log: Log, resolve: Resolve, mailMs: number) {
    this.#log = log;
    this.#resolve = resolve;
    this.#mailMs = mailMs;
  }

  ask<T>(question: Question): Promise<T | undefined> {
    if (this.#closed) return Promise.reject(new Error('the reader of mail is closed'));
    return new Promise((resolve, reject) => {
      const done = (found: unknown): void => resolve(found as T | undefined);
      this.#waiting.push({ question, done, fail: reject, until: Number.POSITIVE_INFINITY, alone: false });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const job of [...this.#waiting.splice(0), ...this.#underWay.values()])
      job.fail(new Error('the desk stops'));
    await this.#thread?.end();
  }

  #next(): void {
    while (this.#mayBegin()) {
      const job = this.#waiting.shift() as Job;
      this.#ids += 1;
      job.until = performance.now() + (this.#ready ? this.#mailMs : START_MS);
      this.#underWay.set(this.#ids, job);
      this.#thread ??= this.#begin();
      this.#thread.ask(this.#ids, job.question);
    }
    this.#setTimer();
  }

  #mayBegin(): boolean {
    const [job] = this.#waiting;
    if (job === undefined || this.#closed || this.#underWay.size >= AT_ONCE) return false;
    return ![...this.#underWay.values()].some(one => one.alone) && !(job.alone && this.#underWay.size > 0);
  }

  #begin(): Thread {
    this.#ready = false;
    const thread = beginThread(this.#resolve, {
      ready: () => this.#isReady(),
      answered: (id, found) => {
        this.#underWay.get(id)?.done(found);
        this.#underWay.delete(id);
        this.#next();
      },
      ended: error => {
        this.#log.warn('mail: the thread that reads has ended', { error: error.name });
        if (this.#thread === thread) this.#died();
      },
    });
    return thread;
  }

  /** What the thread takes to begin is no mail's fault. */
  #isReady(): void {
    this.#ready = true;
    for (const job of this.#underWay.values()) job.until = performance.now() + this.#mailMs;
    this.#setTimer();
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    if (this.#thread === undefined || this.#closed) return;
    const first = Math.min(...[...this.#underWay.values()].map(({ until }) => until));
    const ms = this.#underWay.size > 0 ? Math.max(0, first - performance.now()) : IDLE_MS;
    this.#timer = setTimeout(() => (this.#underWay.size > 0 ? this.#died() : this.#end()), ms);
    this.#timer.unref();
  }

  #end(): void {
    void this.#thread?.end();
    this.#thread = undefined;
  }

  /** What was alone in the thread is what it died of; of several each is tried alone. */
  #died(): void {
    const lost = [...this.#underWay.values()];
    this.#underWay.clear();
    this.#end();
    if (lost.length === 1) lost[0]?.done(undefined);
    else this.#waiting.unshift(...lost.map(job => Object.assign(job, { alone: true })));
    this.#next();
  }
}
