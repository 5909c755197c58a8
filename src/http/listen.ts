import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import type { HttpApp } from './app.ts';
import { PATIENCE, type Patience, watchBody } from './patience.ts';

/** Milliseconds for a request's headers: a caller that drips holds a connection no longer. For its body see `patience.ts`. */
const HEADERS_MS = 10_000;
/** Milliseconds that requests under way get to end when the server closes. */
const GRACE_MS = 5_000;

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes nothing new, lets what is under way end (at most 5 s), then closes. */
  close(): Promise<void>;
}

/** Serves the app. Port 0 takes a free one. Rejects when the port cannot be had. */
export async function serveHttp(options: {
  readonly app: Pick<HttpApp, 'fetch'>;
  readonly port: number;
  readonly hostname?: string;
  /** Takes connections that want to be something else than HTTP; without it they are answered as requests. */
  readonly upgrade?: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** With slow callers; `PATIENCE` when not said. */
  readonly patience?: Patience;
}): Promise<Listening> {
  const { app, port, hostname, upgrade, patience = PATIENCE } = options;
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { headersTimeout: HEADERS_MS, requestTimeout: 0 },
  }) as Server;
  server.prependListener('request', (incoming, outgoing) => watchBody(incoming, outgoing, patience));
  // The server counts them no longer, and would wait for them for ever.
  const others = new Set<Duplex>();
  if (upgrade !== undefined)
    server.on('upgrade', (incoming, socket, head) => {
      others.add(socket);
      socket.on('close', () => others.delete(socket));
      upgrade(incoming, socket, head);
    });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server, others) };
}

function close(server: Server, others: ReadonlySet<Duplex>): Promise<void> {
  return new Promise(resolve => {
    const grace = setTimeout(() => {
      server.closeAllConnections();
      for (const socket of others) socket.destroy();
    }, GRACE_MS);
    // Node closes idle connections once, at the beginning; those that were busy then are idle only after their answer.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(grace);
      clearInterval(sweep);
      resolve();
    });
  });
}
