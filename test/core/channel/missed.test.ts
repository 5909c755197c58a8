import { expect, it } from 'vitest';
import { missedChanges } from '../../../src/core/index.ts';

const message = (ref: string, said = true, ...reactions: [string, string][]) => ({
  ref,
  said,
  reactions: reactions.map(([emoji, externalId]) => ({ emoji, externalId })),
});
const standing = (emoji: string, ...externalIds: string[]) => ({ emoji, externalIds });

it('what is gone was taken back, but for our own', () => {
  expect(missedChanges([message('1'), message('2', false)], new Map())).toEqual([
    { what: 'deleted', ref: '1' },
  ]);
});

it('reactions are told by who put them and who took them away; what is as it was is not', () => {
  const known = [message('1', true, ['👍', 'ana'], ['👍', 'ben'], ['🎉', 'ana'])];
  const seen = new Map([['1', [standing('👍', 'ben', 'cleo'), standing('🎉', 'ana')]]]);
  expect(missedChanges(known, seen)).toEqual([
    { what: 'reacted', ref: '1', emoji: '👍', externalId: 'cleo', on: true },
    { what: 'reacted', ref: '1', emoji: '👍', externalId: 'ana', on: false },
  ]);
});

it('of what is not known nothing is told', () => {
  expect(missedChanges([], new Map([['9', [standing('👍', 'ana')]]]))).toEqual([]);
});
