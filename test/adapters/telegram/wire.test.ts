import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Api, HttpError } from 'grammy/web';
import { afterEach, expect, it } from 'vitest';
import { receiptOf } from '../../../src/adapters/telegram/api.ts';
import { createFetch } from '../../../src/adapters/telegram/wire.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sockets = new Set<Socket>();
let server: Server;
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise(resolve => server.close(resolve));
});

const listens = async (made: Server): Promise<number> => {
  server = made;
  server.on('connection', socket => sockets.add(socket));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** What becomes of a message that is sent there, with a connection that may take 300 ms and an answer that may take a second. */
const sendTo = async (root: string, timeoutSeconds = 1) => {
  const api = new Api('1:SECRET-PART', { apiRoot: root, fetch: createFetch(root, 300), timeoutSeconds });
  const error = await api.sendMessage(1, 'hi').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HttpError);
  return receiptOf(error, silent);
};

it('a connection that does not come about in time was never used: the message is sent again', async () => {
  const port = await listens(createServer());
  expect(await sendTo(`https://127.0.0.1:${port}`, 30)).toEqual({
    outcome: 'retry',
    afterMs: 5000,
    scope: 'bot',
    why: 'no connection in time',
  });
});

it('a connection that breaks before it stands was never used either', async () => {
  const port = await listens(createServer(socket => socket.once('data', () => socket.resetAndDestroy())));
  expect(await sendTo(`https://127.0.0.1:${port}`)).toMatchObject({ outcome: 'retry', why: 'ECONNRESET' });
});

it('an answer that does not come leaves it unknown, and so does a connection that breaks', async () => {
  const port = await listens(createServer());
  expect(await sendTo(`http://127.0.0.1:${port}`)).toEqual({ outcome: 'unknown', why: 'no usable answer' });
  server.removeAllListeners('connection');
  server.on('connection', socket => socket.once('data', () => socket.resetAndDestroy()));
  expect(await sendTo(`http://127.0.0.1:${port}`)).toMatchObject({ outcome: 'unknown', why: 'ECONNRESET' });
});

it('a connection is used again, and what breaks on it may have been done', async () => {
  let requests = 0;
  const answering = createHttpServer((request, response) => {
    requests += 1;
    if (requests === 2) request.socket.destroy();
    else response.end('{"ok":true,"result":{"message_id":1}}');
  });
  const port = await listens(answering);
  const root = `http://127.0.0.1:${port}`;
  const api = new Api('1:x', { apiRoot: root, fetch: createFetch(root, 300), timeoutSeconds: 1 });
  await api.sendMessage(1, 'first');
  const error = await api.sendMessage(1, 'second').catch((thrown: unknown) => thrown);
  expect(requests).toBe(2);
  expect(receiptOf(error, silent)).toMatchObject({ outcome: 'unknown' });
});
