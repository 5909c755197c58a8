import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { webApi } from '@slack/bolt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { receiptOf } from '../../../src/adapters/slack/api.ts';
import { createSlackChannel } from '../../../src/adapters/slack/index.ts';
import { limits } from '../../../src/adapters/slack/limits.ts';
import type { Lookup, Outbound, OutboundThread, Receipt } from '../../../src/core/index.ts';
import type { Fault } from '../../../src/simulator/model.ts';
import type { SlackPerson } from '../../../src/simulator/slack/index.ts';
import { type Desk, phrases, startDesk } from './desk.ts';

let desk: Desk;
let ana: SlackPerson;

beforeAll(async () => {
  desk = await startDesk();
  ana = desk.sim.person('ana');
});
afterEach(() => desk.sim.clearFaults());
afterAll(async () => {
  expect(desk.sim.pings).toEqual([]);
  await desk.stop();
});

let ids = 100;
const outbound = (over: Partial<Outbound> = {}): Outbound => ({
  id: String(ids++),
  class: 'reply',
  text: 'Hello',
  buttons: [],
  ...over,
});
const thread = (over: Partial<OutboundThread> = {}): OutboundThread => ({
  ...outbound(),
  title: '#1 Mail',
  mark: '#1',
  person: { space: desk.sim.teamId, externalId: ana.id },
  ...over,
});
const opened = async (
  over: Partial<OutboundThread> = {},
): Promise<{ address: string; ref: string; id: string }> => {
  const sent = thread(over);
  const receipt = await desk.channel.openThread?.(sent);
  if (receipt?.outcome !== 'delivered') throw new Error(JSON.stringify(receipt));
  return { address: receipt.address ?? '', ref: receipt.ref ?? '', id: sent.id };
};
const lookup = (over: Partial<Lookup>): Lookup => ({
  id: '',
  kind: 'post',
  mark: '#1',
  to: undefined,
  person: undefined,
  near: undefined,
  since: new Date(),
  others: [],
  ...over,
});
const postFault = (fault: Omit<Fault, 'match'>): void =>
  desk.sim.addFault({ match: /chat\.postMessage/, ...fault });

/** As often this piece as just fits. */
function longest(piece: string): string {
  let fits = 1;
  let over = Math.ceil((2 * limits.text) / piece.length);
  while (over - fits > 1) {
    const half = Math.floor((fits + over) / 2);
    if (limits.measure(piece.repeat(half)) <= limits.text) fits = half;
    else over = half;
  }
  return piece.repeat(fits);
}

describe('what is sent', () => {
  it('reads as written, and notifies nobody', async () => {
    const { address } = await opened({ title: '#2 <!channel> *x* <b>' });
    await ana.sees('#2 <!channel> *x* <b>');
    const text =
      '@everyone <!channel> <@U0SIMBOT001> & **bold** \\*not\\*\n\n```\n<!here>\n```\n\n- one\n- two';
    await desk.channel.deliver(outbound({ text }), address);
    const seen = await ana.sees('@everyone <!channel> <@U0SIMBOT001> & bold *not*');
    expect(seen).toContain('<!here>');
    expect(desk.sim.pings).toEqual([]);
  });

  it('takes the longest text that the limits allow, in any shape', async () => {
    const { address } = await opened();
    for (const piece of [
      'a',
      '*a* b ',
      '- x\n',
      '`a` ',
      '<&>',
      '[l](https://a.example/x) ',
      '> q\n\n',
      '💥',
    ]) {
      const text = longest(piece);
      expect(await desk.channel.deliver(outbound({ text }), address), piece).toMatchObject({
        outcome: 'delivered',
      });
    }
  });

  it('has more buttons than fit in one row of blocks', async () => {
    const { address } = await opened();
    const buttons = Array.from({ length: 30 }, (_, n) => ({ action: `do:${n}`, label: `Do ${n}` }));
    expect(await desk.channel.deliver(outbound({ buttons }), address)).toMatchObject({
      outcome: 'delivered',
    });
    await ana.goes(ana.screen().places.at(-1)?.id ?? '');
  });

  it('goes once, whatever happens to the answer', async () => {
    const { address } = await opened();
    const before = desk.sim.requests.length;
    postFault({ kind: 'lose-answer' });
    expect(await desk.channel.deliver(outbound({ text: 'only once' }), address)).toMatchObject({
      outcome: 'unknown',
    });
    postFault({ kind: 'status', status: 503 });
    expect(await desk.channel.deliver(outbound(), address)).toMatchObject({
      outcome: 'unknown',
      why: 'HTTP 503',
    });
    expect(desk.sim.requests.length - before).toBe(2);
  });
});

