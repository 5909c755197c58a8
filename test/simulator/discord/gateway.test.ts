import { Client, Events, GatewayIntentBits, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Json } from './kit.ts';
import { intents, later, listen, privateThread, refused, say, world } from './kit.ts';

const named = (t: string, content?: string) => (packet: { t: string; d: Json }) =>
  packet.t === t && (content === undefined || packet.d.content === content);

/** Opens a bare socket, sends these packets, and gives the code with which the gateway closes. */
async function closedWith(url: string, ...packets: unknown[]): Promise<number> {
  const socket = new WebSocket(
    `${url.replace('http', 'ws').replace('/api', '/gateway')}/?v=10&encoding=json`,
  );
  later(async () => socket.terminate());
  return new Promise(resolve => {
    socket.on('message', () => {
      for (const packet of packets.splice(0))
        socket.send(typeof packet === 'string' ? packet : JSON.stringify(packet));
    });
    socket.on('close', code => resolve(code));
  });
}

describe('the gateway with @discordjs/ws', () => {
  it('greets, then brings the guild', async () => {
    const { sim } = await world();
    const gateway = await listen(sim);
    const guild = await gateway.until(named('GUILD_CREATE'));
    expect(gateway.packets[0]).toMatchObject({
      t: 'READY',
      s: 1,
      d: { user: { id: sim.applicationId }, guilds: [{ id: sim.guildId, unavailable: true }] },
    });
    expect((guild.d.channels as Json[]).map(one => one.name)).toEqual(['general', 'support', 'desk']);
    expect(sim.identifies).toBe(1);
  });

  it('brings what people write, with their roles, and what the bot itself writes', async () => {
    const { sim, rest } = await world();
    const gateway = await listen(sim);
    await sim.person('bob').says('from staff', 'general');
    const packet = await gateway.until(named('MESSAGE_CREATE', 'from staff'));
    expect(packet.d).toMatchObject({
      guild_id: sim.guildId,
      channel_id: sim.generalChannelId,
      member: { roles: [sim.staffRoleId] },
    });
    await say(rest, sim.supportChannelId, { content: 'from the bot' });
    const own = await gateway.until(named('MESSAGE_CREATE', 'from the bot'));
    expect(own.d.author).toMatchObject({ id: sim.applicationId, bot: true });
  });

  it('brings edits, deletions, reactions, threads, members and roles', async () => {
    const { sim, rest } = await world();
    const gateway = await listen(sim);
    const ana = sim.person('ana');
    const id = (await ana.says('one')) ?? '';
    await ana.edits(id, 'two');
    await ana.reacts(id, '👍');
    await ana.reacts(id, '👍', false);
    await ana.deletes(id);
    const thread = await privateThread(sim, rest, ana.id);
    await rest.patch(Routes.channel(thread), { body: { archived: true } });
    sim.setRoles('ana', [sim.staffRoleId]);
    await gateway.until(named('GUILD_MEMBER_UPDATE'));
    const names = gateway.packets.map(one => one.t).slice(2);
    expect(names).toEqual([
      'MESSAGE_CREATE',
      'MESSAGE_UPDATE',
      'MESSAGE_REACTION_ADD',
      'MESSAGE_REACTION_REMOVE',
      'MESSAGE_DELETE',
      'THREAD_CREATE',
      'THREAD_MEMBERS_UPDATE',
      'MESSAGE_CREATE',
      'THREAD_UPDATE',
      'GUILD_MEMBER_UPDATE',
    ]);
    expect(gateway.packets.find(named('THREAD_CREATE'))?.d).toMatchObject({
      id: thread,
      newly_created: true,
    });
  });

  it('hides the words of others without the content intent, except mentions and direct chats', async () => {
    const { sim } = await world();
    const gateway = await listen(sim, intents & ~(1 << 15));
    const ana = sim.person('ana');
    await ana.says('secret words');
    await ana.says(`<@${sim.applicationId}> help`);
    await ana.says('between us', 'dm');
    await gateway.until(named('MESSAGE_CREATE', 'between us'));
    const contents = gateway.packets.filter(named('MESSAGE_CREATE')).map(one => one.d.content);
    expect(contents).toEqual(['', `<@${sim.applicationId}> help`, 'between us']);
  });
});

