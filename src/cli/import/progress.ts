const WIDTH = 30;
/** Drawn at most this often, in ms. */
const EVERY_MS = 100;

/** A bar that is drawn over itself. */
export interface Progress {
  show(done: number, accounts: number): void;
  /** Takes the bar away, so that a line can stand in its place. */
  clear(): void;
}

/** Draws nothing where nobody watches. */
export function progressBar(write: (text: string) => void, tty: boolean, now: () => number): Progress {
  let drawn = Number.NEGATIVE_INFINITY;
  let there = false;
  return {
    show(done, accounts) {
      if (!tty || now() - drawn < EVERY_MS) return;
      drawn = now();
      there = true;
      const full = Math.round(Math.min(1, done) * WIDTH);
      write(
        `\r\u001B[2K[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.floor(done * 100)} %, ${accounts} accounts`,
      );
    },
    clear() {
      if (there) write('\r\u001B[2K');
      there = false;
      drawn = Number.NEGATIVE_INFINITY;
    },
  };
}
