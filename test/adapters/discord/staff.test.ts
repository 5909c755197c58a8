import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/simulator/model.ts';
import { card, delivered, startWorld, threadFor, type World } from './world.ts';

let world: World;
let bob: Person;
beforeEach(async () => {
  world = await startWorld();
  await world.logs(/commands registered/);
  bob = world.sim.person('bob');
});
afterEach(async () => {
  expect(world.sim.invalidRequests).toBe(0);
  await world.stop();
});

const calls = (from: number) =>
  world.sim.requests
    .slice(from)
    .filter(one => !one.path.includes('/callback'))
    .map(one => `${one.method} ${one.path.replace(/\d{15,}/g, 'N').replace(/^\/v10/, '')}`);

describe('the desk', () => {
  it('has a post for each ticket, with tags, a card and buttons, in one call', async () => {
    const before = world.sim.requests.length;
    const { address, ref } = delivered(await world.channel.openPost(card()));
    expect(calls(before)).toEqual(['GET /channels/N', 'PATCH /channels/N', 'POST /channels/N/threads']);
    const again = world.sim.requests.length;
    await world.channel.openPost(card({ id: 'x', mark: '#13', title: '#13 Other' }));
    expect(calls(again)).toEqual(['POST /channels/N/threads']);
    expect(ref).toBe(address);
    await bob.goes('#12');
    const post = bob.screen().places.find(place => place.id === address);
    expect(post).toMatchObject({ title: '#12 Server down', kind: 'post', tags: ['Open', 'Critical'] });
    await bob.sees('It does not answer.');
    await bob.sees('192.0.2.7');
    await bob.presses('Claim');
    expect(await world.hears('pressed')).toMatchObject({
      action: 'claim:12',
      place: address,
      ref,
      from: { externalId: bob.id, roles: [world.sim.staffRoleId] },
    });
    const said = await bob.says('We look into it.');
    expect(await world.hears('said')).toMatchObject({ place: address, ref: said, text: 'We look into it.' });
  });

  it('shows a changed card, and touches the tags only when they changed', async () => {
    const { address, ref } = delivered(await world.channel.openPost(card()));
    const before = world.sim.requests.length;
    const closed = card({
      state: 'closed',
      tags: [{ group: 'state', label: 'Closed' }],
      buttons: [],
      urgent: false,
    });
    delivered(await world.channel.showCard(closed, address, ref));
    delivered(await world.channel.showCard({ ...closed, body: 'Solved.' }, address, undefined));
    expect(calls(before)).toEqual([
      'PATCH /channels/N/messages/N',
      'PATCH /channels/N',
      'PATCH /channels/N/messages/N',
    ]);
    await bob.sees('Solved.', address);
    const post = bob.screen().places.find(place => place.id === address);
    expect(post?.tags).toEqual(['Closed']);
    expect(post?.messages[0]?.buttons).toEqual([]);
  });

  it('opens an archived post to show something in it', async () => {
    const { address, ref } = delivered(await world.channel.openPost(card()));
    const archive = () =>
      fetch(`${world.sim.url}/v10/channels/${address}`, {
        method: 'PATCH',
        headers: { authorization: `Bot ${world.sim.botToken}`, 'content-type': 'application/json' },
        body: '{"archived":true}',
      });
    expect((await archive()).status).toBe(200);
    delivered(await world.channel.showCard(card({ body: 'Changed.' }), address, ref));
    await bob.sees('Changed.', address);
    expect((await archive()).status).toBe(200);
    delivered(await world.channel.react('sent', address, ref));
    expect((await archive()).status).toBe(200);
    delivered(
      await world.channel.deliver({ id: 'd9', class: 'reply', text: 'Hello again', buttons: [] }, address),
    );
    await bob.sees('Hello again', address);
  });

  it('has a post of its own about no ticket: no tags, no buttons, no hint, and a picture below it', async () => {
    const sheet = card({
      mark: 'Week 47/2026',
      title: 'Week 47/2026 · 16–22 November',
      body: 'Opened: **3**',
      state: '',
      tags: [],
      vocabulary: [],
      lines: [],
      buttons: [],
      hint: '',
    });
    const { address } = delivered(await world.channel.openPost(sheet));
    const bytes = Buffer.from('a picture');
    const picture = {
      name: 'first-reply.png',
      type: 'image/png',
      size: bytes.length,
      read: async () => bytes,
    };
    const alt = `First reply ${'x'.repeat(2000)}`;
    const message = { id: 'd1', class: 'digest', text: 'First reply', buttons: [] } as const;
    delivered(await world.channel.deliver({ ...message, files: [{ ...picture, alt }] }, address));
    const seen = () => bob.screen().places.find(place => place.id === address);
    expect(seen()).toMatchObject({ title: 'Week 47/2026 · 16–22 November', tags: [] });
    expect(seen()?.messages[0]).toMatchObject({ buttons: [], text: expect.stringContaining('Opened: 3') });
    const [file] = seen()?.messages[1]?.files ?? [];
    expect(file?.name).toBe('first-reply.png');
    expect(file?.alt?.length).toBeLessThanOrEqual(1024);
    // A forum that wants a tag on each post gets one.
    delivered(await world.channel.openPost(card()));
    const wantsTags = await fetch(`${world.sim.url}/v10/channels/${world.sim.deskChannelId}`, {
      method: 'PATCH',
      headers: { authorization: `Bot ${world.sim.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ flags: 16 }),
    });
    expect(wantsTags.status).toBe(200);
    const other = delivered(await world.channel.openPost({ ...sheet, id: 'y', mark: 'Week 48/2026' }));
    const post = bob.screen().places.find(place => place.id === other.address);
    expect(post?.tags).toHaveLength(1);
  });

  it('marks what became of a reply, one mark at a time', async () => {
    const { address } = delivered(await world.channel.openPost(card()));
    const said = (await bob.says('An answer', '#12')) ?? '';
    delivered(await world.channel.react('unknown', address, said));
    delivered(await world.channel.react('sent', address, said));
    const message = bob
      .screen()
      .places.find(place => place.id === address)
      ?.messages.find(one => one.id === said);
    expect(message?.reactions).toEqual([{ emoji: '✅', count: 1 }]);
  });
});

describe('the desk, when things are not as they should be,', () => {
  it('works without the right to make tags, with those that are there', async () => {
    const poor = await startWorld({ deskTags: ['critical'] });
    const { Permission, botPermissions } = await import('../../../src/simulator/discord/index.ts');
    poor.sim.setBotPermissions(botPermissions & ~Permission.manageChannels);
    const { address } = delivered(await poor.channel.openPost(card()));
    expect(
      poor.sim
        .person('bob')
        .screen()
        .places.find(place => place.id === address)?.tags,
    ).toEqual(['critical']);
    expect(poor.logged.join()).toMatch(/may not make them/);
    await poor.stop();
  });

  it('takes mischief in names, titles and texts without a ping or an error', async () => {
    const nasty =
      '@everyone @here <@&1457473602180878604> <!channel> **x** ||y|| `z` \u202E[a](https://e.example)';
    const one = card({
      title: `#14 ${nasty}`.slice(0, 80),
      body: nasty,
      lines: [{ label: nasty, value: nasty.repeat(40) }],
    });
    delivered(await world.channel.openPost(one));
    const { address } = delivered(
      await world.channel.openThread(
        threadFor(world.sim, { text: nasty, title: `#12 ${nasty}`.slice(0, 80) }),
      ),
    );
    delivered(await world.channel.deliver({ id: 'n1', class: 'reply', text: nasty, buttons: [] }, address));
    expect(world.sim.pings).toHaveLength(1);
  });

  it('knows who has which roles at this moment', async () => {
    expect(await world.channel.rolesOf(bob.id)).toEqual([world.sim.staffRoleId]);
    world.sim.setRoles('bob', []);
    expect(await world.channel.rolesOf(bob.id)).toEqual([]);
    expect(await world.channel.rolesOf('1033044521375764599')).toEqual([]);
    expect(await world.channel.rolesOf('nobody')).toEqual([]);
    world.sim.addFault({ match: /members/, kind: 'status', status: 500 });
    expect(await world.channel.rolesOf(bob.id)).toBeUndefined();
  });
});
