import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeName } from '../../../src/core/file/rules/name.ts';
import { pack } from '../../../src/core/file/rules/pack.ts';
import { formatSize } from '../../../src/core/file/rules/sizes.ts';
import { readToken, signToken } from '../../../src/core/file/rules/token.ts';
import { endingsOf, isAllowed, textType } from '../../../src/core/file/rules/types.ts';

const png = endingsOf('image/png', 'png');
const text = endingsOf('text/plain', 'txt');

test.each([
  ['photo.png', png, 'photo.png'],
  ['PHOTO.PNG', png, 'PHOTO.png'],
  ['photo', png, 'photo.png'],
  ['photo.jpg', png, 'photo.jpg.png'],
  ['', png, 'file.png'],
  ['...', png, 'file.png'],
  ['.png', png, 'png.png'],
  ['../../etc/passwd', text, 'passwd.txt'],
  ['C:\\Users\\a\\x.log', text, 'x.log'],
  ['con.txt', text, '_con.txt'],
  ['LPT1', text, '_LPT1.txt'],
  ['aux.tar.txt', text, '_aux.tar.txt'],
  ['a\r\nSet-Cookie: x.txt', text, 'a Set-Cookie_ x.txt'],
  ['evil\u202Etxt.exe', text, 'eviltxt.exe.txt'],
  ['-rf.txt', text, 'rf.txt'],
  ['a"b<c>d|e?f*g.txt', text, 'a_b_c_d_e_f_g.txt'],
  ['zażółć gęślą.txt', text, 'zażółć gęślą.txt'],
  ['файл.log', text, 'файл.log'],
])('%j becomes a safe name', (given, endings, wanted) => {
  expect(safeName(given, endings)).toBe(wanted);
});

test('every name is safe: short, one part, visible, no device, with a right ending; and stays as it is the second time', () => {
  const parts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '../',
      '\\',
      'con',
      '.txt',
      '\u202E',
      '\0',
      '.exe',
      ' ',
      'x'.repeat(300),
      '👩‍👩‍👧',
      'nul.',
    ),
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), fc.constantFrom(png, text), (pieces, endings) => {
      const name = safeName(pieces.join(''), endings);
      expect(name.length).toBeLessThanOrEqual(100);
      expect(name.length).toBeGreaterThan(2);
      expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
      expect(name).not.toMatch(/^[.\s-]/);
      expect(name.isWellFormed()).toBe(true);
      expect(endings).toContain(name.slice(name.lastIndexOf('.') + 1));
      expect(safeName(name, endings)).toBe(name);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['hello\n', 'text/plain'],
  ['\u001b[31mERROR\u001b[0m\tfailed\r\n', 'text/plain'],
  ['{"a":1}', 'text/plain'],
  ['if a < b then', 'text/plain'],
  ['<!DOCTYPE html><p>', 'text/html'],
  ['\uFEFF  <!-- x --> <script>', 'text/html'],
  ['<svg onload=alert(1)>', 'image/svg+xml'],
  ['<?xml version="1.0"?>\n<svg>', 'image/svg+xml'],
  ['<?xml version="1.0"?><config/>', 'application/xml'],
  ['a\0b', undefined],
  ['bell\u0007', undefined],
])('%j is %s', (content, type) => {
  expect(textType(Buffer.from(content))?.type).toBe(type);
});

test('UTF-16 with its mark is text, a character cut at the end is no fault, other bytes are no text', () => {
  expect(textType(Buffer.from('\uFEFFhello', 'utf16le'))?.type).toBe('text/plain');
  expect(textType(Buffer.from('zażółć').subarray(0, -1))?.type).toBe('text/plain');
  expect(textType(Buffer.from([0xc3, 0x28, 0x41]))).toBeUndefined();
  expect(textType(Buffer.from('zażółć', 'latin1'))).toBeUndefined();
});

test('a pattern takes a whole kind, but never what can carry script', () => {
  expect(isAllowed('image/webp', ['image/*'])).toBe(true);
  expect(isAllowed('image/svg+xml', ['image/*'])).toBe(false);
  expect(isAllowed('image/svg+xml', ['image/svg+xml'])).toBe(true);
  expect(isAllowed('text/html', ['text/*', 'text/plain'])).toBe(false);
  expect(isAllowed('application/x-msdownload', ['image/*', 'application/pdf'])).toBe(false);
});

test('files are packed in order, each once, within the limits; what does not fit goes as links after', () => {
  const file = fc.integer({ min: 0, max: 60_000_000 });
  const limits = fc.option(
    fc.record(
      {
        count: fc.integer({ min: 1, max: 10 }),
        bytes: fc.integer({ min: 1, max: 50_000_000 }),
        together: fc.integer({ min: 1, max: 50_000_000 }),
      },
      { requiredKeys: ['count', 'bytes'] },
    ),
    { nil: undefined },
  );
  fc.assert(
    fc.property(fc.array(file, { maxLength: 30 }), limits, (sizes, most) => {
      const files = sizes.map((size, id) => ({ id, size }));
      const packs = pack(files, most);
      const ids = packs.flatMap(one => one.files);
      expect(ids.toSorted((a, b) => a - b)).toEqual(files.map(({ id }) => id));
      const uploads = packs.filter(one => one.as === 'upload');
      expect(packs.slice(0, uploads.length)).toEqual(uploads);
      for (const group of [uploads, packs.filter(one => one.as === 'link')]) {
        const inOrder = group.flatMap(one => one.files);
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
      }
      for (const { files: together, as } of packs) {
        const bytes = together.map(id => sizes[id] ?? 0);
        if (as === 'link') expect(bytes.every(size => most === undefined || size > most.bytes)).toBe(true);
        else {
          expect(together.length).toBeLessThanOrEqual(most?.count ?? 0);
          expect(bytes.every(size => size <= (most?.bytes ?? 0))).toBe(true);
          if (together.length > 1)
            expect(bytes.reduce((a, b) => a + b)).toBeLessThanOrEqual(
              Math.min(32 * 1024 * 1024, most?.together ?? 32 * 1024 * 1024),
            );
        }
      }
    }),
  );
});

test('a token opens its file for its time and with its secret; one changed letter opens nothing', () => {
  const secret = Buffer.alloc(32, 1);
  const now = new Date('2026-11-22T12:00:00Z');
  const later = new Date(now.getTime() + 1000);
  const token = signToken(123_456, 'c', later, secret);
  expect(readToken(token, now, secret)).toEqual({ id: 123_456, audience: 'c' });
  expect(readToken(token, later, secret)).toBeUndefined();
  expect(readToken(token, now, Buffer.alloc(32, 2))).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom('0', 'z', 'A', '.', 'd', '-'), (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      // The last letter of base64url holds two bits that are not read.
      fc.pre(changed !== token && at < token.length - 1);
      expect(readToken(changed, now, secret)).toBeUndefined();
    }),
  );
  for (const junk of ['', '.', `${token}x`, token.toUpperCase(), '\0'.repeat(50)])
    expect(readToken(junk, now, secret)).toBeUndefined();
});

test('sizes are said in the way of the language', () => {
  expect(formatSize(900, 'en')).toBe('900 B');
  expect(formatSize(2048, 'en')).toBe('2 KB');
  expect(formatSize(1_500_000, 'pl')).toBe('1,4 MB');
});
