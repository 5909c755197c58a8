import { Bot, InlineKeyboard } from 'grammy';
import { afterEach, expect, test } from 'vitest';
import type { TelegramSimulator } from '../../../src/simulator/telegram/index.ts';
import { closeAll, open } from './world.ts';

const bots: Bot[] = [];

afterEach(async () => {
  await Promise.all(bots.splice(0).map(bot => bot.stop()));
  await closeAll();
});

async function startBot(telegram: TelegramSimulator, prepare: (bot: Bot) => void): Promise<Bot> {
  const bot = new Bot(telegram.botToken, { client: { apiRoot: telegram.url } });
  prepare(bot);
  bots.push(bot);
  await new Promise<void>(resolve => {
    void bot.start({
      onStart: () => resolve(),
      allowed_updates: ['message', 'callback_query', 'message_reaction', 'my_chat_member', 'edited_message'],
    });
  });
  return bot;
}

test('a customer starts, presses a button and sees toast and edit, all over long polling', async () => {
  const { telegram } = await open();
  await startBot(telegram, bot => {
    bot.command('ticket', ctx =>
      ctx.reply('<b>Which</b> department?', {
        parse_mode: 'HTML',
        reply_markup: new InlineKeyboard().text('Technical', 'dep:t').text('Financial', 'dep:f'),
      }),
    );
    bot.callbackQuery('dep:t', async ctx => {
      await ctx.answerCallbackQuery('Noted');
      await ctx.editMessageText('Technical it is');
    });
  });
  const ana = telegram.person('ana');
  await ana.says('/ticket');
  expect(await ana.sees('department')).toBe('Which department?');
  await ana.presses('Tech');
  await ana.sees('Noted');
  await ana.sees('Technical it is');
  const [place] = ana.screen().places;
  expect(place?.messages.at(-1)).toMatchObject({
    bot: true,
    author: 'Switchdesk',
    edited: true,
    buttons: [],
  });
});

test('every kind of update reaches the bot in order, and is not lost when nobody polls', async () => {
  const { telegram } = await open();
  const ana = telegram.person('ana');
  await ana.says('before the bot runs');
  const seen: string[] = [];
  const polling = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  await startBot(telegram, bot => {
    bot.use(async ctx => {
      seen.push(
        Object.keys(ctx.update)
          .filter(key => key !== 'update_id')
          .join(),
      );
      polling.resolve();
      if (ctx.message?.text === 'last') done.resolve();
    });
  });
  await polling.promise;
  const id = (await ana.says('first')) ?? '';
  await ana.edits(id, 'first, corrected');
  await ana.reacts(id, '👍');
  await ana.blocks();
  await ana.unblocks();
  await ana.says('last');
  await done.promise;
  expect(seen).toEqual([
    'message',
    'message',
    'edited_message',
    'message_reaction',
    'my_chat_member',
    'my_chat_member',
    'message',
  ]);
});

test('the newest update can be seen twice', async () => {
  const { telegram } = await open();
  const seen: number[] = [];
  const twice = Promise.withResolvers<void>();
  const once = Promise.withResolvers<void>();
  await startBot(telegram, bot => {
    bot.on('message', ctx => {
      seen.push(ctx.update.update_id);
      if (seen.length === 1) once.resolve();
      else twice.resolve();
    });
  });
  await telegram.person('ben').says('hello');
  await once.promise;
  await telegram.redeliverLast();
  await twice.promise;
  expect(new Set(seen).size).toBe(1);
});

test('a second poller throws the first one out with 409', async () => {
  const { telegram, api } = await open();
  const first = api.getUpdates({ timeout: 30 });
  const started = Promise.withResolvers<void>();
  first.catch(() => started.resolve());
  const poll = async (): Promise<void> => {
    while (telegram.requests.length === 0) await api.getUpdates({ timeout: 0 });
  };
  await poll();
  await started.promise;
  await expect(first).rejects.toThrow('terminated by other getUpdates request');
});

test('offset confirms, limit bounds, a negative offset keeps the newest only', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  for (const text of ['a', 'b', 'c', 'd']) await ana.says(text);
  const [one, two] = await api.getUpdates({ limit: 2 });
  expect([one?.message?.text, two?.message?.text]).toEqual(['a', 'b']);
  expect(
    (await api.getUpdates({ offset: (two?.update_id ?? 0) + 1 })).map(({ message }) => message?.text),
  ).toEqual(['c', 'd']);
  expect((await api.getUpdates({ offset: -1 })).map(({ message }) => message?.text)).toEqual(['d']);
});

test('message_reaction comes only when asked for', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  const id = (await ana.says('hello')) ?? '';
  await ana.reacts(id, '👍');
  expect(await api.getUpdates()).toHaveLength(1);
  await api.getUpdates({ allowed_updates: ['message_reaction'] });
  await ana.reacts(id, '🔥');
  const updates = await api.getUpdates();
  expect(updates.at(-1)?.message_reaction).toMatchObject({
    message_id: Number(id),
    new_reaction: [{ type: 'emoji', emoji: '🔥' }],
  });
});

test('after a disturbance updates come twice, and in another order', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  for (const text of ['one', 'two']) await ana.says(text);
  telegram.reorderPending();
  const texts = async (): Promise<unknown[]> => (await api.getUpdates()).map(({ message }) => message?.text);
  expect(await texts()).toEqual(['two', 'one']);
  await telegram.redeliverLast();
  expect(await texts()).toEqual(['one', 'two', 'one']);
});
