import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUNDLE_EVERY_MS, howToCall, SINGLE_CALLS } from '../../../src/core/escalation/rules/bundle.ts';
import {
  isTimed,
  ladderFor,
  nextOf,
  type Standing,
  stepAtShare,
} from '../../../src/core/escalation/rules/climb.ts';
import { above, below, levelOf, readMove, rungsAbove } from '../../../src/core/escalation/rules/levels.ts';
import { openingIn } from '../../../src/core/escalation/rules/openings.ts';
import { readPageToken, signPage } from '../../../src/core/escalation/rules/page-token.ts';
import { spotsOf } from '../../../src/core/escalation/rules/spots.ts';
import { readStandIn } from '../../../src/core/escalation/rules/stand-in.ts';
import { membersOf } from '../../../src/core/escalation/rules/teams.ts';
import { readDuty, readOncall } from '../../../src/core/escalation/rules/words.ts';
import { calendarOf } from '../../../src/core/sla/rules/calendar.ts';
import { testPolicy } from '../../harness/desk.ts';
import { ladderPolicy } from './kit.ts';

const shipped = testPolicy();
const { ladder } = ladderPolicy();
const now = new Date('2026-11-22T13:30:00Z');

test('a ladder takes each step, repeats, goes around again and ends at everybody: always, and in a bounded number of steps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 4 }),
      fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }),
      (repeats, again, passed) => {
        const [base] = ladder;
        if (base === undefined) throw new Error('no ladder');
        const plan = {
          ...base,
          again,
          steps: repeats.map(repeat => ({ at: { opened: 0 }, page: [{ up: 0 }], repeat })),
        };
        let at: Standing = { step: -1, repeated: 0, round: 0 };
        const most = (again + 1) * repeats.reduce((sum, one) => sum + one + 1, 0);
        for (let n = 0; ; n++) {
          const next = nextOf(plan, at, passed[n] ?? false);
          if (next.do === 'call-all') {
            expect(at.step).toBe(repeats.length - 1);
            expect(at.round).toBe(again);
            return;
          }
          expect(n).toBeLessThan(most);
          const later = [next.at.round - at.round, next.at.step - at.step, next.at.repeated - at.repeated];
          expect(later.find(one => one !== 0)).toBe(1);
          at = next.at;
        }
      },
    ),
  );
});

test('the first time up a step waits for its moment, later for the one before it', () => {
  const plan = ladder[0];
  if (plan === undefined) throw new Error('no ladder');
  const at = { step: 0, repeated: 0, round: 0 };
  expect(isTimed(plan, at, 0)).toBe(false);
  expect(isTimed(plan, at, 1)).toBe(true);
  expect(isTimed(plan, { ...at, round: 1 }, 0)).toBe(true);
  expect(isTimed(plan, { ...at, step: 2 }, 0)).toBe(true);
});

test('a ticket’s ladder is the first that is for it and has a step of that kind', () => {
  const policy = { ladder };
  const found = (critical: boolean, cause: 'opened' | 'share' | 'missed') =>
    ladderFor(policy, { critical, department: 'technical' }, cause)?.id;
  expect(found(true, 'opened')).toBe('critical');
  expect(found(false, 'opened')).toBe(undefined);
  expect(found(true, 'missed')).toBe('promise');
  expect(found(false, 'share')).toBe('promise');
  const promise = ladder[1];
  expect([49, 50, 60, 75].map(share => promise && stepAtShare(promise, share))).toEqual([undefined, 0, 0, 1]);
});

test('levels: billing for money, the data centre for technical matters, administrators above both', () => {
  const { levels } = shipped;
  const first = levelOf(levels, null);
  const gone = levelOf(levels, 'was-there-once');
  expect([first?.id, gone?.id]).toEqual(['support', 'support']);
  if (first === undefined) throw new Error('no levels');
  expect(above(levels, first, 'financial')?.id).toBe('billing');
  expect(above(levels, first, 'technical')?.id).toBe('datacentre');
  expect([0, 1, 2, 3].map(n => rungsAbove(levels, first, n, 'technical')?.id)).toEqual([
    'support',
    'datacentre',
    'admins',
    undefined,
  ]);
  const top = levelOf(levels, 'admins');
  expect(top && [below(levels, top, 'financial')?.id, below(levels, top, 'technical')?.id]).toEqual([
    'billing',
    'datacentre',
  ]);
  expect(below(levels, first, 'technical')).toBe(undefined);
});

test.each<[string, string | undefined, string]>([
  ['billing The invoice is wrong', 'billing', 'The invoice is wrong'],
  ['System administrators the disk is dead', 'admins', 'the disk is dead'],
  ['Administratorzy systemów dysk padł', 'admins', 'dysk padł'],
  ['the disk is dead', undefined, 'the disk is dead'],
  ['billingx is a word', undefined, 'billingx is a word'],
  ['admins', 'admins', ''],
  ['', undefined, ''],
])('`escalate %s` names %s', (text, level, reason) => {
  const found = readMove(shipped.levels, text);
  expect([found.level?.id, found.reason]).toEqual([level, reason]);
});

