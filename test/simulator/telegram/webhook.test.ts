import { type ServerType, serve } from '@hono/node-server';
import { Bot, type Context } from 'grammy';
import type { Update } from 'grammy/types';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import type { TelegramSimulator } from '../../../src/simulator/telegram/index.ts';
import { closeAll, open, refusal } from './world.ts';

const servers: ServerType[] = [];

afterEach(async () => {
  await closeAll();
  for (const server of servers.splice(0)) await new Promise(resolve => server.close(resolve));
});

interface Desk {
  readonly url: string;
  readonly updates: Update[];
  readonly secrets: (string | undefined)[];
  /** What is answered next; the rest is 200. */
  readonly statuses: number[];
  body: string;
}

async function openDesk(
  telegram: TelegramSimulator,
  onMessage: (ctx: Context) => Promise<unknown> = async () => undefined,
): Promise<Desk> {
  const bot = new Bot(telegram.botToken, { client: { apiRoot: telegram.url } });
  bot.on('message', async ctx => {
    await onMessage(ctx);
  });
  await bot.init();
  const desk: Desk = { url: '', updates: [], secrets: [], statuses: [], body: '' };
  const app = new Hono().post('/hook', async c => {
    desk.secrets.push(c.req.header('x-telegram-bot-api-secret-token'));
    const update = await c.req.json<Update>();
    desk.updates.push(update);
    const status = desk.statuses.shift() ?? 200;
    if (status === 200) await bot.handleUpdate(update);
    return new Response(desk.body, { status });
  });
  return new Promise(resolve => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(Object.assign(desk, { url: `http://127.0.0.1:${port}/hook` })),
    );
    servers.push(server);
  });
}

test('updates come by webhook with the secret, and the bot answers', async () => {
  const { telegram, api } = await open();
  const desk = await openDesk(telegram, ctx => ctx.reply(`You said ${ctx.message?.text}`));
  await api.setWebhook(desk.url, { secret_token: 'S3cret-_' });
  const ana = telegram.person('ana');
  await ana.says('hello');
  await ana.sees('You said hello');
  expect(desk.secrets).toEqual(['S3cret-_']);
  await telegram.idle();
  expect(telegram.lastDelivery).toMatchObject({ status: 200 });
  expect(telegram.pendingUpdates).toBe(0);
});

test('a refused delivery stays pending, holds back its own chat only, and comes again in order', async () => {
  const { telegram, api } = await open();
  const desk = await openDesk(telegram);
  await api.setWebhook(desk.url);
  desk.statuses.push(500);
  await telegram.person('ana').says('one');
  await telegram.idle();
  await telegram.person('ana').says('two');
  await telegram.person('ben').says('mine');
  await telegram.idle();
  expect(desk.updates.map(({ message }) => message?.text)).toEqual(['one', 'mine']);
  expect(await api.getWebhookInfo()).toMatchObject({
    pending_update_count: 2,
    last_error_message: 'Wrong response from the webhook: 500',
  });
  await telegram.retryPending();
  expect(desk.updates.map(({ message }) => message?.text)).toEqual(['one', 'mine', 'one', 'two']);
  expect(desk.updates[0]).toEqual(desk.updates[2]);
  expect(telegram.pendingUpdates).toBe(0);
});

test('a redelivery is the same update once more, a forged post carries what the forger gave', async () => {
  const { telegram, api } = await open();
  const desk = await openDesk(telegram);
  await api.setWebhook(desk.url, { secret_token: 'right' });
  await telegram.person('ana').says('hello');
  await telegram.idle();
  expect(await telegram.redeliverLast()).toBe(200);
  expect(desk.updates[1]).toEqual(desk.updates[0]);
  await telegram.post('{"update_id":1}', { 'x-telegram-bot-api-secret-token': 'wrong' });
  expect(desk.secrets).toEqual(['right', 'right', 'wrong']);
});

test('the answer to a webhook may be a call of its own', async () => {
  const { telegram, api } = await open();
  const desk = await openDesk(telegram);
  await api.setWebhook(desk.url);
  const ana = telegram.person('ana');
  desk.body = JSON.stringify({ method: 'sendMessage', chat_id: Number(ana.id), text: 'from the answer' });
  await ana.says('hello');
  await ana.sees('from the answer');
  await telegram.idle();
  expect(telegram.requests.at(-1)).toMatchObject({ path: '/sendMessage', status: 200 });
});

test('polling and a webhook exclude each other', async () => {
  const { telegram, api } = await open();
  const desk = await openDesk(telegram);
  await api.setWebhook(desk.url);
  expect(await refusal(api.getUpdates())).toMatch(
    /^Conflict: can't use getUpdates method while webhook is active/,
  );
  await api.deleteWebhook({ drop_pending_updates: true });
  expect(await api.getUpdates()).toEqual([]);
});

test('a public address must be https, and the secret must be made of the allowed characters', async () => {
  const { api } = await open();
  expect(await refusal(api.setWebhook('http://desk.example.com/hook'))).toBe(
    'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
  );
  expect(await refusal(api.setWebhook('https://desk.example.com:3000/hook'))).toContain(
    'ports 80, 88, 443 or 8443',
  );
  expect(await refusal(api.setWebhook('https://desk.example.com/', { secret_token: 'no spaces' }))).toContain(
    'unallowed characters',
  );
});
