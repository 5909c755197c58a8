/** The load, in a thread of its own: signed requests to the desk, over connections that stay open. */
import { createHmac, randomBytes } from 'node:crypto';
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { fill, type Submission } from './submission.ts';

/** What the thread is given. */
export interface LoadData {
  readonly url: string;
  readonly submission: Submission;
  readonly users: readonly string[];
}

/** As many as the desk takes with so many open at once, or so many a second whatever it takes. */
export type LoadQuestion =
  | { readonly kind: 'burst'; readonly count: number; readonly concurrency: number }
  | { readonly kind: 'steady'; readonly perSecond: number; readonly seconds: number };

/** How it went. */
export interface LoadAnswer {
  readonly ms: number;
  /** Of each request, in ms; of a steady one from the moment it was due, not from the moment it could be sent. */
  readonly latencies: readonly number[];
  /** What was answered when it was not the news of a ticket; empty when all is well. */
  readonly faults: readonly string[];
}

const { url, submission, users } = workerData as LoadData;
const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const run = randomBytes(4).toString('hex').toUpperCase();
let sent = 0;

/** Opens one ticket. Resolves with what is wrong with the answer, if anything. */
function submit(): Promise<string | undefined> {
  const number = sent++;
  const body = fill(submission, `V${run}${number}`, users[number % users.length] ?? '');
  const time = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', submission.secret).update(`v0:${time}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': time,
    'x-slack-signature': `v0=${signature}`,
  };
  return send(body, headers);
}

function send(body: string, headers: OutgoingHttpHeaders): Promise<string | undefined> {
  return new Promise(resolve => {
    const outgoing = request(url, { method: 'POST', agent, headers }, incoming => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => {
        const opened = incoming.statusCode === 200 && text.startsWith('{"response_action":"update"');
        resolve(opened ? undefined : `${incoming.statusCode} ${text.slice(0, 200)}`);
      });
    });
    // A connection that was idle for long may be closed by the desk as it is used again: nothing was read from it.
    outgoing.on('error', error => resolve(outgoing.reusedSocket ? send(body, headers) : String(error)));
    outgoing.end(body);
  });
}

async function burst(count: number, concurrency: number): Promise<LoadAnswer> {
  const latencies: number[] = [];
  const faults: string[] = [];
  let left = count;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const at = performance.now();
      const fault = await submit();
      latencies.push(performance.now() - at);
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { ms: performance.now() - began, latencies, faults };
}

async function steady(perSecond: number, seconds: number): Promise<LoadAnswer> {
  const latencies: number[] = [];
  const faults: string[] = [];
  const began = performance.now();
  const one = async (due: number): Promise<void> => {
    const fault = await submit();
    latencies.push(performance.now() - due);
    if (fault !== undefined) faults.push(fault);
  };
  const all = await new Promise<Promise<void>[]>(resolve => {
    const started: Promise<void>[] = [];
    const pump = (): void => {
      const passed = performance.now() - began;
      while (started.length < perSecond * seconds && (started.length * 1000) / perSecond <= passed)
        started.push(one(began + (started.length * 1000) / perSecond));
      if (started.length < perSecond * seconds) setTimeout(pump, 1);
      else resolve(started);
    };
    pump();
  });
  await Promise.all(all);
  return { ms: performance.now() - began, latencies, faults };
}

parentPort?.on('message', async (question: LoadQuestion) => {
  const answer =
    question.kind === 'burst'
      ? await burst(question.count, question.concurrency)
      : await steady(question.perSecond, question.seconds);
  parentPort?.postMessage({ ...answer, faults: answer.faults.slice(0, 20) } satisfies LoadAnswer);
});
