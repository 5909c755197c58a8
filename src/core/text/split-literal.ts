import { literalInline } from './literal.ts';
import { type Fullness, pack } from './split-pack.ts';

/** How full a piece is, what is learned of that for guessing, how full is full enough: see `Packing`. */
export interface Frame<Piece> {
  readonly full: Fullness<Piece>;
  readonly learned: { rate: number };
  readonly enough: number;
}

/** Text in parts that together are the text again. */
type Level = (text: string) => string[];

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const byLine: Level = text => text.split(/(?<=\n)/);
const byWord: Level = text => text.split(/(?<=\s)(?=\S)/u);
const byGrapheme: Level = text => Array.from(graphemes.segment(text), ({ segment }) => segment);
const byPoint: Level = text => [...text];

/** What `literalInline` must write out: marks, and spaces at the beginning of a line. */
const MARKS = /[\\`*_[\]<>&!#~|]|(?<=^[ \t]{0,200})[ \t]/gm;

/** Plain text → pieces of source that show just it. */
export function cutPlain(text: string, frame: Frame<string>): string[] {
  const build = (part: string): string => literalInline(part.trimEnd().replace(/^\n+/, ''));
  return cutString(text, [byLine, byWord, byGrapheme, byPoint], build, build, frame).filter(
    piece => piece !== '',
  );
}

/** Code → `build` of as many lines as fit, or graphemes; `bare` of a character that fits into no block of code. */
export function cutCode<Piece>(
  code: string,
  build: (part: string) => Piece,
  bare: (part: string) => Piece,
  frame: Frame<Piece>,
): Piece[] {
  const trimmed = (part: string): Piece => build(part.replace(/\n$/, ''));
  return cutString(code, [byLine, byGrapheme, byPoint], trimmed, bare, frame);
}

/** Whether plain text is read faster as a block of code. Measured: a line end in text takes 6 µs, an escaped mark 4, a line of code 12. */
export function isMostlyMarks(text: string): boolean {
  const lines = text.match(/\n/g)?.length ?? 0;
  const marks = text.match(MARKS)?.length ?? 0;
  return 4 * marks > 6 * lines + text.length / 10;
}

function cutString<Piece>(
  text: string,
  levels: readonly Level[],
  build: (part: string) => Piece,
  bare: (part: string) => Piece,
  frame: Frame<Piece>,
): Piece[] {
  const [level, ...finer] = levels;
  if (!level) return [bare(text)];
  return pack(level(text), {
    ...frame,
    build: run => build(run.join('')),
    size: part => part.length,
    finer: part => cutString(part, finer, build, bare, frame),
  });
}
