/**
 * Unpacks `winmail.dat`: what Outlook makes of a mail in its own format (MS-OXTNEF). No library on npm reads its words, too, or is made for hostile input.
 * All of it is untrusted: nothing is copied but words, lengths are held against what is there, and a stream that is not sound to its end is not read at all.
 */

/** A file that was in it. */
export interface Packed {
  /** Untrusted; empty where it has none. */
  readonly name: string;
  /** Lower case; empty where it has none. */
  readonly type: string;
  /** A view into the stream. */
  readonly bytes: Uint8Array;
}

/** What was in it. */
export interface Unpacked {
  /** Empty where there are none. */
  readonly text: string;
  readonly html: string;
  /** Those of messages within, too, whose words are files of their own. */
  readonly files: readonly Packed[];
  /** It has words, but in RTF alone. */
  readonly rtf: boolean;
  /** Something else in it is not among these: an object of a program (OLE), or what a message within has in RTF alone. */
  readonly more: boolean;
}

/** Files of one stream, with all within. */
const FILES = 200;
/** Messages within messages. */
const DEEPEST = 4;
/** Octets of words that are decoded: HTML of people has some hundred thousand. */
const WORDS = 2 * 1024 * 1024;
/** Octets of a name. */
const NAME = 1024;

const SIGNATURE = 0x223e9f78;
/** The level, the id, the length, and the checksum (MS-OXTNEF 2.1.3.1). */
const LEAST = 11;

/** Ids of attributes, with their types (MS-OXTNEF 2.1.3.2, 2.1.3.3). */
const ATTRIBUTE = {
  codePage: 0x00069007,
  subject: 0x00018004,
  body: 0x0002800c,
  message: 0x00069003,
  begins: 0x00069002,
  title: 0x00018010,
  data: 0x0006800f,
  attachment: 0x00069005,
} as const;

/** Ids of properties (MS-OXPROPS). */
const PROPERTY = {
  subject: 0x0037,
  text: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  codePage: 0x3fde,
  data: 0x3701,
  shortName: 0x3704,
  method: 0x3705,
  longName: 0x3707,
  type: 0x370e,
} as const;

/** Types of properties (MS-OXCDATA 2.11.1). */
const TYPE = { text8: 0x1e, text16: 0x1f, object: 0x0d, binary: 0x0102, several: 0x1000 } as const;
/** Octets of values whose length is fixed, filled up to four (MS-OXTNEF 2.1.3.5). */
const FIXED: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
/** How a file is attached (MS-OXCMSG 2.2.2.9). */
const METHOD = { message: 5, ole: 6 } as const;
/** IID_IMessage: the object is a stream of this format. */
const MESSAGE = Buffer.from('0703020000000000c000000000000046', 'hex');
const IID = 16;

/** Unpacks a stream. Undefined for what is none, is damaged, or goes beyond the bounds. */
export function unpack(stream: Uint8Array): Unpacked | undefined {
  try {
    return read(stream, 0, { files: 0 });
  } catch (error) {
    if (error instanceof Unsound) return undefined;
    throw error;
  }
}

/** It cannot be read. */
class Unsound extends Error {}

interface Property {
  readonly type: number;
  /** Of several values the first. */
  readonly value: Uint8Array;
}

interface Draft {
  title: Uint8Array;
  data: Uint8Array | undefined;
  properties: ReadonlyMap<number, Property>;
}

interface Message {
  codePage: number;
  subject: Uint8Array;
  body: Uint8Array;
  properties: ReadonlyMap<number, Property>;
  readonly attached: Draft[];
}

