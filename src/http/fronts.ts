import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem } from './problem.ts';

/** A part of the desk that browsers of other sites come to; it brings its own headers, and says itself who may come. */
export interface Front {
  /** Everything whose path begins so is its. */
  readonly path: string;
  /** Never rejects. `address`: of who asks, as far as it is known. */
  fetch(request: Request, address: string): Promise<Response>;
  /** A connection that wants to be something else than HTTP. */
  upgrade?(incoming: IncomingMessage, socket: Duplex, head: Buffer, address: string): void;
}

/** Gives a request to the front whose it is. */
export function giveToFront(
  fronts: readonly Front[],
  request: Request,
  incoming: IncomingMessage,
): Promise<Response> {
  const front = frontOf(fronts, new URL(request.url).pathname);
  return front?.fetch(request, addressOf(incoming)) ?? Promise.resolve(problem(404, 'Not found'));
}

/** Gives a connection that wants to be something else to the front whose it is; anybody else's is cut off. */
export function upgradeTo(fronts: readonly Front[]) {
  return (incoming: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const front = frontOf(fronts, incoming.url?.split('?')[0] ?? '');
    if (front?.upgrade === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    front.upgrade(incoming, socket, head, addressOf(incoming));
  };
}

function frontOf(fronts: readonly Front[], path: string): Front | undefined {
  return fronts.find(
    one => path === one.path || (/^[/.]/.test(path.slice(one.path.length)) && path.startsWith(one.path)),
  );
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/**
 * Who is at the other end. A proxy on this machine says for whom it asks: what it put last into X-Forwarded-For is what it saw itself. Nobody from
 * elsewhere comes from loopback, so nobody else is believed.
 */
export function addressOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const near = socket.remoteAddress ?? '';
  if (!LOOPBACK.test(near)) return near;
  const said = headers['x-forwarded-for'];
  const last = (Array.isArray(said) ? said.at(-1) : said)?.split(',').at(-1)?.trim();
  return last || near;
}
