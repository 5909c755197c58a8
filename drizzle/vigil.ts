/**
 * Looks after what was asked of one pool. postgres.js 3.4.9 waits for an answer without end: a server behind a network that swallows
 * everything, or one that stands still, never gives any, and its `statement_timeout` is the server's own (porsager/postgres #1089).
 * And a statement that is handed to a connection between its death and the word of it is answered by the greeting of the next connection,
 * with nothing: the pool has learned that it died, so whatever has no answer by then never gets one.
 */

/** Thrown to whoever asked a pool that has lost a connection, or whose server does not answer. Whether it was done is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  constructor() {
    super('the connection to the database was lost');
  }
}

/** Something that was asked and has no answer yet. */
export interface Asked {
  /** True while the server has it to answer, false while it waits for its turn, undefined while nothing is asked. */
  readonly active: boolean | undefined;
  reject(error: Error): void;
}

/** The watch over one pool. */
export interface Vigil {
  /** The same statement, looked after from the moment it is sent. What is no statement passes. */
  over<T>(query: T): T;
  /** Looks after `asked` until the function that is returned is called. */
  hold(asked: Asked): () => void;
  /** Rejects whatever has no answer, and looks no more. */
  giveUp(): void;
}

/** A statement of postgres.js: not in its types. */
interface Query extends Asked {
  active: boolean;
  /** Sends it; called once, when somebody wants the answer. */
  handler(query: Query): unknown;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** So often in its limit the pool is looked at: what blocks the process for long is one look, and not the server's silence. */
const LOOKS = 4;

const patient = new WeakSet<object>();

/** A statement that may take as long as it needs: a migration. */
export function withoutLimit<T extends object>(query: T): T {
  patient.add(query);
  return query;
}

/**
 * A watch that calls `onSilence`, once, when the server owes an answer for `limitMs` or up to half as long again; and when something waits for its
 * turn as long while nothing at all is answered.
 */
export function keepVigil(limitMs: number, onSilence: () => void): Vigil {
  const open = new Map<Asked, { looks: number; active: boolean | undefined }>();
  let answered = false;
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    let silent = false;
    for (const [asked, seen] of open) {
      const goesOn =
        asked.active === undefined || (!asked.active && answered) || asked.active !== seen.active;
      seen.active = asked.active;
      seen.looks = goesOn ? 0 : seen.looks + 1;
      silent ||= seen.looks > LOOKS;
    }
    answered = false;
    if (!silent && open.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    if (silent) onSilence();
  }

  function hold(asked: Asked): () => void {
    open.set(asked, { looks: 0, active: asked.active });
    if (Number.isFinite(limitMs)) timer ??= setInterval(look, limitMs / LOOKS).unref();
    return () => {
      answered = true;
      open.delete(asked);
    };
  }

  function send(query: Query, handler: Query['handler']): unknown {
    if (patient.has(query)) return handler(query);
    const { resolve, reject } = query;
    const done = hold(query);
    query.resolve = answer => {
      done();
      if (isAnswer(answer)) resolve(answer);
      else reject(new ConnectionLost());
    };
    query.reject = error => {
      done();
      reject(error);
    };
    return handler(query);
  }

  return {
    over(given) {
      if (!(given instanceof Promise)) return given; // a helper: an identifier, a list of values
      const query = given as unknown as Query;
      const { handler } = query;
      query.handler = self => send(self, handler);
      return given;
    },
    hold,
    giveUp() {
      clearInterval(timer);
      timer = undefined;
      for (const asked of [...open.keys()]) asked.reject(new ConnectionLost());
    },
  };
}

/** The server says with every answer which command it was; the greeting of a connection is of none. */
function isAnswer(answer: unknown): boolean {
  return (answer as { command?: unknown } | null)?.command !== null;
}
