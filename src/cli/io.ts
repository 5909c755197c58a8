/** Where a command reads and writes; tests bring their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Somebody watches: progress may be shown, and questions asked. */
  readonly tty: boolean;
  /** Asks for a line. */
  readonly ask: (question: string) => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A command of `npm run desk`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly help: string;
  /** Returns the exit code: 0 all is well, 1 something was refused, 2 it was called in a wrong way. */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** It was called in a wrong way: says what is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
