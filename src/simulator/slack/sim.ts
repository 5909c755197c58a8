import type { Desk } from './desk.ts';
import type { Faults } from './faults.ts';
import type { Limits } from './limits.ts';
import type { RequestLog } from './log.ts';
import type { SocketMode } from './socket.ts';
import type { World } from './world.ts';

/** A slash command that the app registered. */
export interface Command {
  readonly name: string;
  readonly description: string;
}

/** A message shortcut that the app registered. */
export interface Shortcut {
  readonly name: string;
  readonly callbackId: string;
}

/** All parts of the pretend platform, handed to every verb. */
export interface Sim {
  readonly world: World;
  readonly desk: Desk;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly socket: SocketMode | undefined;
  readonly commands: readonly Command[];
  readonly shortcuts: readonly Shortcut[];
  /** `http://127.0.0.1:port`, without a slash at the end. */
  origin: string;
}
