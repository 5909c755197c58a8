import { RESTJSONErrorCodes as Code, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Outlet } from './deliver.ts';
import { codeOf, whyOf } from './errors.ts';
import { isSnowflake } from './payloads.ts';

/** Threads: a server may have 1,000 active ones ("Maximum number of active threads reached", 160006). */
const MOST = 1_000;
/** From this many on, room is made before a new one is opened. */
const CROWDED = 950;
/** How many are archived at once: each takes a request. */
const AT_ONCE = 20;

/** What making room needs. */
export interface Crowded extends Outlet {
  readonly guildId: string;
}

const threads = z.object({
  threads: z.array(
    z.object({ id: z.string(), owner_id: z.string().nullish(), last_message_id: z.string().nullish() }),
  ),
});

/**
 * Opens a thread with room made for it: where the server's active threads come near their limit, those of the desk in which nobody wrote for
 * longest are archived. Nothing is lost by it: the next message in one opens it again.
 */
export async function withRoom<T>(at: Crowded, open: () => Promise<T>): Promise<T> {
  if (at.memory.active.size >= CROWDED) await makeRoom(at);
  try {
    return await open();
  } catch (error) {
    if (codeOf(error) !== Code.MaximumActiveThreads) throw error;
    await makeRoom(at);
    return open();
  }
}

async function makeRoom(at: Crowded): Promise<void> {
  try {
    const { threads: active } = threads.parse(await at.api.get(Routes.guildActiveThreads(at.guildId)));
    at.memory.active.clear();
    for (const { id } of active) at.memory.active.add(id);
    const moved = (one: (typeof active)[number]) => BigInt(one.last_message_id ?? one.id);
    const idle = active
      .filter(one => one.owner_id === at.memory.self && isSnowflake(one.id))
      .sort((a, b) => (moved(a) < moved(b) ? -1 : 1))
      .slice(0, AT_ONCE);
    for (const { id } of idle) {
      await at.api.patch(Routes.channel(id), { body: { archived: true } });
      at.memory.active.delete(id);
    }
    at.log.info('discord: idle threads were archived, the server has many', {
      active: active.length,
      most: MOST,
    });
  } catch (error) {
    at.log.warn('discord: no room could be made for a thread', { why: whyOf(error) });
  }
}
