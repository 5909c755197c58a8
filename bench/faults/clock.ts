/** Where a moved clock stands: `base` was the time at the machine's `since`. Both ms. */
export interface ClockState {
  readonly base: number;
  readonly since: number;
}

/** The time by a state. */
export function timeBy({ base, since }: ClockState): number {
  return base + Date.now() - since;
}

/** A clock that the storm moves, for the platforms here and for the desk in its own process. */
export interface StormClock {
  now(): number;
  readonly state: ClockState;
  /** Lets ms pass at once. */
  forward(ms: number): void;
  onChange(listener: (state: ClockState) => void): void;
}

/** A clock that begins now, and goes as the machine's. */
export function stormClock(): StormClock {
  let state: ClockState = { base: Date.now(), since: Date.now() };
  const listeners: ((state: ClockState) => void)[] = [];
  return {
    now: () => timeBy(state),
    get state() {
      return state;
    },
    forward(ms) {
      state = { base: timeBy(state) + ms, since: Date.now() };
      for (const listener of listeners) listener(state);
    },
    onChange: listener => void listeners.push(listener),
  };
}
