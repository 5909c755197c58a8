import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClue } from '../../../src/core/account/rules/clue.ts';
import { readNetwork, shown } from '../../../src/core/account/rules/network.ts';
import {
  readLanguage,
  readMail,
  readOrder,
  readRef,
  readZone,
} from '../../../src/core/account/rules/words.ts';
import { pickedOf } from '../../../src/core/intake/rules/services.ts';

const keptOf = (reading: { value: string } | { fault: string }): string | undefined =>
  'value' in reading ? reading.value : undefined;

test.each([
  ['203.0.113.7', '203.0.113.7/32'],
  [' 203.0.113.0/29 ', '203.0.113.0/29'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1/128'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['::ffff:203.0.113.7', '203.0.113.7/32'],
  ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
  ['203.0.113.7/29', undefined],
  ['2001:db8::1/64', undefined],
  ['0.0.0.0/0', undefined],
  ['::/8', undefined],
  ['010.0.0.1', undefined],
  ['203.0.113', undefined],
  ['203.0.113.7/33', undefined],
  ['203.0.113.7/', undefined],
  ['203.0.113.7/24/24', undefined],
  ['fe80::1%eth0', undefined],
  ['localhost', undefined],
  ['', undefined],
])('the network %j is kept as %j', (given, kept) => {
  expect(keptOf(readNetwork(given))).toBe(kept);
});

test('what is kept of an address is read as itself, and shown without the length of a host', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), address => {
      const kept = keptOf(readNetwork(address));
      if (kept === undefined) return;
      expect(keptOf(readNetwork(kept))).toBe(kept);
      expect(keptOf(readNetwork(shown(kept)))).toBe(kept);
    }),
    { numRuns: 300 },
  );
});

test('a range is taken exactly when no bit is set beyond its length', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.integer({ min: 8, max: 32 }), (bits, length) => {
      const address = [24, 16, 8, 0].map(shift => (bits >>> shift) & 255).join('.');
      const host = length === 32 ? 0 : bits & (2 ** (32 - length) - 1);
      expect(keptOf(readNetwork(`${address}/${length}`)) !== undefined).toBe(host === 0);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['Jan@Example.COM', 'jan@example.com'],
  ['jan+support@żółw.pl', 'jan+support@xn--w-uga1v8h.pl'],
  ['jan', undefined],
  ['@example.com', undefined],
  ['jan@localhost', undefined],
  ['jan@example.com, ola@example.com', undefined],
  ['Jan <jan@example.com>', undefined],
  ['jan@example.com\r\nBcc: all@example.com', undefined],
  ['jan..k@example.com', undefined],
  [`${'x'.repeat(65)}@example.com`, undefined],
])('the mail address %j is kept as %j', (given, kept) => {
  expect(keptOf(readMail(given))).toBe(kept);
});

test('no text whatever makes an address with a line end, a space or a second @', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
      const kept = keptOf(readMail(`${text}@example.com`));
      if (kept !== undefined) expect(kept).toMatch(/^[^\s@,;<>]+@example\.com$/);
    }),
  );
});

test.each([
  [readLanguage, 'PL', 'pl'],
  [readLanguage, 'pt-br', 'pt-BR'],
  [readLanguage, 'pl_PL', undefined],
  [readLanguage, 'Polish', undefined],
  [readZone, 'europe/warsaw', 'Europe/Warsaw'],
  [readZone, 'UTC', 'UTC'],
  [readZone, '+01:00', undefined],
  [readZone, 'Mars/Base', undefined],
  [readOrder, '# 123 456', '123456'],
  [readOrder, '12', undefined],
  [readRef, ' A/1#2 ', 'A/1#2'],
  [readRef, 'ą', undefined],
  [readRef, '../x', undefined],
])('%o reads %j as %j', (read, given, kept) => {
  expect(keptOf(read(given))).toBe(kept);
});

test('what customers type of a server is an address, an order number, or nothing', () => {
  expect(readClue('203.0.113.7')).toEqual({ ip: '203.0.113.7/32', order: null });
  expect(readClue('#123456')).toEqual({ ip: null, order: '123456' });
  expect(readClue('my server')).toEqual({ ip: null, order: null });
});

test('a service is picked by its id, or by what was typed when that is one service only', () => {
  const one = { id: '1', name: 'Shop', label: 'Shop', server: '#1', meant: true };
  const two = { ...one, id: '2' };
  expect(pickedOf('2', [one, two])?.id).toBe('2');
  expect(pickedOf('shop', [one, { ...two, meant: false }])?.id).toBe('1');
  expect(pickedOf('shop', [one, two])).toBeUndefined();
  expect(pickedOf('none', [one])).toBeUndefined();
  expect(pickedOf('3', [{ ...one, meant: false }])).toBeUndefined();
});