describe('what Slack refuses', () => {
  it.each<[string, Receipt]>([
    ['channel_not_found', { outcome: 'refused', code: 'gone', why: 'channel_not_found' }],
    ['restricted_action', { outcome: 'refused', code: 'forbidden', why: 'restricted_action' }],
    ['cannot_dm_bot', { outcome: 'refused', code: 'forbidden', why: 'cannot_dm_bot' }],
    ['msg_too_long', { outcome: 'refused', code: 'invalid', why: 'msg_too_long' }],
    ['invalid_blocks', { outcome: 'refused', code: 'invalid', why: 'invalid_blocks' }],
    ['fatal_error', { outcome: 'unknown', why: 'fatal_error' }],
    ['service_unavailable', { outcome: 'retry', afterMs: 5_000, scope: 'bot', why: 'service_unavailable' }],
    [
      'account_inactive',
      { outcome: 'retry', afterMs: 60_000, scope: 'bot', why: 'the bot token is refused: account_inactive' },
    ],
  ])('%s', async (code, receipt) => {
    postFault({ kind: 'platform-error', code });
    expect(await desk.channel.deliver(outbound(), 'D01/1.1')).toEqual(receipt);
  });

  it.each([
    ['missing_scope', 'OAuth & Permissions'],
    ['not_in_channel', 'invite it'],
    ['is_archived', 'unarchive it'],
    ['is_inactive', 'unarchive it'],
    ['no_permission', 'may not post'],
    ['messages_tab_disabled', 'App Home'],
  ])('%s waits for the operator, who is told what to do', async (code, remedy) => {
    postFault({ kind: 'platform-error', code });
    const waits = { outcome: 'retry', afterMs: 60_000, scope: 'place', why: code };
    expect(await desk.channel.deliver(outbound(), 'D01/1.1')).toEqual(waits);
    expect(desk.logged.join()).toContain(remedy);
  });

  it('waits as long as it says', async () => {
    postFault({ kind: 'status', status: 429, retryAfterSeconds: 17 });
    expect(await desk.channel.deliver(outbound(), 'D01/1.1')).toEqual({
      outcome: 'retry',
      afterMs: 17_000,
      scope: 'place',
      why: 'ratelimited',
    });
  });

  it('a user or a channel that does not exist', async () => {
    const person = { space: desk.sim.teamId, externalId: 'U0NOBODY' };
    expect(await desk.channel.openThread?.(thread({ person }))).toMatchObject({ code: 'gone' });
    expect(await desk.channel.deliver(outbound(), 'C0NOWHERE/1.1')).toMatchObject({ code: 'gone' });
    expect(await desk.channel.deliver(outbound(), '../x')).toMatchObject({ code: 'invalid' });
  });

  it('a bot whose token is wrong, with a line for the operator and no token in it', async () => {
    const lines: string[] = [];
    const line = (message: string, fields?: object): void =>
      void lines.push(message + JSON.stringify(fields));
    const channel = createSlackChannel({
      botToken: 'xoxb-secret-secret',
      apiUrl: desk.sim.url,
      log: { info: line, warn: line, error: line },
      now: () => new Date(),
      phrases,
    });
    expect(await channel.deliver(outbound(), 'D01/1.1')).toMatchObject({ outcome: 'retry', scope: 'bot' });
    expect(lines.join()).toContain('SLACK_BOT_TOKEN');
    expect(lines.join()).not.toContain('secret-secret');
  });
});

describe('what the wire does', () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

  it('retries what certainly was not sent', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise(resolve => server.close(resolve));
    const channel = createSlackChannel({
      botToken: 'xoxb-1',
      apiUrl: `http://127.0.0.1:${port}/api/`,
      log,
      now: () => new Date(),
      phrases,
    });
    expect(await channel.deliver(outbound(), 'D01/1.1')).toMatchObject({ outcome: 'retry', scope: 'bot' });
  });

  it.each<[unknown, Receipt['outcome'], string]>([
    [new DOMException('late', 'TimeoutError'), 'unknown', 'timeout'],
    [
      Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }),
      }),
      'unknown',
      'ECONNRESET',
    ],
    [
      Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
      }),
      'retry',
      'ENOTFOUND',
    ],
  ])('%s', (original, outcome, why) => {
    const error = new webApi.WebAPIRequestError(original as Error);
    expect(receiptOf(error, log)).toMatchObject({ outcome, why });
  });

  it('has a receipt for whatever is thrown', () => {
    for (const thrown of [undefined, 'x', new Error('x'), {}, null])
      expect(receiptOf(thrown, log).outcome).toBe('unknown');
  });
});

