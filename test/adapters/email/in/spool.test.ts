/** What is kept of mail for its files: bounded, and nothing of what nobody fetches. */
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSpool } from '../../../../src/adapters/email/in/spool.ts';
import { multipart, openDoors, RAW } from './kit.ts';

const MINUTE_MS = 60_000;
const START = new Date('2026-11-22T12:00:00Z').getTime();
const at = (minutes: number): Date => new Date(START + minutes * MINUTE_MS);
const mail = (nth: number): Buffer => Buffer.alloc(400, nth);

async function place(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'switchdesk-spool-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

test('the oldest make room; what came within minutes is not dropped for others, which come again', async () => {
  const spool = openSpool(await place(), 1000);
  const one = await spool.keep('ana', mail(1), at(0));
  const two = await spool.keep('ben', mail(2), at(10));
  await expect(spool.keep('eve', mail(3), at(12))).rejects.toThrow('within minutes');
  expect(await spool.read(one)).toEqual(mail(1));
  // The same mail again is the same.
  expect(await spool.keep('ben', mail(2), at(13))).toBe(two);
  const three = await spool.keep('eve', mail(3), at(16));
  expect(await Promise.all([one, two, three].map(name => spool.read(name)))).toEqual([
    undefined,
    mail(2),
    mail(3),
  ]);
});

test('of those that are written at the same time no more are kept than there is room for', async () => {
  const spool = openSpool(await place(), 1000);
  const kept = await Promise.allSettled([1, 2, 3, 4].map(nth => spool.keep(`p${nth}`, mail(nth), at(0))));
  expect(kept.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
});

test('what is there from before counts, what was half written is gone, and a folder goes with its last mail', async () => {
  const directory = await place();
  const before = openSpool(directory, 1000);
  const [one, two] = [await before.keep('ana', mail(1), at(0)), await before.keep('ben', mail(2), at(1))];
  for (const [name, minutes] of [
    [one, 1],
    [two, 0],
  ] as const)
    await utimes(join(directory, name), at(minutes), at(minutes));
  await writeFile(join(directory, `${one}.part`), 'half');
  const spool = openSpool(directory, 1000);
  const three = await spool.keep('eve', mail(3), at(30));
  expect(await Promise.all([one, two, three].map(name => spool.read(name)))).toEqual([
    mail(1),
    undefined,
    mail(3),
  ]);
  expect((await readdir(directory, { recursive: true })).filter(name => name.endsWith('.part'))).toEqual([]);
  await spool.drop(three);
  await spool.sweep(at(5 * 24 * 60));
  expect(await readdir(directory)).toEqual([]);
});

const withFile = (headers: Record<string, string> = {}): string =>
  multipart(
    'multipart/mixed',
    [
      'Content-Type: text/plain\n\nSee the file.',
      'Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\ncontent',
    ],
    headers,
  );

test.each([
  ['answered by itself', { 'Auto-Submitted': 'auto-replied' }],
  ['went to a list', { 'List-Id': '<list.example.com>' }],
  ['is our own', { From: 'support@desk.example' }],
])('nothing is kept of a mail that %s: nobody fetches its files', async (_, headers) => {
  const doors = await openDoors();
  const letter = await doors.letter(withFile(headers));
  expect(letter.files).toBeUndefined();
  expect(await readdir(doors.spool)).toEqual([]);
});

test('what the desk sets aside is dropped at once', async () => {
  const doors = await openDoors();
  for (const [aside, left] of [
    [{}, 1],
    [{ aside: true } as const, 0],
  ] as const) {
    const received = await doors.knocks('raw', Buffer.from(withFile()), { authorization: `Bearer ${RAW}` });
    expect(await readdir(doors.spool)).toHaveLength(1);
    if (received.verified) await received.respond([{ type: 'nothing', ...aside }]);
    expect(await readdir(doors.spool)).toHaveLength(left);
  }
});
