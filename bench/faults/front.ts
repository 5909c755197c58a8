import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { TOKEN } from './model.ts';

/** What happens to the next event, or mail, on its way to the desk: it comes twice, it comes late, or its answer is lost. */
export type Mishap = 'twice' | 'late' | 'answer-lost';

/** What comes this way. */
export type Comes = 'event' | 'mail';

/** Stands before the desk where Slack sends its events and mail is brought: keeps what was acknowledged to Slack, and does harm. */
export interface Front {
  readonly url: string;
  /** Token → when the platform had a 200 for the event that carries it. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Lies in wait for the next event of Slack, or mail. */
  lay(mishap: Mishap, what?: Comes): void;
  close(): Promise<void>;
}

/** How late an event is, in ms of real time: others pass it, and it is still within the platform's three seconds. */
const LATE_MS = 700;

/** Opens one before `port`. */
export async function openFront(port: number, now: () => number): Promise<Front> {
  const acknowledged = new Map<string, number>();
  const waiting: Record<Comes, Mishap[]> = { event: [], mail: [] };

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const what = whatIs(incoming.url, body);
    const mishap = what && waiting[what].shift();
    if (mishap === 'late') await delay(LATE_MS);
    const answers = [await forward(port, incoming, body)];
    if (mishap === 'twice') answers.push(await forward(port, incoming, body));
    const [answer] = answers;
    if (answer === undefined || mishap === 'answer-lost') return void outgoing.destroy();
    if (what === 'event' && answer.status === 200)
      for (const [token] of body.matchAll(TOKEN))
        if (!acknowledged.has(token)) acknowledged.set(token, now());
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    acknowledged,
    lay: (mishap, what = 'event') => void waiting[what].push(mishap),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Other requests of Slack pass as they are. */
function whatIs(path = '', body: string): Comes | undefined {
  if (path.startsWith('/hooks/email')) return 'mail';
  return body.startsWith('{') ? 'event' : undefined;
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

interface Passed {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Undefined when the desk is not there, or goes away over it. */
function forward(
  port: number,
  { url, method, headers }: IncomingMessage,
  body: string,
): Promise<Passed | undefined> {
  return new Promise(resolve => {
    const onward = request({ host: '127.0.0.1', port, path: url, method, headers, agent: false }, answer => {
      const type = answer.headers['content-type'];
      textOf(answer).then(
        text =>
          resolve({
            status: answer.statusCode ?? 500,
            headers: type === undefined ? {} : { 'content-type': type },
            body: text,
          }),
        () => resolve(undefined),
      );
    });
    onward.on('error', () => resolve(undefined));
    onward.end(body);
  });
}
