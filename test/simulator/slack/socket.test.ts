import { SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientFor, refusal, type Stage, silent, stage } from './stand-in.ts';

interface SocketEvent {
  readonly ack: (answer?: Record<string, unknown>) => Promise<void>;
  readonly type: string;
  readonly body: Record<string, unknown> & { event?: Record<string, unknown> };
  readonly retry_num?: number;
}

let on: Stage;
let client: SocketModeReceiver['client'];
let events: SocketEvent[];
let answer: (event: SocketEvent) => Record<string, unknown> | undefined;

/** The real client; it waits `patienceMs` for a pong before it gives up, and as long before it comes back. */
async function connect(patienceMs: number): Promise<void> {
  const clientOptions = { slackApiUrl: on.slack.url, logger: silent };
  ({ client } = new SocketModeReceiver({
    appToken: on.slack.appToken,
    logger: silent,
    clientPingTimeout: patienceMs,
    installerOptions: { clientOptions },
  }));
  client.on('slack_event', async (event: SocketEvent) => {
    events.push(event);
    await event.ack(answer(event));
  });
  await client.start();
}

beforeEach(async () => {
  on = await stage({ socketMode: true });
  events = [];
  answer = () => undefined;
});
afterEach(async () => {
  await client.disconnect();
  await on.stop();
});

test('events, commands and forms come through the real client, with answers in the acknowledgement', async () => {
  await connect(5000);
  const ana = on.slack.person('ana');
  await ana.says('hello over the socket');
  await on.slack.settled();
  expect(events[0]).toMatchObject({
    type: 'events_api',
    retry_num: 0,
    body: { event: { text: 'hello over the socket' } },
  });

  answer = () => ({ text: 'from the acknowledgement' });
  await ana.says('/ticket list');
  await ana.sees('from the acknowledgement');

  answer = () => undefined;
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  await clientFor(on.slack).views.open({
    trigger_id: String(events[1]?.body.trigger_id),
    view: {
      type: 'modal',
      title: plain('Form'),
      submit: plain('Send'),
      blocks: [
        {
          type: 'input',
          block_id: 'a',
          label: plain('A'),
          element: { type: 'plain_text_input', action_id: 'a' },
        },
      ],
    },
  });
  await ana.fills({ A: 'x' });
  answer = () => ({ response_action: 'errors', errors: { a: 'Not this' } });
  await ana.submits();
  await ana.sees('Not this');
  answer = () => undefined;
  await ana.submits();
  expect(ana.screen().modal).toBeNull();
  expect(events.map(({ type }) => type)).toEqual([
    'events_api',
    'slash_commands',
    'interactive',
    'interactive',
  ]);
});

test('a refreshed client comes back, and what was missed is sent again', async () => {
  await connect(1000);
  const gone = new Promise(resolve => client.once('close', resolve));
  const back = new Promise(resolve => client.once('connected', resolve));
  on.slack.refreshSockets();
  await gone;
  await on.slack.person('ana').says('in the gap');
  await on.slack.settled();
  expect(on.slack.pendingRetries).toBe(1);
  await back;
  on.clock.forward(60_000);
  expect(await on.slack.retryPending()).toEqual([200]);
  expect(events[0]).toMatchObject({ retry_num: 2, body: { event: { text: 'in the gap' } } });
});

test('the socket needs the app token, and a ticket works once', async () => {
  await connect(5000);
  const call = clientFor(on.slack).apps.connections.open({});
  expect(await refusal(call)).toMatchObject({ error: 'not_allowed_token_type' });
  const { url = '' } = await clientFor(on.slack, on.slack.appToken).apps.connections.open({});
  const open = (): Promise<string> =>
    new Promise(resolve => {
      const socket = new WebSocket(url);
      socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)).type);
      socket.onerror = () => resolve('refused');
    });
  expect(await open()).toBe('hello');
  expect(await open()).toBe('refused');
  const http = await stage();
  expect(await refusal(clientFor(http.slack, http.slack.appToken).apps.connections.open({}))).toMatchObject({
    error: 'not_enabled',
  });
  await http.stop();
});
