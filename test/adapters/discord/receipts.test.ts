import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordChannel } from '../../../src/adapters/discord/index.ts';
import type { Receipt } from '../../../src/core/index.ts';
import { card, delivered, freePort, lookup, phrases, startWorld, threadFor, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.stop();
});

const hello = (id: string, text = 'Hello') => ({ id, class: 'reply', text, buttons: [] }) as const;
const posts = { match: /POST .*\/messages$/ };
const texts = (name: string, where: string) =>
  world.sim
    .person(name)
    .screen()
    .places.find(place => place.id === where)
    ?.messages.map(message => message.text) ?? [];

async function thread(): Promise<string> {
  return delivered(await world.channel.openThread(threadFor(world.sim))).address;
}

describe('a delivery', () => {
  it('whose answer was lost is unknown, is found, and is shown once when it is sent again', async () => {
    const address = await thread();
    world.sim.addFault({ ...posts, kind: 'lose-answer' });
    expect(await world.channel.deliver(hello('d1', 'Only once'), address)).toMatchObject({
      outcome: 'unknown',
    });
    expect(await world.channel.deliver(hello('d1', 'Only once'), address)).toMatchObject({
      outcome: 'delivered',
    });
    expect(texts('ana', address).filter(text => text === 'Only once')).toHaveLength(1);
    const found = await world.channel.find(lookup(world.sim, { kind: 'post', id: 'd1', to: address }));
    expect(found).toMatchObject({ outcome: 'delivered', address });
  });

  it('is found, or surely absent, by a desk that remembers nothing', async () => {
    const { address, ref: head } = delivered(await world.channel.openThread(threadFor(world.sim)));
    const earlier = delivered(await world.channel.deliver(hello('d1', 'Earlier'), address));
    await world.sim.person('ana').says('Hello?', address);
    const others = [head, earlier.ref];
    const sought = lookup(world.sim, { kind: 'post', id: 'd2', to: address, others });
    const anew = () =>
      createDiscordChannel({
        token: world.sim.botToken,
        guildId: world.sim.guildId,
        deskChannelId: world.sim.deskChannelId,
        apiUrl: world.sim.url,
        log: { info() {}, warn() {}, error() {} },
        now: () => new Date(),
        phrases,
        staffLocale: 'en',
      });
    expect(await anew().find?.(sought)).toEqual({ outcome: 'absent' });
    world.sim.addFault({ ...posts, kind: 'lose-answer' });
    expect(await world.channel.deliver(hello('d2', 'Later'), address)).toMatchObject({ outcome: 'unknown' });
    expect(await anew().find?.(sought)).toMatchObject({ outcome: 'delivered', address });
  });

  it('that never arrived is looked for and surely absent', async () => {
    const address = await thread();
    world.sim.addFault({ ...posts, kind: 'refuse-connection' });
    expect(await world.channel.deliver(hello('d1'), address)).toMatchObject({ outcome: 'unknown' });
    expect(await world.channel.find(lookup(world.sim, { kind: 'post', id: 'd1', to: address }))).toEqual({
      outcome: 'absent',
    });
    world.sim.addFault({ match: /GET .*messages/, kind: 'status', status: 503 });
    expect(await world.channel.find(lookup(world.sim, { kind: 'post', id: 'd1', to: address }))).toEqual({
      outcome: 'unsure',
    });
  });

  it('is surely absent from a place that was deleted, so that it can go elsewhere', async () => {
    const address = await thread();
    world.sim.addFault({ ...posts, kind: 'lose-answer' });
    expect(await world.channel.deliver(hello('d1'), address)).toMatchObject({ outcome: 'unknown' });
    world.sim.removeChannel(address);
    const sought = lookup(world.sim, { kind: 'post', id: 'd1', to: address });
    await expect.poll(() => world.channel.find({ ...sought, id: 'd2' })).toEqual({ outcome: 'absent' });
  });

  it('waits as long as the platform says', async () => {
    const address = await thread();
    world.sim.addFault({ ...posts, kind: 'status', status: 429, retryAfterSeconds: 3 });
    const receipt = await world.channel.deliver(hello('d1'), address);
    expect(receipt).toMatchObject({ outcome: 'retry', scope: 'place' });
    expect(receipt.outcome === 'retry' && receipt.afterMs).toBeGreaterThanOrEqual(3000);
    expect(texts('ana', address)).not.toContain('Hello');
  });

  it('is sent again after a server error only where doing it twice is doing it once', async () => {
    const { address, ref } = delivered(await world.channel.openPost(card()));
    const down = (match: RegExp) => world.sim.addFault({ match, kind: 'status', status: 502 });
    down(posts.match);
    expect(await world.channel.deliver(hello('d1'), address)).toMatchObject({ outcome: 'unknown' });
    down(/PATCH/);
    expect(await world.channel.showCard(card(), address, ref)).toMatchObject({
      outcome: 'retry',
      scope: 'place',
    });
    down(/PUT/);
    expect(await world.channel.react('sent', address, ref)).toMatchObject({
      outcome: 'retry',
      scope: 'place',
    });
  });
});

