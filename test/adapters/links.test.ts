import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiscordChannel } from '../../src/adapters/discord/index.ts';
import { createTelegramChannel } from '../../src/adapters/telegram/index.ts';
import { keptLog, words } from '../harness/desk.ts';

const shared = { log: keptLog(), now: () => new Date(), phrases: words, staffLocale: 'en' };
const discord = createDiscordChannel({
  ...shared,
  token: 'token',
  guildId: '100000000000000001',
  deskChannelId: '100000000000000002',
});
const telegram = createTelegramChannel({ ...shared, token: '1:token', deskChatId: '-1001234567890' });

test('a post at the desk has an address that its people can open', () => {
  expect(discord.linkTo?.('100000000000000003')).toBe(
    'https://discord.com/channels/100000000000000001/100000000000000003',
  );
  expect(telegram.linkTo?.('-1001234567890/12')).toBe('https://t.me/c/1234567890/12');
});

test('a private chat, a plain group, and what is no address have none', () => {
  for (const address of ['', '12', '12/3', '-1234/5', '-1001234567890', 'https://evil.test/', '-100/../1'])
    expect(telegram.linkTo?.(address), address).toBe(undefined);
  fc.assert(
    fc.property(fc.string(), address => {
      for (const channel of [discord, telegram])
        expect(channel.linkTo?.(address) ?? '').toMatch(/^$|^https:\/\/(discord\.com|t\.me)\/[\w/]+$/);
    }),
  );
});