test('few calls come one by one, many together, and never more than one a minute in a storm', () => {
  expect(howToCall(SINGLE_CALLS, [], now)).toEqual({ do: 'each' });
  expect(howToCall(10_000, [], now)).toEqual({ do: 'together' });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }), storm => {
      const sent: Date[] = [];
      let waiting = 0;
      for (const [second, more] of storm.entries()) {
        const at = new Date(now.getTime() + second * 10_000);
        waiting += more;
        if (waiting === 0) continue;
        const calling = howToCall(waiting, sent.toReversed(), at);
        if (calling.do === 'later') {
          expect(calling.at > at).toBe(true);
          expect(calling.at.getTime() - at.getTime()).toBeLessThanOrEqual(BUNDLE_EVERY_MS);
          continue;
        }
        const messages = calling.do === 'together' ? 1 : waiting;
        for (let n = 0; n < messages; n++) sent.push(at);
        waiting = 0;
      }
      const minutes = storm.length / 6 + 1;
      expect(sent.length).toBeLessThanOrEqual(2 * SINGLE_CALLS + 3 * minutes);
    }),
  );
});

test('a stand-in is read with its day, its hour and its person, on the wall of the rotation', () => {
  const zoneOf = (id: string) => (id === 'night' ? 'Europe/Warsaw' : undefined);
  const read = (text: string) => readStandIn(text, zoneOf, now);
  expect(read('night 8h')).toEqual({
    oncall: 'night',
    from: now,
    to: new Date('2026-11-22T21:30:00Z'),
    person: undefined,
  });
  expect(read('night 2026-12-24 18:00 12h cleo')).toMatchObject({
    from: new Date('2026-12-24T17:00:00Z'),
    to: new Date('2026-12-25T05:00:00Z'),
    person: 'cleo',
  });
  // A week over the change of clocks ends at the same hour of the day.
  expect(readStandIn('night 2026-10-23 09:00 1w', zoneOf, new Date('2026-10-01T00:00:00Z'))?.to).toEqual(
    new Date('2026-10-30T08:00:00Z'),
  );
  for (const text of [
    '',
    'day 8h',
    'night',
    'night 0h',
    'night 999d',
    'night 2026-02-30 8h',
    'night 2020-01-01 8h',
    'night 8h a b',
  ])
    expect([text, read(text)]).toEqual([text, undefined]);
});

test('words of duty and shifts, in both languages', () => {
  expect(readDuty('on')).toEqual({ do: 'on' });
  expect(readDuty(' NIE ')).toEqual({ do: 'off' });
  expect(readDuty('')).toEqual({ do: 'show' });
  expect(readDuty('mail → dm, dm')).toEqual({ do: 'ways', ways: ['mail', 'dm'] });
  expect(readDuty('pw wzmianka poczta')).toEqual({ do: 'ways', ways: ['dm', 'mention', 'mail'] });
  for (const text of ['on off', 'pigeon', 'dm __proto__', 'constructor'])
    expect(readDuty(text)).toBe(undefined);
  expect(readOncall('Take night 8h')).toEqual({ do: 'take', rest: 'night 8h' });
  expect(readOncall('')).toEqual({ do: 'show', rest: '' });
  expect(readOncall('toString')).toBe(undefined);
});

test('ways lead only where the desk can go', () => {
  const means = {
    channels: ['slack', 'discord', 'email'],
    chats: ['slack', 'email'],
    desks: ['discord'],
    mail: 'email',
  };
  expect(spotsOf(['dm', 'mention', 'mail'], means)).toEqual([
    { way: 'dm', channel: 'slack' },
    { way: 'mention', channel: 'discord' },
    { way: 'mail', channel: 'email' },
  ]);
  expect(spotsOf(['mail'], { ...means, chats: [] })).toEqual([]);
});

test('a team is its members and those of the teams in it, each once; a circle ends', () => {
  const team = (id: string, members: 'anyone' | string[]) => ({ id, name: {}, members });
  expect(membersOf([team('a', ['x', 'team:b']), team('b', ['y', 'x', 'team:a'])], 'a')).toEqual(['x', 'y']);
  expect(membersOf([team('a', ['x', 'team:b']), team('b', 'anyone')], 'a')).toBe('anyone');
  expect(membersOf([], 'a')).toEqual([]);
});

test('a level is open as its calendar is, and tells when that changes', () => {
  const office = calendarOf({
    always: false,
    zone: 'Europe/Warsaw',
    week: [...Array.from({ length: 5 }, () => [[9 * 3600, 18 * 3600] as const]), [], []],
    dates: {},
    holidays: [],
  });
  const friday = new Date('2026-11-20T18:30:00Z');
  expect(openingIn(office, friday)).toEqual({ open: false, until: new Date('2026-11-23T08:00:00Z') });
  const monday = new Date('2026-11-23T08:00:00Z');
  expect(openingIn(office, monday)).toEqual({ open: true, until: new Date('2026-11-23T17:00:00Z') });
  expect(openingIn(undefined, monday)).toEqual({ open: true, until: undefined });
});

test('a link of a page does its one deed, and no other text does', () => {
  const secret = Buffer.alloc(32, 7);
  const token = signPage({ id: 12, deed: 'pass' }, secret);
  expect(readPageToken(token, secret)).toEqual({ id: 12, deed: 'pass' });
  expect(readPageToken(token.replace('pass', 'ack'), secret)).toBe(undefined);
  expect(readPageToken(token, Buffer.alloc(32, 8))).toBe(undefined);
  fc.assert(fc.property(fc.string(), text => void expect(readPageToken(text, secret)).toBe(undefined)));
});
