import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';
import type { World } from '../harness/world.ts';

/** A desk in a process of its own, for stories in which the machine loses its power. */
export interface ChildDesk {
  /** Resolves when it listens and its commands are known. */
  start(): Promise<void>;
  /** Kills it, if it lives, and resolves when it is dead. */
  kill(): Promise<void>;
  /** Kills it at once, without waiting: in the middle of what a platform is asked. */
  strike(): void;
  /** True once it was struck or has ended. */
  isStruck(): boolean;
}

/** The child of a world that was left asleep. After each test it is killed, and the world's own desk halted. */
export function childDesk(world: World): ChildDesk {
  let child: ChildProcess | undefined;

  const desk: ChildDesk = {
    async start() {
      const fixture = new URL('./desk.fixture.ts', import.meta.url).pathname;
      child = spawn(process.execPath, [fixture], {
        env: {
          ...process.env,
          DESK_CONFIG: JSON.stringify(world.config),
          DESK_AHEAD: String(world.now().getTime() - Date.now()),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      world.door.leadTo(await portOf(child));
      const commands = ({ commands }: { commands: readonly unknown[] }): boolean => commands.length > 0;
      await world.discord.person('ana').watches(commands, 'the command /ticket');
    },
    async kill() {
      const dying = child;
      child = undefined;
      world.door.leadTo(undefined);
      // Whoever was struck may be dead already, and dies only once.
      if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
      const ended = once(dying, 'exit');
      dying.kill('SIGKILL');
      await ended;
    },
    strike: () => child?.kill('SIGKILL'),
    isStruck: () => child === undefined || child.killed || child.signalCode !== null,
  };
  afterEach(async () => {
    await desk.kill();
    await world.halt();
    world.discord.clearFaults();
  });
  return desk;
}

async function portOf({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('the desk says nothing');
  for await (const line of createInterface(stdout)) {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error('the desk ended before it listened');
}
