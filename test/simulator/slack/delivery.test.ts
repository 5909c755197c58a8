import { isValidSlackRequest } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Received, type Stage, stage } from './stand-in.ts';

let on: Stage;
let support: string;

beforeEach(async () => {
  on = await stage();
  support = on.slack.channelId('support');
});
afterEach(() => on.stop());

function verified({ headers, raw }: Pick<Received, 'headers' | 'raw'>): boolean {
  const signature = String(headers['x-slack-signature']);
  const timestamp = Number(headers['x-slack-request-timestamp']);
  return isValidSlackRequest({
    signingSecret: on.slack.signingSecret,
    body: raw,
    headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp },
    nowMilliseconds: on.clock.now(),
  });
}

describe('events', () => {
  test('are signed so that the real verification accepts them, and look like the recorded ones', async () => {
    const ts = await on.slack.person('ana').says('hello <b> & @switchdesk');
    await on.slack.settled();
    expect(on.desk.received.every(verified)).toBe(true);
    const [message] = on.desk.received;
    expect(message?.body).toMatchObject({
      type: 'event_callback',
      team_id: on.slack.teamId,
      api_app_id: on.slack.appId,
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ user_id: on.slack.botUserId, is_bot: true }],
    });
    expect(on.desk.events).toMatchObject([
      {
        type: 'message',
        user: on.slack.person('ana').id,
        text: `hello &lt;b&gt; &amp; <@${on.slack.botUserId}>`,
        channel: support,
        channel_type: 'channel',
        ts,
        event_ts: ts,
        client_msg_id: expect.any(String),
        blocks: [{ type: 'rich_text' }],
      },
      { type: 'app_mention', ts },
    ]);
  });

  test('come only from where the bot is, direct conversations and threads included', async () => {
    const ana = on.slack.person('ana');
    await ana.says('not for you', '#random');
    const root = (await ana.says('root')) ?? '';
    await ana.repliesTo(root, 'reply');
    await ana.says('private', 'Switchdesk');
    await on.slack.settled();
    expect(
      on.desk.events.map(({ text, thread_ts, channel_type }) => [text, thread_ts, channel_type]),
    ).toEqual([
      ['root', undefined, 'channel'],
      ['reply', root, 'channel'],
      ['private', undefined, 'im'],
    ]);
  });

  test('the bot hears its own messages, with bot_id and without metadata', async () => {
    const metadata = { event_type: 'delivery', event_payload: { id: '1' } };
    await on.client.chat.postMessage({ channel: support, text: 'echo', metadata });
    await on.slack.settled();
    const [echo] = on.desk.events;
    expect(echo).toMatchObject({ user: on.slack.botUserId, bot_id: on.slack.botId, text: 'echo' });
    expect(echo).not.toHaveProperty('metadata');
    expect(echo).not.toHaveProperty('subtype');
  });

  test('tell of edits, deletions and reactions', async () => {
    const ana = on.slack.person('ana');
    const ts = (await ana.says('first')) ?? '';
    await ana.edits(ts, 'second');
    await on.slack.person('bob').reacts(ts, 'eyes');
    await ana.deletes(ts);
    await on.slack.settled();
    expect(on.desk.events).toMatchObject([
      { text: 'first' },
      {
        subtype: 'message_changed',
        message: { text: 'second', ts, edited: { user: ana.id } },
        previous_message: { text: 'first' },
      },
      {
        type: 'reaction_added',
        reaction: 'eyes',
        item: { type: 'message', channel: support, ts },
        item_user: ana.id,
      },
      { subtype: 'message_deleted', deleted_ts: ts, previous_message: { text: 'second' } },
    ]);
  });

  test('the deleted root of a thread stays as a tombstone', async () => {
    const ana = on.slack.person('ana');
    const root = (await ana.says('root')) ?? '';
    await ana.repliesTo(root, 'reply');
    await ana.deletes(root);
    await on.slack.settled();
    expect(on.desk.events.at(-1)).toMatchObject({
      subtype: 'message_changed',
      message: { subtype: 'tombstone' },
    });
    expect(await ana.sees('This message was deleted.')).toBe('This message was deleted.');
  });
});