describe('an attempt whose outcome is unknown', () => {
  it('is found in its thread, when it was done after all', async () => {
    const { address } = await opened();
    const message = outbound();
    postFault({ kind: 'lose-answer' });
    expect(await desk.channel.deliver(message, address)).toMatchObject({ outcome: 'unknown' });
    const found = await desk.channel.find?.(lookup({ id: message.id, to: address }));
    expect(found).toEqual({ outcome: 'delivered', ref: expect.any(String) });
    expect(await desk.channel.find?.(lookup({ id: '999', to: address }))).toEqual({ outcome: 'absent' });
  });

  it('is found as a thread, by the person', async () => {
    const sent = thread();
    postFault({ kind: 'lose-answer' });
    expect(await desk.channel.openThread?.(sent)).toMatchObject({ outcome: 'unknown' });
    const about = lookup({ kind: 'thread', id: sent.id, person: sent.person });
    const found = await desk.channel.find?.(about);
    expect(found).toEqual({
      outcome: 'delivered',
      ref: expect.any(String),
      address: expect.stringMatching(/^D\w+\/\d/),
    });
    expect(await desk.channel.find?.({ ...about, id: '998' })).toEqual({ outcome: 'absent' });
  });

  it('is found behind many others', async () => {
    const { address } = await opened();
    const message = outbound();
    await desk.channel.deliver(message, address);
    for (let n = 0; n < 205; n++) await desk.channel.deliver(outbound({ text: 'more' }), address);
    expect(await desk.channel.find?.(lookup({ id: message.id, to: address }))).toMatchObject({
      outcome: 'delivered',
    });
  });

  it('is surely absent where its channel is no longer there', async () => {
    const { address } = await opened();
    desk.sim.addFault({ match: /conversations\.replies/, kind: 'platform-error', code: 'channel_not_found' });
    expect(await desk.channel.find?.(lookup({ id: '1', to: address }))).toEqual({ outcome: 'absent' });
    desk.sim.addFault({ match: /conversations\.history/, kind: 'platform-error', code: 'channel_not_found' });
    expect(await desk.channel.find?.(lookup({ id: '1', kind: 'desk-post' }))).toEqual({ outcome: 'unsure' });
  });

  it('stays unsure when Slack cannot be asked', async () => {
    const { address } = await opened();
    desk.sim.addFault({ match: /conversations\.replies/, kind: 'status', status: 500 });
    expect(await desk.channel.find?.(lookup({ id: '1', to: address }))).toEqual({ outcome: 'unsure' });
    expect(await desk.channel.find?.(lookup({ id: '1', kind: 'desk-post' }))).toEqual({ outcome: 'unsure' });
    expect(await desk.channel.find?.(lookup({ id: '1' }))).toEqual({ outcome: 'unsure' });
    expect(await desk.channel.find?.(lookup({ id: '1', kind: 'thread' }))).toEqual({ outcome: 'unsure' });
  });
});

describe('what goes on from a message of the chat', () => {
  const said = async (text: string, replyTo?: string): Promise<string> => {
    const chat = await desk.channel.openChat?.({ space: desk.sim.teamId, externalId: ana.id });
    const address = chat?.outcome === 'delivered' ? (chat.address ?? '') : '';
    const receipt = await desk.channel.deliver(outbound({ text, ...(replyTo && { replyTo }) }), address);
    if (receipt.outcome !== 'delivered') throw new Error(JSON.stringify(receipt));
    return receipt.ref ?? '';
  };
  const asked = () => desk.sim.requests.filter(({ path }) => path.includes('chat.postMessage')).at(-1)?.body;

  it('hangs in its thread, and stands in the chat too', async () => {
    const first = await said('Planned work');
    await said('It is moved', first);
    expect(asked()).toMatchObject({ thread_ts: first });
    expect(String((asked() as { reply_broadcast?: unknown }).reply_broadcast)).toBe('true');
    const dm = ana.screen().places.find(({ kind }) => kind === 'dm');
    expect(dm?.messages.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Planned work', 'It is moved']),
    );
  });

  it('stands alone where that message is gone', async () => {
    await said('It is off', '1700000000.000100');
    expect(asked()).not.toHaveProperty('thread_ts');
    await said('From nowhere', 'no-ts');
    expect(asked()).not.toHaveProperty('thread_ts');
  });
});
