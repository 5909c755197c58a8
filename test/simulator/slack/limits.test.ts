import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusal, type Stage, stage } from './stand-in.ts';

let on: Stage;
let channel: string;

beforeEach(async () => {
  on = await stage();
  channel = on.slack.channelId('support');
});
afterEach(() => on.stop());

const post = (where: string) => on.client.chat.postMessage({ channel: where, text: 'x' });

describe('rate limits', () => {
  test('one message per second and channel, after a short burst', async () => {
    for (let sent = 0; sent < 5; sent++) await post(channel);
    await expect(post(channel)).rejects.toMatchObject({ retryAfter: 1 });
    expect(on.slack.requests.at(-1)).toMatchObject({ status: 429, answer: { error: 'ratelimited' } });
    await post(on.slack.channelId('general'));
    on.clock.forward(1000);
    await post(channel);
    await expect(post(channel)).rejects.toMatchObject({ retryAfter: 1 });
  });

  test('tier 2 methods 20 a minute, and the wait is told', async () => {
    for (let call = 0; call < 20; call++) await on.client.users.list({});
    await expect(on.client.users.list({})).rejects.toMatchObject({ retryAfter: 3 });
    on.clock.forward(3000);
    await on.client.users.list({});
    await on.client.users.info({ user: on.slack.person('ana').id });
  });

  test('can be switched off', async () => {
    const free = await stage({ rateLimits: false });
    const where = free.slack.channelId('support');
    for (let sent = 0; sent < 20; sent++) await free.client.chat.postMessage({ channel: where, text: 'x' });
    expect(free.slack.requests.every(({ status }) => status === 200)).toBe(true);
    await free.stop();
  });
});

describe('faults', () => {
  const shown = () =>
    on.slack
      .person('ana')
      .screen()
      .places.find(({ id }) => id === channel)?.messages.length;

  test('a lost answer: done, but the client does not know', async () => {
    on.slack.addFault({ match: /chat\.postMessage/, kind: 'lose-answer' });
    await expect(post(channel)).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(shown()).toBe(1);
    await post(channel);
    expect(shown()).toBe(2);
  });

  test('a refused connection: not done', async () => {
    on.slack.addFault({ match: /POST \/chat/, kind: 'refuse-connection', times: 2 });
    await expect(post(channel)).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    await expect(post(channel)).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(shown()).toBe(0);
    expect(on.slack.requests.map(({ path, status }) => [path, status])).toEqual([
      ['/chat.postMessage', 0],
      ['/chat.postMessage', 0],
    ]);
  });

  test('statuses, and the errors of the platform', async () => {
    on.slack.addFault({ match: /chat/, kind: 'status', status: 429, retryAfterSeconds: 30 });
    await expect(post(channel)).rejects.toMatchObject({ retryAfter: 30 });
    on.slack.addFault({ match: /chat/, kind: 'status', status: 503 });
    await expect(post(channel)).rejects.toMatchObject({ statusCode: 503 });
    on.slack.addFault({ match: /chat/, kind: 'platform-error', code: 'fatal_error' });
    expect(await refusal(post(channel))).toMatchObject({ error: 'fatal_error' });
    on.slack.addFault({ match: /chat/, kind: 'platform-error', code: 'fatal_error' });
    on.slack.clearFaults();
    await post(channel);
    expect(shown()).toBe(1);
  });

  test('a hanging answer ends with the platform', async () => {
    on.slack.addFault({ match: /chat/, kind: 'hang' });
    const call = expect(post(channel)).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    await new Promise<void>(resolve => {
      const off = on.slack.onRequest(() => {
        off();
        resolve();
      });
    });
    await on.slack.stop();
    await call;
    on = await stage();
  });
});
