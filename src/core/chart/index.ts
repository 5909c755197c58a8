/** Pictures of numbers: core says what is on them, in the reader's words; whoever starts the desk brings the hand that draws. */
export type { BarChart, BarRow, Chart, DrawChart, HeatChart, Series, Tone } from './model.ts';
