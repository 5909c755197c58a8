import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import type { Json } from './kit.ts';
import { later, world } from './kit.ts';

type Reply = readonly [status: number, body?: Json];

/** A desk with an interactions endpoint that verifies signatures like the real ones. */
async function endpoint(reply: (body: Json) => Reply) {
  const got: Json[] = [];
  let publicKey = '';
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const raw = Buffer.concat(parts);
    const key = createPublicKey({
      key: Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex'),
      format: 'der',
      type: 'spki',
    });
    const signature = Buffer.from(String(request.headers['x-signature-ed25519'] ?? ''), 'hex');
    const stamped = Buffer.concat([Buffer.from(String(request.headers['x-signature-timestamp'] ?? '')), raw]);
    if (!verify(null, stamped, key, signature)) return void response.writeHead(401).end();
    const body = JSON.parse(raw.toString()) as Json;
    got.push(body);
    const [status, answer] = body.type === 1 ? ([200, { type: 1 }] as const) : reply(body);
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(answer ? JSON.stringify(answer) : '');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  later(() => new Promise(resolve => server.close(() => resolve())));
  const use = (sim: DiscordSimulator) => {
    publicKey = sim.publicKey;
    sim.setInteractionsUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/discord`);
  };
  return { got, use };
}

async function setUp(reply: (body: Json) => Reply) {
  const { sim, rest } = await world();
  await rest.put(Routes.applicationCommands(sim.applicationId), {
    body: [{ name: 'ticket', description: 'd' }],
  });
  const desk = await endpoint(reply);
  desk.use(sim);
  return { sim, rest, desk };
}

describe('interactions over HTTP', () => {
  it('are signed, and answered in the response', async () => {
    const { sim, desk } = await setUp(() => [200, { type: 4, data: { content: 'answered', flags: 64 } }]);
    await sim.person('ana').says('/ticket');
    expect(await sim.person('ana').sees('answered')).toBe('answered');
    expect(desk.got[0]).toMatchObject({ type: 2, data: { name: 'ticket' } });
    expect(sim.lastDelivery).toMatchObject({ status: 200 });
  });

  it('are answered later after a 202', async () => {
    const { sim, rest, desk } = await setUp(() => [202]);
    await sim.person('ana').says('/ticket');
    await expect.poll(() => desk.got.length).toBe(1);
    const { id, token } = desk.got[0] ?? {};
    await rest.post(Routes.interactionCallback(String(id), String(token)), {
      auth: false,
      body: { type: 4, data: { content: 'later' } },
    });
    expect(await sim.person('ana').sees('later')).toBe('later');
  });

  it.each([
    ['a refusal', () => [401] as const],
    ['nonsense', () => [200, { type: 77 }] as const],
    ['an empty message', () => [200, { type: 4, data: {} }] as const],
  ])('that get %s alert the person', async (_, reply) => {
    const { sim } = await setUp(reply);
    await sim.person('ana').says('/ticket');
    expect(await sim.person('ana').sees('did not respond', undefined, 1000)).toBeTruthy();
  });

  it('are pinged, replayed and forged', async () => {
    const { sim, desk } = await setUp(() => [200, { type: 4, data: { content: 'once' } }]);
    expect(await sim.pingEndpoint()).toMatchObject({ status: 200, text: '{"type":1}' });
    await sim.person('ana').says('/ticket');
    await sim.person('ana').sees('once');
    expect(await sim.redeliverLast()).toBe(200);
    expect(desk.got.map(one => one.id).at(-1)).toBe(desk.got.at(-2)?.id);
    const body = sim.lastDelivery?.body ?? '';
    expect((await sim.post(`${body} `, sim.sign(body))).status).toBe(401);
    expect((await sim.post(body, {})).status).toBe(401);
    expect((await sim.post(body, sim.sign(body, '1'))).status).toBe(200);
  });
});
