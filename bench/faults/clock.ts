/** Where a moved clock stands: `base` was the time at the machine's `since`, and it goes `factor` times as fast. All ms. */
export interface ClockState {
  readonly base: number;
  readonly since: number;
  readonly factor: number;
}

/** The time by a state. */
export function timeBy({ base, since, factor }: ClockState): number {
  return Math.floor(base + (Date.now() - since) * factor);
}

/** A clock that the storm moves, for the platforms here and for the desk in its own process. */
export interface StormClock {
  now(): number;
  readonly state: ClockState;
  /** Lets ms pass at once. */
  forward(ms: number): void;
  /** From now on time goes so many times as fast. */
  pace(factor: number): void;
  onChange(listener: (state: ClockState) => void): void;
}

/** A clock that begins now, at the pace of the machine's. */
export function stormClock(): StormClock {
  let state: ClockState = { base: Date.now(), since: Date.now(), factor: 1 };
  const listeners: ((state: ClockState) => void)[] = [];
  const set = (base: number, factor: number): void => {
    state = { base, since: Date.now(), factor };
    for (const listener of listeners) listener(state);
  };
  return {
    now: () => timeBy(state),
    get state() {
      return state;
    },
    forward: ms => set(timeBy(state) + ms, state.factor),
    pace: factor => set(timeBy(state), factor),
    onChange: listener => void listeners.push(listener),
  };
}
