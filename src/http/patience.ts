import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long the body of a request may take. */
export interface Patience {
  /** In ms, whatever its size. */
  readonly wholeMs: number;
  /** Beyond that, as long as so many bytes a second have come. */
  readonly leastPerSecond: number;
}

/** A file of 25 MB takes longer than half a minute on a slow line; 2 kB/s is below what GPRS carries, and above what a caller sends that only holds a connection. */
export const PATIENCE: Patience = { wholeMs: 30_000, leastPerSecond: 2_000 };

const TIMEOUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** What had come on a connection when its last body ended, in bytes. */
const counted = new WeakMap<Socket, number>();

/** Ends a request whose body comes too slowly. Node's own `requestTimeout` bounds all of a request, however fast it comes. */
export function watchBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { wholeMs, leastPerSecond }: Patience,
): void {
  const { headers, socket } = incoming;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  // Headers are seen with what came right behind them, so it is counted from the end of the request before.
  const [before, began] = [counted.get(socket) ?? 0, performance.now()];
  const left = (): number =>
    wholeMs + ((socket.bytesRead - before) / leastPerSecond) * 1000 - (performance.now() - began);
  let timer = setTimeout(look, wholeMs).unref();
  function look(): void {
    if (incoming.complete || socket.destroyed) return;
    if (left() > 1) {
      timer = setTimeout(look, left()).unref();
      return;
    }
    if (!outgoing.headersSent) socket.write(TIMEOUT);
    socket.destroySoon();
  }
  // An answer that comes before the whole body ends nothing: what still drips holds the connection.
  const end = (): void => {
    if (!incoming.complete && !socket.destroyed) return;
    clearTimeout(timer);
    counted.set(socket, socket.bytesRead);
  };
  incoming.once('end', end).once('close', end);
  outgoing.once('close', end);
}