describe('a refusal', () => {
  it('is for good where the platform says so', async () => {
    const address = await thread();
    const code = (receipt: Receipt) => (receipt.outcome === 'refused' ? receipt.code : receipt.outcome);
    expect(code(await world.channel.deliver(hello('d1'), '1457536551830421599'))).toBe('gone');
    expect(code(await world.channel.deliver(hello('d2'), 'no id/../at all'))).toBe('gone');
    expect(code(await world.channel.deliver(hello('d3', 'x'.repeat(2001)), address))).toBe('invalid');
    expect(code(await world.channel.deliver(hello('d4', ''), address))).toBe('invalid');
    expect(code(await world.channel.openThread(threadFor(world.sim, { near: 'no channel' })))).toBe(
      'invalid',
    );
    expect(
      code(await world.channel.openThread(threadFor(world.sim, { near: world.sim.deskChannelId }))),
    ).not.toBe('delivered');
  });

  it('waits a minute for the whole bot when the token is refused, and works again afterwards', async () => {
    const address = await thread();
    world.sim.addFault({ ...posts, kind: 'status', status: 401 });
    expect(await world.channel.deliver(hello('d1'), address)).toMatchObject({
      outcome: 'retry',
      scope: 'bot',
      afterMs: 60_000,
    });
    expect(await world.channel.deliver(hello('d1'), address)).toMatchObject({ outcome: 'delivered' });
  });

  it('certainly did not happen when nobody listens, and no secret is in what is said about it', async () => {
    const nowhere = createDiscordChannel({
      token: 'very.secret.token',
      guildId: world.sim.guildId,
      deskChannelId: world.sim.deskChannelId,
      apiUrl: `http://127.0.0.1:${await freePort()}/api`,
      log: { info() {}, warn() {}, error() {} },
      now: () => new Date(),
      phrases,
      staffLocale: 'en',
    });
    const receipt = await nowhere.deliver(hello('d1'), world.sim.supportChannelId);
    expect(receipt).toMatchObject({
      outcome: 'retry',
      scope: 'bot',
      why: expect.stringContaining('ECONNREFUSED'),
    });
    expect(JSON.stringify(receipt)).not.toContain('secret');
  });

  it('keeps lists, quotes and code, shows buttons, and answers the message it belongs to', async () => {
    const address = await thread();
    const said = (await world.sim.person('ana').says('help', address)) ?? '';
    const text = '# Steps\n\n1. one\n2. two\n\n> quoted\n\n```sh\nls *\n```';
    const buttons = Array.from({ length: 7 }, (_, i) => ({ action: `b${i}`, label: `Button ${i}` }));
    delivered(await world.channel.deliver({ ...hello('d1', text), buttons, replyTo: said }, address));
    const shown = world.sim
      .person('ana')
      .screen()
      .places.find(place => place.id === address)
      ?.messages.at(-1);
    expect(shown?.buttons.map(button => button.label)).toEqual(buttons.map(button => button.label));
    expect(shown?.html).toMatch(/<pre>|<code/);
    const gone = await world.channel.deliver({ ...hello('d2'), replyTo: '1457536551830421599' }, address);
    expect(gone.outcome).toBe('delivered');
  });
});

