import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRooms, type Rooms } from '../../src/core/index.ts';
import { type FreshDatabase, freshDatabase } from '../harness/database.ts';
import { movedClock } from '../harness/desk.ts';

let fresh: FreshDatabase;
let rooms: Rooms;
const clock = movedClock();

beforeEach(async () => {
  fresh = await freshDatabase({ max: 8 });
  rooms = createRooms(fresh.database, 'web', clock.now);
});
afterEach(() => fresh.drop());

const said = (key: string, text = key) => ({ ours: false, key, body: { text } });

test('a room is made once, and opened by its own secret alone', async () => {
  const secret = Buffer.alloc(32, 1);
  const made = await rooms.make('v-1', secret);
  expect(made).toMatchObject({ address: 'v-1', tail: 0, seen: 0 });
  expect(await rooms.make('v-1', secret)).toEqual(made);
  expect(await rooms.make('v-1', Buffer.alloc(32, 2))).toBeUndefined();
  expect(await rooms.make('v-1')).toBeUndefined();
  expect(await rooms.make('v-2', secret)).toBeUndefined();
  expect(await rooms.opened(secret)).toEqual(made);
  expect(await rooms.opened(Buffer.alloc(32, 2))).toBeUndefined();
  expect(await createRooms(fresh.database, 'other', clock.now).opened(secret)).toBeUndefined();
  expect(await createRooms(fresh.database, 'other', clock.now).at('v-1')).toBeUndefined();
});

test('many lines at once stand in one order, each once by its key, and whoever reads on from what they have seen misses none', async () => {
  const room = await rooms.make('v-1');
  const seen: number[] = [];
  let at = 0;
  let writing = true;
  const reader = (async () => {
    for (;;) {
      const last = !writing;
      for (const { seq } of await rooms.after(room?.id ?? 0, at, 7)) {
        expect(seq).toBeGreaterThan(at);
        at = seq;
        seen.push(seq);
      }
      if (last && (await rooms.after(room?.id ?? 0, at, 1)).length === 0) return;
    }
  })();
  const keys = Array.from({ length: 60 }, (_, n) => `key-${n % 40}`);
  const added = await Promise.all(keys.map(key => rooms.add('v-1', said(key))));
  writing = false;
  await reader;
  expect(added.filter(one => one?.isNew)).toHaveLength(40);
  for (const [index, one] of added.entries()) expect(one?.key).toBe(keys[index]);
  expect(new Set(added.map(one => one?.ref)).size).toBe(40);
  expect(seen).toHaveLength(40);
});

test('a line of ours changes and is taken back under a new place in the order; a person’s own, and one that is gone, do not', async () => {
  const room = await rooms.make('v-1');
  const own = await rooms.add('v-1', said('k'));
  const ours = await rooms.add('v-1', { ours: true, key: '12', body: { text: 'one' } });
  const changed = await rooms.change('v-1', ours?.ref ?? 0, { text: 'two' });
  expect(changed).toMatchObject({ ref: ours?.ref, body: { text: 'two' } });
  expect(changed?.seq).toBeGreaterThan(ours?.seq ?? 0);
  expect(await rooms.change('v-1', ours?.ref ?? 0, null)).toMatchObject({ body: null });
  expect(await rooms.change('v-1', ours?.ref ?? 0, { text: 'three' })).toBeUndefined();
  expect(await rooms.change('v-1', own?.ref ?? 0, { text: 'theirs' })).toBeUndefined();
  expect(await rooms.change('v-2', 1, null)).toBeUndefined();
  expect((await rooms.after(room?.id ?? 0, own?.seq ?? 0, 10)).map(({ ref }) => ref)).toEqual([ours?.ref]);
  expect(await rooms.find('v-1', '12')).toMatchObject({ ref: ours?.ref });
  expect(await rooms.find('v-1', 'k')).toBeUndefined();
});

test('what was read is never more than there is, and never less than before', async () => {
  const room = await rooms.make('v-1');
  const id = room?.id ?? 0;
  const one = await rooms.add('v-1', said('k'));
  expect(await rooms.hasRead('v-1', one?.ref ?? 0)).toBe(false);
  await rooms.read(id, 1e15);
  expect(await rooms.at('v-1')).toMatchObject({ seen: one?.seq });
  const two = await rooms.add('v-1', said('l'));
  await rooms.read(id, 0);
  expect(await rooms.hasRead('v-1', one?.ref ?? 0)).toBe(true);
  expect(await rooms.hasRead('v-1', two?.ref ?? 0)).toBe(false);
  expect(await rooms.add('nowhere', said('k'))).toBeUndefined();
});

test('that somebody writes is known for five seconds from when it was seen first, or until they have said something', async () => {
  const { id = 0 } = (await rooms.make('v-1')) ?? {};
  await rooms.make('v-2');
  const since = async () => (await rooms.writing([id])).map(({ at }) => at.getTime());
  const begun = clock.now().getTime();
  expect(await rooms.write('v-1')).toEqual(clock.now());
  clock.forward(4_000);
  expect(await rooms.write('v-1')).toBeUndefined();
  expect(await rooms.write('nowhere')).toBeUndefined();
  expect(await since()).toEqual([begun]);
  clock.forward(1_000);
  expect(await since()).toEqual([]);
  await rooms.write('v-1');
  await rooms.add('v-1', said('own'));
  await rooms.add('v-1', { ours: true, key: 'auto', body: { text: 'auto', automatic: true } });
  expect(await since()).toEqual([begun + 5_000]);
  await rooms.add('v-1', { ours: true, key: 'answer', body: { text: 'answer' } });
  expect(await since()).toEqual([]);
});
