import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHold, type Hold } from '../../../src/core/status/hold.ts';
import type { Snapshot } from '../../../src/core/status/model.ts';
import { fileKeepsake } from '../../../src/storage/index.ts';
import { type KeptLog, keptLog, type MovedClock, movedClock } from '../../harness/desk.ts';
import { held } from '../kit.ts';

let directory: string;
let clock: MovedClock;
let log: KeptLog;
let reads: number;
let read: () => Promise<Snapshot>;
const path = (): string => join(directory, 'deep', 'status.json');
const taken = (): Snapshot => ({ readAt: clock.now().toISOString(), components: [], notices: [] });
const gone = (): Promise<Snapshot> => Promise.reject(new Error('no database'));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'switchdesk-hold-'));
  clock = movedClock();
  log = keptLog();
  reads = 0;
  read = async () => taken();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true, force: true });
});

function holding(): Hold {
  const counted = (): Promise<Snapshot> => {
    reads += 1;
    return read();
  };
  return createHold({ read: counted, keepsake: fileKeepsake(path()), now: clock.now, log });
}

test('a thousand who ask at once, and again within some seconds, are one read', async () => {
  const { promise, release } = held<Snapshot>();
  read = () => promise;
  const hold = holding();
  const asked = Array.from({ length: 1_000 }, () => hold.current());
  release(taken());
  const all = await Promise.all(asked);
  expect(reads).toBe(1);
  expect(new Set(all).size).toBe(1);
  clock.forward(2_900);
  expect(await hold.current()).toBe(all[0]);
  expect(reads).toBe(1);
  clock.forward(200);
  expect(await hold.current()).toMatchObject({ isLast: false });
  expect(reads).toBe(2);
  await hold.stop();
});

test('while the database is away everybody gets what was last known, marked; and what is new when it is back', async () => {
  const hold = holding();
  const first = await hold.current();
  read = gone;
  clock.forward(60_000);
  const last = await hold.current();
  expect(last).toMatchObject({ isLast: true, snapshot: first?.snapshot, now: clock.now() });
  await hold.current();
  expect(reads).toBe(2);
  clock.forward(3_000);
  await hold.current();
  expect(reads).toBe(3);
  expect(log.lines.filter(line => line.includes('last known'))).toHaveLength(1);
  read = async () => taken();
  clock.forward(3_000);
  expect(await hold.current()).toMatchObject({
    isLast: false,
    snapshot: { readAt: clock.now().toISOString() },
  });
  await hold.stop();
});

test('a database that does not answer is waited for once, for a moment; when it answers after all, that is shown', async () => {
  const hold = holding();
  await hold.current();
  const { promise, release } = held<Snapshot>();
  read = () => promise;
  clock.forward(10_000);
  vi.useFakeTimers();
  const waiting = hold.current();
  await vi.advanceTimersByTimeAsync(1_600);
  expect(await waiting).toMatchObject({ isLast: true });
  clock.forward(10_000);
  expect(await hold.current()).toMatchObject({ isLast: true, now: clock.now() });
  expect(reads).toBe(2);
  release(taken());
  await vi.advanceTimersByTimeAsync(0);
  expect(await hold.current()).toMatchObject({ isLast: false });
  vi.useRealTimers();
  await hold.stop();
});

test('what was known is there after a restart without a database; what a file holds that is no state of ours is nothing', async () => {
  const before = holding();
  const first = await before.current();
  await before.stop();
  read = gone;
  expect(await holding().current()).toMatchObject({ isLast: true, snapshot: first?.snapshot });
  const good = readFileSync(path(), 'utf8');
  for (const bad of ['', '{', '[]', 'null', good.slice(0, -3), good.replace('"form":1', '"form":0')]) {
    writeFileSync(path(), bad);
    expect(await holding().current()).toBeUndefined();
  }
  rmSync(path());
  expect(await holding().current()).toBeUndefined();
});

test('a file that cannot be written costs nobody the page', async () => {
  writeFileSync(join(directory, 'deep'), 'a file where the directory should be');
  const hold = holding();
  expect(await hold.current()).toMatchObject({ isLast: false });
  await hold.stop();
  expect(log.lines).toEqual([expect.stringContaining('cannot be kept in a file')]);
});

test('unchanged it is written once a minute, changed at once', async () => {
  const hold = holding();
  const times = async (): Promise<unknown> => {
    await hold.current();
    await hold.stop();
    return JSON.parse(readFileSync(path(), 'utf8')).snapshot.readAt;
  };
  const first = await times();
  clock.forward(30_000);
  expect(await times()).toBe(first);
  read = async () => ({
    ...taken(),
    components: [{ name: { en: 'New' }, locations: [], products: [], networks: [] }],
  });
  clock.forward(5_000);
  const second = await times();
  expect(second).toBe(clock.now().toISOString());
  clock.forward(61_000);
  expect(await times()).toBe(clock.now().toISOString());
});

test('without readers it is read twice a minute', async () => {
  const hold = holding();
  for (let second = 0; second < 60; second += 1) {
    await hold.round();
    clock.forward(1_000);
  }
  expect(reads).toBe(2);
  await hold.stop();
});
