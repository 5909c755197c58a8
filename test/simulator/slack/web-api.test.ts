import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientFor, refusal, type Stage, stage } from './stand-in.ts';

let on: Stage;
let support: string;

beforeAll(async () => {
  on = await stage({ rateLimits: false });
  support = on.slack.channelId('support');
});
afterAll(() => on.stop());

describe('the real client posts and reads', () => {
  test('auth.test names the bot', async () => {
    const me = await on.client.auth.test();
    expect(me).toMatchObject({ ok: true, user_id: on.slack.botUserId, bot_id: on.slack.botId });
    expect(me.response_metadata?.scopes).toContain('chat:write');
  });

  test('a thread is its own place, and its root leads to it', async () => {
    const root = await on.client.chat.postMessage({ channel: support, text: 'Ticket 17: the disk is full' });
    await on.client.chat.postMessage({ channel: support, thread_ts: root.ts, text: 'We look into it' });
    const ana = on.slack.person('ana');
    const { places } = ana.screen();
    const thread = places.find(({ kind }) => kind === 'thread');
    expect(thread).toMatchObject({ title: 'Ticket 17: the disk is full', parent: support });
    expect(thread?.messages.map(({ text }) => text)).toEqual([
      'Ticket 17: the disk is full',
      'We look into it',
    ]);
    const channel = places.find(({ id }) => id === support);
    expect(channel?.messages.map(({ text }) => text)).toEqual(['Ticket 17: the disk is full']);
    expect(channel?.messages[0]?.thread).toBe(thread?.id);
    expect(await ana.sees('look into it')).toBe('We look into it');
    const { messages } = await on.client.conversations.replies({ channel: support, ts: root.ts ?? '' });
    expect(messages?.[0]).toMatchObject({ reply_count: 1, thread_ts: root.ts });
    expect(messages?.[1]).toMatchObject({ parent_user_id: on.slack.botUserId });
  });

  test('metadata comes back only where it is asked for', async () => {
    const metadata = { event_type: 'delivery', event_payload: { delivery_id: 'd-1' } };
    const { ts } = await on.client.chat.postMessage({ channel: support, text: 'with metadata', metadata });
    const bare = await on.client.conversations.history({ channel: support, limit: 1 });
    expect(bare.messages?.[0]).not.toHaveProperty('metadata');
    const full = await on.client.conversations.history({
      channel: support,
      limit: 1,
      include_all_metadata: true,
    });
    expect(full.messages?.[0]).toMatchObject({ ts, metadata });
    expect(full.has_more).toBe(true);
    const older = await on.client.conversations.history({
      channel: support,
      limit: 1,
      cursor: full.response_metadata?.next_cursor,
    });
    expect(older.messages?.[0]?.ts).not.toBe(ts);
  });

  test('a message to a user opens the direct conversation', async () => {
    const ben = on.slack.person('ben');
    const posted = await on.client.chat.postMessage({ channel: ben.id, text: 'Hello Ben' });
    expect(posted.channel).toMatch(/^D/);
    expect(await ben.sees('Hello Ben', 'Switchdesk')).toBe('Hello Ben');
    const opened = await on.client.conversations.open({ users: ben.id });
    expect(opened).toMatchObject({ already_open: true, channel: { id: posted.channel } });
    expect(
      on.slack
        .person('ana')
        .screen()
        .places.flatMap(({ messages }) => messages),
    ).not.toContainEqual(expect.objectContaining({ text: 'Hello Ben' }));
  });
});

describe('the real client changes and reacts', () => {
  test('an update keeps what it does not name and is marked as edited', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'in *blocks*' } }];
    const { ts = '' } = await on.client.chat.postMessage({ channel: support, text: 'fallback', blocks });
    await on.client.chat.update({ channel: support, ts, text: 'new fallback' });
    const shown = on.slack
      .person('ana')
      .screen()
      .places.find(({ id }) => id === support)
      ?.messages.at(-1);
    expect(shown).toMatchObject({ text: 'in blocks', edited: true });
    await on.client.chat.update({ channel: support, ts, text: 'only text', blocks: [] });
    await on.slack.person('ana').sees('only text');
    await on.client.chat.delete({ channel: support, ts });
    expect(await refusal(on.client.chat.delete({ channel: support, ts }))).toMatchObject({
      error: 'message_not_found',
    });
  });

  test('an ephemeral message is for one person', async () => {
    const ana = on.slack.person('ana');
    await on.client.chat.postEphemeral({ channel: support, user: ana.id, text: 'just you' });
    await ana.sees('just you');
    await expect(on.slack.person('ben').sees('just you', undefined, 20)).rejects.toThrow(
      'did not see "just you"',
    );
    const { messages } = await on.client.conversations.history({ channel: support });
    expect(messages?.some(({ text }) => text === 'just you')).toBe(false);
  });

  test('reactions show, and only once per user', async () => {
    const { ts = '' } = await on.client.chat.postMessage({ channel: support, text: 'react to me' });
    const reaction = { channel: support, timestamp: ts, name: 'white_check_mark' };
    await on.client.reactions.add(reaction);
    await on.slack.person('ben').reacts(ts, '✅');
    const seen = on.slack
      .person('ana')
      .screen()
      .places.find(({ id }) => id === support)
      ?.messages.at(-1);
    expect(seen?.reactions).toEqual([{ emoji: '✅', count: 2 }]);
    expect(await refusal(on.client.reactions.add(reaction))).toMatchObject({ error: 'already_reacted' });
    await on.slack.person('ben').reacts(ts, 'white_check_mark', false);
    await on.client.reactions.remove(reaction);
    expect(await refusal(on.client.reactions.remove(reaction))).toMatchObject({ error: 'no_reaction' });
  });

  test('people have a language and a zone', async () => {
    const ana = on.slack.person('ana');
    const { user } = await on.client.users.info({ user: ana.id, include_locale: true });
    expect(user).toMatchObject({ locale: 'pl-PL', tz: 'Europe/Warsaw', tz_offset: 3600, is_bot: false });
    const { members } = await on.client.users.list({});
    expect(members).toHaveLength(on.slack.people.length + 1);
    const inSupport = await on.client.conversations.members({ channel: support });
    expect(inSupport.members).toContain(ana.id);
    const { channels } = await on.client.conversations.list({ types: 'public_channel' });
    expect(channels?.map(({ name }) => name)).toEqual(['general', 'support', 'random', 'support-desk']);
    const { permalink } = await on.client.chat.getPermalink({
      channel: support,
      message_ts: (await on.client.chat.postMessage({ channel: support, text: 'link me' })).ts ?? '',
    });
    expect(permalink).toMatch(/^https:\/\/switchdesk-demo\.slack\.com\/archives\/C\w+\/p\d{16}$/);
  });
});

