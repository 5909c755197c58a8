import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { DiscordAPIError, REST, Routes } from 'discord.js';
import { onTestFinished } from 'vitest';
import type { DiscordOptions, DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { startDiscord } from '../../../src/simulator/discord/index.ts';

export type Json = { [key: string]: unknown };

/** What the SDK threw: status, code and the nested errors as the platform wrote them. */
export interface Refusal {
  readonly status: number;
  readonly code: string | number;
  readonly errors: unknown;
}

/** A clock that stands until a test moves it. */
export class StillClock {
  #now = Date.parse('2026-11-22T12:00:00Z');
  now(): number {
    return this.#now;
  }
  advance(ms: number): void {
    this.#now += ms;
  }
}

/** Runs after the test, before what was given earlier. */
export function later(cleanup: () => Promise<void>): void {
  onTestFinished(cleanup);
}

/** A simulator with the real REST client beside it, exactly as the adapter sets it up. */
export async function world(options: DiscordOptions = {}): Promise<{ sim: DiscordSimulator; rest: REST }> {
  const sim = await startDiscord({ rateLimits: false, ...options });
  later(() => sim.stop());
  return { sim, rest: restOf(sim) };
}

export function restOf(sim: DiscordSimulator, token = sim.botToken): REST {
  return new REST({ api: sim.url, retries: 0, rejectOnRateLimit: () => true }).setToken(token);
}

/** The platform's refusal of a request that must be refused. */
export async function refused(act: Promise<unknown>): Promise<Refusal> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    const raw = error.rawError as { errors?: unknown };
    return { status: error.status, code: error.code, errors: raw.errors };
  }
  throw new Error('the request was accepted');
}

/** All bits the desk asks for. */
export const intents = 1 | (1 << 1) | (1 << 9) | (1 << 10) | (1 << 12) | (1 << 15);

export interface Packet {
  readonly t: string;
  readonly s: number;
  readonly d: Json;
}

/** A real gateway client with its packets, and a way to wait for the next that fits. */
export interface Listening {
  readonly manager: WebSocketManager;
  readonly packets: Packet[];
  until(fits: (packet: Packet) => boolean): Promise<Packet>;
  on(listener: (packet: Packet) => void): void;
}

export async function listen(sim: DiscordSimulator, bits = intents): Promise<Listening> {
  const manager = new WebSocketManager({ token: sim.botToken, intents: bits, rest: restOf(sim) });
  const packets: Packet[] = [];
  const listeners = new Set<(packet: Packet) => void>();
  manager.on(WebSocketShardEvents.Dispatch, (payload: unknown) => {
    const outer = payload as { data?: Packet } & Packet;
    const packet = outer.data ?? outer;
    packets.push(packet);
    for (const listener of [...listeners]) listener(packet);
  });
  manager.on(WebSocketShardEvents.Error, () => undefined);
  later(async () => {
    await manager.destroy();
  });
  await manager.connect();
  const on = (listener: (packet: Packet) => void) => void listeners.add(listener);
  const until = (fits: (packet: Packet) => boolean) =>
    new Promise<Packet>(resolve => {
      const known = packets.find(fits);
      if (known) resolve(known);
      else on(packet => fits(packet) && resolve(packet));
    });
  return { manager, packets, until, on };
}

/** A private thread of #support with somebody in it. */
export async function privateThread(
  sim: DiscordSimulator,
  rest: REST,
  userId: string,
  name = 'Ticket 1',
): Promise<string> {
  const thread = (await rest.post(Routes.threads(sim.supportChannelId), {
    body: { name, type: 12, invitable: false },
  })) as Json;
  await rest.put(Routes.threadMembers(String(thread.id), userId));
  return String(thread.id);
}

export const say = (rest: REST, channel: string, body: Json): Promise<Json> =>
  rest.post(Routes.channelMessages(channel), { body }) as Promise<Json>;
