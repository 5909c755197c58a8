import type { SessionInfo, WebSocketManager, WebSocketShardDestroyOptions } from '@discordjs/ws';
import { SimpleShardingStrategy, WebSocketShard } from '@discordjs/ws';

/** What the guarded shard tells its keeper. */
export interface ShardHooks {
  /** A packet, or a step of the connection, failed inside the SDK. */
  onFault(where: string, error: unknown): void;
  /** The shard cannot go on by itself: it must be built anew. */
  onBroken(): void;
  readonly isStopped: () => boolean;
  /** Runs what the SDK does about a connection that did not come about: it throws the session away, which is still good. */
  readonly unreachable: <T>(act: () => T) => T;
}

/** How long a session is kept while its address cannot be reached, milliseconds; then another address is asked for. */
const KEEP_MS = 180_000;
/** How long the closing handshake may take, milliseconds. */
const GOODBYE_MS = 1_000;

/**
 * One shard of @discordjs/ws that no packet can bring down: the SDK starts its handlers without waiting for them, so that a malformed
 * READY, HELLO or INVALID_SESSION ends as an unhandled rejection, which would end the process.
 */
export class GuardedStrategy extends SimpleShardingStrategy {
  readonly #hooks: ShardHooks;
  #guarded: WebSocketShard[] = [];

  constructor(manager: WebSocketManager, hooks: ShardHooks) {
    super(manager);
    this.#hooks = hooks;
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    const shards: unknown = Reflect.get(this, 'shards');
    if (!(shards instanceof Map))
      throw new TypeError('@discordjs/ws keeps its shards elsewhere: the guard must be adapted');
    this.#guarded = [...shards.values()].filter(shard => shard instanceof WebSocketShard);
    for (const shard of this.#guarded) guard(shard, this.#hooks);
  }

  /** Starts the shards without waiting: the SDK's promise rejects at the first error although the shard goes on by itself. */
  override async connect(): Promise<void> {
    for (const shard of this.#guarded) {
      shard.connect().catch((error: unknown) => this.#hooks.onFault('connect', error));
    }
  }

  override async destroy(options?: Omit<WebSocketShardDestroyOptions, 'recover'>): Promise<void> {
    const connections = this.#guarded.map(shard => Reflect.get(shard, 'connection') as unknown);
    const timer = setTimeout(() => connections.forEach(cut), GOODBYE_MS);
    await super.destroy({ ...options }).finally(() => clearTimeout(timer));
    connections.forEach(cut);
    this.#guarded = [];
  }
}

/** The SDK leaves a socket that is still connecting open; cutting such a one is an error event, which needs a listener. */
function cut(connection: unknown): void {
  if (typeof connection !== 'object' || connection === null) return;
  Reflect.set(connection, 'onerror', () => undefined);
  const terminate: unknown = Reflect.get(connection, 'terminate');
  if (typeof terminate === 'function') Reflect.apply(terminate, connection, []);
}

/** Wraps the methods that the SDK calls without waiting for them. They are private to its types only. */
function guard(shard: WebSocketShard, hooks: ShardHooks): void {
  const hasNoNetwork = () => Reflect.get(shard, 'failedToConnectDueToNetworkError') === true;
  const wrap = (name: string, onError: (error: unknown) => void, isAllowed = () => true) => {
    const method: unknown = Reflect.get(shard, name);
    if (typeof method !== 'function')
      throw new TypeError(`@discordjs/ws has no ${name}: the guard must be adapted`);
    Reflect.set(shard, name, async (...args: unknown[]) => {
      if (!isAllowed()) return;
      try {
        const act = (): unknown => Reflect.apply(method, shard, args);
        await (name === 'onClose' && hasNoNetwork() ? hooks.unreachable(act) : act());
      } catch (error) {
        hooks.onFault(name, error);
        onError(error);
      }
    });
  };
  wrap('onMessage', () => undefined);
  wrap('heartbeat', () => undefined);
  wrap('onClose', hooks.onBroken);
  wrap('internalConnect', hooks.onBroken, () => !hooks.isStopped());
}

/** The session, kept in memory, so that a dropped connection resumes without losing events. A malformed one is not kept. */
export class SessionStore {
  readonly #now: () => Date;
  #session: SessionInfo | null = null;
  #unreachableSince: number | undefined;
  #isKept = false;

  constructor(now: () => Date) {
    this.#now = now;
  }

  read(): SessionInfo | null {
    return this.#session;
  }

  write(session: SessionInfo | null): void {
    if (session ? !isUsable(session) : this.#isKept) return;
    this.#session = session;
    this.#unreachableSince = undefined;
  }

  /** True from the first failure to connect until the session goes on. */
  get isUnreachable(): boolean {
    return this.#unreachableSince !== undefined;
  }

  /** While `act` runs, up to where it first waits, the session cannot be thrown away: for the first three minutes without a connection. */
  keep<T>(act: () => T): T {
    const now = this.#now().getTime();
    this.#unreachableSince ??= now;
    this.#isKept = now - this.#unreachableSince < KEEP_MS;
    try {
      return act();
    } finally {
      this.#isKept = false;
    }
  }
}

function isUsable({ resumeURL, sequence, sessionId }: SessionInfo): boolean {
  const isAddress = typeof resumeURL === 'string' && /^wss?:\/\//.test(resumeURL) && URL.canParse(resumeURL);
  return isAddress && Number.isSafeInteger(sequence) && typeof sessionId === 'string' && sessionId !== '';
}