it('of another database with the same number is another message in another place', async () => {
  const one = await thread();
  const two = delivered(
    await world.channel.openThread(threadFor(world.sim, { mark: '#13', title: '#13 B' })),
  ).address;
  expect(two).not.toBe(one);
  const first = delivered(await world.channel.deliver(hello('1'), one));
  expect(delivered(await world.channel.deliver(hello('1'), two)).ref).not.toBe(first.ref);
});

describe('a new thread', () => {
  it('takes two calls, and is not made twice when its first message fails', async () => {
    const before = world.sim.requests.length;
    world.sim.addFault({ ...posts, kind: 'status', status: 429, retryAfterSeconds: 1 });
    expect(await world.channel.openThread(threadFor(world.sim))).toMatchObject({ outcome: 'retry' });
    delivered(await world.channel.openThread(threadFor(world.sim)));
    const made = world.sim.requests
      .slice(before)
      .filter(one => /POST .*threads$/.test(`${one.method} ${one.path}`));
    expect(made).toHaveLength(1);
    const said = world.sim.requests
      .slice(before)
      .filter(one => posts.match.test(`${one.method} ${one.path}`));
    expect(said).toHaveLength(2);
  });

  it('is found by its mark, whole or still empty, and an empty one is used', async () => {
    const start = lookup(world.sim, {});
    expect(await world.channel.find(start)).toEqual({ outcome: 'absent' });
    world.sim.addFault({ match: /POST .*threads$/, kind: 'lose-answer' });
    expect(await world.channel.openThread(threadFor(world.sim))).toMatchObject({ outcome: 'unknown' });
    expect(await world.channel.find(start)).toEqual({ outcome: 'absent' });
    const { address, ref } = delivered(await world.channel.openThread(threadFor(world.sim)));
    const fresh = await startWorldBeside();
    expect(await fresh.find(start)).toEqual({ outcome: 'delivered', address, ref });
    expect(await fresh.find({ ...start, mark: '#1' })).toEqual({ outcome: 'absent' });
    expect(await fresh.find({ ...start, since: new Date(Date.now() + 120_000) })).toEqual({
      outcome: 'absent',
    });
    const places = world.sim
      .person('ana')
      .screen()
      .places.filter(place => place.title.startsWith('#12'));
    expect(places).toHaveLength(1);
  });

  it('of the desk is found too', async () => {
    world.sim.addFault({ match: /POST .*threads$/, kind: 'lose-answer' });
    expect(await world.channel.openPost(card())).toMatchObject({ outcome: 'unknown' });
    const found = await world.channel.find(lookup(world.sim, { kind: 'desk-post', id: 'dlv-card-12' }));
    expect(found).toMatchObject({ outcome: 'delivered' });
    const { address, ref } = found as { address: string; ref: string };
    expect(ref).toBe(address);
    delivered(await world.channel.showCard(card({ body: 'Found again.' }), address, ref));
    await world.sim.person('bob').sees('Found again.', address);
  });

  it('gets a plain name when the platform does not like the title', async () => {
    world.sim.addFault({ match: /POST .*threads$/, kind: 'platform-error', code: '200001' });
    const { address } = delivered(await world.channel.openThread(threadFor(world.sim)));
    expect(
      world.sim
        .person('ana')
        .screen()
        .places.find(place => place.id === address)?.title,
    ).toBe('#12');
  });
});

/** The same channel after a restart: nothing is remembered. */
async function startWorldBeside() {
  return createDiscordChannel({
    token: world.sim.botToken,
    guildId: world.sim.guildId,
    deskChannelId: world.sim.deskChannelId,
    apiUrl: world.sim.url,
    log: { info() {}, warn() {}, error() {} },
    now: () => new Date(),
    phrases,
    staffLocale: 'en',
  }) as World['channel'];
}
