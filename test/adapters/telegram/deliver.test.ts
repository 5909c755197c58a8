import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../../src/adapters/telegram/index.ts';
import type { Fault } from '../../../src/simulator/model.ts';
import { telegramRequestFaults, telegramSchemaAvailable } from '../../harness/telegram-schema.ts';
import { type Desk, outbound, phrases, startDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ rateLimits: true });
});
afterEach(() => desk.stop());

const starts = async (name: string) => {
  const person = desk.sim.person(name);
  await person.starts();
  return person;
};
const send = (text: string, to: string, over = {}) => desk.channel.deliver(outbound(text, over), to);
const lastSent = () => desk.sim.requests.filter(({ path }) => path === '/sendMessage').at(-1)?.body;

describe('a message', () => {
  it('arrives as it was meant, and its ref is its id', async () => {
    const ana = await starts('ana');
    const receipt = await send('**#12**: `ping` _works_', ana.id);
    const [seen] = ana.screen().places[0]?.messages.slice(-1) ?? [];
    expect(receipt).toEqual({ outcome: 'delivered', ref: seen?.id });
    expect(seen?.text).toBe('#12: ping works');
    expect(seen?.html).toContain('<b>#12</b>');
  });

  it('answers the message it is about, and is sent although that is gone', async () => {
    const ana = await starts('ana');
    const asked = await ana.says('is it down?');
    await send('yes', ana.id, { replyTo: asked });
    expect(lastSent()).toMatchObject({
      reply_parameters: { message_id: Number(asked), allow_sending_without_reply: true },
    });
    expect(await send('gone', ana.id, { replyTo: '99999' })).toMatchObject({ outcome: 'delivered' });
  });

  it('has its buttons, two short ones in a row, and a press brings the action back', async () => {
    const ana = await starts('ana');
    const buttons = [
      { action: 'a', label: 'Yes', style: 'primary' as const },
      { action: 'b', label: 'No' },
      { action: 'c'.repeat(60), label: 'A label that needs its own row' },
      { action: 'd', label: 'Last', style: 'danger' as const },
    ];
    expect(await send('Sure?', ana.id, { buttons })).toMatchObject({ outcome: 'delivered' });
    expect(lastSent()).toMatchObject({
      reply_markup: {
        inline_keyboard: [
          [{ text: 'Yes', style: 'primary' }, { text: 'No' }],
          [{ callback_data: 'c'.repeat(60) }],
          [{}],
        ],
      },
    });
  });

  it('is inert whatever is in it', async () => {
    const eve = await starts('eve');
    const text = '@everyone <!channel> @eve \\<b>x\\</b> [x](tg://user?id=1) /ticket';
    expect(await send(text, eve.id)).toMatchObject({ outcome: 'delivered' });
    expect(eve.screen().places[0]?.messages.at(-1)?.text).toBe(
      '@everyone <!channel> @eve <b>x</b> x (tg://user?id=1) /ticket',
    );
    expect(desk.sim.pings).toEqual([]);
  });

  it('may be as long as the limit says, and no longer', async () => {
    const ana = await starts('ana');
    const full = `**${'ż'.repeat(desk.channel.limits.text)}**`;
    expect(desk.channel.limits.measure(full)).toBe(4096);
    expect(await send(full, ana.id)).toMatchObject({ outcome: 'delivered' });
    expect(await send(`${full}x`, ana.id)).toMatchObject({ outcome: 'refused', code: 'invalid' });
  });

  it.skipIf(!telegramSchemaAvailable)(
    'fits the published schema (skipped without ../shared/specs)',
    async () => {
      const ana = await starts('ana');
      await send('> *a* **b**\n\n```ts\nc\n```\n[d](https://e.example)', ana.id, {
        replyTo: '1',
        buttons: [{ action: 'a', label: 'b', style: 'success' }],
      });
      expect(desk.sim.requests.flatMap(({ path, body }) => telegramRequestFaults(path, body))).toEqual([]);
    },
  );
});

