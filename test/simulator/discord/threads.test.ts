import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { botPermissions, Permission } from '../../../src/simulator/discord/index.ts';
import type { Json } from './kit.ts';
import { privateThread, refused, say, world } from './kit.ts';

const tags = (sim: { deskChannelId: string }, rest: { get(route: `/${string}`): Promise<unknown> }) =>
  rest
    .get(Routes.channel(sim.deskChannelId))
    .then(one => (one as { available_tags: { id: string; name: string }[] }).available_tags);

describe('private threads', () => {
  it('are seen by their members only', async () => {
    const { sim, rest } = await world();
    const id = await privateThread(sim, rest, sim.person('ana').id);
    const sees = (name: string) =>
      sim
        .person(name)
        .screen()
        .places.some(one => one.id === id);
    expect([sees('ana'), sees('ben'), sees('eve'), sees('bob')]).toEqual([true, false, false, false]);
    const place = sim
      .person('ana')
      .screen()
      .places.find(one => one.id === id);
    expect(place).toMatchObject({
      kind: 'thread',
      parent: sim.supportChannelId,
      title: 'Ticket 1',
      canType: true,
    });
    await expect(sim.person('ben').says('let me in', id)).rejects.toThrow('no place');
  });

  it('need the right to make them', async () => {
    const { sim, rest } = await world();
    sim.setBotPermissions(botPermissions & ~Permission.createPrivateThreads);
    const refusal = await refused(
      rest.post(Routes.threads(sim.supportChannelId), { body: { name: 'x', type: 12 } }),
    );
    expect(refusal).toMatchObject({ status: 403, code: 50013 });
  });

  it('refuse bad names and durations', async () => {
    const { sim, rest } = await world();
    const open = (body: Json) => refused(rest.post(Routes.threads(sim.supportChannelId), { body }));
    expect((await open({ name: 'n'.repeat(101) })).errors).toMatchObject({
      name: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH' }] },
    });
    expect((await open({})).errors).toMatchObject({ name: { _errors: [{ code: 'BASE_TYPE_REQUIRED' }] } });
    expect((await open({ name: 'x', auto_archive_duration: 77 })).code).toBe(50035);
  });

  it('wake when somebody writes, unless they are locked', async () => {
    const { sim, rest } = await world();
    const id = await privateThread(sim, rest, sim.person('ana').id);
    await rest.patch(Routes.channel(id), { body: { archived: true } });
    expect((await refused(rest.patch(Routes.channel(id), { body: { name: 'new' } }))).code).toBe(50083);
    expect((await refused(rest.put(Routes.threadMembers(id, sim.person('ben').id)))).code).toBe(50083);
    await sim.person('ana').says('still there?', id);
    expect(await rest.get(Routes.channel(id))).toMatchObject({ thread_metadata: { archived: false } });
    await rest.patch(Routes.channel(id), { body: { archived: true, locked: true } });
    await expect(sim.person('ana').says('hello', id)).rejects.toThrow('cannot write');
    expect(
      sim
        .person('ana')
        .screen()
        .places.find(one => one.id === id),
    ).toMatchObject({ archived: true, canType: false });
    sim.setBotPermissions(botPermissions & ~Permission.manageThreads);
    expect((await refused(say(rest, id, { content: 'x' }))).code).toBe(160005);
  });

  it('let members go again', async () => {
    const { sim, rest } = await world();
    const ana = sim.person('ana');
    const id = await privateThread(sim, rest, ana.id);
    expect(((await rest.get(Routes.threadMembers(id))) as Json[]).map(one => one.user_id)).toEqual([
      sim.applicationId,
      ana.id,
    ]);
    await rest.delete(Routes.threadMembers(id, ana.id));
    expect((await refused(rest.get(Routes.threadMembers(id, ana.id)))).code).toBe(10007);
    expect(ana.screen().places.some(one => one.id === id)).toBe(false);
  });

  it('are listed while active, and among the archived afterwards', async () => {
    const { sim, rest } = await world();
    const id = await privateThread(sim, rest, sim.person('ana').id);
    const active = async () =>
      ((await rest.get(Routes.guildActiveThreads(sim.guildId))) as { threads: Json[] }).threads.map(
        one => one.id,
      );
    expect(await active()).toEqual([id]);
    await rest.patch(Routes.channel(id), { body: { archived: true } });
    expect(await active()).toEqual([]);
    expect(await rest.get(Routes.channelThreads(sim.supportChannelId, 'private'))).toMatchObject({
      threads: [{ id }],
      has_more: false,
    });
    expect(await rest.get(Routes.channelThreads(sim.supportChannelId, 'public'))).toMatchObject({
      threads: [],
    });
  });

  it('begin at a message once', async () => {
    const { sim, rest } = await world();
    const id = (await sim.person('ana').says('a question')) ?? '';
    const open = () => rest.post(Routes.threads(sim.supportChannelId, id), { body: { name: 'answer' } });
    expect(await open()).toMatchObject({ id, type: 11, parent_id: sim.supportChannelId });
    expect((await refused(open())).code).toBe(160004);
  });
});

