import type { DiscordOptions, DiscordSimulator } from './options.ts';
import { PretendDiscord } from './simulator.ts';

export { botPermissions, Permission } from './bits.ts';
export { coverage } from './coverage.ts';
export type { Delivery } from './delivery.ts';
export type { DiscordOptions, DiscordPersonOptions, DiscordSimulator } from './options.ts';
export type { DiscordPerson } from './people.ts';
export type { Ping } from './types.ts';

/** Starts a pretend Discord on loopback. Its people: `ana` (pl), `ben`, `eve` (customers), `bob`, `cleo` (staff). */
export async function startDiscord(options: DiscordOptions = {}): Promise<DiscordSimulator> {
  const simulator = new PretendDiscord(options);
  await simulator.listening();
  return simulator;
}
