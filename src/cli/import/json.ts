import { type Entry, FileFault, type Found } from './model.ts';

/** Longest account, in bytes: as the API takes it. */
const LONGEST = 4 * 1024 * 1024;

const [QUOTE, BACKSLASH, NEWLINE, COMMA] = [0x22, 0x5c, 0x0a, 0x2c];
const isOpening = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number): boolean => byte === 0x7d || byte === 0x5d;
const isWhite = (byte: number): boolean =>
  byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/** One account's text, and the line on which it begins; `torn`: it does not end where it must. */
interface Piece {
  readonly line: number;
  readonly text: string;
  readonly torn?: boolean;
}

/** The accounts of one JSON array, or of one object to a line (NDJSON). Only one account is in memory at a time. */
export async function* readJson(bytes: AsyncIterable<Buffer>): AsyncGenerator<Found> {
  for await (const { line, text, torn } of pieces(bytes)) {
    const found = torn ? undefined : parsed(text, line);
    const message = 'is no JSON that can be read (a comma, a quote or a bracket too many or too few?)';
    yield found ?? { faults: [{ line, field: '', message }] };
  }
}

function parsed(text: string, line: number): Found | undefined {
  try {
    const entry: Entry = { line, value: JSON.parse(text), where: path => ({ line, field: fieldOf(path) }) };
    return { entry };
  } catch {
    return undefined;
  }
}

/** `contacts[0].ref`. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

async function* pieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  const splitter = new Splitter();
  for await (const chunk of bytes) yield* splitter.take(chunk);
  yield* splitter.end();
}

/** Cuts a stream into the objects that stand in one array, or one to a line. No library tells the line of each. */
class Splitter {
  #line = 1;
  #depth = 0;
  #inText = false;
  #escaped = false;
  /** How deep accounts stand: 1 in an array, 0 on lines of their own; undefined before the first byte. */
  #base: 0 | 1 | undefined;
  #ended = false;
  #parts: Buffer[] = [];
  #size = 0;
  #began = 0;

  *take(chunk: Buffer): Generator<Piece> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      const wasIn = this.#isIn();
      if (!wasIn) from = at;
      const done = this.#step(byte);
      if (done === 'whole' || done === 'torn') {
        yield this.#cut(chunk.subarray(from, at + 1), done === 'torn');
        from = at + 1;
      }
      if (byte === NEWLINE) this.#line += 1;
    }
    if (this.#isIn()) this.#keep(chunk.subarray(from));
  }

  *end(): Generator<Piece> {
    if (this.#isIn()) {
      yield this.#cut(Buffer.alloc(0), true);
      return;
    }
    if (this.#base === 1 && !this.#ended)
      throw new FileFault(
        `line ${this.#line}: the file ends before the list does; it may have been cut off.`,
      );
  }

  #isIn(): boolean {
    return this.#base !== undefined && this.#depth > this.#base;
  }

  #step(byte: number): 'whole' | 'torn' | undefined {
    if (this.#inText) return this.#inString(byte);
    if (!this.#isIn()) return this.#between(byte);
    if (byte === QUOTE) this.#inText = true;
    else if (isOpening(byte)) this.#depth += 1;
    else if (isClosing(byte)) {
      this.#depth -= 1;
      if (!this.#isIn()) return 'whole';
    } else if (byte === NEWLINE && this.#base === 0) return this.#tear();
    return undefined;
  }

  #inString(byte: number): 'torn' | undefined {
    if (byte === NEWLINE) {
      if (this.#base === 0) return this.#tear();
      throw new FileFault(
        `line ${this.#line}: a text is not closed with a quote; the file cannot be read beyond.`,
      );
    }
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inText = false;
    return undefined;
  }

  /** A line of NDJSON that ends in the middle of its object: the next one begins anew. */
  #tear(): 'torn' {
    this.#depth = 0;
    this.#inText = false;
    this.#escaped = false;
    return 'torn';
  }

  #between(byte: number): undefined {
    if (isWhite(byte)) return;
    if (this.#base === undefined) {
      if (!isOpening(byte)) throw new FileFault(notJson(this.#line));
      this.#base = byte === 0x5b ? 1 : 0;
      if (this.#base === 1) {
        this.#depth = 1;
        return;
      }
    }
    if (this.#ended) throw new FileFault(`line ${this.#line}: something stands after the end of the list.`);
    if (byte === 0x7b) {
      this.#began = this.#line;
      this.#depth = (this.#base ?? 0) + 1;
    } else if (this.#base === 1 && byte === 0x5d) this.#ended = true;
    else if (!(this.#base === 1 && byte === COMMA)) throw new FileFault(notJson(this.#line));
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > LONGEST)
      throw new FileFault(`line ${this.#began}: an account is longer than 4 MB; is a bracket missing there?`);
    // A copy: the stream uses its memory again.
    this.#parts.push(Buffer.from(part));
  }

  #cut(last: Buffer, torn: boolean): Piece {
    const text = Buffer.concat([...this.#parts, last]).toString('utf8');
    this.#parts = [];
    this.#size = 0;
    return { line: this.#began, text, torn };
  }
}

function notJson(line: number): string {
  return `line ${line}: neither a list of accounts, [{…}, {…}], nor one account {…} to a line.`;
}
