import { oneLine } from '../../text/index.ts';
import type { FileFault } from '../model.ts';

/** A file as it is written down when its message comes. */
export interface FileRow {
  readonly source: string | null;
  readonly name: string;
  readonly size: number | null;
  readonly state: 'waiting' | 'refused';
  readonly why: FileFault | null;
}

/** Longest source that an adapter may give, in UTF-16 units (the port says so). */
const SOURCE = 2000;
/** Longest name that is kept, in UTF-16 units. */
const NAME = 255;
/** Of the files above the allowed number, so many are written down, to be named in the refusal. */
const NAMED_ABOVE = 5;

/** What is written down of a message's files: the first are to be fetched, those above the limits are refused at once. */
export function admit(
  files: readonly { readonly source: string; readonly name: string; readonly size?: number }[],
  limits: { readonly perMessage: number; readonly maxSize: number },
): FileRow[] {
  return files.slice(0, limits.perMessage + NAMED_ABOVE).map((file, index) => {
    const size =
      typeof file.size === 'number' && Number.isSafeInteger(file.size) && file.size >= 0 ? file.size : null;
    const why = faultOf(file.source, size, index, limits);
    const name = shorten(file.name);
    return why === null
      ? { source: file.source, name, size, state: 'waiting', why }
      : { source: null, name, size, state: 'refused', why };
  });
}

/** A long name loses its middle, and keeps its ending. */
function shorten(name: string): string {
  const ending = /\.[^.\s/\\]{1,10}\s*$/.exec(name)?.[0] ?? '';
  return name.length <= NAME ? oneLine(name, NAME) : `${oneLine(name, NAME - ending.length)}${ending}`;
}

function faultOf(
  source: string,
  size: number | null,
  index: number,
  { perMessage, maxSize }: { readonly perMessage: number; readonly maxSize: number },
): FileFault | null {
  if (index >= perMessage) return 'count';
  if (size !== null && size > maxSize) return 'size';
  return source === '' || source.length > SOURCE ? 'lost' : null;
}
