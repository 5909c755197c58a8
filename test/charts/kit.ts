import type { BarChart, HeatChart } from '../../src/core/index.ts';

/** A picture with bars, as it may come. */
export const bars: BarChart = {
  kind: 'bars',
  name: 'load',
  title: 'Zażółć gęślą jaźń',
  note: '16–22 listopada 2026',
  stacked: true,
  series: [
    { label: 'po terminie', tone: 'late' },
    { label: 'przejęte', tone: 'calm' },
  ],
  rows: [
    { label: 'Techniczny', values: [2, 9], says: ['2', '9'], end: '11' },
    { label: 'Finansowy', values: [0, 0], says: ['', ''], end: '0' },
  ],
};

/** A heat map, as it may come. */
export const heat: HeatChart = {
  kind: 'heat',
  name: 'hours',
  title: 'Busiest hours',
  note: '',
  rows: ['Mon', 'Tue'],
  columns: Array.from({ length: 24 }, (_, hour) => (hour % 6 === 0 ? String(hour) : '')),
  values: [Array.from({ length: 24 }, (_, hour) => hour), Array.from({ length: 24 }, () => 0)],
};

/** Width and height of a PNG (its first chunk is IHDR). */
export function sizeOfPng(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
