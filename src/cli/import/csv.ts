import { once } from 'node:events';
import { parse } from 'csv-parse';
import { type Entry, FileFault, type Found, type RowFault } from './model.ts';

/** The columns, by what they are of. Several rows of one account follow one another, each with a contact, a service, or both. */
const columns = {
  account: ['ref', 'name', 'tier', 'language', 'time_zone', 'state'],
  contact: ['ref', 'name', 'roles', 'addresses', 'language', 'time_zone'],
  service: ['ref', 'name', 'kind', 'order_number', 'networks', 'location', 'rack', 'state'],
} as const;
/** Columns that hold several values, with spaces, ; or | between them. */
const LISTS = ['roles', 'addresses', 'networks'];

/** All names of columns, as they stand in a header. */
export const csvColumns: readonly string[] = [
  ...columns.account,
  ...columns.contact.map(name => `contact_${name}`),
  ...columns.service.map(name => `service_${name}`),
];

/** Longest row, in bytes: one that is longer has a quote too few. */
const LONGEST = 1024 * 1024;

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The accounts of a CSV file with a header: commas, semicolons or tabs, quotes as RFC 4180 has them. */
export async function* readCsv(bytes: AsyncIterable<Buffer>): AsyncGenerator<Found> {
  let header: Header | undefined;
  let group: Group | undefined;
  /** The row before cannot be read, and may be of the account that comes now. */
  let torn = false;
  for await (const row of rowsOf(bytes)) {
    if ('fault' in row) {
      torn = header?.manyRows ?? false;
      if (torn) group?.spoil();
      yield { faults: [row.fault] };
      continue;
    }
    if (header === undefined) {
      header = readHeader(row);
      continue;
    }
    const whole = row.cells.length === header.names.length;
    if (!whole) yield { faults: [wrongLength(row, header)] };
    if (group?.isOf(row)) {
      if (whole) group.take(row);
      else group.spoil();
      continue;
    }
    if (group !== undefined) yield* group.found();
    group = whole || header.manyRows ? new Group(row, header) : undefined;
    if (!whole || torn) group?.spoil();
    torn = false;
  }
  if (header === undefined)
    throw new FileFault(`The file is empty. Its first line names the columns: ${csvColumns.join(',')}`);
  if (group !== undefined) yield* group.found();
}

function wrongLength({ line, cells }: Row, { names }: Header): RowFault {
  const counts = `has ${cells.length} cells where the header has ${names.length}`;
  return { line, field: '', message: `${counts}; put quotes around text that holds the separator` };
}

async function* rowsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Row | { fault: RowFault }> {
  const { source, delimiter } = await separatorOf(bytes);
  const skipped: RowFault[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST,
    on_skip: error => {
      const { lines } = error as unknown as { lines?: number };
      skipped.push({
        line: lines ?? 0,
        field: '',
        message: 'its quotes are not right: a quote in a text is written twice, ""',
      });
    },
  });
  const feeding = feed(source, parser);
  try {
    for await (const item of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      while (skipped.length > 0) yield { fault: skipped.shift() as RowFault };
      const { record, info } = item;
      // What the parser tells is the line on which the row ends.
      const breaks = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      yield { line: info.lines - breaks, cells: record };
    }
    await feeding;
  } catch (error) {
    throw fileFault(error);
  }
  for (const fault of skipped) yield { fault };
}

