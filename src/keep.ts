interface Stoppable {
  stop(): Promise<void>;
}

/** What is needed to keep one running. */
export interface Keeping<C, R extends Stoppable> {
  /** Reads the configuration as it is now. */
  read():
    | { readonly ok: true; readonly config: C }
    | { readonly ok: false; readonly faults: readonly string[] };
  start(config: C): Promise<R>;
  /** Says a line to the operator. */
  tell(line: string): void;
}

/** One that is kept running. */
export interface Kept<R> {
  /** The one that runs now. */
  current(): R;
  /**
   * Reads anew. With faults all are told and nothing changes; else what runs is stopped and started with the new configuration, and with the one
   * before when it cannot. Rejects when neither can start. Two at once are one after the other.
   */
  reload(): Promise<void>;
  /** Ends it, for good. */
  stop(): Promise<void>;
}

/** Starts one, and keeps it. Rejects as `start` does. */
export async function keepRunning<C, R extends Stoppable>(
  first: C,
  { read, start, tell }: Keeping<C, R>,
): Promise<Kept<R>> {
  let config = first;
  let running = await start(first);
  let stopped = false;
  let turn: Promise<void> = Promise.resolve();

  async function change(): Promise<void> {
    if (stopped) return;
    const next = read();
    if (!next.ok) {
      tell('The new configuration has faults, so the one from before stays:');
      for (const fault of next.faults) tell(`  - ${fault}`);
      return;
    }
    await running.stop();
    try {
      running = await start(next.config);
      config = next.config;
      tell('The new configuration counts from now on.');
    } catch (error) {
      tell(`The new configuration cannot be started with, so the one from before stays: ${String(error)}`);
      running = await start(config);
    }
  }
  return {
    current: () => running,
    reload() {
      turn = turn.then(change, change);
      return turn;
    },
    async stop() {
      stopped = true;
      await turn.catch(() => undefined);
      await running.stop();
    },
  };
}