describe('the wrong thing is refused with the real error', () => {
  test('tokens and scopes', async () => {
    expect(await refusal(clientFor(on.slack, 'xoxb-wrong').auth.test())).toMatchObject({
      error: 'invalid_auth',
    });
    const nobody = await (await fetch(`${on.slack.url}auth.test`, { method: 'POST' })).json();
    expect(nobody).toMatchObject({ ok: false, error: 'not_authed' });
    const inJson = await fetch(`${on.slack.url}auth.test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: on.slack.botToken }),
    });
    expect(await inJson.json()).toMatchObject({ error: 'not_authed' });
    expect(await refusal(clientFor(on.slack, on.slack.appToken).auth.test())).toMatchObject({
      error: 'not_allowed_token_type',
    });
    const poor = await stage({ scopes: ['users:read'] });
    const call = poor.client.chat.postMessage({ channel: poor.slack.channelId('support'), text: 'no' });
    expect(await refusal(call)).toMatchObject({ error: 'missing_scope' });
    await poor.stop();
  });

  test('channels and users', async () => {
    const post = (channel: string) => refusal(on.client.chat.postMessage({ channel, text: 'x' }));
    expect(await post('C0NOWHERE')).toMatchObject({ error: 'channel_not_found' });
    expect(await post(on.slack.channelId('random'))).toMatchObject({ error: 'not_in_channel' });
    expect(await refusal(on.client.users.info({ user: 'U0NOBODY' }))).toMatchObject({
      error: 'user_not_found',
    });
    expect(await refusal(on.client.conversations.open({ users: 'U0NOBODY' }))).toMatchObject({
      error: 'user_not_found',
    });
    expect(await refusal(on.client.apiCall('users.info', {}))).toEqual({
      error: 'invalid_arguments',
      messages: ['[ERROR] missing required field: user'],
    });
  });

  test('texts, threads and metadata', async () => {
    const post = (rest: Record<string, unknown>) =>
      refusal(on.client.apiCall('chat.postMessage', { channel: support, ...rest }));
    expect(await post({ text: '  ' })).toMatchObject({ error: 'no_text' });
    expect(await post({ text: 'x', thread_ts: '1.000001' })).toMatchObject({ error: 'thread_not_found' });
    expect(await post({ text: 'x', metadata: { event_type: 'y' } })).toMatchObject({
      error: 'invalid_metadata_format',
    });
    expect(await post({ text: 'x', blocks: '[{' })).toMatchObject({ error: 'invalid_blocks_format' });
    expect(await post({ text: 'x', markdown_text: 'y' })).toMatchObject({ error: 'markdown_text_conflict' });
    const { ts = '' } = await on.client.chat.postMessage({ channel: support, text: 'x'.repeat(50_000) });
    const { messages } = await on.client.conversations.history({ channel: support, limit: 1 });
    expect(messages?.[0]?.text).toHaveLength(40_000);
    const long = on.client.chat.update({ channel: support, ts, text: 'x'.repeat(4001) });
    expect(await refusal(long)).toMatchObject({ error: 'msg_too_long' });
  });

  test('the messages of others cannot be changed', async () => {
    const ts = (await on.slack.person('ana').says('mine')) ?? '';
    const update = on.client.chat.update({ channel: support, ts, text: 'yours' });
    expect(await refusal(update)).toMatchObject({ error: 'cant_update_message' });
    expect(await refusal(on.client.chat.delete({ channel: support, ts }))).toMatchObject({
      error: 'cant_delete_message',
    });
  });

  test('bad bodies and unknown methods, which are recorded', async () => {
    const send = async (type: string, body: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${on.slack.botToken}`, 'content-type': type };
      const answer = await fetch(`${on.slack.url}chat.postMessage`, { method: 'POST', headers, body });
      return answer.json();
    };
    expect(await send('application/json', '{')).toMatchObject({ error: 'invalid_json' });
    expect(await send('application/json', '[]')).toMatchObject({ error: 'json_not_object' });
    expect(await send('image/png', 'x')).toMatchObject({ error: 'invalid_post_type' });
    expect(await send('application/json', '{"channel":7,"text":"x"}')).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(await refusal(on.client.apiCall('chat.shout', {}))).toMatchObject({ error: 'unknown_method' });
    expect(on.slack.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/chat.shout',
      status: 200,
      answer: { error: 'unknown_method' },
    });
  });
});