function read(stream: Uint8Array, depth: number, seen: { files: number }): Unpacked & { subject: string } {
  if (depth > DEEPEST) throw new Unsound();
  const message = attributesOf(stream);
  const { codePage, properties } = message;
  seen.files += message.attached.length;
  if (seen.files > FILES) throw new Unsound();
  const text = textOf(properties.get(PROPERTY.text), codePage) || decode(message.body, codePage);
  const html = htmlOf(properties, codePage);
  const files: Packed[] = [];
  const rtf = text.trim() === '' && html === '' && (properties.get(PROPERTY.rtf)?.value.length ?? 0) > 0;
  let more = false;
  for (const draft of message.attached) {
    const within = messageIn(draft);
    if (within !== undefined) {
      const inner = read(within, depth + 1, seen);
      files.push(...wordsAsFile(inner), ...inner.files);
      more ||= inner.more || inner.rtf;
    } else {
      const file = fileOf(draft, codePage);
      if (file === undefined) more = true;
      else files.push(file);
    }
  }
  const subject = textOf(properties.get(PROPERTY.subject), codePage) || decode(message.subject, codePage);
  return { text, html, rtf, files, more, subject };
}

function attributesOf(stream: Uint8Array): Message {
  const at = new Cursor(stream);
  if (at.u32() !== SIGNATURE) throw new Unsound();
  at.u16();
  const message: Message = {
    codePage: 1252,
    subject: NONE,
    body: NONE,
    properties: new Map(),
    attached: [],
  };
  // Some programs put zeros or a line's end behind it.
  while (!at.onlyFill()) {
    if (at.left < LEAST) throw new Unsound();
    const level = at.u8();
    const id = at.u32();
    const data = at.take(at.u32());
    if (at.u16() !== sumOf(data) || (level !== 1 && level !== 2)) throw new Unsound();
    if (level === 1) ofMessage(message, id, data);
    else ofAttached(message, id, data);
  }
  return message;
}

function ofMessage(message: Message, id: number, data: Uint8Array): void {
  if (id === ATTRIBUTE.codePage) message.codePage = new Cursor(data).u32();
  else if (id === ATTRIBUTE.subject) message.subject = data;
  else if (id === ATTRIBUTE.body) message.body = data;
  else if (id === ATTRIBUTE.message) message.properties = propertiesOf(data);
}

function ofAttached({ attached }: Message, id: number, data: Uint8Array): void {
  if (id === ATTRIBUTE.begins) {
    if (attached.length >= FILES) throw new Unsound();
    attached.push({ title: NONE, data: undefined, properties: new Map() });
    return;
  }
  const draft = attached.at(-1);
  if (draft === undefined) throw new Unsound();
  if (id === ATTRIBUTE.title) draft.title = data;
  else if (id === ATTRIBUTE.data) draft.data = data;
  else if (id === ATTRIBUTE.attachment) draft.properties = propertiesOf(data);
}

/** Each property takes four octets at least, so that their number is bounded by what is there. */
function propertiesOf(data: Uint8Array): ReadonlyMap<number, Property> {
  const at = new Cursor(data);
  const found = new Map<number, Property>();
  const wanted: ReadonlySet<number> = new Set(Object.values(PROPERTY));
  for (let left = at.u32(); left > 0; left -= 1) {
    const type = at.u16();
    const id = at.u16();
    if (id >= 0x8000) skipName(at);
    const value = readValue(at, type);
    if (wanted.has(id)) found.set(id, { type: type & ~TYPE.several, value });
  }
  return found;
}

/** A property of a program's own is named: by a number, or in UTF-16. */
function skipName(at: Cursor): void {
  at.take(IID);
  if (at.u32() === 0) at.take(4);
  else at.padded(at.u32());
}

function readValue(at: Cursor, type: number): Uint8Array {
  const single = type & ~TYPE.several;
  const fixed = FIXED[single];
  const varies =
    single === TYPE.text8 || single === TYPE.text16 || single === TYPE.object || single === TYPE.binary;
  if (single <= 1 && single === type) return NONE;
  if (fixed === undefined && !varies) throw new Unsound();
  let first: Uint8Array | undefined;
  for (let left = varies || single !== type ? at.u32() : 1; left > 0; left -= 1) {
    const value = fixed === undefined ? at.padded(at.u32()) : at.take(fixed);
    first ??= value;
  }
  return first ?? NONE;
}

