/** A pretend core behind the real adapter and the real SDK, on the real wire of the pretend Discord. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocket } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { expect } from 'vitest';
import { createDiscordChannel } from '../../../src/adapters/discord/index.ts';
import type {
  Answer,
  Card,
  Channel,
  FormView,
  Inbound,
  Lookup,
  OutboundThread,
  Receipt,
  Received,
  Sink,
} from '../../../src/core/index.ts';
import { loadLocales } from '../../../src/core/index.ts';
import type { DiscordOptions, DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { startDiscord } from '../../../src/simulator/discord/index.ts';
import { faultOf, hasSchema } from './schema.ts';

export const phrases = loadLocales('locales');

/** A channel with all that Discord's has. */
export type Full = Required<Channel>;
type Of<T> = Extract<Inbound, { type: T }>;

export interface World {
  readonly sim: DiscordSimulator;
  readonly channel: Full;
  readonly heard: Inbound[];
  readonly logged: string[];
  /** What the core does with the next events. */
  answer: (inbound: Inbound) => Answer | Promise<Answer>;
  /** How much was heard each time that something was missed. */
  readonly missed: number[];
  /** The n-th event of a kind, once it is there. */
  hears<T extends Inbound['type']>(type: T, nth?: number): Promise<Of<T>>;
  /** Resolves once a line of the log fits. */
  logs(what: RegExp): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions extends DiscordOptions {
  /** Interactions over HTTP in place of the gateway. */
  readonly http?: boolean;
  readonly listens?: boolean;
  /** Puts something between the world and the adapter. */
  readonly wrap?: (channel: Channel) => Channel;
}

/** Wakes when something changed, until a condition gives a value. */
function bell() {
  const waiting = new Set<() => void>();
  return {
    ring: () => {
      for (const look of waiting) look();
    },
    until: <T>(look: () => T | undefined) =>
      new Promise<T>(resolve => {
        const check = () => {
          const found = look();
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
  };
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const sim = await startDiscord({ rateLimits: false, ...options });
  const heard: Inbound[] = [];
  const logged: string[] = [];
  const { ring, until } = bell();
  const line = (message: string, fields: object = {}) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
    ring();
  };
  const { wrap = one => one } = options;
  const channel = wrap(
    createDiscordChannel({
      token: sim.botToken,
      ...(options.http ? { publicKey: sim.publicKey } : {}),
      guildId: sim.guildId,
      deskChannelId: sim.deskChannelId,
      apiUrl: sim.url,
      log: { info: line, warn: line, error: line },
      now: () => new Date(),
      phrases,
      staffLocale: 'en',
    }),
  ) as Full;
  const sink = async (inbound: Inbound): Promise<Answer> => {
    heard.push(inbound);
    ring();
    return world.answer(inbound);
  };
  const server = options.http ? await serve(channel, sink) : undefined;
  if (server) sim.setInteractionsUrl(server.url);
  const listening =
    options.listens === false
      ? undefined
      : await channel.listen(sink, () => void world.missed.push(heard.length));
  const world: World = {
    sim,
    channel,
    heard,
    logged,
    answer: () => ({ type: 'nothing' }),
    missed: [],
    hears: <T extends Inbound['type']>(type: T, nth = 0) =>
      until(() => heard.filter((one): one is Of<T> => one.type === type)[nth]),
    logs: async what => void (await until(() => logged.find(one => what.test(one)))),
    async stop() {
      await listening?.stop();
      await server?.close();
      await sim.stop();
      // Every request of every test is one that Discord's own description allows; but for those that are meant to be refused.
      const sent = sim.requests.filter(one => one.status < 300);
      if (hasSchema) expect(sent.map(faultOf).filter(Boolean)).toEqual([]);
    },
  };
  return world;
}

function answered(received: Extract<Received, { verified: true }>, sink: Sink) {
  const answers = Promise.all(received.inbound.map(sink));
  return received.respondInTime?.(answers) ?? answers.then(all => received.respond(all));
}

async function serve(channel: Channel, sink: (inbound: Inbound) => Promise<Answer>) {
  const server = createServer(async (request, response) => {
    const headers = request.headers as Record<string, string | undefined>;
    const received = await channel.receive({ headers, body: await textOf(request), now: new Date() });
    const out = received.verified ? await answered(received, sink) : received.response;
    response.writeHead(out.status, out.headers).end(out.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/discord`,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

export const form = (extra: Partial<FormView> = {}): FormView => ({
  page: 'all',
  draft: 'd1',
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
      value: 'regular',
      options: [
        { value: 'regular', label: 'Regular' },
        { value: 'critical', label: 'Critical' },
      ],
    },
    { id: 'subject', kind: 'text', label: 'Subject', hint: 'A few words', required: true, maxLength: 120 },
    { id: 'description', kind: 'multiline', label: 'What happens?', required: true, maxLength: 6000 },
  ],
  ...extra,
});

export const threadFor = (sim: DiscordSimulator, extra: Partial<OutboundThread> = {}): OutboundThread => ({
  id: 'dlv-open-12',
  class: 'reply',
  text: 'We have your ticket **#12**.',
  buttons: [{ action: 'close:12', label: 'Close' }],
  title: '#12 Server down',
  mark: '#12',
  person: { space: sim.guildId, externalId: sim.person('ana').id },
  near: sim.supportChannelId,
  ...extra,
});

export const card = (extra: Partial<Card> = {}): Card => ({
  id: 'dlv-card-12',
  mark: '#12',
  title: '#12 Server down',
  state: 'open',
  hint: 'Write here to reply.',
  tags: [
    { group: 'state', label: 'Open' },
    { group: 'priority', label: 'Critical' },
  ],
  vocabulary: ['Open', 'Closed', 'Critical', 'Regular'],
  lines: [{ label: 'Server', value: '192.0.2.7' }],
  body: 'It **does not** answer.',
  buttons: [{ action: 'claim:12', label: 'Claim', style: 'primary' }],
  urgent: true,
  ...extra,
});

export const lookup = (sim: DiscordSimulator, extra: Partial<Lookup>): Lookup => ({
  id: 'dlv-open-12',
  kind: 'thread',
  mark: '#12',
  to: undefined,
  person: undefined,
  near: sim.supportChannelId,
  since: new Date(),
  others: [],
  ...extra,
});

/** The delivered receipt, or a failure that says what came instead. */
export function delivered(receipt: Receipt): { address: string; ref: string } {
  if (receipt.outcome !== 'delivered') throw new Error(JSON.stringify(receipt));
  return { address: receipt.address ?? '', ref: receipt.ref ?? '' };
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createSocket();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
