/** How full a piece is: 1 is exactly full, more does not fit, Infinity is far too long to be measured. */
export type Fullness<Piece> = (piece: Piece) => number;

/** How to make pieces: what is built of a run of parts, how full that is, and how a part that does not fit alone is cut. */
export interface Packing<Part, Piece> {
  readonly build: (run: Part[]) => Piece;
  readonly full: Fullness<Piece>;
  readonly finer: (part: Part) => Piece[];
  /** About how long a part is, in UTF-16 units; only for guessing. */
  readonly size: (part: Part) => number;
  /** How full a unit of size makes a piece, as learned so far. */
  readonly learned: { rate: number };
  /** A piece at least as full as this is not tried with one more part. 1: the fewest pieces. */
  readonly enough: number;
}

/** Measuring is what takes the time: so many guesses by proportion, then halving. */
const GUESSES = 4;

/** Runs of parts that fit, first come first served; about two measurings to a piece. */
export function pack<Part, Piece>(parts: readonly Part[], packing: Packing<Part, Piece>): Piece[] {
  const { build, full, finer, size, learned, enough } = packing;
  const aim = (1 + enough) / 2;
  const ends = [0];
  for (const part of parts) ends.push((ends.at(-1) ?? 0) + size(part) + 1);
  const out: Piece[] = [];
  let from = 0;
  while (from < parts.length) {
    let best: Piece | undefined;
    const start = ends[from] ?? 0;
    const ask = (to: number): number => {
      const piece = build(parts.slice(from, to));
      const fullness = full(piece);
      if (fullness <= 1) best = piece;
      const length = (ends[to] ?? 0) - start;
      learned.rate = Number.isFinite(fullness) ? fullness / length : Math.max(learned.rate, 2 / length);
      return fullness;
    };
    const to = furthest(from, parts.length, enough, ask, () => reach(ends, start + aim / learned.rate));
    if (best === undefined) out.push(...finer(parts[from] as Part));
    else out.push(best);
    from = Math.max(to, from + 1);
  }
  return out;
}

/** The largest end that fits, if all smaller ones do; `from` when not even one part does. */
function furthest(
  from: number,
  max: number,
  enough: number,
  ask: (to: number) => number,
  guess: () => number,
): number {
  let low = from;
  let high = max + 1;
  for (let turn = 0; high - low > 1; turn++) {
    const wish = turn < GUESSES ? guess() : (low + high) >> 1;
    const to = Math.min(Math.max(wish, low + 1), high - 1);
    const fullness = ask(to);
    if (fullness > 1) high = to;
    else {
      low = to;
      if (fullness >= enough) break;
    }
  }
  return low;
}

/** The last index whose value is at most `limit`; `values` go up. */
function reach(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