describe('a receipt', () => {
  const faulty = async (fault: Omit<Fault, 'match'>) => {
    const ana = await starts('ana');
    desk.sim.addFault({ match: /sendMessage/, ...fault });
    return send('hi', ana.id);
  };

  it('says that the person blocked the bot', async () => {
    const ana = await starts('ana');
    await ana.blocks();
    expect(await send('hi', ana.id)).toMatchObject({ outcome: 'refused', code: 'blocked' });
  });

  it('says that nobody is there', async () => {
    expect(await send('hi', '404404')).toMatchObject({ outcome: 'refused', code: 'gone' });
    expect(await send('hi', desk.sim.person('ben').id)).toMatchObject({ outcome: 'refused', code: 'gone' });
  });

  it('follows no address that is not a chat', async () => {
    const before = desk.sim.requests.length;
    expect(await send('hi', '@durov')).toMatchObject({ outcome: 'refused', code: 'invalid' });
    expect(desk.sim.requests.length).toBe(before);
  });

  it('says that a group has moved', async () => {
    const group = desk.sim.addGroup({ title: 'Old', members: ['ana'] });
    const now = desk.sim.migrateGroup(group, 'ana');
    const receipt = await send('hi', group);
    expect(receipt).toMatchObject({ outcome: 'refused', code: 'gone' });
    expect(receipt.outcome === 'refused' && receipt.why).toContain(now);
  });

  it('waits as the real limits say, for this chat only', async () => {
    const ana = await starts('ana');
    let receipt = await send('0', ana.id);
    for (let count = 1; count < 10 && receipt.outcome === 'delivered'; count += 1)
      receipt = await send(String(count), ana.id);
    expect(receipt).toMatchObject({ outcome: 'retry', afterMs: 1000, scope: 'place' });
  });

  it('a long wait is this chat’s too, for Telegram never says that it is the whole bot’s', async () => {
    expect(await faulty({ kind: 'status', status: 429, retryAfterSeconds: 40 })).toMatchObject({
      outcome: 'retry',
      afterMs: 40_000,
      scope: 'place',
    });
  });

  it('is unknown when the answer was lost, and nothing is sent twice', async () => {
    expect(await faulty({ kind: 'lose-answer' })).toMatchObject({ outcome: 'unknown' });
    const texts = desk.sim
      .person('ana')
      .screen()
      .places[0]?.messages.map(({ text }) => text);
    expect(texts?.filter(text => text === 'hi')).toHaveLength(1);
  });

  it('is unknown after a server’s error', async () => {
    expect(await faulty({ kind: 'status', status: 502 })).toMatchObject({ outcome: 'unknown' });
  });

  it('is a retry for the bot when the token is refused, with a line for the operator', async () => {
    const channel = createTelegramChannel({
      token: '7104385526:AAF-another-token-that-is-not-known',
      apiRoot: desk.sim.url,
      log: { info: () => undefined, warn: () => undefined, error: text => void desk.logged.push(text) },
      now: () => new Date(),
      phrases,
    });
    expect(await channel.deliver(outbound('hi'), '1')).toMatchObject({
      outcome: 'retry',
      afterMs: 60_000,
      scope: 'bot',
    });
    expect(desk.logged.join()).toContain('BotFather');
  });

  it('is a retry when nobody listened, and tells no secret', async () => {
    const { server, port } = await listener();
    await close(server);
    const receipt = await at(`http://127.0.0.1:${port}`).deliver(outbound('hi'), '1');
    expect(receipt).toMatchObject({ outcome: 'retry', scope: 'bot', why: 'ECONNREFUSED' });
    expect(JSON.stringify(receipt)).not.toContain('SECRET-PART');
  });

  it('is unknown when something that is not Telegram answers', async () => {
    const { server, port } = await listener();
    const receipt = await at(`http://127.0.0.1:${port}/`).deliver(outbound('hi'), '1');
    expect(receipt).toMatchObject({ outcome: 'unknown' });
    expect(JSON.stringify(receipt)).not.toContain('SECRET-PART');
    await close(server);
  });

  it.each([
    [403, '<html>Access denied</html>'],
    [404, ''],
    [407, '{"message":"who are you?"}'],
    [400, '{"ok":false}'],
    [302, ''],
  ])('is a retry for the bot when a proxy turns it away (%i %s)', async (status, body) => {
    const { server, port } = await listener(status, body);
    const why = `HTTP ${status}, not from Telegram`;
    const wanted = { outcome: 'retry', afterMs: 60_000, scope: 'bot', why };
    expect(await at(`http://127.0.0.1:${port}`).deliver(outbound('hi'), '1')).toEqual(wanted);
    await close(server);
  });

  it('is unknown when a page comes instead of an answer', async () => {
    const { server, port } = await listener(200, '<html>Welcome</html>');
    expect(await at(`http://127.0.0.1:${port}`).deliver(outbound('hi'), '1')).toMatchObject({
      outcome: 'unknown',
    });
    await close(server);
  });

  it('is a retry when the name is nobody’s', async () => {
    const receipt = await at('https://telegram.invalid').deliver(outbound('hi'), '1');
    expect(receipt).toMatchObject({
      outcome: 'retry',
      scope: 'bot',
      why: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
  });

  const at = (apiRoot: string) =>
    createTelegramChannel({
      token: '1:SECRET-PART',
      apiRoot,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      now: () => new Date(),
      phrases,
    });
});

async function listener(
  status = 502,
  body = '<html>Bad Gateway</html>',
): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}
