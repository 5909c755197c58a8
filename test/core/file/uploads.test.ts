import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropOldUploads } from '../../../src/core/file/index.ts';
import { scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket } from '../../harness/flow.ts';
import { contextOf } from '../kit.ts';

let t: TestDesk;
const chat = scriptedChannel('chat');
const forum = scriptedChannel('forum', { desk: true });
const HOUR = 3_600_000;
const MINUTE = 60_000;

beforeEach(async () => {
  t = await testDesk([chat, forum]);
});
afterEach(() => t.close());

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

const keep = async (owner: string, text = 'it broke'): Promise<string> => {
  const kept = await t.files.uploads.keep(owner, bytes(text), 1_000);
  if (kept === 'too-large') throw new Error('too large');
  return kept.id;
};

const there = async (): Promise<string[]> => (await t.files.uploads.list()).map(({ id }) => id).toSorted();

test('an upload is its owner’s, is never longer than allowed, and is found by no other name', async () => {
  const id = await keep('ana');
  expect(await t.files.uploads.sizeOf('ana', id)).toBe(8);
  expect(await t.files.uploads.sizeOf('eve', id)).toBeUndefined();
  expect(await t.files.uploads.keep('ana', bytes('x'.repeat(1_001)), 1_000)).toBe('too-large');
  for (const other of ['../desk.yaml', '', `${id}/..`, id.slice(1)]) {
    expect(await t.files.uploads.open(other), other).toBeUndefined();
    await t.files.uploads.drop([other]);
  }
  expect(await there()).toEqual([id]);
});

test('what was brought to the other files goes; what waits, or may still be sent, stays for an hour', async () => {
  const { number } = await openTicket(t, chat, forum);
  const [waits, refused, held, unsent] = [await keep('a'), await keep('b'), await keep('c'), await keep('d')];
  for (const [source, state] of [
    [waits, 'waiting'],
    [refused, 'refused'],
    [held, 'held'],
  ] as const)
    await t.database.sql`
      insert into file (ticket_id, message_id, channel, source, name, state, run_at, created_at)
      select ${number}, min(id), 'chat', ${source}, 'a.txt', ${state}, now(), now() from message where ticket_id = ${number}`;
  let ahead = Date.now() - t.clock.now().getTime();
  const ctx = { ...contextOf(t, [chat, forum]), now: () => new Date(t.clock.now().getTime() + ahead) };
  const round = dropOldUploads(ctx);
  await round();
  expect(await there()).toEqual([waits, held, unsent].toSorted());
  ahead += HOUR - 2 * MINUTE;
  await round();
  expect(await there()).toEqual([waits, held, unsent].toSorted());
  ahead += 3 * MINUTE;
  await round();
  expect(await there()).toEqual([waits, held].toSorted());
});
