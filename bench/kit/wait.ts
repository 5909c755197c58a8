import { setTimeout as delay } from 'node:timers/promises';

/** Looks every `everyMs` until there is something; throws after `withinMs`. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  withinMs: number,
  everyMs = 100,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await delay(everyMs);
  }
}
