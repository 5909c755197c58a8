/** The load, in a thread of its own: mails as a mail server hands them on, over connections that stay open. */
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { mailOf } from './mails.ts';

/** What the thread is given. */
export interface MailLoad {
  readonly url: string;
  readonly secret: string;
}

/** So many mails, with so many under way at once. */
export interface MailQuestion {
  readonly count: number;
  readonly concurrency: number;
}

/** How it went. */
export interface MailAnswer {
  readonly ms: number;
  /** What was answered when it was not 200. */
  readonly faults: readonly string[];
}

const { url, secret } = workerData as MailLoad;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
let sent = 0;

function bring(): Promise<string | undefined> {
  sent += 1;
  const body = mailOf(sent);
  const headers = {
    authorization: `Bearer ${secret}`,
    'content-type': 'message/rfc822',
    'content-length': body.length,
  };
  return new Promise(resolve => {
    const outgoing = request(url, { method: 'POST', agent, headers }, incoming => {
      incoming.resume();
      incoming.on('end', () =>
        resolve(incoming.statusCode === 200 ? undefined : String(incoming.statusCode)),
      );
    });
    outgoing.on('error', error => resolve(error.message));
    outgoing.end(body);
  });
}

parentPort?.on('message', async ({ count, concurrency }: MailQuestion) => {
  const began = performance.now();
  const faults: string[] = [];
  let left = count;
  const hand = async (): Promise<void> => {
    while (left-- > 0) {
      const fault = await bring();
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, hand));
  parentPort?.postMessage({ ms: performance.now() - began, faults } satisfies MailAnswer);
});
