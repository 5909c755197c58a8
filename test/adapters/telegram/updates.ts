/** Updates as Telegram sends them, and how the adapter reads them. */
import { createMemory } from '../../../src/adapters/telegram/memory.ts';
import { type Reading, understand } from '../../../src/adapters/telegram/receive.ts';
import { phrases } from './desk.ts';

export const NOW = new Date('2026-11-22T13:40:00Z');

/** The shape of ../shared/recorded/telegram.json. */
export const chat = { first_name: 'Ana', id: 7_527_593, type: 'private', username: 'ana' };
export const from = {
  first_name: 'Ana',
  last_name: 'Nowak',
  id: 7_527_593,
  is_bot: false,
  language_code: 'pl',
};
export const message = (over: object) => ({
  update_id: 1001,
  message: { message_id: 133, date: 1_767_224_888, chat, from, ...over },
});
export const command = (text: string, length = text.split(' ')[0]?.length ?? 0) =>
  message({ text, entities: [{ type: 'bot_command', offset: 0, length }] });

export const reading = (username?: string): Reading => ({
  memory: { ...createMemory(), username },
  phrases,
  now: NOW,
});
export const inboundOf = (raw: unknown, username: string | undefined = 'desk_bot') =>
  understand(raw, reading(username))?.inbound[0];
export const askOf = (text: string, username?: string) => {
  const inbound = inboundOf(command(text), username);
  return inbound?.type === 'asked' ? inbound.ask : inbound;
};