describe('the retry rule', () => {
  test('at once, after one minute, after five, then never again', async () => {
    const verdicts: boolean[] = [];
    on.desk.answer = received => {
      verdicts.push(verified(received));
      return { status: 500 };
    };
    await on.slack.person('ana').says('hard to deliver');
    await on.slack.settled();
    expect(on.slack.pendingRetries).toBe(1);
    expect(await on.slack.retryPending()).toEqual([]);
    on.clock.forward(60_000);
    expect(await on.slack.retryPending()).toEqual([500]);
    on.clock.forward(299_000);
    expect(await on.slack.retryPending()).toEqual([]);
    on.clock.forward(1000);
    expect(await on.slack.retryPending()).toEqual([500]);
    expect(on.slack.pendingRetries).toBe(0);
    const numbers = on.desk.received.map(({ headers }) => headers['x-slack-retry-num']);
    expect(numbers).toEqual([undefined, '1', '2', '3']);
    expect(new Set(on.desk.received.map(({ body }) => body.event_id)).size).toBe(1);
    expect(on.desk.received[3]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(verdicts).toEqual([true, true, true, true]);
  });

  test('ends with the first success, and with X-Slack-No-Retry', async () => {
    on.desk.answer = () => ({ status: on.desk.received.length === 1 ? 503 : 200 });
    await on.slack.person('ana').says('second time lucky');
    await on.slack.settled();
    expect(on.desk.received).toHaveLength(2);
    on.desk.answer = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    await on.slack.person('ana').says('do not repeat');
    await on.slack.settled();
    expect(on.desk.received).toHaveLength(3);
    expect(on.slack.pendingRetries).toBe(0);
  });

  test('calls silence a timeout', async () => {
    const quick = await stage({ answerWithinMs: 1000 });
    quick.desk.answer = () => (quick.desk.received.length === 1 ? undefined : {});
    await quick.slack.person('ana').says('hello?');
    await quick.slack.settled();
    expect(quick.desk.received[1]?.headers['x-slack-retry-reason']).toBe('http_timeout');
    await quick.stop();
  });

  test('the last event can be sent again by hand', async () => {
    await on.slack.person('ana').says('once');
    await on.slack.settled();
    expect(await on.slack.redeliverLast()).toBe(200);
    expect(on.desk.received[1]?.body).toEqual(on.desk.received[0]?.body);
    expect(on.desk.received[1]?.headers['x-slack-retry-num']).toBe('1');
  });
});

describe('raw helpers', () => {
  test('sign any body at any time; a tampered one is not accepted', async () => {
    const body = JSON.stringify({ type: 'event_callback', event: { type: 'message' } });
    const { headers } = on.slack.sign(body);
    expect(await on.slack.post(body, headers)).toEqual({ status: 200, body: '' });
    await on.slack.post(`${body} `, headers);
    const old = on.slack.sign(body, Math.floor(on.clock.now() / 1000) - 301);
    await on.slack.post(body, old.headers);
    expect(on.desk.received.map(verified)).toEqual([true, false, false]);
  });

  test('the last delivery can be replayed as it was', async () => {
    await on.slack.person('ana').says('replay me');
    await on.slack.settled();
    const last = on.slack.lastDelivery;
    await on.slack.post(last?.body ?? '', last?.headers ?? {});
    expect(on.desk.received[1]?.raw).toBe(on.desk.received[0]?.raw);
    expect(on.desk.received.every(verified)).toBe(true);
  });

  test('the URL is verified by its echo', async () => {
    expect(await on.slack.verifyUrl()).toBe(false);
    on.desk.answer = ({ body }) => ({ json: { challenge: body.challenge } });
    expect(await on.slack.verifyUrl()).toBe(true);
    expect(on.desk.received.at(-1)?.body).toMatchObject({ type: 'url_verification' });
  });
});