async function feed(source: AsyncIterable<Buffer>, parser: ReturnType<typeof parse>): Promise<void> {
  try {
    for await (const chunk of source) if (!parser.write(chunk)) await once(parser, 'drain');
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

function fileFault(error: unknown): unknown {
  const { code, lines } = error as { code?: string; lines?: number };
  if (code?.startsWith('CSV_') !== true) return error;
  return new FileFault(
    `line ${lines ?? '?'}: a quote that opens is not closed; the file cannot be read beyond.`,
  );
}

/** What separates cells: the one of comma, semicolon and tab that the header has most of. */
async function separatorOf(
  bytes: AsyncIterable<Buffer>,
): Promise<{ source: AsyncIterable<Buffer>; delimiter: string }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done ? '' : (first.value.subarray(0, 8192).toString('utf8').split('\n')[0] ?? '');
  const [delimiter = ','] = [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length);
  async function* whole(): AsyncGenerator<Buffer> {
    if (!first.done) yield first.value;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { source: whole(), delimiter };
}

interface Header {
  readonly names: readonly string[];
  /** An account may have several rows. */
  readonly manyRows: boolean;
  has(kind: 'contact' | 'service'): boolean;
}

function readHeader({ cells }: Row): Header {
  const names = cells.map(cell => cell.trim().toLowerCase());
  const strange = names.filter(name => !csvColumns.includes(name));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const missing = ['ref', 'name'].filter(name => !names.includes(name));
  const faults = [
    ...strange.map(name => `"${name.slice(0, 40)}" is none of the columns`),
    ...twice.map(name => `"${name}" is there twice`),
    ...missing.map(name => `"${name}" is missing`),
  ];
  if (faults.length > 0)
    throw new FileFault(
      `line 1: ${faults.join('; ')}. The first line names the columns, of these: ${csvColumns.join(',')}`,
    );
  const has = (kind: 'contact' | 'service'): boolean => names.includes(`${kind}_ref`);
  return { names, has, manyRows: has('contact') || has('service') };
}

/** A part of an account with the line it came from. */
interface Part {
  readonly line: number;
  readonly value: Record<string, unknown>;
}

/** The rows of one account. */
class Group {
  readonly #line: number;
  readonly #own: Record<string, unknown>;
  readonly #lists: { readonly contact: Part[]; readonly service: Part[] } = { contact: [], service: [] };
  readonly #header: Header;
  readonly #faults: RowFault[] = [];
  #spoilt = false;

  constructor(row: Row, header: Header) {
    this.#line = row.line;
    this.#header = header;
    this.#own = partOf('account', row, header);
    this.#add(row);
  }

  /** The row goes on with the same account. */
  isOf(row: Row): boolean {
    const { ref } = partOf('account', row, this.#header);
    return ref !== undefined && ref === this.#own.ref;
  }

  take(row: Row): void {
    const own = partOf('account', row, this.#header);
    const differs = Object.keys(own).find(name => own[name] !== this.#own[name]);
    if (differs !== undefined) {
      const message = `is not what line ${this.#line} says of the same account; leave it out, or write the same`;
      this.#faults.push({ line: row.line, field: differs, message });
    }
    if (this.#add(row) === 0)
      this.#faults.push({ line: row.line, field: 'ref', message: `repeats line ${this.#line}` });
  }

  /** A row that may have been of this account could not be read: a part of it must not stand for all. */
  spoil(): void {
    this.#spoilt = true;
  }

  *found(): Generator<Found> {
    if (this.#faults.length > 0) yield { faults: this.#faults };
    else if (this.#spoilt) {
      const message = 'the account is left out: a row of it, or one beside it, cannot be read';
      yield { faults: [{ line: this.#line, field: 'ref', message }] };
    } else yield { entry: this.#entry() };
  }

  /** How many contacts and services the row brings that were not there before. */
  #add(row: Row): number {
    let added = 0;
    for (const kind of ['contact', 'service'] as const) {
      const value = partOf(kind, row, this.#header);
      if (Object.keys(value).length === 0) continue;
      const same = this.#lists[kind].find(part => part.value.ref === value.ref);
      if (same !== undefined && JSON.stringify(same.value) === JSON.stringify(value)) continue;
      this.#lists[kind].push({ line: row.line, value });
      added += 1;
    }
    return added;
  }

  #entry(): Entry {
    const { contact, service } = this.#lists;
    const list = (kind: 'contact' | 'service') =>
      this.#header.has(kind) ? { [`${kind}s`]: this.#lists[kind].map(({ value }) => value) } : {};
    const where = ([first, index, name]: readonly PropertyKey[]) => {
      const part = first === 'contacts' ? contact : first === 'services' ? service : undefined;
      if (part === undefined) return { line: this.#line, field: String(first ?? '') };
      const prefix = first === 'contacts' ? 'contact_' : 'service_';
      return { line: part[Number(index)]?.line ?? this.#line, field: `${prefix}${String(name ?? 'ref')}` };
    };
    return { line: this.#line, value: { ...this.#own, ...list('contact'), ...list('service') }, where };
  }
}

/** What a row says of its account, its contact or its service; empty cells say nothing. */
function partOf(kind: keyof typeof columns, row: Row, { names }: Header): Record<string, unknown> {
  const prefix = kind === 'account' ? '' : `${kind}_`;
  const given = columns[kind].flatMap(name => {
    const cell = row.cells[names.indexOf(prefix + name)] ?? '';
    if (cell.trim() === '') return [];
    return [[name, LISTS.includes(name) ? cell.split(/[\s;|,]+/).filter(Boolean) : cell] as const];
  });
  const part = Object.fromEntries<unknown>(given);
  if (kind === 'contact' && given.length > 0) return { roles: [], addresses: [], ...part };
  return kind === 'service' && given.length > 0 ? { networks: [], ...part } : part;
}