/** The stream of a message that is attached. */
function messageIn({ properties }: Draft): Uint8Array | undefined {
  const data = properties.get(PROPERTY.data);
  if (numberOf(properties.get(PROPERTY.method)) !== METHOD.message || data?.type !== TYPE.object)
    return undefined;
  return MESSAGE.equals(data.value.subarray(0, IID)) ? data.value.subarray(IID) : undefined;
}

function fileOf({ title, data, properties }: Draft, codePage: number): Packed | undefined {
  const own = properties.get(PROPERTY.data);
  const bytes = data ?? (own?.type === TYPE.binary ? own.value : undefined);
  if (bytes === undefined || numberOf(properties.get(PROPERTY.method)) === METHOD.ole) return undefined;
  const name =
    nameOf(properties.get(PROPERTY.longName), codePage) ||
    nameOf({ type: TYPE.text8, value: title }, codePage) ||
    nameOf(properties.get(PROPERTY.shortName), codePage);
  return { name, type: nameOf(properties.get(PROPERTY.type), codePage).toLowerCase(), bytes };
}

function wordsAsFile({ subject, text, html }: Unpacked & { subject: string }): Packed[] {
  if (text.trim() === '' && html === '') return [];
  const [words, type, ending] = html === '' ? [text, 'text/plain', 'txt'] : [html, 'text/html', 'html'];
  return [{ name: `${subject.slice(0, 200) || 'message'}.${ending}`, type, bytes: Buffer.from(words) }];
}

function htmlOf(properties: ReadonlyMap<number, Property>, codePage: number): string {
  const html = properties.get(PROPERTY.html);
  if (html?.type !== TYPE.binary) return textOf(html, codePage);
  return decode(html.value, numberOf(properties.get(PROPERTY.codePage)) ?? codePage);
}

const nameOf = (property: Property | undefined, codePage: number): string =>
  textOf(property && { ...property, value: property.value.subarray(0, NAME) }, codePage).trim();

/** UTF-16LE, or in the page of the mail. */
function textOf(property: Property | undefined, codePage: number): string {
  if (property?.type === TYPE.text16) return decode(property.value, 1200);
  return property?.type === TYPE.text8 ? decode(property.value, codePage) : '';
}

/** Pages of Windows by what the web calls them (WHATWG Encoding), but for those that are called `windows-` and their number. */
const PAGES: Readonly<Record<number, string>> = {
  866: 'ibm866',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  20866: 'koi8-r',
  20932: 'euc-jp',
  21866: 'koi8-u',
  50220: 'iso-2022-jp',
  51932: 'euc-jp',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** Words end with a zero. What is no page is read as Western. */
function decode(bytes: Uint8Array, page: number): string {
  const part = page > 28590 && page < 28607 ? `iso-8859-${page - 28590}` : undefined;
  const label =
    PAGES[page] ?? part ?? (page === 874 || (page > 1249 && page < 1259) ? `windows-${page}` : '');
  const [words = ''] = decodeAs(label, bytes.subarray(0, WORDS)).split('\0', 1);
  return words;
}

function decodeAs(label: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function numberOf(property: Property | undefined): number | undefined {
  return property?.type === 3 && property.value.length === 4 ? new Cursor(property.value).u32() : undefined;
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const one of bytes) sum = (sum + one) & 0xffff;
  return sum;
}

const NONE = new Uint8Array();

/** Where a reader is in octets. Throws `Unsound` for what would be behind their end; all numbers are little-endian. */
class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#past(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#past(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#past(4), true);
  }

  /** A view. */
  take(length: number): Uint8Array {
    const from = this.#past(length);
    return this.#bytes.subarray(from, from + length);
  }

  /** A view of what is filled up to four octets; the last of all need not be. */
  padded(length: number): Uint8Array {
    const value = this.take(length);
    this.#past(Math.min(-length & 3, this.left));
    return value;
  }

  /** What is left says nothing. */
  onlyFill(): boolean {
    return (
      this.left === 0 || this.#bytes.subarray(this.#at).every(one => one === 0 || one === 10 || one === 13)
    );
  }

  #past(length: number): number {
    if (length > this.left) throw new Unsound();
    const from = this.#at;
    this.#at += length;
    return from;
  }
}
