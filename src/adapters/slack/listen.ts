/**
 * Socket Mode. Bolt's receiver is taken for its client alone: without an App it hands events to nobody and acknowledges nothing, so
 * an event is acknowledged here, after it was stored. Its own way to connect again is off: that one waits 5 s, and a failure
 * in it is an unhandled rejection that ends the process.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import type { Listen, Log, RawResponse, Received, Sink } from '../../core/index.ts';
import { sdkLogger, wordsFor } from './api.ts';
import { SLACK_API, type SlackConfig } from './config.ts';

/** Milliseconds between two attempts: doubled from the first to the last. */
const FIRST = 500;
const LAST = 60_000;
const TIMEOUT = 10_000;

type Client = SocketModeReceiver['client'];
/** The common path with HTTP: a decoded payload → events and the way to answer them. */
export type Take = (payload: unknown, at: Date) => Promise<Received>;

interface Envelope {
  readonly envelope_id?: string;
  readonly body: unknown;
  readonly ack: (payload?: Record<string, unknown>) => Promise<void>;
}

export function createListen(config: SlackConfig & { readonly appToken: string }, take: Take): Listen {
  return async sink => {
    const client = connectable(config);
    client.on('slack_event', (envelope: Envelope) => {
      void handle(envelope, config, take, sink);
    });
    const stopping = new AbortController();
    const { promise: connected, resolve } = Promise.withResolvers<void>();
    const running = keepConnected(client, config.log, stopping.signal, resolve);
    await connected;
    return {
      async stop() {
        stopping.abort();
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
  let wait = 0;
  while (!stop.aborted) {
    const ended = new Promise<void>(resolve => client.once('disconnected', () => resolve()));
    try {
      await client.start();
      log.info('slack: the socket is connected');
      wait = 0;
      onFirst();
      await ended;
    } catch (error) {
      wait = Math.min(Math.max(FIRST, wait * 2), LAST);
      if (!stop.aborted)
        log.warn('slack: the socket could not be opened', { why: wordsFor(error), againInMs: wait });
    }
    await pause(wait, undefined, { signal: stop }).catch(() => undefined);
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
    await ack(payloadOf(await received.respond(answers)));
  } catch (error) {
    config.log.error('slack: an event was not acknowledged', { why: wordsFor(error) });
  }
}

function payloadOf({ body }: RawResponse): Record<string, unknown> {
  return body ? (JSON.parse(body) as Record<string, unknown>) : {};
}
