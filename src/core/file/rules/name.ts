import { clip, tidy } from '../../text/index.ts';

/** Longest safe name, in UTF-16 units; file systems take 255 bytes, and people read less. */
const LONGEST = 100;
/** Names that are devices on Windows, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/i;
/** Not allowed in names on Windows, or with a meaning in shells, links and headers; and all that is not visible. */
const UNFIT = /[<>:"|?*`$%&;\\/\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A name that is safe to show, to save under and to send on: no path, no controls or hidden characters, no device names, at most 100
 * characters, and with an ending that fits what the file is (`endings`, the best first; never what only the name says).
 */
export function safeName(given: string, endings: readonly string[]): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const clean = tidy(last)
    .replace(/\s+/gu, ' ')
    .replace(UNFIT, '_')
    .replace(/^[.\s~-]+|[.\s]+$/gu, '');
  const dot = clean.lastIndexOf('.');
  const typed = dot > 0 ? clean.slice(dot + 1).toLowerCase() : '';
  const fits = endings.includes(typed);
  const ending = fits ? typed : (endings[0] ?? 'bin');
  const base = (fits ? clean.slice(0, dot) : clean).replace(/[.\s]+$/u, '') || 'file';
  const free = DEVICE.test(base) ? `_${base}` : base;
  return `${clip(free, LONGEST - ending.length - 1)}.${ending}`;
}
