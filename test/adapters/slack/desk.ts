/** A pretend core behind the real adapter, on the real wire of the pretend Slack. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSlackChannel } from '../../../src/adapters/slack/index.ts';
import type { Answer, Channel, FormView, Inbound, Log } from '../../../src/core/index.ts';
import { loadLocales } from '../../../src/core/index.ts';
import { type SlackOptions, type SlackSimulator, startSlack } from '../../../src/simulator/slack/index.ts';

export const phrases = loadLocales('locales');

export interface Desk {
  readonly sim: SlackSimulator;
  /** The adapter; another one after `restart`. */
  readonly channel: Channel;
  /** What the adapter handed to the core, oldest first. */
  readonly heard: Inbound[];
  readonly logged: string[];
  /** What the core says to the next events. */
  answer: (inbound: Inbound) => Answer | Promise<Answer>;
  readonly sink: (inbound: Inbound) => Promise<Answer>;
  /** Resolves with the next event that fits. */
  hears<T extends Inbound['type']>(type: T): Promise<Extract<Inbound, { type: T }>>;
  /** Begins with an adapter that remembers nothing. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function serve(channelNow: () => Channel, sink: Desk['sink']) {
  return createServer(async (request, response) => {
    const received = await channelNow().receive({
      headers: request.headers as Record<string, string | undefined>,
      body: await bodyOf(request),
      now: new Date(),
    });
    const answer = received.verified
      ? await received.respond(await Promise.all(received.inbound.map(sink)))
      : received.response;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
}

/** With `desk`, the staff's channel is one too; `wrap` puts something between the world and the adapter. */
export async function startDesk({
  desk: withDesk,
  wrap = channel => channel,
  ...options
}: SlackOptions & { desk?: boolean; wrap?: (channel: Channel) => Channel } = {}): Promise<Desk> {
  const sim = await startSlack({ rateLimits: false, ...options });
  const heard: Inbound[] = [];
  const logged: string[] = [];
  const waiting: ((inbound: Inbound) => void)[] = [];
  const line = (message: string, fields?: object): void =>
    void logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  const log: Log = { info: line, warn: line, error: line };
  const sink = async (inbound: Inbound): Promise<Answer> => {
    heard.push(inbound);
    const answer = await desk.answer(inbound);
    for (const wake of waiting) wake(inbound);
    return answer;
  };
  const create = (): Channel =>
    wrap(
      createSlackChannel({
        botToken: sim.botToken,
        ...(options.socketMode ? { appToken: sim.appToken } : { signingSecret: sim.signingSecret }),
        apiUrl: sim.url,
        socketsApartMs: 0,
        ...(withDesk && { deskChannelId: sim.deskChannelId }),
        log,
        now: () => new Date(),
        phrases,
      }),
    );
  let channel = create();
  const server = serve(() => channel, sink);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  if (!options.socketMode)
    sim.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/slack`);
  const desk: Desk = {
    sim,
    get channel() {
      return channel;
    },
    heard,
    logged,
    answer: () => ({ type: 'nothing' }),
    sink,
    hears: <T extends Inbound['type']>(type: T) =>
      new Promise<Extract<Inbound, { type: T }>>(resolve => {
        waiting.push(inbound => {
          if (inbound.type === type) resolve(inbound as Extract<Inbound, { type: T }>);
        });
      }),
    async restart() {
      channel = create();
    },
    async stop() {
      await sim.stop();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return desk;
}

/** A form of the kind that the core makes. */
export function form(over: Partial<FormView> = {}): FormView {
  return {
    page: 'all',
    draft: '',
    locale: 'en',
    title: 'New ticket',
    submit: 'Send',
    close: 'Cancel',
    fields: [
      {
        id: 'priority',
        kind: 'choice',
        label: 'Priority',
        required: true,
        maxLength: 100,
        options: [
          { value: 'regular', label: 'Regular' },
          { value: 'critical', label: 'Critical' },
        ],
        reshapes: true,
      },
      { id: 'subject', kind: 'text', label: 'Subject', hint: 'A few words', required: true, maxLength: 120 },
      { id: 'description', kind: 'multiline', label: 'What happens?', required: true, maxLength: 6000 },
    ],
    ...over,
  };
}

/** The same with the fields of a critical incident. */
export function criticalForm(over: Partial<FormView> = {}): FormView {
  const server = { id: 'server', kind: 'text', label: 'Server IP', required: false, maxLength: 100 } as const;
  return form({ fields: [...form().fields, server], ...over });
}
