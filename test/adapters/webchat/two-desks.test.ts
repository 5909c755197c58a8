/** Two processes of the desk on one database, as while a new one takes over from an old one. */
import { expect, onTestFinished, test } from 'vitest';
import { createRooms, type Rooms } from '../../../src/core/index.ts';
import { asks, newSecret, openDesk, stands } from './kit.ts';

const BUBBLES = 20;

test('what comes in through one stands in the bubbles of the other: nothing is lost, once, in order, by one look at all of them', async () => {
  const one = await openDesk();
  onTestFinished(() => one.stop());
  const looks: number[] = [];
  const reads: number[] = [];
  const rooms = createRooms(one.database, 'webchat', () => new Date());
  const counted: Rooms = {
    ...rooms,
    news: (asked, limit) => {
      looks.push(asked.length);
      return rooms.news(asked, limit);
    },
    after: (id, seq, limit) => {
      reads.push(id);
      return rooms.after(id, seq, limit);
    },
  };
  const two = await openDesk(() => ({ rooms: counted, origins: [one.site.origin] }));
  onTestFinished(() => two.stop());
  const away = { ...two, site: one.site };
  const secrets = await Promise.all(Array.from({ length: BUBBLES }, () => newSecret(one)));
  const open = await Promise.all(secrets.map(secret => stands(away, secret)));
  looks.splice(0);
  reads.splice(0);
  const say = (shown: string, nth: number) =>
    asks(one, '/chat/do', {
      method: 'POST',
      shown,
      body: JSON.stringify({ t: 'say', key: `key-0000000${nth}`, text: `words ${nth}` }),
    });
  for (const nth of [1, 2, 3]) await Promise.all(secrets.map(secret => say(secret, nth)));
  const address = one.heard[0]?.from?.externalId ?? '';
  const added = await rooms.add(address, { ours: true, key: '1', body: { text: 'an answer' } });
  await rooms.change(address, added?.ref ?? 0, { text: 'another answer' });
  const seen = () =>
    open.map(({ frames }) => frames.flatMap(({ t, seq }) => (t === 'line' ? [Number(seq)] : [])));
  await expect
    .poll(
      () => seen().filter(seqs => seqs.includes(5)).length + seen().filter(seqs => seqs.includes(3)).length,
      {
        timeout: 10_000,
      },
    )
    .toBe(BUBBLES + 1);
  for (const seqs of seen()) {
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(seqs.slice(0, 3)).toEqual([1, 2, 3]);
  }
  expect(new Set(looks)).toEqual(new Set([BUBBLES]));
  expect(reads).toEqual([]);
});

test('that somebody of the team types at one is seen in a bubble of the other, once, and is over with the answer', async () => {
  const one = await openDesk();
  onTestFinished(() => one.stop());
  // Its clock stands: however slow the machine is, what was seen just now is news.
  const begun = new Date();
  const rooms = createRooms(one.database, 'webchat', () => begun);
  const two = await openDesk(() => ({ rooms, origins: [one.site.origin] }));
  onTestFinished(() => two.stop());
  const secret = await newSecret(one);
  const away = { ...two, site: one.site };
  const bubble = await stands(away, secret);
  const [room] = await one.database.sql<{ address: string }[]>`select address from room`;
  const address = room?.address ?? '';
  const kinds = (): string[] => bubble.frames.map(({ t }) => t).filter(t => t === 'writing' || t === 'line');
  one.channel.showWriting?.(address);
  one.channel.showWriting?.(address);
  await bubble.got('writing');
  await rooms.add(address, { ours: true, key: '1', body: { text: 'We have it.', automatic: true } });
  await expect.poll(kinds, { timeout: 10_000 }).toEqual(['writing', 'line']);
  await rooms.add(address, { ours: true, key: '2', body: { text: 'Here I am.' } });
  const later = await stands(away, secret, 2);
  await expect.poll(kinds, { timeout: 10_000 }).toEqual(['writing', 'line', 'line']);
  await rooms.add(address, { ours: true, key: '3', body: { text: 'And there.' } });
  await later.got('line');
  expect(later.frames.map(({ t }) => t)).not.toContain('writing');
  expect(one.log.lines).toEqual([]);
});
