import { afterEach, expect, test } from 'vitest';
import type { ScanResult } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';
import { came, PNG, shelf, whole } from './kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let asked: string[];
let verdict: ScanResult;
const scanned: Buffer[] = [];

async function begin(): Promise<{ readonly thread: string; readonly post: string }> {
  const one = shelf({ a: PNG });
  asked = one.asked;
  scanned.length = 0;
  const limits = { count: 10, bytes: 1_000_000 };
  chat = scriptedChannel('chat', { fetchFile: one.fetchFile, files: limits });
  forum = scriptedChannel('forum', { desk: true, fetchFile: one.fetchFile, files: limits });
  t = await testDesk([chat, forum]);
  t.files.scan = async bytes => {
    scanned.push(await whole(bytes));
    return verdict;
  };
  return openTicket(t, chat, forum);
}

afterEach(() => t.close());

const at = (channel: ScriptedChannel, place: string) =>
  channel.calls.filter(call => call.what === 'deliver' && call.to === place);

test('while the scanner is away a file is held, the text goes on, and staff are told once; then it comes', async () => {
  const { thread, post } = await begin();
  verdict = 'away';
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'Look', { files: [came('a', 'a.png')] }));
  await settleAll(t);
  t.clock.forward(60_000);
  await settleAll(t);
  expect(at(forum, post).map(call => call.text)).toEqual([
    '**ana**\n\nLook',
    'The virus scanner does not answer. 1 file waits for it and comes later.',
  ]);
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'And?'));
  await settleAll(t);
  expect(at(forum, post).at(-1)?.text).toContain('And?');
  for (let turn = 0; turn < 30; turn++) {
    t.clock.forward(60_000);
    await settleAll(t);
  }
  verdict = 'clean';
  t.clock.forward(60_000);
  await settleAll(t);
  expect(at(forum, post).at(-1)?.files?.[0]?.content).toBe(PNG.toString('latin1'));
  expect(asked).toEqual(['a']);
  expect(scanned.length).toBeGreaterThan(25);
  expect(scanned.every(bytes => bytes.equals(PNG))).toBe(true);
});

test('a file in which the scanner finds something goes nowhere, and nothing of it is kept', async () => {
  const { thread, post } = await begin();
  verdict = 'infected';
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, '', { files: [came('a', 'a.png')] }));
  await settleAll(t);
  const told = '“a.png” could not be passed on: the virus scanner found something in it.';
  expect(at(forum, post).map(call => call.text)).toEqual([told]);
  expect(at(chat, thread).map(call => call.text)).toEqual([told]);
  expect(await column(t.database, 'select storage_key from file')).toEqual([null]);
});

test('a file that the store does not take is not fetched again, and comes when the store is back', async () => {
  const { thread, post } = await begin();
  verdict = 'clean';
  const { put } = t.files.store;
  t.files.store.put = () => Promise.reject(new Error('the disk is full'));
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'Look', { files: [came('a', 'a.png')] }));
  for (let turn = 0; turn < 30; turn++) {
    await settleAll(t);
    t.clock.forward(60_000);
  }
  expect(at(forum, post).filter(call => call.files !== undefined)).toEqual([]);
  t.files.store.put = put;
  await settleAll(t);
  expect(at(forum, post).at(-1)?.files).toHaveLength(1);
  expect(asked).toEqual(['a']);
});
