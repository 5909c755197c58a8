import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Receipt } from '../../core/index.ts';
import type { Api } from './api.ts';
import type { Outlet } from './deliver.ts';
import type { Memory } from './memory.ts';
import { receiptOf } from './outcome.ts';
import { isSnowflake } from './payloads.ts';

const chat = z.object({ id: z.string() });

/** The ability to find a person's chat with the bot. */
export async function openChat(at: Outlet, person: string): Promise<Receipt> {
  if (!isSnowflake(person))
    return { outcome: 'refused', code: 'invalid', why: 'the person has no Discord id' };
  try {
    return { outcome: 'delivered', address: await chatOf(at, person) };
  } catch (error) {
    return receiptOf(at, error, { repeatable: true, needs: 'Send Messages' });
  }
}

/** The bot's chat with a person: asked for once, then remembered. Throws what the call throws. */
export async function chatOf(
  at: { readonly api: Api; readonly memory: Memory },
  person: string,
): Promise<string> {
  const known = at.memory.chats.get(person);
  if (known !== undefined) return known;
  const { id } = chat.parse(await at.api.post(Routes.userChannels(), { body: { recipient_id: person } }));
  at.memory.chats.set(person, id);
  return id;
}
