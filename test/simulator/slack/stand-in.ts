import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { SlackOptions, SlackSimulator } from '../../../src/simulator/slack/index.ts';
import { startSlack } from '../../../src/simulator/slack/index.ts';

/** One request that the stand-in for the desk received. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  /** Events as JSON, interactions as their payload, commands as their fields. */
  readonly body: Record<string, unknown>;
}

/** What the stand-in answers; `undefined` never answers. */
export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Record<string, string>;
}

function decode(raw: string): Record<string, unknown> {
  if (raw.startsWith('{')) return JSON.parse(raw);
  const form = Object.fromEntries(new URLSearchParams(raw));
  return form.payload ? JSON.parse(form.payload) : form;
}

/** A plain HTTP server in the desk's place: it records what comes and answers by script. */
export class StandIn {
  readonly received: Received[] = [];
  answer: (received: Received) => Answer | undefined | Promise<Answer | undefined> = () => ({});
  readonly #server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const received = { headers: incoming.headers, raw, body: decode(raw) };
      this.received.push(received);
      const answer = await this.answer(received);
      if (!answer) return;
      const type = answer.json === undefined ? 'text/plain' : 'application/json';
      outgoing.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
      outgoing.end(answer.json === undefined ? (answer.text ?? '') : JSON.stringify(answer.json));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hooks/slack`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  /** The inner events received, in order. */
  get events(): Record<string, unknown>[] {
    return this.received
      .filter(({ body }) => body.type === 'event_callback')
      .map(({ body }) => body.event as Record<string, unknown>);
  }

  /** The newest request of this kind: `command`, or the type of an interaction. Throws when there is none. */
  last(kind: string): Record<string, unknown> {
    const found = this.received.findLast(({ body }) =>
      kind === 'command' ? 'command' in body : body.type === kind,
    );
    if (!found) throw new Error(`The stand-in received no ${kind}`);
    return found.body;
  }
}

/** A clock that tests move. */
export class MovedClock {
  #now = Date.UTC(2026, 10, 22, 12, 0, 0);

  now(): number {
    return this.#now;
  }

  forward(ms: number): void {
    this.#now += ms;
  }
}

/** A pretend Slack with a stand-in desk and a real client. */
export interface Stage {
  readonly slack: SlackSimulator;
  readonly desk: StandIn;
  readonly client: WebClient;
  readonly clock: MovedClock;
  stop(): Promise<void>;
}

/** The SDKs write every refusal to the console; here refusals are what is tested. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** The real client as the desk sets it up: no retries of its own. */
export function clientFor(slack: SlackSimulator, token = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}

export async function stage(options: SlackOptions = {}): Promise<Stage> {
  const clock = new MovedClock();
  const desk = new StandIn();
  const requestUrl = await desk.start();
  const slack = await startSlack({ clock, requestUrl, ...options });
  const stop = async (): Promise<void> => {
    await slack.stop();
    await desk.stop();
  };
  return { slack, desk, client: clientFor(slack), clock, stop };
}

/** The platform's error code of a call that must be refused, with its messages. */
export async function refusal(call: Promise<unknown>): Promise<{ error: string; messages: string[] }> {
  try {
    await call;
  } catch (error) {
    const data = (error as { data?: { error?: string; response_metadata?: { messages?: string[] } } }).data;
    if (data?.error) return { error: data.error, messages: data.response_metadata?.messages ?? [] };
    throw error;
  }
  throw new Error('The call was not refused');
}
