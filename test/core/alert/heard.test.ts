import { expect, test } from 'vitest';
import { heardOf, stampedBy } from '../../../src/core/alert/rules/heard.ts';

const [words, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const noon = new Date('2026-11-29T12:00:00Z');
const later = new Date('2026-11-29T12:00:01Z');
const [from, to] = [new Date('2026-12-01T01:00:00Z'), new Date('2026-12-01T03:00:00Z')];
const work = { state: 'confirmed', from, to } as const;
const known = { sequence: 2, stampedAt: noon, words, state: 'confirmed', fromAt: from, toAt: to } as const;

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
  expect(heardOf(known, { ...work, ...said }, what)).toBe(heard);
});

test('what was heard before its words were kept is the same where it stands as it did, at its time', () => {
  const before = { ...known, stampedAt: null, words: null };
  const heard = (said: object) => heardOf(before, { ...work, sequence: 2, ...said }, words);
  expect([heard({}), heard({ stampedAt: noon }), heard({ sequence: 1 })]).toEqual(['same', 'same', 'same']);
  for (const other of [{ state: 'cancelled' }, { from: noon }, { to: later }])
    expect([heard(other), heard({ ...other, stampedAt: noon })]).toEqual(['unclear', 'news']);
  expect(heard({ sequence: 3 })).toBe('news');
  expect(heardOf(undefined, { ...work, sequence: 0 }, words)).toBe('news');
});

test('nothing was written after it is heard', () => {
  const said = { uid: '1', sequence: 0, summary: '', provider: '', account: '', objects: [], ...work };
  expect(stampedBy({ ...said, stampedAt: later }, noon).stampedAt).toEqual(noon);
  expect(stampedBy({ ...said, stampedAt: noon }, later).stampedAt).toEqual(noon);
  expect(stampedBy(said, noon)).toEqual(said);
});
