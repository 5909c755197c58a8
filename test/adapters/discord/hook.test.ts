import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { command, user } from './payloads.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ http: true, listens: false });
});
afterEach(async () => {
  await world.stop();
});

/** Commands come from the gateway's start; what people do with them comes over HTTP. */
async function startWithCommands(): Promise<World> {
  const one = await startWorld({ http: true });
  onTestFinished(() => one.stop());
  await one.logs(/commands registered/);
  return one;
}

const post = (body: string, headers = world.sim.sign(body)) => world.sim.post(body, headers);

describe('the interactions endpoint', () => {
  it('answers the platform’s own check, and refuses a forged one', async () => {
    expect(await world.sim.pingEndpoint()).toEqual({ status: 200, text: '{"type":1}' });
    const forged = world.sim.sign('{"type":2}');
    expect(await post('{"id":"1","type":1,"token":"x"}', forged)).toMatchObject({ status: 401 });
    expect(await post('{"id":"1","type":1}', {})).toMatchObject({ status: 401 });
    const stale = String(Math.floor(Date.now() / 1000) - 301);
    expect(await post('{}', world.sim.sign('{}', stale))).toMatchObject({ status: 401 });
    expect(world.heard).toEqual([]);
  });

  it('refuses what is signed but senseless, and stores nothing', async () => {
    for (const body of ['', 'null', '[]', '{', '{"type":"x"}', '"\u0000"', '{"id":1,"type":2}']) {
      expect(await post(body)).toMatchObject({ status: 400 });
    }
    expect(world.heard).toEqual([]);
  });

  it('answers by itself when it can go on nowhere: this person is not on Discord', async () => {
    const direct = command('list', [], { guild_id: undefined, member: undefined, user: user() });
    const { status, text } = await post(JSON.stringify(direct));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      type: 4,
      data: {
        content: expect.stringContaining('spróbować ponownie'),
        flags: 68,
        allowed_mentions: { parse: [] },
      },
    });
    expect(world.heard).toEqual([]);
  });

  it('says to core who asked, and to the asker what core says, with nothing that notifies', async () => {
    world.answer = () => ({ type: 'say', text: '@everyone **hi**', buttons: [{ action: 'x', label: 'Go' }] });
    const asked = command('list', [], { guild_id: world.sim.guildId });
    const { text } = await post(JSON.stringify(asked));
    expect(JSON.parse(text)).toMatchObject({
      type: 4,
      data: {
        content: '@everyone **hi**',
        flags: 68,
        allowed_mentions: { parse: [] },
        components: [{ type: 1, components: [{ type: 2, custom_id: 'do:x', label: 'Go' }] }],
      },
    });
    expect(world.heard).toHaveLength(1);
  });

  it('says in time that it is at work, and shows what core says later', async () => {
    const world = await startWithCommands();
    const ben = world.sim.person('ben');
    const gate = Promise.withResolvers<void>();
    world.answer = async () => {
      await gate.promise;
      return { type: 'say', text: 'Sorry for the wait.' };
    };
    await ben.says('/ticket list');
    await world.hears('asked');
    // A second one, after ben's: when it has its answer, ben's has too.
    const body = JSON.stringify(command('list', [], { guild_id: world.sim.guildId }));
    const { text } = await world.sim.post(body, world.sim.sign(body));
    expect(JSON.parse(text)).toEqual({ type: 5, data: { flags: 64 } });
    expect(world.sim.requests.some(one => one.method === 'PATCH')).toBe(false);
    gate.resolve();
    await ben.sees('Sorry for the wait.');
    const { path } = world.sim.requests.find(one => one.method === 'PATCH') ?? {};
    expect(path).toMatch(/\/messages\/(?:@|%40)original$/);
    expect(ben.screen().alerts).toEqual([]);
  });

  it('asks to try again when core fails', async () => {
    const world = await startWithCommands();
    world.answer = () => {
      throw new Error('the database is away');
    };
    await world.sim.person('ben').says('/ticket list');
    await world.sim.person('ben').sees('Please try again');
  });
});
