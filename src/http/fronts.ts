import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
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

/** All fronts of the desk, and who is at the other end of what comes to them. */
export interface Fronts {
  /** Of each front. */
  readonly paths: readonly string[];
  /** Gives a request to the front whose it is. */
  give(request: Request, incoming: IncomingMessage): Promise<Response>;
  /** Gives a connection that wants to be something else to the front whose it is; anybody else's is cut off. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** `proxies`: addresses and CIDR ranges that are believed beside this machine itself when they say for whom they ask. */
export function createFronts(fronts: readonly Front[], proxies: readonly string[] = []): Fronts {
  const addressOf = createAddressOf(proxies);
  return {
    get paths() {
      return fronts.map(({ path }) => path);
    },
    give(request, incoming) {
      const front = frontOf(fronts, new URL(request.url).pathname);
      return front?.fetch(request, addressOf(incoming)) ?? Promise.resolve(problem(404, 'Not found'));
    },
    upgrade(incoming, socket, head) {
      socket.on('error', () => socket.destroy());
      const front = frontOf(fronts, incoming.url?.split('?')[0] ?? '');
      if (front?.upgrade === undefined) {
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      front.upgrade(incoming, socket, head, addressOf(incoming));
    },
  };
}

function frontOf(fronts: readonly Front[], path: string): Front | undefined {
  return fronts.find(
    one => path === one.path || (/^[/.]/.test(path.slice(one.path.length)) && path.startsWith(one.path)),
  );
}

/** Who is at the other end, as far as those say who are believed. */
type AddressOf = (incoming: Pick<IncomingMessage, 'socket' | 'headers'>) => string;

/**
 * A proxy on this machine, or one that is named, says for whom it asks: what it put last into X-Forwarded-For is what it saw itself. That may be
 * another such proxy, which said so in its turn. Whatever anybody else says is not read.
 */
export function createAddressOf(proxies: readonly string[]): AddressOf {
  const trusted = new BlockList();
  for (const range of ['127.0.0.0/8', '::1', ...proxies]) {
    const [address = '', bits] = range.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  return ({ socket, headers }) => {
    let near = plain(socket.remoteAddress ?? '');
    const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    while (isTrusted(near)) {
      const next = plain(said.pop()?.trim() ?? '');
      if (isIP(next) === 0) break;
      near = next;
    }
    return near;
  };
}

/** An address alone: some proxies write a port behind it, or brackets around it, and IPv4 may come as a part of IPv6. */
function plain(address: string): string {
  const [, bare = address] = /^\[([^\]]*)\](?::\d+)?$|^/.exec(address) ?? [];
  return bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').replace(/^::ffff:(?=\d+\.)/i, '');
}
