import { expect, test } from 'vitest';
import { heardOf } from '../../../src/core/alert/rules/heard.ts';

const [words, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const noon = new Date('2026-11-29T12:00:00Z');
const later = new Date('2026-11-29T12:00:01Z');
const known = { sequence: 2, stampedAt: noon, words };

test.each([
  ['a higher SEQUENCE', { sequence: 3 }, words, 'news'],
  ['a higher SEQUENCE that was written before', { sequence: 3, stampedAt: new Date(0) }, other, 'news'],
  ['the same again, written later', { sequence: 2, stampedAt: later }, words, 'same'],
  ['the same under a lower SEQUENCE', { sequence: 0 }, words, 'same'],
  ['other words, written later', { sequence: 2, stampedAt: later }, other, 'news'],
  ['other words, written before', { sequence: 2, stampedAt: new Date(0) }, other, 'old'],
  ['other words of the same second', { sequence: 2, stampedAt: noon }, other, 'unclear'],
  ['other words that do not say when', { sequence: 2 }, other, 'unclear'],
  ['a lower SEQUENCE', { sequence: 1 }, other, 'old'],
  ['a lower SEQUENCE, written before', { sequence: 1, stampedAt: noon }, other, 'old'],
  ['a lower SEQUENCE, written later', { sequence: 1, stampedAt: later }, other, 'unclear'],
] as const)('%s', (_, said, what, heard) => {
  expect(heardOf(known, said, what)).toBe(heard);
});

test('what was heard before it was kept when it was written follows what says when', () => {
  const before = { sequence: 2, stampedAt: null, words: null };
  expect(heardOf(before, { sequence: 2, stampedAt: noon }, words)).toBe('news');
  expect(heardOf(before, { sequence: 2 }, words)).toBe('unclear');
  expect(heardOf(undefined, { sequence: 0 }, words)).toBe('news');
});
