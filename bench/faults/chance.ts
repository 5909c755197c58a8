/** Chance that a seed repeats. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  of<T>(choices: readonly T[]): T;
  /** Another one, of its own course: what one part of the storm draws does not depend on how fast the others are. */
  fork(name: string): Chance;
}

/** mulberry32 over the seed. */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    of: choices => {
      const one = choices[Math.floor(next() * choices.length)];
      if (one === undefined) throw new Error('nothing to choose from');
      return one;
    },
    fork: name => chanceFrom([...name].reduce((sum, sign) => Math.imul(sum, 31) + sign.charCodeAt(0), seed)),
  };
}
