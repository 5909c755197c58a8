/** How pictures look. They have a ground of their own, so that they are the same on light and dark screens. */
import type { Tone } from '../core/index.ts';

/** Width in pixels: shown at a third of it on a phone, so what is written in 36 is read at 12. */
export const WIDTH = 1080;
/** Between what is drawn and the edge. */
export const EDGE = 44;

/** Sizes of what is written, in pixels. */
export const SIZES = { title: 46, note: 32, label: 34, small: 28 } as const;

/** The ground, what is written on it, and lines. */
export const INK = { ground: '#f6f7f9', text: '#1f2733', soft: '#5b6675', line: '#d9dee5' } as const;

/** The bars. They differ in lightness too, for those who do not see every colour. */
export const TONES: Readonly<Record<Tone, string>> = {
  good: '#2f7d5b',
  calm: '#3d6fb4',
  busy: '#e0a03a',
  late: '#b8322e',
  quiet: '#b9c2ce',
};

/** What can be read on such a bar. */
export const ON_TONES: Readonly<Record<Tone, string>> = {
  good: '#ffffff',
  calm: '#ffffff',
  busy: '#1f2733',
  late: '#ffffff',
  quiet: '#1f2733',
};

/** The cells of a heat map, from nothing to the most. */
const HEAT: readonly [string, ...string[]] = [
  '#e9edf2',
  '#c9dbf0',
  '#94b9e0',
  '#5c90cb',
  '#3468a8',
  '#1c4275',
];

/** The colour of a cell: nothing is its own colour, and all else is cut into five. */
export function heatOf(value: number, most: number): string {
  if (value <= 0 || most <= 0) return HEAT[0];
  return HEAT[Math.min(HEAT.length - 1, Math.ceil((value / most) * (HEAT.length - 1)))] ?? HEAT[0];
}
