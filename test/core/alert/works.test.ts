import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SupplierWork } from '../../../src/core/index.ts';
import { bring, confirmed, settled, startTold, type Told, view } from '../notice/kit.ts';
import { location, ownOf } from '../notice/own-kit.ts';
import { mails } from '../preference/kit.ts';
import { source, withSources } from './kit.ts';

let told: Told;

beforeEach(async () => {
  const values = { 'circuit-7': 'WAW1', 'acc-1': '203.0.113.0/24 = degraded' };
  told = await startTold(withSources(source('carrier', { kind: 'generic', values })));
  await bring(told.t, 'A-1', [{ ref: 's-1', location: 'WAW1', networks: ['203.0.113.7'] }]);
});
afterEach(() => told.t.close());

const HOUR = 3_600_000;
const inHours = (hours: number): Date => new Date(told.t.clock.now().getTime() + hours * HOUR);
const work = (sequence: number, more: Partial<SupplierWork> = {}): SupplierWork => ({
  uid: '42@carrier.example',
  sequence,
  state: 'confirmed',
  summary: 'Router upgrade <@everyone>',
  provider: 'carrier.example',
  account: 'acc-1',
  from: new Date('2026-11-25T01:00:00Z'),
  to: new Date('2026-11-25T03:00:00Z'),
  objects: [{ id: 'circuit-7', impact: 'degraded' }],
  ...more,
});
const sends = async (...works: SupplierWork[]) => {
  const taken = await told.t.desk.alerts({ source: 'carrier', alerts: [], works, truncated: 0 });
  await settled(told.t);
  return taken.changed;
};
const atDesk = (what: 'desk-post' | 'deliver' | 'edit'): string[] =>
  told.forum.calls.filter(call => call.what === what).map(({ text }) => text);

test('work of a supplier becomes the draft of a maintenance on our objects, and customers read nothing of the supplier', async () => {
  expect(await sends(work(1, { state: 'tentative' }))).toBe(1);
  expect(atDesk('desk-post')).toEqual([expect.stringContaining('Work N-1 A supplier announces maintenance')]);
  expect(atDesk('deliver')[0]).toMatch(/Router upgrade[\s\S]*date not final[\s\S]*1 contact of 1 account/);
  const { kind, state, prepared } = await view(told.t, 1);
  expect({ kind, state, prepared }).toMatchObject({
    kind: 'maintenance',
    state: 'draft',
    prepared: {
      state: 'planned',
      content: {
        objects: [{ type: 'location', value: 'WAW1', impact: 'degraded' }],
        windows: [{ from: '2026-11-25T01:00:00.000Z', to: '2026-11-25T03:00:00.000Z' }],
      },
    },
  });
  expect(JSON.stringify(prepared)).not.toMatch(/carrier|Router|circuit/);
  expect(told.mail.calls).toEqual([]);
});

test('under one sequence the later word counts; what may be later is told to staff once, and changes nothing', async () => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 12, minute));
  const moved = { from: new Date('2026-11-26T01:00:00Z'), to: new Date('2026-11-26T03:00:00Z') };
  await sends(work(1, { stampedAt: at(1) }));
  expect(await sends(work(1, { stampedAt: at(2) }))).toBe(0);
  expect(await sends(work(1, { ...moved, stampedAt: at(1) }))).toBe(0);
  expect(atDesk('deliver')).toHaveLength(1);
  expect(await sends(work(1, { ...moved, stampedAt: at(3) }))).toBe(1);
  expect((await view(told.t, 1)).prepared?.content.windows).toEqual([
    { from: moved.from.toISOString(), to: moved.to.toISOString() },
  ]);
  const news = atDesk('deliver').length;
  for (const _ of [1, 2]) expect(await sends(work(1, { state: 'cancelled', stampedAt: at(3) }))).toBe(0);
  expect((await view(told.t, 1)).state).toBe('draft');
  expect(atDesk('deliver').slice(news)).toEqual([
    expect.stringMatching(
      /Wed 25 Nov[\s\S]*cancelled[\s\S]*something else of it before[\s\S]*Thu 26 Nov[\s\S]*That is N-1/,
    ),
  ]);
  expect(await sends(work(1, { ...moved, objects: [], stampedAt: at(4) }))).toBe(1);
});

