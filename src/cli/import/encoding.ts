import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

/** Lines named of each kind, at most. */
const NAMED = 3;
const CHUNK = 1024 * 1024;

/** What in the file is not UTF-8, and in which lines; looked at whole before anything is changed. */
interface Seen {
  /** Lines with letters beyond ASCII that are UTF-8. */
  readonly good: number[];
  readonly bad: number[];
  nul: boolean;
  /** Bytes that are letters in Windows-1250, and are none in ISO 8859-2. */
  windows: boolean;
}

/**
 * Undefined when the file is UTF-8, with or without a byte order mark; else what it is, where, and what to do. Memory does not grow with
 * the file.
 */
export async function encodingFault(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const start = buffer.subarray(0, bytesRead);
    if (start.length >= 2 && (start.readUInt16BE() === 0xfeff || start.readUInt16BE() === 0xfffe))
      return sayConvert('is UTF-16 (it begins with its byte order mark)', 'UTF-16');
    const seen: Seen = { good: [], bad: [], nul: false, windows: false };
    let line = 1;
    let rest = Buffer.alloc(0);
    for await (const chunk of file.createReadStream({ start: 0, highWaterMark: CHUNK, autoClose: false })) {
      const block = Buffer.concat([rest, chunk as Buffer]);
      const end = block.length - unfinished(block);
      line = look(block.subarray(0, end), line, seen);
      rest = block.subarray(end);
    }
    look(rest, line, seen);
    return verdict(seen);
  } finally {
    await file.close();
  }
}

/** Bytes at the end that may be the beginning of a character: at most three (RFC 3629 §3). */
function unfinished(block: Buffer): number {
  for (let back = 1; back <= Math.min(3, block.length); back += 1) {
    const byte = block[block.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Looks at a block that begins in `line`. Returns the line in which it ends. */
function look(block: Buffer, line: number, seen: Seen): number {
  if (!seen.nul && block.includes(0)) seen.nul = true;
  const enough = seen.good.length > 0 && isUtf8(block);
  if (enough) return line + count(block);
  let from = 0;
  for (;;) {
    const end = block.indexOf(10, from);
    note(block.subarray(from, end === -1 ? undefined : end), line, seen);
    if (end === -1) return line;
    from = end + 1;
    line += 1;
  }
}

function count(block: Buffer): number {
  let lines = 0;
  for (let at = block.indexOf(10); at !== -1; at = block.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function note(text: Buffer, line: number, seen: Seen): void {
  if (!text.some(byte => byte >= 0x80)) return;
  if (isUtf8(text)) {
    if (seen.good.length < NAMED) seen.good.push(line);
    return;
  }
  seen.bad.push(...(seen.bad.length < NAMED ? [line] : []));
  // ą ś ź Ą Ś Ź stand elsewhere in ISO 8859-2, where 0x80 to 0x9F are control characters.
  seen.windows ||= text.some(byte => (byte >= 0x80 && byte <= 0x9f) || byte === 0xb9 || byte === 0xa5);
}

function verdict({ good, bad, nul, windows }: Seen): string | undefined {
  if (nul) return sayConvert('has NUL bytes, as UTF-16 has without its byte order mark', 'UTF-16LE');
  if (bad.length === 0) return undefined;
  const guess = windows ? 'WINDOWS-1250' : 'ISO-8859-2';
  const name = windows
    ? 'Windows-1250, as Excel saves it'
    : 'an 8-bit encoding such as ISO 8859-2 or Windows-1250';
  if (good.length > 0)
    return `The file mixes encodings: ${lines(good)} UTF-8, ${lines(bad)} not (perhaps ${name}). Nothing was imported. Export all of it anew as UTF-8, or convert the part that is not before the parts are put together.`;
  return sayConvert(`is not UTF-8: ${lines(bad)} perhaps ${name}`, guess);
}

function sayConvert(what: string, from: string): string {
  return `The file ${what}. Nothing was imported. Save it as UTF-8 ("CSV UTF-8" in Excel), or convert it: iconv -f ${from} -t UTF-8 OLD > NEW`;
}

function lines(numbers: readonly number[]): string {
  return numbers.length === 1 ? `line ${numbers[0]} is` : `lines ${numbers.join(', ')} are`;
}
