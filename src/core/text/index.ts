/**
 * Text inside the desk is CommonMark source, a string. This is the only door to reading, cleaning, cutting and
 * showing it, and to the words the desk itself says.
 */

export { htmlBlocks } from './html.ts';
export { literal, literalInline } from './literal.ts';
export { MAX_SOURCE, parseMarkdown } from './parse.ts';
export { plain } from './plain.ts';
export type { Dialect, ListMarker } from './render.ts';
export { render } from './render.ts';
export type { Phrasebook, Raw, SayArgs } from './say.ts';
export { loadLocales, PhrasebookError, raw } from './say.ts';
export { splitMarkdown } from './split.ts';
export type { ClipUnit } from './tidy.ts';
export { clip, isBlank, oneLine, tidy } from './tidy.ts';
export type { WhenStyle } from './when.ts';
export {
  formatClock,
  formatDay,
  formatDays,
  formatDuration,
  formatShare,
  formatSpan,
  formatWhen,
  weekdays,
} from './when.ts';
