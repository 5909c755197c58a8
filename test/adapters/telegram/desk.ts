/** A pretend core behind the real adapter, on the real wire of the pretend Telegram. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTelegramChannel, type TelegramConfig } from '../../../src/adapters/telegram/index.ts';
import type { Answer, Channel, Inbound, Log, Outbound } from '../../../src/core/index.ts';
import { loadLocales } from '../../../src/core/index.ts';
import {
  startTelegram,
  type TelegramOptions,
  type TelegramSimulator,
} from '../../../src/simulator/telegram/index.ts';
import type { GroupSpec } from '../../../src/simulator/telegram/world.ts';

export const phrases = loadLocales('locales');
export const SECRET = 'a-secret_of-the-desk';

export interface Desk {
  readonly sim: TelegramSimulator;
  readonly channel: Channel;
  /** The id of the staff's group, or empty. */
  readonly group: string;
  /** What the adapter handed to the core and the core stored, oldest first. */
  readonly heard: Inbound[];
  readonly logged: string[];
  /** The waits that the adapter asked for, in milliseconds; they end at once. */
  readonly pauses: number[];
  /** What the core says to the next events; throw for a database that is down. */
  answer: (inbound: Inbound) => Answer;
  /** Resolves once so many events were stored. */
  hears(count: number): Promise<readonly Inbound[]>;
  /** Resolves once a line of the log fits. */
  logs(what: string): Promise<void>;
  /** Resolves once the API has answered so many calls of a method, for example `/getMe`. */
  calls(path: string, count: number): Promise<void>;
  listens(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeskOptions extends TelegramOptions {
  readonly webhook?: boolean;
  /** The staff's group; the channel is its desk. */
  readonly group?: GroupSpec;
  readonly config?: Partial<TelegramConfig>;
  /** Puts something between the world and the adapter. */
  readonly wrap?: (channel: Channel) => Channel;
}

/** Things that other code waits for: checked again after each change. */
class Changes {
  readonly #waiting = new Set<() => void>();

  changed(): void {
    for (const check of [...this.#waiting]) check();
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const check = (): void => {
        if (!condition()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }
}

export async function startDesk(options: DeskOptions = {}): Promise<Desk> {
  const sim = await startTelegram({ rateLimits: false, ...options });
  const deskChatId = options.group && sim.addGroup(options.group);
  const changes = new Changes();
  sim.onRequest(() => changes.changed());
  const heard: Inbound[] = [];
  const logged: string[] = [];
  const pauses: number[] = [];
  const line = (message: string, fields?: object): void => {
    logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
    changes.changed();
  };
  const log: Log = { info: line, warn: line, error: line };
  let server: Server | undefined;
  const sink = async (inbound: Inbound): Promise<Answer> => {
    const answer = desk.answer(inbound);
    heard.push(inbound);
    changes.changed();
    return answer;
  };
  if (options.webhook) server = await serve(() => channel, sink);
  const { wrap = one => one } = options;
  const channel = wrap(
    createTelegramChannel({
      token: sim.botToken,
      ...(server ? { webhookSecret: SECRET, publicUrl: addressOf(server) } : {}),
      apiRoot: sim.url,
      log,
      now: () => new Date(),
      phrases,
      pause: async ms => void pauses.push(ms),
      ...(deskChatId === undefined ? {} : { deskChatId }),
      ...options.config,
    }),
  );
  let stopListening = async (): Promise<void> => undefined;
  const desk: Desk = {
    sim,
    channel,
    group: deskChatId ?? '',
    heard,
    logged,
    pauses,
    answer: () => ({ type: 'nothing' }),
    hears: count => changes.until(() => heard.length >= count).then(() => heard),
    logs: what => changes.until(() => logged.some(text => text.includes(what))),
    calls: (path, count) =>
      changes.until(() => sim.requests.filter(request => request.path === path).length >= count),
    async listens() {
      const listening = await channel.listen?.(sink);
      stopListening = async () => listening?.stop();
    },
    async stop() {
      await stopListening();
      await sim.stop();
      server?.closeAllConnections();
      await new Promise<void>(resolve => (server ? server.close(() => resolve()) : resolve()));
    },
  };
  return desk;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(channel: () => Channel, sink: (inbound: Inbound) => Promise<Answer>): Promise<Server> {
  const server = createServer(async (request, response) => {
    const received = await channel().receive({
      headers: request.headers as Record<string, string | undefined>,
      body: await bodyOf(request),
      now: new Date(),
    });
    const answer = received.verified
      ? await Promise.all(received.inbound.map(sink))
          .then(answers => received.respond(answers))
          .catch(() => ({ status: 500, headers: {}, body: '' }))
      : received.response;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A message of the kind that the core sends. */
export function outbound(text: string, over: Partial<Outbound> = {}): Outbound {
  return { id: 'd1', class: 'reply', text, buttons: [], ...over };
}