describe('the desk forum', () => {
  it('is for staff and the bot only', async () => {
    const { sim } = await world();
    const sees = (name: string) =>
      sim
        .person(name)
        .screen()
        .places.some(one => one.kind === 'forum');
    expect(['ana', 'ben', 'eve', 'bob', 'cleo'].map(sees)).toEqual([false, false, false, true, true]);
    sim.setRoles('bob', []);
    sim.setRoles('ana', [sim.staffRoleId]);
    expect([sees('bob'), sees('ana')]).toEqual([false, true]);
  });

  it('has posts with tags, which customers do not see', async () => {
    const { sim, rest } = await world();
    await rest.patch(Routes.channel(sim.deskChannelId), {
      body: { available_tags: [{ name: 'High', emoji_name: '🔥' }, { name: 'Open' }] },
    });
    const [high, open] = await tags(sim, rest);
    const post = (await rest.post(Routes.threads(sim.deskChannelId), {
      body: { name: '#1 down', applied_tags: [high?.id, open?.id], message: { content: 'the card' } },
    })) as { id: string; message: Json };
    expect(post.message).toMatchObject({ id: post.id, content: 'the card' });
    const place = sim
      .person('bob')
      .screen()
      .places.find(one => one.id === post.id);
    expect(place).toMatchObject({
      kind: 'post',
      parent: sim.deskChannelId,
      tags: ['🔥 High', 'Open'],
      canType: true,
    });
    expect(
      sim
        .person('ana')
        .screen()
        .places.some(one => one.id === post.id),
    ).toBe(false);
    await rest.patch(Routes.channel(post.id), { body: { applied_tags: [open?.id] } });
    expect(
      await sim
        .person('bob')
        .watches(screen => screen.places.some(one => one.tags.join() === 'Open'), 'one tag'),
    ).toBeTruthy();
  });

  it('keeps the ids of tags it is given back, and takes removed ones from posts', async () => {
    const { sim, rest } = await world({ deskTags: ['New', 'Waiting'] });
    const [first, second] = await tags(sim, rest);
    const body = { name: 'p', applied_tags: [first?.id, second?.id], message: { content: 'x' } };
    const post = (await rest.post(Routes.threads(sim.deskChannelId), { body })) as Json;
    await rest.patch(Routes.channel(sim.deskChannelId), {
      body: { available_tags: [{ id: second?.id, name: 'Paused' }] },
    });
    expect(await tags(sim, rest)).toMatchObject([{ id: second?.id, name: 'Paused' }]);
    expect(await rest.get(Routes.channel(String(post.id)))).toMatchObject({ applied_tags: [second?.id] });
  });

  it('refuses too many, doubled, foreign and long tags, and posts without a message', async () => {
    const { sim, rest } = await world({ deskTags: Array.from({ length: 6 }, (_, n) => `t${n}`) });
    const patch = (available_tags: Json[]) =>
      refused(rest.patch(Routes.channel(sim.deskChannelId), { body: { available_tags } }));
    const post = (body: Json) =>
      refused(
        rest.post(Routes.threads(sim.deskChannelId), {
          body: { name: 'p', message: { content: 'x' }, ...body },
        }),
      );
    expect((await patch(Array.from({ length: 21 }, (_, n) => ({ name: `n${n}` })))).code).toBe(30048);
    expect((await patch([{ name: 'a' }, { name: 'a' }])).code).toBe(40061);
    expect((await patch([{ name: 'n'.repeat(21) }])).code).toBe(50035);
    expect((await post({ applied_tags: (await tags(sim, rest)).map(one => one.id) })).code).toBe(50035);
    expect((await post({ applied_tags: ['123456789012345678'] })).code).toBe(50035);
    expect((await post({ message: undefined })).errors).toMatchObject({
      message: { _errors: [{ code: 'BASE_TYPE_REQUIRED' }] },
    });
  });

  it('can be changed only with Manage Channels', async () => {
    const { sim, rest } = await world();
    sim.setBotPermissions(botPermissions & ~Permission.manageChannels);
    expect(
      (await refused(rest.patch(Routes.channel(sim.deskChannelId), { body: { available_tags: [] } }))).code,
    ).toBe(50013);
  });
});
