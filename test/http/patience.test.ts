import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Listening, serveHttp } from '../../src/http/listen.ts';

let server: Listening;
const sent: ClientRequest[] = [];
afterEach(async () => {
  for (const one of sent.splice(0)) one.destroy();
  await server.close();
});

async function serve(): Promise<void> {
  server = await serveHttp({
    app: {
      fetch: async taken =>
        new Response(taken.method === 'GET' ? 'at once' : String((await taken.arrayBuffer()).byteLength)),
    },
    port: 0,
    hostname: '127.0.0.1',
    patience: { wholeMs: 100, leastPerSecond: 1_000 },
  });
}

/** A request whose last byte is still to come. */
function begun(
  bytes: number,
  method = 'POST',
): { readonly request: ClientRequest; readonly status: Promise<unknown> } {
  const one = request({
    port: server.port,
    host: '127.0.0.1',
    method,
    agent: false,
    headers: { 'content-length': bytes + 1 },
  });
  sent.push(one);
  one.write(Buffer.alloc(bytes));
  const status = once(one, 'response').then(([answer]) => (answer as IncomingMessage).statusCode);
  return { request: one, status };
}

test('a body that comes slowly, but comes, may take longer than one that drips', async () => {
  await serve();
  // What a slow line has brought after a while: it may go on for another minute.
  const slow = begun(60_000);
  const drips = begun(10);
  expect(await drips.status).toBe(408);
  // The other was looked at before it, and is still read.
  slow.request.end(Buffer.alloc(1));
  expect(await slow.status).toBe(200);
});

test('a caller that drips is ended, and the next is served', async () => {
  await serve();
  const drips = begun(0);
  expect(await drips.status).toBe(408);
  const whole = begun(5);
  whole.request.end(Buffer.alloc(1));
  expect(await whole.status).toBe(200);
});

test('whoever was answered already and goes on dripping is ended, too', async () => {
  await serve();
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', bytes => {
    answer += bytes;
  });
  socket.on('error', () => undefined); // it writes on for a moment
  socket.write('GET / HTTP/1.1\r\nHost: desk\r\nContent-Length: 100000\r\n\r\n');
  const drip = setInterval(() => socket.write('x'), 10);
  await once(socket, 'close').finally(() => clearInterval(drip));
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test('a whole body that nobody has read yet is no drip', async () => {
  const read = Promise.withResolvers<void>();
  server = await serveHttp({
    app: {
      fetch: async taken => {
        if (taken.method === 'PUT') await read.promise;
        return new Response(await taken.text());
      },
    },
    port: 0,
    hostname: '127.0.0.1',
    patience: { wholeMs: 100, leastPerSecond: 1_000 },
  });
  const late = begun(4, 'PUT');
  late.request.end('x');
  const drips = begun(10);
  expect(await drips.status).toBe(408);
  read.resolve();
  expect(await late.status).toBe(200);
});
