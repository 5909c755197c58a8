/**
 * Socket Mode, over two connections: Slack ends each of them every few hours, and sends what happens meanwhile over the other. Bolt's
 * receiver is taken for its client alone: without an App it hands events to nobody and acknowledges nothing, so an event is
 * acknowledged here, after it was stored.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import type { Listen, Log, RawResponse, Received, Sink } from '../../core/index.ts';
import { sdkLogger, wordsFor } from './api.ts';
import { SLACK_API, type SlackConfig } from './config.ts';
import { keepConnected } from './connect.ts';
import { within } from './identify.ts';
import { fetchFor } from './wire.ts';

const TIMEOUT = 10_000;
/** Milliseconds until listening goes on in the background. */
const PATIENCE = 10_000;
/** "up to 10 open WebSocket connections", each with any event: https://docs.slack.dev/apis/events-api/using-socket-mode */
const CONNECTIONS = 2;
/** Milliseconds between the first and the second: Slack ends each after the same time, and they must not end together. */
const APART = 30_000;
/** Without any connection for this long, milliseconds, Slack may have given up on events: it sends one three times more within minutes. */
const GAP = 30_000;

type Client = SocketModeReceiver['client'];
/** The common path with HTTP: a decoded payload → events and the way to answer them. */
export type Take = (payload: unknown, at: Date) => Promise<Received>;

interface Envelope {
  readonly envelope_id?: string;
  readonly body: unknown;
  readonly ack: (payload?: Record<string, unknown>) => Promise<void>;
}

type Config = SlackConfig & { readonly appToken: string };

/**
 * Resolves when a socket is connected, or after 10 s without one: it goes on trying, so that the desk starts while Slack is down. After
 * `stop` no socket is left, and every event that was taken is stored and acknowledged.
 */
export function createListen(config: Config, take: Take): Listen {
  return async (sink, missed) => {
    const stopping = new AbortController();
    const inHand = new Set<Promise<void>>();
    const { promise: connected, resolve } = Promise.withResolvers<void>();
    const gaps = watchGaps(config, missed);
    const sockets = Array.from({ length: CONNECTIONS }, (_, index) => {
      const client = connectable(config);
      client.on('slack_event', (envelope: Envelope) => {
        // Slack sends again what is not acknowledged.
        if (stopping.signal.aborted) return;
        const handling = handle(envelope, config, take, sink).finally(() => inHand.delete(handling));
        inHand.add(handling);
      });
      const up = (): void => {
        gaps.up();
        resolve();
      };
      const signal = stopping.signal;
      const turn = pause(index * (config.socketsApartMs ?? APART), undefined, { signal }).catch(
        () => undefined,
      );
      const running = turn.then(() => keepConnected(client, config.log, signal, { up, down: gaps.down }));
      return { client, running };
    });
    await within(config.connectWithinMs ?? PATIENCE, connected);
    return {
      async stop() {
        stopping.abort();
        // What is in hand is acknowledged over the sockets, so they go last.
        await Promise.all(inHand);
        await Promise.all(sockets.map(({ client }) => client.disconnect()));
        await Promise.all(sockets.map(({ running }) => running));
      },
    };
  };
}

/** Tells when no connection was there for too long. The first after a start is not told of. */
function watchGaps({ now, log }: Config, missed: (() => void) | undefined) {
  let open = 0;
  let since: number | undefined;
  return {
    up(): void {
      open += 1;
      const gap = since === undefined ? 0 : now().getTime() - since;
      since = undefined;
      if (gap < GAP) return;
      log.warn('slack: nobody listened for a while; what was missed is read back', { gapMs: gap });
      missed?.();
    },
    down(): void {
      open -= 1;
      if (open === 0) since = now().getTime();
    },
  };
}

function connectable(config: Config): Client {
  const { client } = new SocketModeReceiver({
    appToken: config.appToken,
    autoReconnectEnabled: false,
    logger: sdkLogger(config.log),
    installerOptions: {
      clientOptions: {
        slackApiUrl: config.apiUrl ?? SLACK_API,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: TIMEOUT,
        fetch: fetchFor(TIMEOUT),
      },
    },
  });
  guard(client, config.log);
  return client;
}

/** A packet that the SDK cannot read rejects where nobody waits, which would end the process: it is dropped, with a line in the log. */
function guard(client: Client, log: Log): void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (...packet: unknown[]) => {
    for (const reader of readers) {
      Promise.resolve(reader.apply(client, packet)).catch((error: unknown) =>
        log.warn('slack: a packet could not be read', { why: wordsFor(error) }),
      );
    }
  });
}

/** Acknowledges what is stored. What could not be stored is not, so that Slack sends it again. */
async function handle(envelope: Envelope, config: SlackConfig, take: Take, sink: Sink): Promise<void> {
  const { envelope_id: id, body, ack } = envelope;
  if (!id) return;
  try {
    const received = await take(body, config.now());
    if (!received.verified) return;
    const answers = await Promise.all(received.inbound.map(sink));
    const response = await received.respond(answers);
    // Not now: Slack sends it again.
    if (response.status >= 500) return;
    await ack(payloadOf(response));
  } catch (error) {
    config.log.error('slack: an event was not acknowledged', { why: wordsFor(error) });
  }
}

function payloadOf({ body }: RawResponse): Record<string, unknown> {
  return body ? (JSON.parse(body) as Record<string, unknown>) : {};
}
