/** The value below which `share` (0 to 1) of the numbers lie; the nearest one that was measured. NaN for none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The middle of the numbers; the lower one of two. NaN for none. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}

/** Median of the last tenth over the median of the first: 1 when nothing slows down. */
export function flatness(rates: readonly number[]): number {
  const tenth = Math.max(1, Math.floor(rates.length / 10));
  return median(rates.slice(-tenth)) / median(rates.slice(0, tenth));
}

/** A number for people and for JSON: `digits` after the point at most. */
export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
