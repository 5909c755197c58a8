import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Work in a thread of its own; one question at a time. */
export interface Helper<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  stop(): Promise<unknown>;
}

/** Starts `file` with `data`. It has to answer each message with one. */
export function startHelper<Question, Answer>(file: URL, data: unknown): Helper<Question, Answer> {
  const worker = new Worker(file, { workerData: data });
  return {
    async ask(question) {
      // A failure of the worker is an `error` event, which rejects what `once` waits for.
      const answered = once(worker, 'message');
      worker.postMessage(question);
      const [answer] = await answered;
      return answer as Answer;
    },
    stop: () => worker.terminate(),
  };
}
