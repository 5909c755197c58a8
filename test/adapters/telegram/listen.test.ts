import { afterEach, describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../../src/adapters/telegram/index.ts';
import type { Answer, Inbound } from '../../../src/core/index.ts';
import { telegramRequestFaults, telegramSchemaAvailable } from '../../harness/telegram-schema.ts';
import { type Desk, type DeskOptions, outbound, phrases, SECRET, startDesk } from './desk.ts';

let desk: Desk;
afterEach(() => desk.stop());

const open = async (options: DeskOptions = {}) => {
  desk = await startDesk(options);
  return desk;
};
const calls = (path: string) => desk.sim.requests.filter(request => request.path === path);
const texts = () => desk.heard.map(inbound => ('text' in inbound ? inbound.text : inbound.type));

describe('polling', () => {
  it('brings what people say, in order, and confirms it', async () => {
    await open();
    await desk.listens();
    const ana = desk.sim.person('ana');
    await ana.starts();
    await ana.says('first');
    await ana.says('second');
    await desk.hears(3);
    expect(texts()).toEqual(['asked', 'first', 'second']);
    expect(calls('/deleteWebhook')).toHaveLength(1);
  });

  it('takes what was said while the desk was away', async () => {
    await open();
    await desk.sim.person('ana').says('anybody there?');
    await desk.listens();
    await desk.hears(1);
    expect(texts()).toEqual(['anybody there?']);
  });

  it('asks again for what could not be stored, and for nothing that was', async () => {
    await open();
    let down = 3;
    desk.answer = inbound => {
      if ('text' in inbound && inbound.text === 'second' && down > 0) {
        down -= 1;
        throw new Error('the database is down');
      }
      return { type: 'nothing' };
    };
    const ana = desk.sim.person('ana');
    for (const text of ['first', 'second', 'third']) await ana.says(text);
    await desk.listens();
    await desk.hears(3);
    expect(texts()).toEqual(['first', 'second', 'third']);
    expect(desk.pauses).toEqual([1000, 2000, 4000]);
  });

  it('gives a redelivered update the same event id', async () => {
    await open();
    await desk.listens();
    await desk.sim.person('ana').says('once');
    await desk.hears(1);
    await desk.sim.redeliverLast();
    const [first, second] = await desk.hears(2);
    expect(second?.eventId).toBe(first?.eventId);
  });

  it('ends the spinner of every press, and shows what core says', async () => {
    await open();
    await desk.listens();
    const ana = desk.sim.person('ana');
    await ana.starts();
    const buttons = [{ action: 'close:1', label: 'Close' }];
    await desk.channel.deliver(outbound('Close it?', { buttons }), ana.id);
    desk.answer = inbound =>
      inbound.type === 'pressed' ? { type: 'say', text: 'This is **closed** already.' } : { type: 'nothing' };
    await ana.presses('Close');
    const [, pressed] = await desk.hears(2);
    expect(pressed).toMatchObject({ type: 'pressed', action: 'close:1', place: ana.id });
    await ana.sees('This is closed already.');
  });

  it('does not mind that a press could not be answered', async () => {
    await open();
    await desk.listens();
    const ana = desk.sim.person('ana');
    await ana.starts();
    await desk.channel.deliver(outbound('?', { buttons: [{ action: 'x', label: 'Go' }] }), ana.id);
    desk.sim.addFault({ match: /answerCallbackQuery/, kind: 'status', status: 500 });
    await ana.presses('Go');
    await desk.logs('a press was not answered');
    await ana.says('still here');
    await desk.hears(3);
  });

  it('starts while Telegram is down, and goes on by itself', async () => {
    await open();
    desk.sim.addFault({ match: /getMe/, kind: 'refuse-connection', times: 2 });
    desk.sim.addFault({ match: /getUpdates/, kind: 'status', status: 502, times: 1 });
    await desk.listens();
    await desk.sim.person('ana').says('hello');
    await desk.hears(1);
    expect(desk.pauses.slice(0, 2)).toEqual([1000, 2000]);
  });

  it('says what to do when another process polls, and tries again after 5 s', async () => {
    await open();
    desk.sim.addFault({ match: /getUpdates/, kind: 'status', status: 409 });
    await desk.listens();
    await desk.logs('another process takes the updates');
    expect(desk.pauses).toEqual([5000]);
    await desk.sim.person('ana').says('hello');
    await desk.hears(1);
  });

  it('waits as long as Telegram asks', async () => {
    await open();
    desk.sim.addFault({ match: /getUpdates/, kind: 'status', status: 429, retryAfterSeconds: 7 });
    await desk.sim.person('ana').says('hello');
    await desk.listens();
    await desk.hears(1);
    expect(desk.pauses).toEqual([7000]);
  });

  it('stops at once, and leaves what comes then for the next start', async () => {
    await open();
    await desk.listens();
    await desk.stop();
    expect(desk.heard).toEqual([]);
    await open();
  });

  it('hears nothing from groups', async () => {
    await open();
    desk.sim.addGroup({ title: 'Neighbours', members: ['ana'] });
    await desk.listens();
    await desk.sim.person('ana').says('in the group', 'Neighbours');
    await desk.sim.person('ana').says('in my own chat');
    await desk.hears(1);
    expect(texts()).toEqual(['in my own chat']);
  });
});

describe('from polling to a webhook and back', () => {
  it('nothing is lost that was said meanwhile', async () => {
    await open({ webhook: true });
    const heard: string[] = [];
    const keep = async (inbound: Inbound): Promise<Answer> => {
      if (inbound.type === 'said') heard.push(inbound.text);
      return { type: 'nothing' };
    };
    const { sim } = desk;
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const given = { token: sim.botToken, apiRoot: sim.url, phrases, log, now: () => new Date() };
    const polling = createTelegramChannel(given);
    await sim.person('ana').says('before');
    const first = await polling.listen?.(keep);
    await expect.poll(() => heard).toEqual(['before']);
    await first?.stop();
    await sim.person('ana').says('between');
    await desk.listens();
    await desk.hears(1);
    expect(texts()).toEqual(['between']);
    await sim.idle();
    desk.answer = () => {
      throw new Error('the database is down');
    };
    await sim.person('ana').says('after');
    await sim.idle();
    const second = await polling.listen?.(keep);
    await expect.poll(() => heard).toEqual(['before', 'after']);
    await second?.stop();
  });
});

describe('webhook', () => {
  it('is set with its secret, and brings what people say', async () => {
    await open({ webhook: true });
    await desk.listens();
    expect(calls('/setWebhook')[0]?.body).toMatchObject({
      url: expect.stringMatching(/\/hooks\/telegram$/),
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'message_reaction'],
      drop_pending_updates: false,
    });
    await desk.sim.person('ana').says('hello');
    await desk.hears(1);
    await desk.sim.idle();
    expect(desk.sim.lastDelivery?.status).toBe(200);
    expect(desk.sim.pendingUpdates).toBe(0);
    expect(calls('/getUpdates')).toEqual([]);
  });

  it('is delivered again when it could not be stored', async () => {
    await open({ webhook: true });
    await desk.listens();
    desk.answer = () => {
      throw new Error('the database is down');
    };
    await desk.sim.person('ana').says('hello');
    await desk.sim.idle();
    expect(desk.sim.pendingUpdates).toBe(1);
    desk.answer = () => ({ type: 'nothing' });
    await desk.sim.retryPending();
    expect(texts()).toEqual(['hello']);
    expect(desk.sim.pendingUpdates).toBe(0);
  });

  it('answers a press in the response itself', async () => {
    await open({ webhook: true });
    await desk.listens();
    const ana = desk.sim.person('ana');
    await ana.starts();
    await desk.channel.deliver(outbound('?', { buttons: [{ action: 'x', label: 'Go' }] }), ana.id);
    desk.answer = inbound =>
      inbound.type === 'pressed' ? { type: 'say', text: 'Gone.' } : { type: 'nothing' };
    await ana.presses('Go');
    await ana.sees('Gone.');
    await desk.sim.idle();
    expect(calls('/answerCallbackQuery')).toMatchObject([{ status: 200 }]);
  });

  it('refuses a forger', async () => {
    await open({ webhook: true });
    await desk.listens();
    const forged = JSON.stringify({ update_id: 1, message: { text: 'hi' } });
    expect((await desk.sim.post(forged, {})).status).toBe(401);
    expect((await desk.sim.post(forged, { 'X-Telegram-Bot-Api-Secret-Token': 'guess' })).status).toBe(401);
    expect(desk.heard).toEqual([]);
  });
});

describe('the menu of commands', () => {
  const published = () => desk.sim.requests.filter(({ path }) => path === '/setMyCommands');

  it('is there in each language, and is not set again when it is', async () => {
    await open({ webhook: true });
    await desk.listens();
    await desk.calls('/setMyCommands', 2);
    expect(desk.sim.person('ana').screen().commands[0]).toEqual({
      name: 'ticket',
      description: 'Otwórz zgłoszenie',
    });
    expect(desk.sim.person('ben').screen().commands[0]).toEqual({
      name: 'ticket',
      description: 'Open a ticket',
    });
    expect(published()).toHaveLength(2);
    const again = await desk.channel.listen?.(async () => ({ type: 'nothing' }));
    await desk.calls('/getMyCommands', 4);
    await again?.stop();
    expect(published()).toHaveLength(2);
  });

  it.skipIf(!telegramSchemaAvailable)(
    'and every other call fits the published schema (skipped without ../shared/specs)',
    async () => {
      await open();
      await desk.listens();
      await desk.sim.person('ben').watches(({ commands }) => commands.length === 8, 'eight commands');
      expect(desk.sim.requests.flatMap(({ path, body }) => telegramRequestFaults(path, body))).toEqual([]);
    },
  );
});
