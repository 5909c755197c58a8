/** What all pictures have. All words are plain text in the reader's language, numbers among them. */
interface Picture {
  /** The name of its file without an ending: small letters, digits and dashes. */
  readonly name: string;
  readonly title: string;
  /** A line below the title: which time it is about. */
  readonly note: string;
}

/** What a bar means, so that it looks the same on every picture. */
export type Tone = 'good' | 'calm' | 'busy' | 'late' | 'quiet';

/** One kind of bar, with its line in the legend. */
export interface Series {
  readonly label: string;
  readonly tone: Tone;
}

/** The bars of one label, one value for each series: finite and never negative. */
export interface BarRow {
  readonly label: string;
  readonly values: readonly number[];
  /** What is written at each bar, or in it where they are stacked; empty for nothing. */
  readonly says: readonly string[];
  /** What is written behind stacked bars. */
  readonly end?: string;
}

/** Lying bars, below or behind each other. */
export interface BarChart extends Picture {
  readonly kind: 'bars';
  readonly stacked: boolean;
  readonly series: readonly Series[];
  readonly rows: readonly BarRow[];
  /** The value that fills the width; the greatest one where absent. */
  readonly most?: number;
}

/** Counts in rows and columns: the greater, the darker. */
export interface HeatChart extends Picture {
  readonly kind: 'heat';
  readonly rows: readonly string[];
  /** An empty label stands for one that is left out. */
  readonly columns: readonly string[];
  /** Row by row. */
  readonly values: readonly (readonly number[])[];
}

/** A picture as data: it is drawn when it is sent. */
export type Chart = BarChart | HeatChart;

/** Draws a picture as PNG. Rejects when it cannot; then its words go alone. */
export type DrawChart = (chart: Chart) => Promise<Uint8Array>;
