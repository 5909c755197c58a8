/** `winmail.dat`, made here octet by octet as MS-OXTNEF says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpack } from '../../../../src/adapters/email/in/tnef.ts';
import { plain } from '../../../../src/core/index.ts';
import { bytesOf, type Doors, multipart, openDoors } from './kit.ts';

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u32 = (value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(value);
  return four;
};
const sum = (data: Uint8Array): number => data.reduce((all, one) => (all + one) & 0xffff, 0);
const attribute = (level: 1 | 2, id: number, data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([level]), u32(id), u32(data.length), data, u16(sum(data))]);
const stream = (...attributes: Buffer[]): Buffer =>
  Buffer.concat([
    u32(0x223e9f78),
    u16(1),
    attribute(1, 0x00089006, u32(0x00010000)),
    attribute(1, 0x00069007, Buffer.concat([u32(1250), u32(0)])),
    ...attributes,
  ]);

const filled = (data: Uint8Array): Buffer => Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
const varies = (tag: number, ...values: Uint8Array[]): Buffer =>
  Buffer.concat([u32(tag), u32(values.length), ...values.flatMap(one => [u32(one.length), filled(one)])]);
const wide = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');
const properties = (...list: Buffer[]): Buffer => Buffer.concat([u32(list.length), ...list]);
const message = (...list: Buffer[]): Buffer => attribute(1, 0x00069003, properties(...list));

const BEGINS = attribute(2, 0x00069002, Buffer.alloc(14));
const attached = (name: string, bytes: string): Buffer[] => [
  BEGINS,
  attribute(2, 0x00018010, Buffer.from('LONGNA~1.PDF\0')),
  attribute(2, 0x0006800f, Buffer.from(bytes)),
  attribute(
    2,
    0x00069005,
    properties(varies(0x3707001f, wide(name)), varies(0x370e001e, Buffer.from('Application/PDF\0'))),
  ),
];
const within = (inner: Buffer): Buffer[] => {
  const id = Buffer.from('0703020000000000c000000000000046', 'hex');
  return [
    BEGINS,
    attribute(
      2,
      0x00069005,
      properties(Buffer.concat([u32(0x37050003), u32(5)]), varies(0x3701000d, Buffer.concat([id, inner]))),
    ),
  ];
};
/** All kinds of values, before what is looked for. */
const OTHERS = [
  Buffer.concat([u32(0x0e07000b), u32(1)]),
  Buffer.concat([u32(0x00300040), Buffer.alloc(8)]),
  Buffer.concat([u32(0x80011002), Buffer.alloc(16), u32(0), u32(7), u32(2), u32(1), u32(2)]),
  Buffer.concat([
    u32(0x8002101f),
    Buffer.alloc(16),
    u32(1),
    u32(8),
    wide('abc'),
    u32(1),
    u32(6),
    filled(wide('ab')),
  ]),
  varies(0x00410102, Buffer.from('odd')),
];
const HTML = message(
  ...OTHERS,
  Buffer.concat([u32(0x3fde0003), u32(65001)]),
  varies(0x10130102, Buffer.from('<p>It is <b>down</b>, proszę</p>')),
);

const mailWith = (winmail: Uint8Array, text = '', headers = {}): string =>
  multipart(
    'multipart/mixed',
    [
      ...(text === '' ? [] : [`Content-Type: text/plain\n\n${text}`]),
      `Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(winmail).toString('base64')}`,
    ],
    headers,
  );
const namesIn = async (doors: Doors, mail: string): Promise<(string | undefined)[]> =>
  (await doors.letter(mail)).files?.map(({ name }) => name) ?? [];

test('the checksums are those that Microsoft shows (MS-OXTNEF 3.1)', () => {
  expect(sum(Buffer.from('Simple subject\0'))).toBe(0x057a);
  expect(sum(Buffer.concat([u32(1252), u32(0)]))).toBe(0x00e8);
});

test('what Outlook packed into winmail.dat is the words and the files of the mail', async () => {
  const doors = await openDoors();
  const letter = await doors.letter(
    mailWith(stream(HTML, ...attached('Umowa świąteczna.pdf', '%PDF-1'), ...attached('b.pdf', '%PDF-2'))),
  );
  expect(letter.text).toBe('It is **down**, proszę');
  expect(letter.files?.map(({ name, size }) => [name, size])).toEqual([
    ['Umowa świąteczna.pdf', 6],
    ['b.pdf', 6],
  ]);
  expect((await bytesOf(doors, letter.files?.[1]?.source ?? '')).toString()).toBe('%PDF-2');
});

