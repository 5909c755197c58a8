/** One connection of Socket Mode, kept open. The SDK's own way to connect again is off: it waits 5 s, and a failure in it ends the process. */
import { setTimeout as pause } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { backoff, type Log } from '../../core/index.ts';
import { wordsFor } from './api.ts';

/** Milliseconds between two attempts: doubled from the first to the last. */
const FIRST = 500;
const LAST = 60_000;

type Client = SocketModeReceiver['client'];

/** Told each time a connection stands, and each time one has ended. */
interface Watcher {
  up(): void;
  down(): void;
}

/** Connects, and connects again whenever the connection ends, until it is stopped. */
export async function keepConnected(
  client: Client,
  log: Log,
  stop: AbortSignal,
  { up, down }: Watcher,
): Promise<void> {
  for (let failures = 0; !stop.aborted; ) {
    let stood = false;
    try {
      await connectOnce(client, log, stop, () => {
        failures = 0;
        stood = true;
        up();
      });
    } catch (error) {
      failures += 1;
      const againInMs = backoff(failures, FIRST, LAST);
      if (!stop.aborted)
        log.warn('slack: the socket could not be opened', { why: wordsFor(error), againInMs });
      await pause(againInMs, undefined, { signal: stop }).catch(() => undefined);
    } finally {
      if (stood) down();
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
