import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Api } from './api.ts';
import type { Memory } from './memory.ts';

const chat = z.object({ id: z.string() });

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
