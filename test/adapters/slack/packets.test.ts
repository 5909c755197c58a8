import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSlackChannel } from '../../../src/adapters/slack/index.ts';
import type { Inbound } from '../../../src/core/index.ts';
import { phrases } from './desk.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server that only says where its socket is, and hands over the socket. */
async function wire(before?: () => Promise<void>) {
  const server = createServer(async (_, response) => {
    await before?.();
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, url }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new WebSocketServer({ server });
  closing.push(async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  const connected = once(sockets, 'connection').then(([socket]) => socket as WebSocket);
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, connected, sockets };
}

it('malformed packets end neither the process nor the connection', async () => {
  const { apiUrl, connected } = await wire();
  const logged: string[] = [];
  const line = (message: string): void => void logged.push(message);
  const channel = createSlackChannel({
    botToken: 'xoxb-1',
    appToken: 'xapp-1',
    apiUrl,
    log: { info: line, warn: line, error: line },
    now: () => new Date(),
    phrases,
  });
  const { promise: heard, resolve } = Promise.withResolvers<Inbound>();
  const listening = channel.listen?.(async inbound => {
    resolve(inbound);
    return { type: 'say', text: 'Fine.' };
  });
  const socket = await connected;
  const acks: unknown[] = [];
  const acked = new Promise<void>(done => {
    socket.on('message', data => {
      acks.push(JSON.parse(String(data)));
      if (acks.length === 2) done();
    });
  });
  const send = (packet: unknown): void =>
    socket.send(typeof packet === 'string' ? packet : JSON.stringify(packet));
  send({ type: 'hello' });
  const listener = await listening;
  closing.push(async () => listener?.stop());
  for (const nonsense of [
    'null',
    '{',
    '[]',
    '7',
    { type: 'events_api', payload: {} },
    { type: 'events_api' },
  ])
    send(nonsense);
  socket.send(Buffer.from([0, 255, 1]), { binary: true });
  send({ type: 'interactive', envelope_id: 'e1', payload: 'nonsense' });
  send({
    type: 'slash_commands',
    envelope_id: 'e2',
    accepts_response_payload: true,
    payload: {
      command: '/ticket',
      text: 'help',
      team_id: 'T0',
      user_id: 'U0ANA',
      channel_id: 'C01',
      trigger_id: '1.2.a',
    },
  });
  expect(await heard).toMatchObject({ type: 'asked', ask: { what: 'help' } });
  await acked;
  expect(acks).toContainEqual({ envelope_id: 'e1', payload: {} });
  expect(acks).toContainEqual({
    envelope_id: 'e2',
    payload: expect.objectContaining({ response_type: 'ephemeral', text: 'Fine.' }),
  });
  expect(logged).toContain('slack: a packet could not be read');
});

it('listening goes on without a connection, and stopped while it connects it leaves none', async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  const { apiUrl, sockets } = await wire(() => {
    ask();
    return mayAnswer;
  });
  const silent = (): void => undefined;
  const channel = createSlackChannel({
    botToken: 'xoxb-1',
    appToken: 'xapp-1',
    apiUrl,
    connectWithinMs: 1,
    log: { info: silent, warn: silent, error: silent },
    now: () => new Date(),
    phrases,
  });
  const listener = await channel.listen?.(async () => ({ type: 'nothing' }));
  await asked;
  sockets.on('connection', socket => socket.send('{"type":"hello"}'));
  const stopped = listener?.stop();
  answer();
  await stopped;
  await expect.poll(() => sockets.clients.size).toBe(0);
});
