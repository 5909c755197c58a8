import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAIL_LENGTH, offeredIn, STRONG_LENGTH } from '../../../src/core/identity/rules/offered.ts';
import { departmentsOf, maySee } from '../../../src/core/identity/rules/sight.ts';
import {
  FRESH_MS,
  openingAction,
  provenTickets,
  REQUEST_MS,
  reaches,
  type Trust,
  trustAt,
  verdictOn,
} from '../../../src/core/identity/rules/trust.ts';
import type { TrustAction } from '../../../src/core/policy/index.ts';
import { codeFrom, grouped } from '../../../src/core/rules/code.ts';
import { testPolicy } from '../../harness/desk.ts';

const at = new Date('2026-11-28T12:00:00Z');
const before = (ms: number): Date => new Date(at.getTime() - ms);
const policy = testPolicy();
const levels: readonly Trust[] = ['unknown', 'linked', 'fresh'];

test('trust is fresh from the proof itself until 15 minutes later, to the millisecond, and never of a proof to come', () => {
  expect(trustAt(undefined, at)).toBe('unknown');
  expect(trustAt({ provedAt: null }, at)).toBe('linked');
  fc.assert(
    fc.property(fc.integer({ min: -FRESH_MS, max: 3 * FRESH_MS }), ago => {
      expect(trustAt({ provedAt: before(ago) }, at)).toBe(ago >= 0 && ago <= FRESH_MS ? 'fresh' : 'linked');
    }),
  );
  for (const [ago, trust] of [
    [0, 'fresh'],
    [FRESH_MS, 'fresh'],
    [FRESH_MS + 1, 'linked'],
    [-1, 'linked'],
  ] as const)
    expect(trustAt({ provedAt: before(ago) }, at)).toBe(trust);
});

const actions = Object.keys(policy.trust.actions) as TrustAction[];
const matrix = actions.flatMap(action => levels.map(trust => [action, trust] as const));

test.each(matrix)('%s by somebody %s: as the policy says', (action, trust) => {
  const { level, below } = policy.trust.actions[action];
  const expected =
    levels.indexOf(trust) >= levels.indexOf(level)
      ? 'allowed'
      : below === 'refuse'
        ? 'refused'
        : 'unverified';
  expect(verdictOn(policy, action, trust)).toBe(expected);
  expect(reaches(trust, level)).toBe(expected === 'allowed');
});

test('what ships: general questions from anybody, emergencies are opened and marked, changes to servers need fresh proof', () => {
  const shipped = Object.fromEntries(
    actions.map(action => [action, levels.map(trust => verdictOn(policy, action, trust))]),
  );
  expect(shipped).toEqual({
    'ask-general': ['allowed', 'allowed', 'allowed'],
    'open-technical': ['unverified', 'allowed', 'allowed'],
    'open-financial': ['unverified', 'allowed', 'allowed'],
    emergency: ['unverified', 'unverified', 'allowed'],
    'see-account-data': ['refused', 'allowed', 'allowed'],
    'change-addresses': ['refused', 'refused', 'allowed'],
    'server-management': ['refused', 'refused', 'allowed'],
  });
});

test('which action it is follows from department and priority', () => {
  const departments = [
    ...policy.departments,
    { id: 'general', name: {}, general: true as const },
    { id: 'servers', name: {}, management: true as const },
  ];
  const of = (department: string, priority = 'regular') =>
    openingAction({ ...policy, departments }, { department, priority });
  expect(['technical', 'financial', 'general', 'servers'].map(one => of(one))).toEqual([
    'open-technical',
    'open-financial',
    'ask-general',
    'server-management',
  ]);
  expect(['technical', 'financial', 'general', 'servers'].map(one => of(one, 'critical'))).toEqual(
    Array(4).fill('emergency'),
  );
});

test('a proof is for the ticket it names, else for those that the desk asked about before it was made', () => {
  const asked = (id: number, ago: number | null) => ({ id, proofAskedAt: ago === null ? null : before(ago) });
  const tickets = [
    asked(1, null),
    asked(2, 1000),
    asked(3, -1),
    asked(4, REQUEST_MS),
    asked(5, REQUEST_MS + 1),
  ];
  expect(provenTickets({ madeAt: at, named: undefined }, tickets)).toEqual([2, 4]);
  expect(provenTickets({ madeAt: at, named: 1 }, tickets)).toEqual([1]);
  expect(provenTickets({ madeAt: at, named: 9 }, tickets)).toEqual([]);
});

test('one sees one’s own tickets, and those of the account only as far as the roles reach', () => {
  const ids = policy.departments.map(({ id }) => id);
  expect(departmentsOf(policy, ['owner'])).toEqual(ids);
  expect(departmentsOf(policy, ['technical'])).toEqual(['technical']);
  expect(departmentsOf(policy, ['billing'])).toEqual(['financial']);
  expect(departmentsOf(policy, ['abuse'])).toEqual([]);
  expect(departmentsOf(policy, [])).toEqual([]);
  const ana = { handleId: 1, contactId: 3, accountId: 7, departments: ['financial'] };
  const ticket = { handleId: 2, contactId: 4, accountId: 7, department: 'financial' };
  expect(maySee(ana, ticket)).toBe(true);
  expect(maySee(ana, { ...ticket, department: 'technical' })).toBe(false);
  expect(maySee(ana, { ...ticket, accountId: 8 })).toBe(false);
  expect(maySee(ana, { ...ticket, accountId: null })).toBe(false);
  expect(maySee({ ...ana, accountId: null }, { ...ticket, accountId: null })).toBe(false);
  expect(maySee(ana, { ...ticket, handleId: 1, accountId: 8, department: 'technical' })).toBe(true);
  expect(maySee(ana, { ...ticket, contactId: 3, department: 'technical' })).toBe(true);
  expect(maySee({ ...ana, contactId: null }, { ...ticket, contactId: null, department: 'technical' })).toBe(
    false,
  );
});

test('a code reads the same however it is typed, and is long enough to be no guess', () => {
  expect(STRONG_LENGTH * 5).toBeGreaterThanOrEqual(60);
  expect(MAIL_LENGTH).toBeLessThanOrEqual(8);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: STRONG_LENGTH, maxLength: STRONG_LENGTH }), bytes => {
      const code = codeFrom(bytes, STRONG_LENGTH);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
      for (const typed of [
        grouped(code),
        code.toLowerCase(),
        ` ${code} `,
        code.replaceAll('0', 'o').replaceAll('1', 'l'),
      ])
        expect(offeredIn(typed)).toEqual({ kind: 'code', code });
    }),
  );
});

test('an address is one with one @ and nothing that a mail header could be broken with', () => {
  expect(offeredIn(' Ana@Example.COM ')).toEqual({ kind: 'address', address: 'ana@example.com' });
  for (const wrong of [
    'a@b@c',
    '@example.com',
    'ana@',
    'ana@x\r\nBcc: eve@example.com',
    'a b@example.com',
    '<a@b.c>',
    `${'a'.repeat(65)}@x`,
  ])
    expect(offeredIn(wrong), wrong).toEqual({ kind: 'nothing' });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), typed => {
      const offered = offeredIn(typed);
      if (offered.kind === 'address') expect(offered.address).not.toMatch(/[\s<>,;]/);
    }),
  );
});