test.each([
  ['at the same time', {}],
  ['at another time', { from: new Date('2026-11-27T01:00:00Z'), to: new Date('2026-11-27T03:00:00Z') }],
])('called-off work that comes again, %s under one sequence, is drafted anew', async (_, again) => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 12, minute));
  await sends(work(0, { stampedAt: at(1) }));
  await sends(work(0, { state: 'cancelled', stampedAt: at(2) }));
  expect((await view(told.t, 1)).state).toBe('cancelled');
  expect(await sends(work(0, { ...again, stampedAt: at(3) }))).toBe(1);
  expect(await view(told.t, 2)).toMatchObject({ kind: 'maintenance', state: 'draft' });
  expect(atDesk('desk-post').at(-1)).toContain('Work N-2');
  expect(atDesk('deliver').join()).not.toContain('It could not be drafted');
  await sends(work(0, { ...again, state: 'cancelled', stampedAt: at(4) }));
  expect((await view(told.t, 2)).state).toBe('cancelled');
});

test('a supplier whose clock was ahead is heard when it is right again', async () => {
  await sends(work(1, { stampedAt: inHours(48) }));
  told.t.clock.forward(60_000);
  expect(await sends(work(1, { state: 'cancelled', stampedAt: inHours(0) }))).toBe(1);
  expect((await view(told.t, 1)).state).toBe('cancelled');
});

test('the first repeat of what was heard before words were kept tells nothing new; from then on they count', async () => {
  const { database } = told.t;
  await sends(work(1));
  const before = atDesk('deliver');
  await database.sql`update supplier_work set stamped_at = null, words = null`;
  expect(await sends(work(1))).toBe(0);
  expect(atDesk('deliver')).toEqual(before);
  await database.sql`update supplier_work set stamped_at = null, words = null`;
  expect(await sends(work(1, { stampedAt: inHours(-2) }))).toBe(0);
  expect(await sends(work(1, { objects: [], stampedAt: inHours(-1) }))).toBe(1);
});

test('a draft follows the growing sequence; what is old or the same is not taken; cancelled, it is closed', async () => {
  const from = new Date('2026-11-26T01:00:00Z');
  const to = new Date('2026-11-26T03:00:00Z');
  await sends(work(3));
  expect(await sends(work(3, { from, to }), work(2, { state: 'cancelled' }))).toBe(0);
  expect(await sends(work(4, { from, to }))).toBe(1);
  expect((await view(told.t, 1)).prepared?.content.windows).toEqual([
    { from: from.toISOString(), to: to.toISOString() },
  ]);
  expect(atDesk('edit').at(-1)).toContain('Thu 26 Nov');
  await sends(work(5, { state: 'cancelled', from, to }));
  expect((await view(told.t, 1)).state).toBe('cancelled');
  expect(atDesk('edit').at(-1)).toContain('**Closed.** No customer was told.');
  expect(await told.t.desk.api.notices.list()).toHaveLength(1);
  expect(told.mail.calls).toEqual([]);
});

test('of what customers know, the new time, the end and the cancellation are prepared for staff', async () => {
  await sends(work(1, { state: 'tentative' }));
  await confirmed(told.t, 1);
  await settled(told.t);
  expect(atDesk('edit').at(-1)).toContain('Customers are told.');
  await sends(work(2));
  expect((await view(told.t, 1)).prepared).toMatchObject({ move: 'update', state: 'confirmed' });
  await confirmed(told.t, 1);
  await settled(told.t);
  await sends(work(3, { from: inHours(90), to: inHours(92) }));
  expect((await view(told.t, 1)).prepared).toMatchObject({ move: 'reschedule', state: 'confirmed' });
  expect(atDesk('deliver').at(-1)).toMatch(/something new about N-1[\s\S]*The time has changed/);
  await confirmed(told.t, 1);
  await settled(told.t);
  await sends(work(4, { state: 'cancelled', from: inHours(90), to: inHours(92) }));
  expect((await view(told.t, 1)).state).toBe('confirmed');
  await confirmed(told.t, 1);
  await settled(told.t);
  expect(mails(told.mail).map(one => one.split('\n')[0]?.replace(/planned for .*/, ''))).toEqual([
    expect.stringContaining('The date is not final yet.'),
    expect.stringContaining('a-1@example.com: '),
    expect.stringContaining('The time has changed. It was '),
    expect.stringContaining('This will not take place. It was '),
  ]);
});

