import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createApi } from '../../../src/adapters/discord/api.ts';
import { createDiscordChannel } from '../../../src/adapters/discord/index.ts';
import { receiptOf } from '../../../src/adapters/discord/outcome.ts';
import type { Receipt } from '../../../src/core/index.ts';
import { card, delivered, phrases, startWorld, threadFor, type World } from './world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.stop();
  world = undefined;
});

const quietLog = { info() {}, warn() {}, error() {} };
const hello = (id: string) => ({ id, class: 'reply', text: 'Hello', buttons: [] }) as const;
const NOWHERE = '1457536551830421599';

/** A server that answers everything so, in place of Discord. */
async function answering(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

const page = (status: number, headers: Record<string, string> = {}) =>
  answering((_, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end('<html>error 1015</html>');
  });

function channelAt(apiUrl: string) {
  return createDiscordChannel({
    token: 'MTIz.x.pretend',
    guildId: NOWHERE,
    deskChannelId: NOWHERE,
    apiUrl,
    log: quietLog,
    now: () => new Date(),
    phrases,
    staffLocale: 'en',
  });
}

describe('a slow Discord', () => {
  const patience = { queuedMs: 150, requestMs: 1_000, attemptMs: 30_000 };
  const step = { repeatable: false, needs: '' };
  const outcome = (sending: Promise<unknown>) =>
    sending.then(
      (): Receipt => ({ outcome: 'delivered' }),
      (error: unknown) => receiptOf({ log: quietLog }, error, step),
    );

  it('leaves nothing in the queue for long: what did not leave is surely not sent, what did is unknown', async () => {
    let arrived = 0;
    const url = await answering(() => {
      arrived += 1;
    });
    const api = createApi('token', url, patience);
    const post = () => outcome(api.post('/channels/1/messages', { body: {} }));
    const [first, second, third] = await Promise.all([post(), post(), post()]);
    expect(first).toMatchObject({ outcome: 'unknown' });
    expect(second).toMatchObject({ outcome: 'retry', scope: 'place' });
    expect(third).toMatchObject({ outcome: 'retry', scope: 'place' });
    expect(arrived).toBe(1);
  });

  it('is given up after the time of the attempt, however many calls it takes', async () => {
    let arrived = 0;
    const url = await answering((_, response) => {
      arrived += 1;
      if (arrived === 1) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const attempt = createApi('token', url, {
      queuedMs: 600_000, // longer than a test may last: what ends it is the attempt
      requestMs: 600_000,
      attemptMs: 1_000,
    }).attempt();
    expect(await outcome(attempt.get('/one'))).toMatchObject({ outcome: 'delivered' });
    expect(await outcome(attempt.get('/two'))).toMatchObject({ outcome: 'unknown' });
    expect(await outcome(attempt.get('/three'))).toMatchObject({ outcome: 'retry' });
    expect(arrived).toBe(2);
  });
});

describe('a page of somebody before Discord', () => {
  it.each([400, 401, 403, 404, 413])('with status %i is no refusal of Discord’s', async status => {
    const receipt = await channelAt(await page(status)).deliver(hello('d1'), NOWHERE);
    expect(receipt).toEqual({
      outcome: 'retry',
      afterMs: 60_000,
      scope: 'bot',
      why: `HTTP ${status} from before Discord`,
    });
  });

  it('that limits holds the whole bot, for half a minute or as long as it says', async () => {
    const plain = await channelAt(await page(429)).deliver(hello('d1'), NOWHERE);
    expect(plain).toMatchObject({ outcome: 'retry', afterMs: 30_000, scope: 'bot' });
    const timed = await channelAt(await page(429, { 'retry-after': '90' })).deliver(hello('d1'), NOWHERE);
    expect(timed).toMatchObject({ outcome: 'retry', afterMs: 90_000, scope: 'bot' });
  });
});

describe('an answer of Discord', () => {
  it('that a permission is missing waits for the operator, who is told which', async () => {
    world = await startWorld();
    const { sim, channel, logged } = world;
    const { address } = delivered(await channel.openThread(threadFor(sim)));
    const waits = { outcome: 'retry', afterMs: 60_000, scope: 'place' };
    sim.hideFromBot(sim.supportChannelId, true);
    expect(await channel.deliver(hello('d1'), address)).toMatchObject(waits);
    expect(logged.join('\n')).toMatch(/lacks a permission.*Send Messages in Threads.*50001/);
    expect(await channel.openThread(threadFor(sim, { mark: '#9' }))).toMatchObject(waits);
    expect(logged.join('\n')).toMatch(/lacks a permission.*Create Private Threads/);
    sim.hideFromBot(sim.supportChannelId, false);
    delivered(await channel.deliver(hello('d1'), address));
  });

  it('that a message is unknown does not mean that its place is gone', async () => {
    world = await startWorld();
    const { address } = delivered(await world.channel.openPost(card()));
    expect(await world.channel.react('sent', address, NOWHERE)).toMatchObject({ outcome: 'delivered' });
    expect(await world.channel.showCard(card(), address, NOWHERE)).toMatchObject({
      outcome: 'refused',
      code: 'invalid',
    });
    expect(await world.channel.deliver(hello('d1'), NOWHERE)).toMatchObject({ code: 'gone' });
  });

  it('is understood below an address that ends with slashes', async () => {
    world = await startWorld();
    const channel = createDiscordChannel({
      token: world.sim.botToken,
      guildId: world.sim.guildId,
      deskChannelId: world.sim.deskChannelId,
      apiUrl: `${world.sim.url}//`,
      log: quietLog,
      now: () => new Date(),
      phrases,
      staffLocale: 'en',
    });
    expect(await channel.deliver(hello('d1'), world.sim.supportChannelId)).toMatchObject({
      outcome: 'delivered',
    });
  });
});