test('plain words are read in the page that the stream names', async () => {
  const doors = await openDoors();
  const body = attribute(1, 0x0002800c, Buffer.from([0xbf, 0xf3, 0xb3, 0xe6, 0, 0x78]));
  expect(plain((await doors.letter(mailWith(stream(body)))).text)).toBe('żółć');
});

test('words of the mail itself count; what would be lost stays beside the files in winmail.dat', async () => {
  const doors = await openDoors();
  const full = stream(HTML, ...attached('a.pdf', '%PDF'));
  const own = mailWith(full, 'Hello', { 'X-MS-TNEF-Correlator': '<m1@example.com>' });
  expect(await doors.letter(own)).toMatchObject({ text: 'Hello', files: [{ name: 'a.pdf' }] });
  expect(await namesIn(doors, mailWith(full, 'I got this:'))).toEqual(['winmail.dat', 'a.pdf']);
  const rtf = stream(message(varies(0x10090102, Buffer.from('LZFu'))), ...attached('a.pdf', '%PDF'));
  expect(await namesIn(doors, mailWith(rtf))).toEqual(['winmail.dat', 'a.pdf']);
  expect(await namesIn(doors, mailWith(rtf, 'Hi', { 'X-MS-TNEF-Correlator': 'x' }))).toEqual(['a.pdf']);
  const ole = [BEGINS, attribute(2, 0x00069005, properties(Buffer.concat([u32(0x37050003), u32(6)])))];
  expect(await namesIn(doors, mailWith(stream(...ole, ...attached('a.pdf', '%PDF'))))).toEqual([
    'winmail.dat',
    'a.pdf',
  ]);
});

test('of a message within, the words are a file beside its files', async () => {
  const doors = await openDoors();
  const inner = stream(
    attribute(1, 0x00018004, Buffer.from('Fwd: invoice\0')),
    HTML,
    ...attached('invoice.pdf', '%PDF'),
  );
  const letter = await doors.letter(mailWith(stream(...within(inner)), 'See below'));
  expect(letter.files?.map(({ name }) => name)).toEqual(['Fwd: invoice.html', 'invoice.pdf']);
  expect((await bytesOf(doors, letter.files?.[0]?.source ?? '')).toString()).toContain('proszę');
});

test('one that is cut off, damaged, too deep or too many stays a file', async () => {
  const doors = await openDoors();
  const full = stream(HTML, ...attached('a.pdf', '%PDF'));
  const damaged = Buffer.from(full);
  damaged[full.indexOf('%PDF')] = 0;
  let deep = stream();
  for (let depth = 0; depth < 6; depth += 1) deep = stream(...within(deep));
  for (const bad of [
    full.subarray(0, -1),
    damaged,
    deep,
    stream(...Array.from({ length: 201 }, () => BEGINS)),
    Buffer.from('no such thing'),
  ])
    expect(await namesIn(doors, mailWith(bad, 'words'))).toEqual(['winmail.dat']);
});

test('whatever is in it, it is read at once or not at all, and gives nothing that was not there', () => {
  const whole = stream(
    HTML,
    ...attached('a.pdf', '%PDF'),
    ...within(stream(HTML, ...attached('b.pdf', 'x'))),
  );
  const isBounded = (bytes: Uint8Array): void => {
    const files = unpack(bytes)?.files ?? [];
    expect(files.every(one => one.bytes.length <= bytes.length)).toBe(true);
  };
  // Four thousand million values of no octets, in a property and in a count.
  for (const type of [0x1000, 0x1001])
    isBounded(stream(message(Buffer.concat([u32(0x10000000 + type), u32(0xffffffff)]))));
  isBounded(stream(attribute(1, 0x00069003, u32(0xffffffff))));
  isBounded(stream(message(Buffer.concat([u32(0x10130102), u32(1), u32(0xffffffff)]))));
  const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 });
  fc.assert(
    fc.property(edits, fc.nat(whole.length), (changes, end) => {
      const bytes = Buffer.from(whole.subarray(0, end));
      for (const [at, value] of changes) if (at < end) bytes[at] = value;
      isBounded(bytes);
    }),
  );
  // With sums that are right, what is inside is looked at.
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (one, two) => {
      isBounded(stream(message(Buffer.from(one)), BEGINS, attribute(2, 0x00069005, two)));
      isBounded(stream(attribute(1, 0x00069003, one), ...within(Buffer.from(two))));
    }),
  );
});
