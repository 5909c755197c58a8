import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { heatOf, TONES, WIDTH } from '../../src/charts/look.ts';
import { paint } from '../../src/charts/paint.ts';
import type { Chart } from '../../src/core/index.ts';
import { bars, heat } from './kit.ts';

/** The picture's points, to be looked at. */
async function look(chart: Chart) {
  const image = await loadImage(Buffer.from(paint(chart)));
  const canvas = createCanvas(image.width, image.height);
  const ink = canvas.getContext('2d');
  ink.drawImage(image, 0, 0);
  const { data } = ink.getImageData(0, 0, image.width, image.height);
  const hex = (at: number): string =>
    `#${[0, 1, 2].map(part => (data[at + part] ?? 0).toString(16).padStart(2, '0')).join('')}`;
  return {
    height: image.height,
    at: (x: number, y: number) => hex((y * image.width + x) * 4),
    count(colour: string): number {
      let found = 0;
      for (let at = 0; at < data.length; at += 4) if (hex(at) === colour) found += 1;
      return found;
    },
  };
}

describe('bars', () => {
  it('are as long as what they stand for', async () => {
    const seen = await look({ ...bars, rows: [{ label: 'A', values: [20, 60], says: ['', ''], end: '' }] });
    expect(seen.count(TONES.calm) / seen.count(TONES.late)).toBeGreaterThan(2.6);
    expect(seen.count(TONES.calm) / seen.count(TONES.late)).toBeLessThan(3.2);
  });

  it('leave the edge free, whatever is written behind them', async () => {
    const end = 'a very long end of a line that goes on and on';
    const seen = await look({ ...bars, rows: [{ label: 'A', values: [1, 9], says: ['1', '9'], end }] });
    const edge = Array.from({ length: seen.height }, (_, y) => seen.at(WIDTH - 8, y));
    expect(new Set(edge).size).toBe(1);
  });

  it('grow in number with the picture, also beside each other', async () => {
    const row = bars.rows[0] as (typeof bars.rows)[number];
    const heights = await Promise.all(
      [1, 2, 10].map(async count => (await look({ ...bars, rows: Array(count).fill(row) })).height),
    );
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    const beside = await look({ ...bars, stacked: false, rows: [row] });
    expect(beside.count(TONES.late)).toBeGreaterThan(0);
  });

  it('stand for nothing when there is nothing', async () => {
    const seen = await look({ ...bars, rows: [{ label: 'A', values: [0, 0], says: ['', ''], end: 'none' }] });
    // The legend alone has the colour.
    expect(seen.count(TONES.late)).toBeLessThanOrEqual(900);
  });
});

describe('a heat map', () => {
  it('is darker where there is more', async () => {
    const seen = await look(heat);
    expect(seen.count(heatOf(23, 23))).toBeGreaterThan(1000);
    expect(seen.count(heatOf(0, 23))).toBeGreaterThan(10_000);
  });

  it('has its own colour for nothing', () => {
    expect(heatOf(0, 100)).not.toBe(heatOf(1, 100));
    expect(heatOf(1, 1)).toBe(heatOf(100, 100));
    expect(heatOf(0, 0)).toBe(heatOf(0, 9));
  });
});

it('has the letters of our languages: each looks different, and none like one that is missing', () => {
  const missing = '\u{10FFFD}';
  const letters = [...'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ–…’', missing];
  const seen = letters.map(title => Buffer.from(paint({ ...bars, title, rows: [] })).toString('base64'));
  expect(new Set(seen).size).toBe(letters.length);
});
