/** Characters that CommonMark (or a common extension of it) gives a meaning anywhere in a line. */
const ANYWHERE = /[\\`*_[\]<>&!#~|]/g;
/** Characters that mean something only at the beginning of a line: bullets, underlines, ordered items. */
const AT_START = /^(?:([-+=])|(\d{1,9})([.)]))/;
const isBlankSpace = (character: string | undefined): boolean => character === ' ' || character === '\t';

const asReference = (spaces: string): string => spaces.replaceAll(' ', '&#32;').replaceAll('\t', '&#9;');

/** Backslashes before every mark; for a run of text inside a line. */
export function escapeMarks(text: string): string {
  return text.replace(ANYWHERE, '\\$&');
}

/** A whole line whose marks are escaped already: makes its beginning and its end safe too. */
export function literalLine(line: string): string {
  const safe = line.replace(AT_START, (_, mark?: string, digits?: string, dot?: string) =>
    mark === undefined ? `${digits}\\${dot}` : `\\${mark}`,
  );
  return replaceEdges(safe, isBlankSpace, asReference);
}

/**
 * Replaces what stands at both ends of a text and is of one kind. Linear: an expression that ends in `$` looks at every run of spaces anew from
 * each of its characters (40,000 spaces inside a line: 1.2 s).
 */
export function replaceEdges(
  text: string,
  isEdge: (character: string | undefined) => boolean,
  replace: (edge: string) => string,
): string {
  let start = 0;
  while (start < text.length && isEdge(text[start])) start += 1;
  let end = text.length;
  while (end > start && isEdge(text[end - 1])) end -= 1;
  if (start === 0 && end === text.length) return text;
  const after = text.slice(end);
  return (
    (start === 0 ? '' : replace(text.slice(0, start))) + text.slice(start, end) + (after && replace(after))
  );
}

function lines(text: string): string[] {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD').split('\n');
}

/**
 * Untrusted plain text → CommonMark source that shows exactly that text: nothing in it is markup, every line break
 * and every space stays. Stands as blocks of its own; inside a sentence use `literalInline`. It does not make
 * mentions inert: that is the text escape of each platform's dialect.
 */
export function literal(text: string): string {
  const all = lines(text);
  let source = '';
  let breaks = 0;
  for (const [index, line] of all.entries()) {
    if (index > 0) breaks += 1;
    if (line === '') continue;
    source += (source === '' ? '&#10;'.repeat(breaks) : joint(breaks)) + literalLine(escapeMarks(line));
    breaks = 0;
  }
  return source + '&#10;'.repeat(breaks);
}

/** One break is a hard break; two end the paragraph; each one more is a written-out newline. */
function joint(breaks: number): string {
  if (breaks === 0) return '';
  return breaks === 1 ? '\\\n' : `\n\n${'&#10;'.repeat(breaks - 2)}`;
}

/** As `literal`, for the middle of a sentence, a heading or a list item: line breaks never end the block. */
export function literalInline(text: string): string {
  return lines(text)
    .map(line => literalLine(escapeMarks(line)))
    .join('&#10;');
}
