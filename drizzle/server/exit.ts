/** Something to wind down before this process ends. */
export interface Ending {
  /** In good order; the process waits for it. */
  gently(): Promise<void>;
  /** At once, for an end that waits for nothing. */
  atOnce(): void;
}

const endings = new Set<Ending>();
const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Winds down with the process, and returns how to forget about it. On SIGINT and SIGTERM it acts only when nobody
 * else listens for them: a desk that does winds down in an order of its own, in which the database is last.
 */
export function beforeExit(ending: Ending): () => void {
  if (endings.size === 0) {
    for (const signal of signals) process.on(signal, onSignal);
    process.on('exit', onExit);
  }
  endings.add(ending);
  return () => {
    if (!endings.delete(ending) || endings.size > 0) return;
    for (const signal of signals) process.off(signal, onSignal);
    process.off('exit', onExit);
  };
}

function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  const all = [...endings].map(ending => ending.gently());
  void Promise.allSettled(all).then(() => {
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  });
}

function onExit(): void {
  for (const ending of endings) ending.atOnce();
}