test('that it is done is prepared with whose windows are still to come', async () => {
  await sends(work(1));
  const { edition, prepared } = await view(told.t, 1);
  const { windows: planned = [] } = prepared?.content ?? {};
  const objects: (typeof location | ReturnType<typeof ownOf>)[] = [location, ownOf('A-1', 1)];
  const later = { from: inHours(120).toISOString(), to: inHours(121).toISOString() };
  const windows = [...planned, later];
  await told.t.desk.api.notices.prepare(1, 'announce', { edition, objects, windows });
  await confirmed(told.t, 1);
  await sends(work(2, { state: 'completed' }));
  expect((await view(told.t, 1)).prepared).toMatchObject({ move: 'resolve' });
  expect(atDesk('deliver').at(-1)).toContain('**Still to come: windows of everybody, A-1.** They are told');
});

test('what a supplier takes back is not offered any more, and neither is what cannot be', async () => {
  await sends(work(1));
  await confirmed(told.t, 1);
  const [planned, later] = [{}, { from: inHours(90), to: inHours(92) }];
  await sends(work(2, later));
  expect((await view(told.t, 1)).prepared).toMatchObject({ move: 'reschedule' });
  await sends(work(3, planned));
  expect((await view(told.t, 1)).prepared).toBeNull();
  expect(atDesk('deliver').at(-1)).toMatch(/something new about N-1/);
  expect(atDesk('deliver').at(-1)).not.toContain('The time has changed');
  await sends(work(4, { state: 'cancelled' }));
  await sends(work(5, planned));
  expect((await view(told.t, 1)).prepared).toBeNull();
  await sends(work(6, later));
  expect((await view(told.t, 1)).prepared).toMatchObject({ move: 'reschedule' });
  await sends(work(7, { from: inHours(-9), to: inHours(-8) }));
  expect((await view(told.t, 1)).prepared).toBeNull();
  await sends(work(8, later));
  const { edition } = await view(told.t, 1);
  await told.t.desk.api.notices.prepare(1, 'update', { edition, text: { en: 'Our own words.' } });
  await sends(work(9, planned));
  expect((await view(told.t, 1)).prepared?.content.text).toEqual({ en: 'Our own words.' });
});

test('what staff have written stays, and they hear what the supplier says', async () => {
  await sends(work(1));
  const { edition } = await view(told.t, 1);
  await told.t.desk.api.notices.prepare(1, 'announce', { edition, title: { en: 'Transit' } });
  await sends(work(2, { from: inHours(90), to: inHours(92) }));
  expect((await view(told.t, 1)).prepared?.content).toMatchObject({
    title: { en: 'Transit' },
    windows: [{ from: '2026-11-25T01:00:00.000Z' }],
  });
  expect(atDesk('deliver').at(-1)).toContain('something new about N-1');
});

test('without a known object the account says what it is about; what is about nothing, or past, is a line for staff', async () => {
  await sends(work(1, { uid: 'a', objects: [{ id: 'unknown', impact: 'outage' }] }));
  expect((await view(told.t, 1)).prepared?.content.objects).toEqual([
    { type: 'network', value: '203.0.113.0/24', impact: 'degraded' },
  ]);
  await sends(work(1, { uid: 'b', account: 'x', objects: [] }));
  expect(atDesk('deliver').at(-1)).toContain('It is about nothing that customers have');
  await sends(work(1, { uid: 'c', from: inHours(-9), to: inHours(-8) }));
  expect(atDesk('deliver').at(-1)).toContain('It could not be drafted');
  await sends(work(1, { uid: 'd', state: 'completed' }));
  expect(await told.t.desk.api.notices.list()).toHaveLength(1);
});

test('staff who had to look at work without a draft hear once when it will not be, or is done', async () => {
  const unplaced = { objects: [], account: 'x' };
  const past = { uid: 'b', from: inHours(-9), to: inHours(-8) };
  await sends(work(1, unplaced), work(1, past));
  const before = atDesk('deliver').length;
  await sends(work(2, { ...unplaced, state: 'cancelled' }));
  expect(atDesk('deliver').at(-1)).toMatch(
    /Router upgrade[\s\S]*cancelled[\s\S]*You were told to look at it/,
  );
  await sends(work(2, { ...past, state: 'completed' }));
  expect(atDesk('deliver').at(-1)).toMatch(/done[\s\S]*You were told to look at it/);
  await sends(
    work(3, { ...unplaced, state: 'cancelled' }),
    work(1, { uid: 'c', ...unplaced, state: 'cancelled' }),
  );
  expect(atDesk('deliver')).toHaveLength(before + 2);
  await sends(work(4, unplaced));
  await sends(work(5));
  const drafted = atDesk('deliver').length;
  await sends(work(6, { state: 'cancelled' }));
  expect((await view(told.t, 1)).state).toBe('cancelled');
  expect(atDesk('deliver').slice(drafted).join()).not.toContain('You were told to look at it');
});
