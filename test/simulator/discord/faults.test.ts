/** What the pretend Discord can be made to do wrong. */
import { expect, it } from 'vitest';
import { listen, world } from './kit.ts';

const ask = async (url: string, token: string) => {
  const answer = await fetch(`${url}/v10/users/@me`, { headers: { Authorization: `Bot ${token}` } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

it.each(['user', 'shared', 'global'])(
  'answers with a limit of the scope %s, with its headers',
  async code => {
    const { sim } = await world();
    sim.addFault({ match: /users/, kind: 'status', status: 429, retryAfterSeconds: 1.5, code });
    const { status, headers, text } = await ask(sim.url, sim.botToken);
    expect([status, headers.get('x-ratelimit-scope'), headers.get('retry-after')]).toEqual([429, code, '2']);
    expect(headers.get('x-ratelimit-global')).toBe(code === 'global' ? 'true' : null);
    expect(JSON.parse(text)).toMatchObject({ retry_after: 1.5, global: code === 'global' });
    expect((await ask(sim.url, sim.botToken)).status).toBe(200);
  },
);

it.each([403, 429])('answers with a page of the edge and status %i', async status => {
  const { sim } = await world();
  sim.addFault({ match: /users/, kind: 'status', status, code: 'cloudflare' });
  const answer = await ask(sim.url, sim.botToken);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html']);
  expect(answer.text).toMatch(/^<html>/);
});

it('repeats events, and sends those it held in another order', async () => {
  const { sim } = await world();
  const gateway = await listen(sim);
  const said = () => gateway.packets.filter(one => one.t === 'MESSAGE_CREATE').map(one => one.d.content);
  const ana = sim.person('ana');
  sim.repeatEvents(2);
  await ana.says('one');
  await gateway.until(() => said().length === 2);
  sim.repeatEvents(1);
  const send = sim.holdEvents();
  await ana.says('two');
  await ana.says('three');
  send({ reversed: true });
  await ana.says('four');
  await gateway.until(one => one.d.content === 'four');
  expect(said()).toEqual(['one', 'one', 'three', 'two', 'four']);
});

it('takes a revoked token nowhere, and the token again when it is given back', async () => {
  const { sim } = await world();
  await listen(sim);
  const giveBack = sim.revokeToken();
  expect((await ask(sim.url, sim.botToken)).status).toBe(401);
  await expect.poll(() => sim.gatewayConnected).toBe(false);
  giveBack();
  expect((await ask(sim.url, sim.botToken)).status).toBe(200);
});