describe('a gateway session', () => {
  it('resumes after a cut, with what was missed', async () => {
    const { sim } = await world();
    const gateway = await listen(sim);
    await sim.person('ana').says('before');
    await gateway.until(named('MESSAGE_CREATE', 'before'));
    sim.dropGateway({ resumable: true });
    await sim.person('ana').says('meanwhile');
    await gateway.until(named('RESUMED'));
    expect(gateway.packets.filter(named('MESSAGE_CREATE')).map(one => one.d.content)).toEqual([
      'before',
      'meanwhile',
    ]);
    expect(gateway.packets.filter(named('READY'))).toHaveLength(1);
  });

  it('resumes when it is asked to reconnect', async () => {
    const { sim } = await world();
    const gateway = await listen(sim);
    sim.askReconnect();
    await gateway.until(named('RESUMED'));
    expect(sim.identifies).toBe(1);
  });

  it('begins anew when the session is gone, and what was missed is lost', async () => {
    const { sim } = await world();
    const gateway = await listen(sim);
    sim.dropGateway({ resumable: false });
    await sim.person('ana').says('lost');
    await gateway.until(
      packet => packet.t === 'READY' && gateway.packets.filter(named('READY')).length === 2,
    );
    await sim.person('ana').says('after');
    await gateway.until(named('MESSAGE_CREATE', 'after'));
    expect(gateway.packets.filter(named('MESSAGE_CREATE')).map(one => one.d.content)).toEqual(['after']);
  });

  it('delivers the last thing a person did once more, and whatever it is told to send', async () => {
    const { sim, rest } = await world();
    const gateway = await listen(sim);
    await sim.person('ana').says('twice');
    await say(rest, sim.supportChannelId, { content: 'the bot’s own' });
    await gateway.until(named('MESSAGE_CREATE', 'the bot’s own'));
    await sim.redeliverLast();
    sim.sendRaw({ op: 0, t: 'MESSAGE_CREATE', s: 99, d: { content: 'odd' } });
    await gateway.until(named('MESSAGE_CREATE', 'odd'));
    expect(gateway.packets.filter(named('MESSAGE_CREATE', 'twice'))).toHaveLength(2);
  });

  it('says which session starts are left', async () => {
    const { sim, rest } = await world();
    await listen(sim);
    expect(await rest.get('/gateway/bot')).toMatchObject({
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999 },
    });
  });
});

describe('the gateway on the bare wire', () => {
  const identify = (token: string, more: Json = {}) => ({
    op: 2,
    d: { token, intents: 1, properties: {}, ...more },
  });

  it('closes with the platform’s codes', async () => {
    const { sim } = await world({ messageContentIntent: false });
    const token = sim.botToken;
    expect(await closedWith(sim.url, identify('wrong'))).toBe(4004);
    expect(await closedWith(sim.url, identify(token, { intents: 1 << 30 }))).toBe(4013);
    expect(await closedWith(sim.url, identify(token, { intents: 1 << 15 }))).toBe(4014);
    expect(await closedWith(sim.url, identify(token), identify(token))).toBe(4005);
    expect(await closedWith(sim.url, { op: 3, d: {} })).toBe(4003);
    expect(await closedWith(sim.url, identify(token), { op: 99 })).toBe(4001);
    expect(await closedWith(sim.url, 'not json')).toBe(4002);
    expect(await closedWith(sim.url, identify(token, { shard: [2, 2] }))).toBe(4010);
  });

  it('hides content over REST too when the portal refuses it', async () => {
    const { sim, rest } = await world({ messageContentIntent: false });
    await sim.person('ana').says('words');
    expect(await rest.get(Routes.channelMessages(sim.supportChannelId))).toMatchObject([{ content: '' }]);
    expect(
      (await refused(rest.get(Routes.channelMessage(sim.supportChannelId, '123456789012345678')))).code,
    ).toBe(10008);
  });
});

describe('the gateway with the discord.js Client', () => {
  it('logs in, hears, answers and opens a thread', async () => {
    const { sim } = await world();
    const client = new Client({
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
      rest: { api: sim.url, retries: 0 },
      allowedMentions: { parse: [] },
    });
    later(() => client.destroy());
    client.on(Events.MessageCreate, message => {
      if (!message.author.bot && !message.system)
        void message
          .startThread({ name: 'Here' })
          .then(thread => thread.send(`You said: ${message.content}`));
    });
    const ready = new Promise(resolve => client.once(Events.ClientReady, resolve));
    await client.login(sim.botToken);
    await ready;
    await sim.person('ana').says('hello');
    expect(await sim.person('ana').sees('You said', 'Here')).toBe('You said: hello');
    expect(client.guilds.cache.get(sim.guildId)?.channels.cache.size).toBeGreaterThanOrEqual(3);
    expect(sim.requests.map(one => [one.method, one.status])).toContainEqual(['POST', 201]);
  });
});
