import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { clamdScan } from '../../src/storage/clamd.ts';

/** The harmless file that every scanner knows (eicar.org), in two parts so that this file is not it. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

let server: Server | undefined;
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise(resolve => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

/** A pretend clamd: reads INSTREAM as clamd does, up to `most` bytes, and knows one virus. */
async function pretendClamd(where: string | number, most = 1_000_000): Promise<number> {
  server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let waiting = Buffer.alloc(0);
    let content: Buffer | undefined;
    socket.on('data', piece => {
      waiting = Buffer.concat([waiting, piece]);
      if (content === undefined) {
        if (waiting.length < 10) return;
        if (waiting.subarray(0, 10).toString('latin1') !== 'zINSTREAM\0')
          return socket.end('UNKNOWN COMMAND\0');
        waiting = waiting.subarray(10);
        content = Buffer.alloc(0);
      }
      while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32BE()) {
        const length = waiting.readUInt32BE();
        if (length === 0)
          return socket.end(content.includes(EICAR) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
        content = Buffer.concat([content, waiting.subarray(4, 4 + length)]);
        waiting = waiting.subarray(4 + length);
        if (content.length > most) return socket.end('INSTREAM size limit exceeded. ERROR\0');
      }
    });
  });
  await new Promise<void>(resolve => server?.listen(where, () => resolve()));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function* bytes(text: string, times = 1): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < times; n++) yield Buffer.from(text);
}

test('clean is clean, and the virus is found, also when it lies across two pieces', async () => {
  const port = await pretendClamd(0);
  const scan = clamdScan({ host: '127.0.0.1', port });
  expect(await scan(bytes('hello', 3))).toBe('clean');
  expect(await scan(bytes(''))).toBe('clean');
  async function* cut(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`before ${EICAR.slice(0, 30)}`);
    yield Buffer.from(EICAR.slice(30));
  }
  expect(await scan(cut())).toBe('infected');
});

test('a socket on disk does too', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'clamd-'));
  const path = join(directory, 'clamd.ctl');
  await pretendClamd(path);
  expect(await clamdScan({ path })(bytes(EICAR))).toBe('infected');
  await rm(directory, { recursive: true });
});

test('more than the scanner takes can never be scanned', async () => {
  const port = await pretendClamd(0, 100_000);
  expect(await clamdScan({ host: '127.0.0.1', port })(bytes('x'.repeat(50_000), 200))).toBe('unable');
});

test('a scanner that is not there, hangs up, talks nonsense or says nothing is away', async () => {
  expect(await clamdScan({ path: '/nonexistent/clamd.ctl' })(bytes('x'))).toBe('away');
  const answers = ['', 'stream: Can’t allocate memory ERROR\0', 'x'.repeat(10_000), undefined];
  for (const answer of answers) {
    server = createServer(socket => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => (answer === undefined ? undefined : socket.end(answer)));
    });
    await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', () => resolve()));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await clamdScan({ host: '127.0.0.1', port }, 300)(bytes('x'))).toBe('away');
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server?.close(resolve));
  }
  server = undefined;
});

test('bytes that cannot be read are no clean file', async () => {
  const port = await pretendClamd(0);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    throw new Error('the disk is gone');
  }
  expect(await clamdScan({ host: '127.0.0.1', port }, 300)(broken())).toBe('away');
});
