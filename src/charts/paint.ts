/** The only file that knows the library. */
import { fileURLToPath } from 'node:url';
import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import {
  BarController,
  BarElement,
  CategoryScale,
  type ChartConfiguration,
  Chart as ChartJs,
  LinearScale,
  type Plugin,
  PointElement,
} from 'chart.js';
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix';
import type { BarChart, Chart, HeatChart } from '../core/index.ts';
import { EDGE, heatOf, INK, ON_TONES, SIZES, TONES, WIDTH } from './look.ts';

/** Of the package, so that a picture looks the same on every machine; it has the letters of all European languages. */
const FONT = 'Desk Inter';
const WEIGHTS = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'] as const;

/** Heights in pixels: of a bar with its air, of a row's air, of a cell of a heat map, of a line of the legend. */
const BAR = 50;
const ROW_AIR = 34;
const CELL = 62;
const LEGEND = 62;

ChartJs.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  MatrixController,
  MatrixElement,
  PointElement,
);
for (const weight of WEIGHTS)
  GlobalFonts.registerFromPath(
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${weight}`)),
    FONT,
  );

/** Draws a picture as PNG. */
export function paint(chart: Chart): Uint8Array {
  const head = headOf(chart);
  const body = chart.kind === 'bars' ? barsHeight(chart) : CELL * chart.rows.length + 90;
  const canvas = createCanvas(WIDTH, head + body + EDGE);
  const ink = canvas.getContext('2d');
  ink.fillStyle = INK.ground;
  ink.fillRect(0, 0, canvas.width, canvas.height);
  write(ink, chart.title, EDGE, EDGE, { size: SIZES.title, bold: true });
  if (chart.note !== '') write(ink, chart.note, EDGE, EDGE + 62, { size: SIZES.note, colour: INK.soft });
  if (chart.kind === 'bars') legend(ink, chart, head - LEGEND);
  if (chart.rows.length > 0) {
    const plot = createCanvas(WIDTH, body);
    draw(plot, chart.kind === 'bars' ? bars(chart) : heat(chart));
    ink.drawImage(plot, 0, head);
  }
  return canvas.toBuffer('image/png');
}

/** The height above the plot. */
function headOf(chart: Chart): number {
  const words = EDGE + (chart.note === '' ? 76 : 122);
  return chart.kind === 'bars' && chart.series.length > 1 ? words + LEGEND : words;
}

function barsHeight({ rows, series, stacked }: BarChart): number {
  return rows.length * ((stacked ? 1.3 * BAR : BAR * series.length) + ROW_AIR);
}

interface Style {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

/** What is written at bars. */
const VALUE: Style = { size: SIZES.note, bold: true };

const fontOf = ({ size, bold = false }: Style): string => `${bold ? 600 : 400} ${size}px "${FONT}"`;

/** Writes a line from its top left corner, made smaller where it is too long. Returns its width. */
function write(ink: SKRSContext2D, text: string, x: number, y: number, style: Style): number {
  ink.font = fontOf(style);
  const room = WIDTH - EDGE - x;
  const over = ink.measureText(text).width / room;
  if (over > 1) ink.font = fontOf({ ...style, size: style.size / over });
  ink.fillStyle = style.colour ?? INK.text;
  ink.textBaseline = 'top';
  ink.textAlign = 'left';
  ink.fillText(text, x, y);
  return ink.measureText(text).width;
}

function legend(ink: SKRSContext2D, { series }: BarChart, y: number): void {
  if (series.length < 2) return;
  let x = EDGE;
  for (const { label, tone } of series) {
    ink.fillStyle = TONES[tone];
    ink.fillRect(x, y + 3, 30, 30);
    x += 44 + write(ink, label, x + 42, y, { size: SIZES.note, colour: INK.soft }) + 36;
  }
}

/** Chart.js types its canvas as the browser's; it uses what both have. */
function draw(canvas: Canvas, config: ChartConfiguration): void {
  const { options, ...rest } = config;
  new ChartJs(canvas as unknown as ConstructorParameters<typeof ChartJs>[0], {
    ...rest,
    options: {
      ...options,
      animation: false,
      responsive: false,
      devicePixelRatio: 1,
      font: { family: FONT, size: SIZES.label },
    },
  });
}

/** Letters of the label of a row, and of what is written at a bar: each has a third of the width. */
const LETTERS = 20;

function shortened(label: string): string {
  const letters = [...label];
  return letters.length <= LETTERS ? label : `${letters.slice(0, LETTERS - 1).join('')}…`;
}

/** The width of the widest of these lines. */
function widest(lines: readonly string[], style: Style): number {
  const ink = createCanvas(1, 1).getContext('2d');
  ink.font = fontOf(style);
  return Math.max(0, ...lines.map(line => ink.measureText(line).width));
}

function bars(chart: BarChart): ChartConfiguration {
  const { rows, series, stacked } = chart;
  const totals = rows.map(({ values }) =>
    stacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values),
  );
  const most = chart.most ?? Math.max(...totals, 1e-9);
  const names = rows.map(({ label }) => shortened(label));
  const behind = (stacked ? rows.map(({ end = '' }) => end) : rows.flatMap(({ says }) => says)).map(
    shortened,
  );
  const width = WIDTH - 2 * EDGE - widest(names, { size: SIZES.label });
  // What is written behind the longest bar has its room.
  const written = 36 + widest(behind, VALUE);
  return {
    type: 'bar',
    data: {
      labels: names,
      datasets: series.map(({ tone }, index) => ({
        data: rows.map(({ values }) => values[index] ?? 0),
        backgroundColor: TONES[tone],
        barPercentage: stacked ? 0.66 : 0.84,
        categoryPercentage: stacked ? 1 : 0.78,
      })),
    },
    options: {
      indexAxis: 'y',
      layout: { padding: { left: EDGE, right: EDGE } },
      scales: {
        x: { display: false, stacked, min: 0, max: (most * width) / Math.max(width / 3, width - written) },
        y: {
          stacked,
          border: { display: false },
          grid: { display: false },
          ticks: { color: INK.text, font: { size: SIZES.label }, crossAlign: 'far' },
        },
      },
    },
    plugins: [values(chart)],
  };
}

/** Writes each value at the end of its bar, or in its middle where bars are stacked and wide enough. */
function values({ rows, series, stacked }: BarChart): Plugin {
  return {
    id: 'values',
    afterDatasetsDraw(chart) {
      const ink = chart.ctx as unknown as SKRSContext2D;
      ink.textBaseline = 'middle';
      const put = (text: string, x: number, y: number, colour: string, align: 'left' | 'center'): void => {
        ink.fillStyle = colour;
        ink.textAlign = align;
        ink.fillText(text, x, y);
      };
      ink.font = fontOf(VALUE);
      for (const [row, { says, end = '' }] of rows.entries()) {
        let last = { x: chart.chartArea.left, y: 0 };
        for (const [index, { tone }] of series.entries()) {
          const bar = chart.getDatasetMeta(index).data[row];
          if (bar === undefined) continue;
          const { x, y } = bar.getProps(['x', 'y'], true);
          const text = shortened(says[index] ?? '');
          const isWide = ink.measureText(text).width + 16 < x - last.x;
          if (stacked && isWide) put(text, (x + last.x) / 2, y, ON_TONES[tone], 'center');
          if (!stacked) put(text, x + 12, y, INK.text, 'left');
          last = { x: stacked ? x : last.x, y };
        }
        if (stacked) put(shortened(end), last.x + 14, last.y, INK.text, 'left');
      }
    },
  };
}

function heat({ rows, columns, values: counts }: HeatChart): ChartConfiguration {
  const cells = counts.flatMap((row, y) => row.map((v, x) => ({ x, y, v })));
  const most = Math.max(0, ...cells.map(cell => cell.v));
  const axis = { border: { display: false }, grid: { display: false } } as const;
  const small = { size: SIZES.small };
  return {
    type: 'matrix',
    data: {
      datasets: [
        {
          data: cells,
          backgroundColor: cells.map(cell => heatOf(cell.v, most)),
          width: ({ chart }) => (chart.chartArea?.width ?? 0) / columns.length - 4,
          height: ({ chart }) => (chart.chartArea?.height ?? 0) / rows.length - 4,
        },
      ],
    },
    options: {
      layout: { padding: { left: EDGE, right: EDGE } },
      scales: {
        x: {
          ...axis,
          type: 'linear',
          min: -0.5,
          max: columns.length - 0.5,
          offset: false,
          ticks: {
            color: INK.soft,
            font: small,
            stepSize: 1,
            maxRotation: 0,
            autoSkip: false,
            callback: index => columns[Number(index)] ?? '',
          },
          afterBuildTicks: scale => {
            scale.ticks = columns.map((_, value) => ({ value }));
          },
        },
        y: {
          ...axis,
          type: 'linear',
          reverse: true,
          min: -0.5,
          max: rows.length - 0.5,
          offset: false,
          ticks: {
            color: INK.text,
            font: small,
            crossAlign: 'far',
            autoSkip: false,
            callback: index => rows[Number(index)] ?? '',
          },
          afterBuildTicks: scale => {
            scale.ticks = rows.map((_, value) => ({ value }));
          },
        },
      },
    },
  } as ChartConfiguration;
}
