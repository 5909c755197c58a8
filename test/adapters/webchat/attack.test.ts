/** Very many at once: each new chat costs its browser some work; of addresses nothing stays. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Brake, createVeil } from '../../../src/adapters/webchat/brake.ts';
import { createWorks, type Task } from '../../../src/adapters/webchat/work.ts';
import { movedClock } from '../../harness/desk.ts';
import { asks, openDesk } from './kit.ts';

/** As a browser does it. */
function solve({ salt, bits }: Task): { salt: string; number: number } {
  for (let number = 0; ; number += 1) {
    const hash = createHash('sha256').update(`${salt}:${number}`).digest();
    if (hash.readUInt32BE(0) >>> (32 - bits) === 0) return { salt, number };
  }
}

describe('a brake', () => {
  it('lets a burst through, then a steady pace, each key by itself', () => {
    const clock = movedClock();
    const brake = new Brake({ perSecond: 1, burst: 3 }, clock.now);
    expect([1, 2, 3].map(() => brake.take('a'))).toEqual([0, 0, 0]);
    expect(brake.take('a')).toBeGreaterThan(0);
    expect(brake.take('b')).toBe(0);
    clock.forward(1000);
    expect(brake.take('a')).toBe(0);
    expect(brake.take('a')).toBe(1000);
  });

  it('knows no more keys than it may, whoever comes, and forgets those that are free first', () => {
    const clock = movedClock();
    const brake = new Brake({ perSecond: 1, burst: 1 }, clock.now);
    for (let n = 0; n < 30_000; n += 1) brake.take(`key-${n}`);
    expect(brake.size).toBeLessThanOrEqual(20_000);
    clock.forward(60_000);
    brake.take('one more');
    expect(brake.size).toBe(1);
  });
});

describe('a veil', () => {
  it('hides an address, and knows a household of IPv6 as one', () => {
    const veil = createVeil();
    expect(veil('192.0.2.7')).not.toContain('192');
    expect(veil('192.0.2.7')).toBe(veil('::ffff:192.0.2.7'));
    expect(veil('192.0.2.7')).not.toBe(createVeil()('192.0.2.7'));
    expect(veil('2001:db8:1:2::1')).toBe(veil('2001:0db8:0001:0002:ffff::9'));
    expect(veil('2001:db8:1:2::1')).not.toBe(veil('2001:db8:1:3::1'));
    expect(veil('::1')).not.toBe(veil('2001:db8::1'));
    expect(veil('fe80::1%eth0')).toBe(veil('fe80::2'));
  });
});

describe('work', () => {
  it('is asked for when very many come, is done once, in time, and by nobody else', () => {
    const clock = movedClock();
    const works = createWorks(2, clock.now);
    expect(works.wanted(false)).toBeUndefined();
    for (let n = 0; n < 3; n += 1) works.count();
    const task = works.wanted(false);
    if (task === undefined) throw new Error('nothing is asked for');
    expect(task.bits).toBeGreaterThanOrEqual(15);
    const done = solve(task);
    expect(works.isDone({ ...done, number: done.number + 1 })).toBe(false);
    expect(works.isDone({ ...done, salt: done.salt.replace(/\.\d+\./, '.1.') })).toBe(false);
    expect(works.isDone({ ...done, salt: '' })).toBe(false);
    expect(createWorks(2, clock.now).isDone(done)).toBe(false);
    expect(works.isDone(done)).toBe(true);
    expect(works.isDone(done)).toBe(false);
    const late = solve(works.wanted(false) as Task);
    clock.forward(121_000);
    expect(works.isDone(late)).toBe(false);
    expect(works.wanted(false)).toBeUndefined();
  });

  it('grows with the crowd, and for who has come too often, but never above what a phone can do', () => {
    const works = createWorks(1, movedClock().now);
    for (let n = 0; n < 100_000; n += 1) works.count();
    expect(works.wanted(true)?.bits).toBe(20);
  });

  it('stands between a crowd and its chats, and between those who do it and theirs it does not', async () => {
    const desk = await openDesk(() => ({ calm: 3 }));
    try {
      const begin = (done?: object) =>
        asks(desk, '/chat/session', { method: 'POST', body: JSON.stringify({ done }) });
      for (let n = 0; n < 3; n += 1) expect((await begin()).status).toBe(201);
      const refused = await begin();
      expect(refused.status).toBe(429);
      const { task } = (await refused.json()) as { task: Task };
      expect((await begin({ salt: task.salt, number: 'x' })).status).toBe(429);
      expect((await begin(solve(task))).status).toBe(201);
      expect((await begin({ salt: task.salt, number: 1 })).status).toBe(429);
      const [{ rooms = 0 } = {}] = await desk.database.sql<
        { rooms: number }[]
      >`select count(*)::int as rooms from room`;
      expect(rooms).toBe(4);
    } finally {
      await desk.stop();
    }
  });
});
