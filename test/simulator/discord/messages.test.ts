import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Json } from './kit.ts';
import { privateThread, refused, restOf, StillClock, say, world } from './kit.ts';

const button = (more: Json = {}): Json => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const row = (...components: Json[]): Json => ({ type: 1, components });
const firstError = (errors: unknown, ...path: string[]): unknown => {
  const node = path.reduce<unknown>((at, step) => (at as Json | undefined)?.[step], errors) as
    | { _errors?: Json[] }
    | undefined;
  return node?._errors?.[0]?.code;
};

describe('messages over REST', () => {
  it('are created, read, edited and deleted', async () => {
    const { sim, rest } = await world();
    const sent = await say(rest, sim.supportChannelId, { content: 'hello' });
    const edited = (await rest.patch(Routes.channelMessage(sim.supportChannelId, String(sent.id)), {
      body: { content: 'bye' },
    })) as Json;
    expect(edited).toMatchObject({
      id: sent.id,
      content: 'bye',
      author: { id: sim.applicationId, bot: true },
    });
    expect(edited.edited_timestamp).not.toBeNull();
    await rest.delete(Routes.channelMessage(sim.supportChannelId, String(sent.id)));
    const gone = await refused(rest.get(Routes.channelMessage(sim.supportChannelId, String(sent.id))));
    expect(gone).toMatchObject({ status: 404, code: 10008 });
  });

  it('are listed newest first, after and before an id', async () => {
    const { sim, rest } = await world();
    const ids: string[] = [];
    for (const content of ['a', 'b', 'c', 'd'])
      ids.push(String((await say(rest, sim.supportChannelId, { content })).id));
    const list = async (query: Record<string, string>) =>
      (
        (await rest.get(Routes.channelMessages(sim.supportChannelId), {
          query: new URLSearchParams(query),
        })) as Json[]
      ).map(one => one.content);
    expect(await list({ after: ids[1] ?? '' })).toEqual(['d', 'c']);
    expect(await list({ before: ids[1] ?? '' })).toEqual(['a']);
    expect(await list({ limit: '2' })).toEqual(['d', 'c']);
    expect((await refused(list({ limit: '101' }))).code).toBe(50035);
  });

  it('with the same nonce are one, for some minutes only', async () => {
    const clock = new StillClock();
    const { sim, rest } = await world({ clock });
    const body = { content: 'once', nonce: 'delivery-1', enforce_nonce: true };
    const first = await say(rest, sim.supportChannelId, body);
    const second = await say(rest, sim.supportChannelId, { ...body, content: 'again' });
    expect(second).toMatchObject({ id: first.id, content: 'once' });
    clock.advance(10 * 60_000);
    expect((await say(rest, sim.supportChannelId, body)).id).not.toBe(first.id);
  });

  it('without enforce_nonce are two', async () => {
    const { sim, rest } = await world();
    const first = await say(rest, sim.supportChannelId, { content: 'x', nonce: '1' });
    expect((await say(rest, sim.supportChannelId, { content: 'x', nonce: '1' })).id).not.toBe(first.id);
  });

  it.each([
    ['content over 2,000', { content: 'x'.repeat(2001) }, ['content'], 'BASE_TYPE_MAX_LENGTH'],
    ['content of another type', { content: 5 }, ['content'], 'STRING_TYPE_CONVERT'],
    ['a nonce over 25', { content: 'x', nonce: 'n'.repeat(26) }, ['nonce'], 'BASE_TYPE_MAX_LENGTH'],
    [
      'six rows',
      { components: Array.from({ length: 6 }, (_, n) => row(button({ custom_id: `${n}` }))) },
      ['components'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'six buttons in a row',
      { components: [row(...Array.from({ length: 6 }, (_, n) => button({ custom_id: `${n}` })))] },
      ['components', '0', 'components'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a label over 80',
      { components: [row(button({ label: 'l'.repeat(81) }))] },
      ['components', '0', 'components', '0', 'label'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a custom id over 100',
      { components: [row(button({ custom_id: 'c'.repeat(101) }))] },
      ['components', '0', 'components', '0', 'custom_id'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a custom id twice',
      { components: [row(button(), button())] },
      ['components', '0', 'components', '1', 'custom_id'],
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    ['a button outside a row', { components: [button()] }, ['components', '0', 'type'], 'UNION_TYPE_CHOICES'],
    [
      '26 options',
      {
        components: [
          row({
            type: 3,
            custom_id: 's',
            options: Array.from({ length: 26 }, (_, n) => ({ label: `${n}`, value: `${n}` })),
          }),
        ],
      },
      ['components', '0', 'components', '0', 'options'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'embeds over 6,000 together',
      { embeds: [{ description: 'd'.repeat(4000) }, { description: 'd'.repeat(2001) }] },
      ['embeds'],
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      'content with components V2',
      { flags: 32768, content: 'x', components: [{ type: 10, content: 'y' }] },
      ['content'],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'text display without the flag',
      { components: [{ type: 10, content: 'y' }] },
      ['components', '0', 'type'],
      'UNION_TYPE_CHOICES',
    ],
    [
      '41 components V2',
      { flags: 32768, components: Array.from({ length: 41 }, () => ({ type: 14 })) },
      ['components'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'both ways to allow users',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['123456789012345678'] } },
      ['allowed_mentions'],
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      'a reply to nothing',
      { content: 'x', message_reference: { message_id: '123456789012345678' } },
      ['message_reference'],
      'REPLIES_UNKNOWN_MESSAGE',
    ],
  ])('with %s are refused at the field', async (_, body, path, code) => {
    const { sim, rest } = await world();
    const refusal = await refused(say(rest, sim.supportChannelId, body));
    expect(refusal).toMatchObject({ status: 400, code: 50035 });
    expect(firstError(refusal.errors, ...path)).toBe(code);
  });

  it('are refused when empty, and in a forum', async () => {
    const { sim, rest } = await world();
    expect((await refused(say(rest, sim.supportChannelId, { content: '  \n ' }))).code).toBe(50006);
    expect((await refused(say(rest, sim.deskChannelId, { content: 'x' }))).code).toBe(50008);
  });

  it('of another author cannot be edited, nor seen without the channel', async () => {
    const { sim, rest } = await world();
    const id = (await sim.person('ana').says('mine')) ?? '';
    expect(
      (await refused(rest.patch(Routes.channelMessage(sim.supportChannelId, id), { body: { content: 'x' } })))
        .code,
    ).toBe(50005);
    sim.hideFromBot(sim.supportChannelId, true);
    expect(await refused(say(rest, sim.supportChannelId, { content: 'x' }))).toMatchObject({
      status: 403,
      code: 50001,
    });
  });

  it('need the right to send', async () => {
    const { sim, rest } = await world();
    sim.setBotPermissions(1n << 10n);
    expect(await refused(say(rest, sim.supportChannelId, { content: 'x' }))).toMatchObject({
      status: 403,
      code: 50013,
    });
  });

  it('carry files', async () => {
    const { sim, rest } = await world();
    const sent = (await rest.post(Routes.channelMessages(sim.supportChannelId), {
      body: { content: 'see', attachments: [{ id: '0', filename: 'log.txt' }] },
      files: [{ name: 'log.txt', data: Buffer.from('line 1') }],
    })) as { attachments: { url: string; size: number; filename: string }[] };
    expect(sent.attachments[0]).toMatchObject({ filename: 'log.txt', size: 6 });
    expect(await (await fetch(sent.attachments[0]?.url ?? '')).text()).toBe('line 1');
  });

  it('show their components V2, embeds and link buttons as text', async () => {
    const { sim, rest } = await world();
    await say(rest, sim.supportChannelId, {
      flags: 32768,
      components: [
        {
          type: 17,
          components: [
            { type: 10, content: '## Ticket **12**' },
            { type: 14 },
            row(button({ label: 'Close' })),
          ],
        },
      ],
    });
    await say(rest, sim.supportChannelId, {
      embeds: [{ title: 'State', color: 0xed4245, fields: [{ name: 'Who', value: 'Ana' }] }],
    });
    const [first, second] =
      sim
        .person('ana')
        .screen()
        .places.find(one => one.id === sim.supportChannelId)?.messages ?? [];
    expect(first).toMatchObject({ text: 'Ticket 12', buttons: [{ label: 'Close' }] });
    expect(first?.html).toContain('<h2>Ticket <strong>12</strong></h2>');
    expect(second).toMatchObject({ text: 'State\nWho\nAna', accent: '#ed4245' });
  });
});

describe('mentions', () => {
  it('of everyone ping unless the sender allows none', async () => {
    const { sim, rest } = await world();
    await say(rest, sim.supportChannelId, { content: 'careful @everyone', allowed_mentions: { parse: [] } });
    expect(sim.pings).toEqual([]);
    const loud = await say(rest, sim.supportChannelId, { content: 'careful @everyone' });
    expect(sim.pings).toEqual([{ place: sim.supportChannelId, message: loud.id, whom: 'everyone' }]);
    expect(loud.mention_everyone).toBe(true);
  });

  it('by people without the right are words', async () => {
    const { sim } = await world();
    await sim.person('eve').says('@everyone look');
    expect(sim.pings).toEqual([]);
  });

  it('bring the person into a private thread, also by an edit', async () => {
    const { sim, rest } = await world();
    const thread = await privateThread(sim, rest, sim.person('ana').id);
    await say(rest, thread, {
      content: `<@${sim.person('bob').id}> quietly`,
      allowed_mentions: { parse: [] },
    });
    expect(
      sim
        .person('bob')
        .screen()
        .places.some(one => one.id === thread),
    ).toBe(false);
    const sent = await say(rest, thread, { content: `<@${sim.person('bob').id}>` });
    expect(
      sim
        .person('bob')
        .screen()
        .places.some(one => one.id === thread),
    ).toBe(true);
    await rest.patch(Routes.channelMessage(thread, String(sent.id)), {
      body: { content: `<@${sim.person('cleo').id}>` },
    });
    expect(
      sim
        .person('cleo')
        .screen()
        .places.some(one => one.id === thread),
    ).toBe(true);
    expect(sim.pings.map(one => one.whom)).toEqual(['Bob Miller']);
  });
});

describe('reactions', () => {
  it('are put on and taken away', async () => {
    const { sim, rest } = await world();
    const id = (await sim.person('ana').says('hi')) ?? '';
    await rest.put(Routes.channelMessageOwnReaction(sim.supportChannelId, id, encodeURIComponent('✅')));
    await sim.person('ben').reacts(id, '✅');
    const view = () =>
      sim
        .person('ana')
        .screen()
        .places.flatMap(one => one.messages)
        .find(one => one.id === id)?.reactions;
    expect(view()).toEqual([{ emoji: '✅', count: 2 }]);
    await rest.delete(
      Routes.channelMessageUserReaction(
        sim.supportChannelId,
        id,
        encodeURIComponent('✅'),
        sim.person('ben').id,
      ),
    );
    await rest.delete(Routes.channelMessageOwnReaction(sim.supportChannelId, id, encodeURIComponent('✅')));
    expect(view()).toEqual([]);
  });

  it('that are no emoji are refused', async () => {
    const { sim, rest } = await world();
    const id = (await sim.person('ana').says('hi')) ?? '';
    expect(
      (await refused(rest.put(Routes.channelMessageOwnReaction(sim.supportChannelId, id, 'smile')))).code,
    ).toBe(10014);
  });
});

describe('the API as such', () => {
  it('refuses a wrong token, and counts it as invalid', async () => {
    const { sim } = await world();
    const response = await fetch(`${sim.url}/v10/users/@me`, { headers: { authorization: 'Bot wrong' } });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: '401: Unauthorized', code: 0 });
    expect(sim.invalidRequests).toBe(1);
  });

  it('knows itself, its application, its guild and its people', async () => {
    const { sim, rest } = await world();
    expect(await rest.get(Routes.user('@me'))).toMatchObject({ id: sim.applicationId, bot: true });
    expect(await rest.get(Routes.currentApplication())).toMatchObject({ verify_key: sim.publicKey });
    expect(await rest.get(Routes.guildMember(sim.guildId, sim.person('bob').id))).toMatchObject({
      roles: [sim.staffRoleId],
    });
    expect((await refused(rest.get(Routes.guildMember(sim.guildId, '123456789012345678')))).code).toBe(10013);
    expect((await refused(rest.get(Routes.guild('123456789012345678')))).code).toBe(10004);
    expect((await refused(rest.get(Routes.channel('123456789012345678')))).code).toBe(10003);
  });

  it('answers unknown paths, verbs and broken JSON as the platform does, and logs them', async () => {
    const { sim } = await world();
    const headers = { authorization: `Bot ${sim.botToken}`, 'content-type': 'application/json' };
    const call = async (method: string, path: string, body?: string) => {
      const response = await fetch(`${sim.url}/v10${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      return [response.status, ((await response.json()) as Json).code];
    };
    expect(await call('GET', '/nothing/here')).toEqual([404, 0]);
    expect(await call('PUT', '/users/@me', '{}')).toEqual([405, 0]);
    expect(await call('POST', `/channels/${sim.supportChannelId}/messages`, '{"content":')).toEqual([
      400, 50109,
    ]);
    expect(sim.requests.map(one => one.path)).toContain('/nothing/here');
  });

  it('writes to a person, unless they take no direct messages', async () => {
    const { sim } = await world();
    const rest = restOf(sim);
    const shy = sim.addPerson({ name: 'shy', role: 'customer', allowsDms: false });
    const open = async (id: string) =>
      (await rest.post(Routes.userChannels(), { body: { recipient_id: id } })) as Json;
    const dm = await open(sim.person('ana').id);
    await say(rest, String(dm.id), { content: 'a word' });
    expect(await sim.person('ana').sees('a word', String(dm.id))).toBe('a word');
    expect(await refused(say(rest, String((await open(shy.id)).id), { content: 'x' }))).toMatchObject({
      status: 403,
      code: 50007,
    });
  });
});
