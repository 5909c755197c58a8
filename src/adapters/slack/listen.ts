/**
 * Socket Mode. Bolt's receiver is taken for its client alone: without an App it hands events to nobody and acknowledges nothing, so
 * an event is acknowledged here, after it was stored. Its own way to connect again is off: that one waits 5 s, and a failure
 * in it is an unhandled rejection that ends the process.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import {
  backoff,
  type Listen,
  type Log,
  type RawResponse,
  type Received,
  type Sink,
} from '../../core/index.ts';
import { sdkLogger, wordsFor } from './api.ts';
import { SLACK_API, type SlackConfig } from './config.ts';
import { within } from './identify.ts';

/** Milliseconds between two attempts: doubled from the first to the last. */
const FIRST = 500;
const LAST = 60_000;
const TIMEOUT = 10_000;
/** Milliseconds until listening goes on in the background. */
const PATIENCE = 10_000;

type Client = SocketModeReceiver['client'];
/** The common path with HTTP: a decoded payload → events and the way to answer them. */
export type Take = (payload: unknown, at: Date) => Promise<Received>;

interface Envelope {
  readonly envelope_id?: string;
  readonly body: unknown;
  readonly ack: (payload?: Record<string, unknown>) => Promise<void>;
}

/**
 * Resolves when the socket is connected, or after 10 s without one: it goes on trying, so that the desk starts while Slack is down. After
 * `stop` no socket is left, and every event that was taken is stored and acknowledged.
 */
export function createListen(config: SlackConfig & { readonly appToken: string }, take: Take): Listen {
  return async sink => {
    const client = connectable(config);
    const stopping = new AbortController();
    const inHand = new Set<Promise<void>>();
    client.on('slack_event', (envelope: Envelope) => {
      // Slack sends again what is not acknowledged.
      if (stopping.signal.aborted) return;
      const handling = handle(envelope, config, take, sink).finally(() => inHand.delete(handling));
      inHand.add(handling);
    });
    const { promise: connected, resolve } = Promise.withResolvers<void>();
    const running = keepConnected(client, config.log, stopping.signal, resolve);
    await within(config.connectWithinMs ?? PATIENCE, connected);
    return {
      async stop() {
        stopping.abort();
        // What is in hand is acknowledged over the socket, so that goes last.
        await Promise.all(inHand);
        await client.disconnect();
        await running;
      },
    };
  };
}

function connectable(config: SlackConfig & { readonly appToken: string }): Client {
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

/** Connects, and connects again whenever the connection ends, until it is stopped. */
async function keepConnected(
  client: Client,
  log: Log,
  stop: AbortSignal,
  onFirst: () => void,
): Promise<void> {
  for (let failures = 0; !stop.aborted; ) {
    try {
      await connectOnce(client, log, stop, () => {
        failures = 0;
        onFirst();
      });
    } catch (error) {
      failures += 1;
      const againInMs = backoff(failures, FIRST, LAST);
      if (!stop.aborted)
        log.warn('slack: the socket could not be opened', { why: wordsFor(error), againInMs });
      await pause(againInMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

/** Connects and resolves when the connection has ended. Rejects when none came about. */
async function connectOnce(
  client: Client,
  log: Log,
  stop: AbortSignal,
  onConnected: () => void,
): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const onEnded = (): void => resolve();
  // Stopped while Slack was asked for the socket's address: the socket, which is made all the same, is closed before it is open.
  const onConnecting = (): void => queueMicrotask(() => void (stop.aborted && client.disconnect()));
  client.once('disconnected', onEnded);
  client.once('connecting', onConnecting);
  try {
    await client.start();
    log.info('slack: the socket is connected');
    onConnected();
    await ended;
  } finally {
    client.off('disconnected', onEnded);
    client.off('connecting', onConnecting);
  }
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
