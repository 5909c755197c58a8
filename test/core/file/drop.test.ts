import { readdir } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { transact } from '../../../src/core/context.ts';
import { dropFilesOf } from '../../../src/core/file/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, contextOf, until } from '../kit.ts';
import { came, PNG, shelf } from './kit.ts';

const DAY = 86_400_000;

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;

async function begin(): Promise<{ readonly thread: string; readonly post: string; readonly number: number }> {
  const { fetchFile } = shelf({ a: PNG });
  chat = scriptedChannel('chat', { fetchFile });
  forum = scriptedChannel('forum', { desk: true, fetchFile, files: { count: 10, bytes: 1_000_000 } });
  t = await testDesk([chat, forum]);
  return openTicket(t, chat, forum);
}

afterEach(() => t.close());

async function keptOnDisk(): Promise<string[]> {
  const names = await readdir(t.files.directory, { recursive: true, withFileTypes: true });
  return names.filter(entry => entry.isFile()).map(entry => entry.name);
}

const linkIn = (text: string | undefined): string => /\/files\/([\w.-]+)/.exec(text ?? '')?.[1] ?? '';

test('the files of a ticket go some time after it was closed, with their links', async () => {
  const { post, number } = await begin();
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('sam', post, '', { files: [came('a', 'a.png')] }));
  await settleAll(t);
  expect(await keptOnDisk()).toHaveLength(1);
  await t.desk.accept('forum', eventsAt(t.clock).presses('sam', post, `close:${number}`));
  t.clock.forward(179 * DAY);
  await settleAll(t);
  expect(await keptOnDisk()).toHaveLength(1);
  t.clock.forward(2 * DAY);
  await settleAll(t);
  expect(await keptOnDisk()).toEqual([]);
  expect(await column(t.database, 'select state from file where storage_key is null')).toEqual(['dropped']);
});

test('the files of a message that is taken back are gone at once, for whoever has the link and for what is still to be sent', async () => {
  const { thread, post } = await begin();
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('sam', post, '', { files: [came('a', 'a.png')] }));
  await settleAll(t);
  const token = linkIn(chat.calls.at(-1)?.text);
  expect(await t.desk.file(token)).toBeDefined();
  forum.script = () => ({ outcome: 'retry', afterMs: 10_000, scope: 'place', why: 'later' });
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, '', { files: [came('a', 'b.png')] }));
  await settleAll(t);
  const messages = await column<number>(t.database, 'select id from message where body = $$$$ order by id');
  expect(messages).toHaveLength(2);
  const ctx = contextOf(t, [chat, forum]);
  for (const id of messages) await transact(ctx, { type: 'system' }, act => dropFilesOf(act, id));
  expect(await t.desk.file(token)).toBeUndefined();
  const before = forum.calls.length;
  forum.script = () => ({ outcome: 'delivered', ref: 'm' });
  t.clock.forward(20_000);
  await settleAll(t);
  expect(forum.calls.slice(before).filter(call => call.what === 'deliver')).toEqual([]);
  expect(await column(t.database, "select distinct state from delivery where content ? 'files'")).toEqual([
    'sent',
  ]);
  expect(await keptOnDisk()).toEqual([]);
});

test('a file that is dropped while it is fetched is not kept', async () => {
  const { thread } = await begin();
  const came1 = came('slow', 'a.png');
  const gate = Promise.withResolvers<void>();
  const { fetchFile } = shelf({
    slow: async () => {
      await gate.promise;
      return { outcome: 'fetched', bytes: shelfBytes() };
    },
  });
  Object.assign(chat, { fetchFile });
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'x', { files: [came1] }));
  const leased = () =>
    column<number>(t.database, 'select message_id from file where leased_until is not null');
  await until(async () => {
    await t.desk.tick();
    return (await leased()).length === 1;
  });
  const [id] = await leased();
  await transact(contextOf(t, [chat, forum]), { type: 'system' }, act => dropFilesOf(act, id ?? 0));
  gate.resolve();
  await settleAll(t);
  t.clock.forward(6000);
  await settleAll(t);
  expect(await keptOnDisk()).toEqual([]);
  expect(await column(t.database, 'select state from file')).toEqual(['dropped']);
});

async function* shelfBytes(): AsyncGenerator<Uint8Array> {
  yield PNG;
}
