/** The head of a mail, as it came: in order, unfolded, not decoded. */

/** One line of it. */
export interface HeaderLine {
  /** Small letters. */
  readonly name: string;
  readonly value: string;
}

/** Octets of a head that are looked at. */
const HEAD = 512 * 1024;
/** Lines of a head that are looked at. */
const LINES = 5000;

/** Where the body begins; the length of all where there is none. */
export function bodyStart(raw: Uint8Array): number {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const [crlf, lf] = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')];
  const ends = [crlf < 0 ? undefined : crlf + 4, lf < 0 ? undefined : lf + 2].filter(
    end => end !== undefined,
  );
  return ends.length === 0 ? raw.byteLength : Math.min(...ends);
}

/** The lines of the head. */
export function headerLines(raw: Uint8Array): HeaderLine[] {
  const end = Math.min(bodyStart(raw), HEAD);
  const head = Buffer.from(raw.buffer, raw.byteOffset, end).toString('latin1');
  const lines = head
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n', LINES);
  return lines.flatMap(line => {
    const colon = line.indexOf(':');
    if (colon <= 0) return [];
    return [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }];
  });
}

/** The value of the first line with that name. */
export function firstOf(lines: readonly HeaderLine[], name: string): string | undefined {
  return lines.find(line => line.name === name)?.value;
}
