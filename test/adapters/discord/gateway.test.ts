import { connect, createServer as createSocket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { SessionStore } from '../../../src/adapters/discord/gateway.ts';
import { createDiscordChannel } from '../../../src/adapters/discord/index.ts';
import type { Answer } from '../../../src/core/index.ts';
import { type DiscordPerson, startDiscord } from '../../../src/simulator/discord/index.ts';
import { ids, interaction, message } from './payloads.ts';
import { delivered, form, freePort, phrases, startWorld, threadFor, type World } from './world.ts';

let world: World | undefined;
const unhandled: unknown[] = [];
process.on('unhandledRejection', error => unhandled.push(error));

afterEach(async () => {
  await world?.stop();
  world = undefined;
  expect(unhandled.splice(0)).toEqual([]);
});

async function inThread(): Promise<World> {
  world = await startWorld();
  delivered(await world.channel.openThread(threadFor(world.sim)));
  return world;
}

const malformed: readonly unknown[] = [
  'not json at all {',
  '',
  'null',
  '[]',
  '"text"',
  '42',
  {},
  { op: 0 },
  { op: 0, t: null, d: null, s: null },
  { op: 0, t: 'MESSAGE_CREATE', s: 1, d: null },
  { op: 0, t: 'MESSAGE_CREATE', s: 2, d: message('x', { author: null }) },
  { op: 0, t: 'MESSAGE_CREATE', s: 3, d: message('x', { mentions: 'all', attachments: [7] }) },
  { op: 0, t: 'INTERACTION_CREATE', s: 4, d: 'hello' },
  { op: 0, t: 'INTERACTION_CREATE', s: 5, d: interaction({ type: 3, data: null }) },
  { op: 0, t: 'GUILD_CREATE', s: 6, d: { id: 1, channels: 'none' } },
  { op: 0, t: 'CHANNEL_UPDATE', s: 7, d: [] },
  { op: 0, t: 'READY', s: 8, d: null },
  { op: 0, t: 'READY', s: 9, d: { session_id: 5, resume_gateway_url: 'nonsense', user: null } },
  { op: 0, t: { toString: null }, s: 'x', d: {} },
  { op: 9 },
  { op: 10, d: null },
  { op: 10 },
  { op: 99, d: {} },
];

describe('the gateway', () => {
  it('goes on after packets of any shape', async () => {
    const { sim, hears } = await inThread();
    for (const packet of malformed) sim.sendRaw(packet);
    await sim.person('ana').says('still there?', '#12');
    expect(await hears('said')).toMatchObject({ text: 'still there?' });
    expect(world?.logged.join('\n')).toMatch(/a message was not understood .*"at":"author"/);
  });

  it('resumes a dropped connection and hears what was said meanwhile', async () => {
    const { sim, hears, logs } = await inThread();
    sim.dropGateway({ resumable: true });
    await sim.person('ana').says('said in the gap', '#12');
    expect(await hears('said')).toMatchObject({ text: 'said in the gap' });
    await logs(/resumed/);
    expect(sim.identifies).toBe(1);
  });

  it('keeps its session while the address of the session cannot be reached', async () => {
    const { sim, hears, logs } = await inThread();
    const port = await freePort();
    sim.sendRaw({
      op: 0,
      t: 'READY',
      s: 2,
      d: {
        session_id: '1'.padStart(32, '0'),
        resume_gateway_url: `ws://127.0.0.1:${port}`,
        user: { id: ids.bot },
        application: { id: sim.applicationId },
      },
    });
    await sim.person('ana').says('before', '#12');
    await hears('said');
    sim.dropGateway({ resumable: true });
    await logs(/gateway cannot be reached, trying on/);
    await sim.person('ana').says('said in the gap', '#12');
    const there = createSocket(near => {
      const far = connect(Number(new URL(sim.url).port), '127.0.0.1');
      for (const one of [near, far]) one.on('error', () => one.destroy());
      near.pipe(far).pipe(near);
    });
    await new Promise<void>(resolve => there.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void there.close());
    await logs(/resumed/);
    expect(await hears('said', 1)).toMatchObject({ text: 'said in the gap' });
    expect(sim.identifies).toBe(1);
  });

  it('begins anew when the session is gone', async () => {
    const { sim, hears } = await inThread();
    sim.invalidateSession(false);
    sim.dropGateway({ resumable: false });
    await expect.poll(() => sim.gatewayConnected && sim.identifies > 1, { timeout: 15_000 }).toBe(true);
    await sim.person('ana').says('hello again', '#12');
    expect(await hears('said')).toMatchObject({ text: 'hello again' });
  });

  it('follows when it is asked to reconnect', async () => {
    const { sim, hears, logs } = await inThread();
    sim.askReconnect();
    await logs(/resumed/);
    await sim.person('ana').says('moved', '#12');
    expect(await hears('said')).toMatchObject({ text: 'moved' });
  });

  it('hands a repeated event on with the same id', async () => {
    const { sim, heard, hears } = await inThread();
    await sim.person('ana').says('once', '#12');
    await hears('said');
    await sim.redeliverLast();
    await hears('said', 1);
    expect(new Set(heard.map(one => one.eventId)).size).toBe(1);
  });

  it('keeps what was said in order while the database is away', async () => {
    const desk = await inThread();
    let failures = 2;
    const stored: string[] = [];
    desk.answer = one => {
      if (failures-- > 0) throw new Error('the database is away');
      if (one.type === 'said') stored.push(one.text);
      return { type: 'nothing' };
    };
    for (const words of ['one', 'two', 'three']) await desk.sim.person('ana').says(words, '#12');
    await expect.poll(() => stored, { timeout: 10_000 }).toEqual(['one', 'two', 'three']);
  });
});

describe('a kept session', () => {
  const session = { sessionId: 's', sequence: 1, shardId: 0, shardCount: 1, resumeURL: 'wss://gateway' };

  it('is let go after three minutes without a connection', () => {
    let now = 0;
    const store = new SessionStore(() => new Date(now));
    store.write(session);
    store.keep(() => store.write(null));
    expect(store.read()).toEqual(session);
    now = 180_000;
    store.keep(() => store.write(null));
    expect(store.read()).toBeNull();
  });

  it('is let go at once when it is the gateway that ends it', () => {
    const store = new SessionStore(() => new Date(0));
    store.write(session);
    store.keep(() => undefined);
    store.write(null);
    expect(store.read()).toBeNull();
  });
});

/** Ben has the form open, with what he would send. */
async function formOf(at: World): Promise<DiscordPerson> {
  const ben = at.sim.person('ben');
  at.answer = () => ({ type: 'form', form: form() });
  await ben.says('/ticket open');
  await ben.watches(({ modal }) => modal !== null, 'the form');
  await ben.fills({ subject: 'Down', description: 'db1 is *down*' });
  return ben;
}

describe('an interaction over the gateway', () => {
  it('is answered late when core takes long, and a form then becomes a request to try again', async () => {
    world = await startWorld();
    await world.logs(/commands registered/);
    const ben = world.sim.person('ben');
    const gate = Promise.withResolvers<void>();
    world.answer = async () => {
      await gate.promise;
      return { type: 'say', text: 'Sorry for the wait.' };
    };
    await ben.says('/ticket list');
    await expect
      .poll(() => world?.sim.requests.filter(one => one.path.includes('/callback')).length, { timeout: 5000 })
      .toBe(1);
    gate.resolve();
    await ben.sees('Sorry for the wait.');
    const slow = Promise.withResolvers<void>();
    world.answer = async () => {
      await slow.promise;
      return { type: 'form', form: form() };
    };
    await ben.says('/ticket open');
    await expect
      .poll(() => world?.sim.requests.filter(one => one.path.includes('/callback')).length, { timeout: 5000 })
      .toBe(2);
    slow.resolve();
    await ben.sees('Please try again');
    expect(ben.screen().alerts).toEqual([]);
  });

  it('of a window that core cannot take stays unanswered: the window keeps what was typed, and can be sent again', async () => {
    world = await startWorld();
    await world.logs(/commands registered/);
    const ben = await formOf(world);
    world.answer = () => {
      throw new Error('the database is away');
    };
    await ben.submits();
    const { modal } = ben.screen();
    expect(modal?.text).toContain('Something went wrong. Try again.');
    expect(modal?.fields.map(field => field.value)).toContain('db1 is *down*');
    world.answer = () => ({ type: 'say', text: 'Taken.' });
    await ben.submits();
    await ben.sees('Taken.');
    expect(ben.screen().modal).toBeNull();
  });

  it('gives back what was typed when a window is gone before core has failed', async () => {
    world = await startWorld();
    await world.logs(/commands registered/);
    const ben = await formOf(world);
    const gate = Promise.withResolvers<Answer>();
    world.answer = () => gate.promise;
    await ben.submits();
    expect(ben.screen().modal).toBeNull();
    gate.reject(new Error('the database is away'));
    await ben.sees('did not reach us. Please send it again. You wrote:');
    await ben.sees('db1 is *down*');
  });

  it('is apologised for when core fails, and a lost answer harms nobody', async () => {
    world = await startWorld();
    await world.logs(/commands registered/);
    const ben = world.sim.person('ben');
    world.answer = () => {
      throw new Error('the database is away');
    };
    await ben.says('/ticket list');
    await ben.sees('Please try again');
    world.answer = () => ({ type: 'say', text: 'Here.' });
    world.sim.addFault({ match: /callback/, kind: 'platform-error', code: '10062' });
    await ben.says('/ticket list');
    await world.logs(/was not answered.*10062/);
  });
});

describe('the start', () => {
  it('registers the commands once, in both languages, and not again', async () => {
    world = await startWorld();
    await world.logs(/commands registered/);
    const put = world.sim.requests.find(one => one.method === 'PUT' && one.path.includes('/commands'));
    expect(put?.body).toMatchObject([
      {
        name: 'ticket',
        description_localizations: { pl: expect.stringMatching(/zgłoszenia/) },
        options: { length: 13 },
      },
      { name: 'Open a ticket from this message' },
    ]);
    const second = createDiscordChannel({ ...configOf(world), log: { info() {}, warn() {}, error() {} } });
    const gets = () =>
      world?.sim.requests.filter(one => one.method === 'GET' && one.path.includes('/commands')).length;
    const listening = await second.listen?.(async () => ({ type: 'nothing' }));
    await expect.poll(gets).toBe(4);
    await listening?.stop();
    expect(
      world.sim.requests.filter(one => one.method === 'PUT' && one.path.includes('/commands')),
    ).toHaveLength(2);
  });

  it('happens while Discord is down, and connects when it comes back', async () => {
    const port = await freePort();
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const channel = createDiscordChannel({
      token: 'MTIz.x.pretend',
      guildId: '1457468924290662599',
      deskChannelId: '1457468924290662598',
      apiUrl: `http://127.0.0.1:${port}/api`,
      log: { info: line, warn: line, error: line },
      now: () => new Date(),
      phrases,
      staffLocale: 'en',
    });
    const starting = channel.listen?.(async () => ({ type: 'nothing' }));
    await expect.poll(() => lines.join('\n')).toMatch(/cannot be reached/);
    const sim = await startDiscord({ port, botToken: 'MTIz.x.pretend' });
    const listening = await starting;
    expect(sim.gatewayConnected).toBe(true);
    await listening?.stop();
    expect(sim.gatewayConnected).toBe(false);
    await sim.stop();
  });

  it('does not go on asking when the token is refused', async () => {
    const sim = await startDiscord();
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const channel = createDiscordChannel({
      ...baseOf(sim),
      token: 'MTIz.x.wrong',
      log: { info: line, warn: line, error: line },
    });
    const starting = channel.listen?.(async () => ({ type: 'nothing' }));
    await expect.poll(() => lines.join('\n')).toMatch(/cannot be reached/);
    expect(lines.join('\n')).not.toContain('MTIz');
    const listening = await starting;
    expect(sim.invalidRequests).toBeLessThan(8);
    await listening?.stop();
    await sim.stop();
  });
});

function baseOf(sim: World['sim']) {
  const { guildId, deskChannelId, url, botToken } = sim;
  return {
    token: botToken,
    guildId,
    deskChannelId,
    apiUrl: url,
    now: () => new Date(),
    phrases,
    staffLocale: 'en',
  };
}
const configOf = (one: World) => baseOf(one.sim);
