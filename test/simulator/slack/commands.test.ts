import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusal, type Stage, stage } from './stand-in.ts';

let on: Stage;

beforeEach(async () => {
  on = await stage();
});
afterEach(() => on.stop());

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const actions = {
  type: 'actions',
  block_id: 'controls',
  elements: [
    { type: 'button', action_id: 'close', value: '17', text: { type: 'plain_text', text: 'Close ticket' } },
    {
      type: 'static_select',
      action_id: 'priority',
      options: [{ text: { type: 'plain_text', text: 'High' }, value: 'high' }],
    },
  ],
};

async function respond(url: unknown, body: object): Promise<{ status: number; json: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(String(url), { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, json: await answer.json() };
}

describe('a slash command', () => {
  test('arrives as the recorded form', async () => {
    await on.slack.person('ana').says('/ticket open  the disk');
    await on.slack.settled();
    expect(on.desk.last('command')).toMatchObject({
      command: '/ticket',
      text: 'open  the disk',
      user_name: 'ana',
      channel_name: 'support',
      team_domain: 'switchdesk-demo',
      is_enterprise_install: 'false',
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
      response_url: expect.stringContaining('/commands/'),
    });
    expect(on.slack.person('ana').screen().alerts).toEqual([]);
  });

  test('the answer shows to the person alone, or to all', async () => {
    on.desk.answer = () => ({ json: { text: 'only *you*' } });
    await on.slack.person('ana').says('/ticket list');
    expect(await on.slack.person('ana').sees('only you')).toBe('only you');
    on.desk.answer = () => ({ json: { response_type: 'in_channel', text: 'all of you' } });
    await on.slack.person('ana').says('/ticket list');
    await on.slack.person('ben').sees('all of you');
    on.desk.answer = () => ({ text: 'plain answer' });
    await on.slack.person('ana').says('/ticket list');
    await on.slack.person('ana').sees('plain answer');
    await expect(on.slack.person('ben').sees('plain answer', undefined, 20)).rejects.toThrow();
  });

  test('does not exist in threads, nor when nobody registered it', async () => {
    const ana = on.slack.person('ana');
    const root = (await ana.says('root')) ?? '';
    await ana.repliesTo(root, 'reply');
    await ana.goes('root');
    await ana.says('/ticket');
    await ana.says('/carpet', '#support');
    expect(ana.screen().alerts).toEqual([
      '/ticket is not supported in threads. Sorry!',
      '/carpet is not a valid command.',
    ]);
    await on.slack.settled();
    expect(() => on.desk.last('command')).toThrow();
  });

  test('says so when the desk fails or is silent', async () => {
    const quick = await stage({ answerWithinMs: 30 });
    const ana = quick.slack.person('ana');
    quick.desk.answer = () => undefined;
    await ana.says('/ticket');
    await ana.sees('/ticket failed with the error "operation_timeout"');
    await quick.stop();
    on.desk.answer = () => ({ status: 500 });
    await on.slack.person('ana').says('/ticket');
    await on.slack.person('ana').sees('/ticket failed with the error "dispatch_failed"');
  });
});

describe('a response URL', () => {
  test('works five times within 30 minutes', async () => {
    const ana = on.slack.person('ana');
    await ana.says('/ticket');
    await on.slack.settled();
    const url = on.desk.last('command').response_url;
    expect(await respond(url, { text: 'one' })).toMatchObject({ status: 200 });
    await respond(url, { replace_original: true, text: 'two' });
    expect(await ana.sees('two')).toBe('two');
    await expect(ana.sees('one', undefined, 20)).rejects.toThrow();
    await respond(url, { delete_original: true });
    await expect(ana.sees('two', undefined, 20)).rejects.toThrow();
    expect(await respond(url, {})).toMatchObject({ status: 400, json: { error: 'no_text' } });
    await respond(url, { text: 'five' });
    expect(await respond(url, { text: 'six' })).toEqual({
      status: 404,
      json: { ok: false, error: 'used_url' },
    });
    await ana.says('/ticket');
    await on.slack.settled();
    on.clock.forward(30 * 60_000 + 1);
    const late = on.desk.last('command').response_url;
    expect(await respond(late, { text: 'late' })).toEqual({
      status: 404,
      json: { ok: false, error: 'expired_url' },
    });
  });
});

describe('a button of a message', () => {
  test('sends what the recorded ones send, and its message can be replaced', async () => {
    const channel = on.slack.channelId('support');
    const root = await on.client.chat.postMessage({ channel, text: 'Ticket 17' });
    const blocks = [section('What next?'), actions];
    const { ts } = await on.client.chat.postMessage({ channel, thread_ts: root.ts, text: 'x', blocks });
    const ana = on.slack.person('ana');
    await ana.presses('Close', 'Ticket 17');
    await on.slack.settled();
    const pressed = on.desk.last('block_actions');
    expect(pressed).toMatchObject({
      user: { id: ana.id, username: 'ana', team_id: on.slack.teamId },
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: false,
        thread_ts: root.ts,
      },
      channel: { id: channel, name: 'support' },
      message: { ts, bot_id: on.slack.botId, parent_user_id: on.slack.botUserId },
      actions: [{ type: 'button', action_id: 'close', block_id: 'controls', value: '17' }],
      state: { values: {} },
    });
    await respond(pressed.response_url, { replace_original: true, text: 'Closed by Ana' });
    await ana.sees('Closed by Ana', 'Ticket 17');
    await expect(ana.presses('Close', 'Ticket 17')).rejects.toThrow('no button "Close"');
  });

  test('a choice of a select is pressed by its label', async () => {
    await on.client.chat.postMessage({
      channel: on.slack.channelId('support'),
      text: 'x',
      blocks: [actions],
    });
    await on.slack.person('ana').presses('High');
    await on.slack.settled();
    expect(on.desk.last('block_actions').actions).toMatchObject([
      { type: 'static_select', action_id: 'priority', selected_option: { value: 'high' } },
    ]);
  });

  test('a failure shows, and its trigger opens a form once, for three seconds', async () => {
    await on.client.chat.postMessage({
      channel: on.slack.channelId('support'),
      text: 'x',
      blocks: [actions],
    });
    const ana = on.slack.person('ana');
    on.desk.answer = () => ({ status: 500 });
    await ana.presses('Close');
    await ana.sees('"Close ticket" did not work: dispatch_failed');
    const view = {
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'Sure?' },
      blocks: [],
    };
    const trigger = String(on.desk.last('block_actions').trigger_id);
    await on.client.views.open({ trigger_id: trigger, view });
    expect(await ana.sees('Sure?')).toBe('Sure?');
    expect(await refusal(on.client.views.open({ trigger_id: trigger, view }))).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    await ana.presses('Close', '#support');
    await on.slack.settled();
    on.clock.forward(3001);
    const late = String(on.desk.last('block_actions').trigger_id);
    expect(await refusal(on.client.views.open({ trigger_id: late, view }))).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await refusal(on.client.views.open({ trigger_id: '1.2.3', view }))).toEqual({
      error: 'invalid_arguments',
      messages: ['[ERROR] invalid `trigger_id`'],
    });
  });
});
