import { RateLimitError, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { privateThread, restOf, StillClock, say, world } from './kit.ts';

async function raw(sim: DiscordSimulator, method: string, path: string, body?: unknown) {
  const response = await fetch(`${sim.url}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${sim.botToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const send = (sim: DiscordSimulator, channel: string) =>
  raw(sim, 'POST', `/channels/${channel}/messages`, { content: 'x' });

describe('rate limits', () => {
  it('allow five messages in five seconds per channel, and say so', async () => {
    const clock = new StillClock();
    const { sim } = await world({ clock, rateLimits: true });
    const first = await send(sim, sim.supportChannelId);
    expect(first.headers.get('x-ratelimit-limit')).toBe('5');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
    expect(first.headers.get('x-ratelimit-reset-after')).toBe('5.000');
    expect(first.headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{32}$/);
    for (let n = 0; n < 4; n += 1) expect((await send(sim, sim.supportChannelId)).status).toBe(200);
    clock.advance(1500);
    const over = await send(sim, sim.supportChannelId);
    expect(over.status).toBe(429);
    expect(JSON.parse(over.text)).toEqual({
      message: 'You are being rate limited.',
      retry_after: 3.5,
      global: false,
    });
    expect(over.headers.get('retry-after')).toBe('4');
    expect(over.headers.get('x-ratelimit-scope')).toBe('user');
    expect((await send(sim, sim.generalChannelId)).status).toBe(200);
    clock.advance(3500);
    expect((await send(sim, sim.supportChannelId)).status).toBe(200);
    expect(sim.invalidRequests).toBe(1);
  });

  it('allow fifty requests a second over all, callbacks and webhooks apart', async () => {
    const clock = new StillClock();
    const { sim } = await world({ clock, rateLimits: true });
    for (let n = 0; n < 50; n += 1) expect((await raw(sim, 'GET', '/users/@me')).status).toBe(200);
    const over = await raw(sim, 'GET', '/users/@me');
    expect([over.status, JSON.parse(over.text).global, over.headers.get('x-ratelimit-global')]).toEqual([
      429,
      true,
      'true',
    ]);
    expect((await raw(sim, 'POST', '/interactions/1/none/callback', { type: 4 })).status).toBe(404);
    expect((await raw(sim, 'POST', `/webhooks/${sim.applicationId}/none`, { content: 'x' })).status).toBe(
      404,
    );
    clock.advance(1000);
    expect((await raw(sim, 'GET', '/users/@me')).status).toBe(200);
  });

  it('allow two names in ten minutes, while tags and archiving go on', async () => {
    const clock = new StillClock();
    const { sim, rest } = await world({ clock, rateLimits: true });
    const id = await privateThread(sim, rest, sim.person('ana').id);
    const patch = (body: unknown) => raw(sim, 'PATCH', `/channels/${id}`, body);
    expect((await patch({ name: 'a' })).status).toBe(200);
    expect((await patch({ name: 'b' })).status).toBe(200);
    const third = await patch({ name: 'c' });
    expect([third.status, JSON.parse(third.text).retry_after]).toEqual([429, 600]);
    expect((await patch({ archived: true })).status).toBe(200);
  });

  it('allow one reaction in a quarter of a second', async () => {
    const clock = new StillClock();
    const { sim } = await world({ clock, rateLimits: true });
    const id = await sim.person('ana').says('hi');
    const react = (emoji: string) =>
      raw(
        sim,
        'PUT',
        `/channels/${sim.supportChannelId}/messages/${id}/reactions/${encodeURIComponent(emoji)}/@me`,
      );
    expect([(await react('✅')).status, (await react('❌')).status]).toEqual([204, 429]);
    clock.advance(250);
    expect((await react('❌')).status).toBe(204);
  });

  it('reach the SDK as RateLimitError when it rejects on them', async () => {
    const { sim } = await world({ clock: new StillClock(), rateLimits: true });
    for (let n = 0; n < 5; n += 1) await send(sim, sim.supportChannelId);
    await expect(say(restOf(sim), sim.supportChannelId, { content: 'x' })).rejects.toBeInstanceOf(
      RateLimitError,
    );
  });
});

describe('faults', () => {
  it('lose an answer after the deed, and refuse a connection before it', async () => {
    const { sim, rest } = await world();
    sim.addFault({ match: /POST .*messages/, kind: 'lose-answer' });
    await expect(say(rest, sim.supportChannelId, { content: 'lost' })).rejects.toThrow();
    sim.addFault({ match: /POST .*messages/, kind: 'refuse-connection' });
    await expect(say(rest, sim.supportChannelId, { content: 'never' })).rejects.toThrow();
    await say(rest, sim.supportChannelId, { content: 'fine' });
    const texts = sim
      .person('ana')
      .screen()
      .places.flatMap(one => one.messages.map(message => message.text));
    expect(texts).toEqual(['lost', 'fine']);
    expect(sim.requests.map(one => one.status)).toEqual([200, 0, 200]);
  });

  it('answer with a status, or with the platform’s error, without doing it', async () => {
    const { sim, rest } = await world();
    sim.addFault({ match: /messages/, kind: 'status', status: 502 });
    sim.addFault({ match: /messages/, kind: 'platform-error', code: '50013' });
    sim.addFault({ match: /messages/, kind: 'status', status: 429, retryAfterSeconds: 2 });
    const codes: unknown[] = [];
    for (let n = 0; n < 3; n += 1) codes.push((await send(sim, sim.supportChannelId)).status);
    expect(codes).toEqual([502, 403, 429]);
    expect(sim.requests.at(-1)?.answer).toMatchObject({ retry_after: 2 });
    expect(
      sim
        .person('ana')
        .screen()
        .places.flatMap(one => one.messages),
    ).toEqual([]);
    await rest.get(Routes.user('@me'));
  });

  it('hang until they are given up', async () => {
    const { sim } = await world();
    sim.addFault({ match: /users/, kind: 'hang' });
    const given = fetch(`${sim.url}/v10/users/@me`, { signal: AbortSignal.timeout(100) });
    await expect(given).rejects.toThrow();
    sim.addFault({ match: /users/, kind: 'hang' });
    sim.clearFaults();
    expect((await raw(sim, 'GET', '/users/@me')).status).toBe(200);
  });
});
