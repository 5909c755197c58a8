import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { answer, interaction, ticket, withCommands } from './desk-kit.ts';
import { refused, StillClock, world } from './kit.ts';

describe('slash commands', () => {
  it('arrive with their options, the person’s language and roles', async () => {
    const { sim, gateway } = await withCommands();
    await sim.person('ana').says('/ticket open My server is down');
    const { d } = await gateway.until(interaction(2));
    expect(d).toMatchObject({
      application_id: sim.applicationId,
      guild_id: sim.guildId,
      locale: 'pl',
      guild_locale: 'en-US',
      context: 0,
      member: { user: { id: sim.person('ana').id, global_name: 'Ana Nowak' }, roles: [] },
      channel: { id: sim.supportChannelId },
      data: {
        name: 'ticket',
        options: [
          { name: 'open', type: 1, options: [{ name: 'subject', type: 3, value: 'My server is down' }] },
        ],
      },
    });
    expect(sim.person('ana').screen().commands).toContainEqual({
      name: '/zgłoszenie open',
      description: 'Open one',
    });
  });

  it('are refused by the client when an option does not fit, and are words when unknown', async () => {
    const { sim } = await withCommands();
    const ben = sim.person('ben');
    await ben.says('/ticket show twelve');
    await ben.says('/ticket show');
    await ben.says('/ticket vanish');
    expect(ben.screen().alerts).toEqual([
      'number: Input a valid integer.',
      'number: This option is required. Specify a value.',
      'Unknown subcommand "vanish".',
    ]);
    expect(await ben.says('/nothing here')).toBeTypeOf('string');
    expect(await ben.says('// a note')).toBeTypeOf('string');
  });

  it('unanswered for three seconds alert the person, and the late answer is unknown', async () => {
    const { sim, rest, gateway } = await withCommands();
    await sim.person('ana').says('/ticket open');
    const packet = await gateway.until(interaction(2));
    await sim.person('ana').sees('did not respond');
    expect(await refused(answer(rest, packet, { type: 4, data: { content: 'late' } }))).toMatchObject({
      status: 404,
      code: 10062,
    });
  });

  it('answered late by the clock are unknown too', async () => {
    const clock = new StillClock();
    const { sim, rest, gateway } = await withCommands({ clock });
    await sim.person('ana').says('/ticket open');
    const packet = await gateway.until(interaction(2));
    clock.advance(3001);
    expect((await refused(answer(rest, packet, { type: 5 }))).code).toBe(10062);
  });

  it('with nobody connected fail at once', async () => {
    const { sim, rest } = await world();
    await rest.put(Routes.applicationCommands(sim.applicationId), { body: [ticket] });
    await sim.person('ana').says('/ticket open');
    await sim.person('ana').sees('did not respond', undefined, 500);
  });

  it('complete the last word by asking the desk', async () => {
    const { sim, rest, gateway } = await withCommands();
    gateway.on(packet => {
      if (interaction(4)(packet))
        void answer(rest, packet, { type: 8, data: { choices: [{ name: '#12 server down', value: 12 }] } });
    });
    expect(await sim.person('ana').types('/ticket show 1')).toEqual([{ name: '#12 server down', value: 12 }]);
    const { d } = await gateway.until(interaction(4));
    expect(d.data).toMatchObject({
      options: [{ name: 'show', options: [{ name: 'number', value: '1', focused: true }] }],
    });
  });
});

describe('answers', () => {
  it('only for one person are seen by that person only, and are followed up', async () => {
    const { sim, rest, gateway } = await withCommands();
    await sim.person('ana').says('/ticket open');
    const packet = await gateway.until(interaction(2));
    const told = await answer(
      rest,
      packet,
      { type: 4, data: { content: 'only you', flags: 64 } },
      '?with_response=true',
    );
    expect(told).toMatchObject({
      interaction: { response_message_ephemeral: true },
      resource: { type: 4, message: { content: 'only you' } },
    });
    const messages = (name: string) =>
      sim
        .person(name)
        .screen()
        .places.flatMap(place => place.messages.map(one => [one.text, one.ephemeral]));
    expect(messages('ana')).toEqual([['only you', true]]);
    expect(messages('ben')).toEqual([]);
    const token = String(packet.d.token);
    await rest.patch(Routes.webhookMessage(sim.applicationId, token, '@original'), {
      auth: false,
      body: { content: 'changed' },
    });
    await rest.post(Routes.webhook(sim.applicationId, token), { auth: false, body: { content: 'for all' } });
    expect(messages('ana')).toEqual([
      ['changed', true],
      ['for all', false],
    ]);
    expect(messages('ben')).toEqual([['for all', false]]);
    await rest.delete(Routes.webhookMessage(sim.applicationId, token, '@original'), { auth: false });
    expect(
      (await refused(rest.get(Routes.webhookMessage(sim.applicationId, token, '@original'), { auth: false })))
        .code,
    ).toBe(10008);
  });

  it('that are deferred fill in later, with the visibility they began with', async () => {
    const { sim, rest, gateway } = await withCommands();
    await sim.person('ana').says('/ticket open');
    const packet = await gateway.until(interaction(2));
    await answer(rest, packet, { type: 5, data: { flags: 64 } });
    await sim.person('ana').sees('is thinking');
    await rest.post(Routes.webhook(sim.applicationId, String(packet.d.token)), {
      auth: false,
      body: { content: 'done' },
    });
    const place = sim
      .person('ana')
      .screen()
      .places.find(one => one.id === sim.supportChannelId);
    expect(place?.messages.map(one => [one.text, one.ephemeral])).toEqual([['done', true]]);
  });

  it('are refused twice, of the wrong kind, before the first, for strangers, and after fifteen minutes', async () => {
    const clock = new StillClock();
    const { sim, rest, gateway } = await withCommands({ clock });
    await sim.person('ana').says('/ticket open');
    const packet = await gateway.until(interaction(2));
    const token = String(packet.d.token);
    const followUp = (to = token) =>
      rest.post(Routes.webhook(sim.applicationId, to), { auth: false, body: { content: 'x' } });
    expect((await refused(followUp())).code).toBe(10015);
    expect((await refused(answer(rest, packet, { type: 7, data: { content: 'x' } }))).code).toBe(50035);
    expect((await refused(answer(rest, packet, { type: 4, data: {} }))).code).toBe(50006);
    await answer(rest, packet, { type: 4, data: { content: 'first' } });
    expect(await refused(answer(rest, packet, { type: 4, data: { content: 'second' } }))).toMatchObject({
      status: 400,
      code: 40060,
    });
    expect((await refused(followUp('stranger'))).code).toBe(10015);
    clock.advance(15 * 60_000 + 1);
    expect(await refused(followUp())).toMatchObject({ status: 401, code: 50027 });
  });
});
