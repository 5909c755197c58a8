import { afterEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, secondDesk, until } from '../kit.ts';
import { came, PNG, pieces, shelf, whole } from './kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;

const carry = { count: 10, bytes: 10_000_000 };

async function begin(
  files: Parameters<typeof shelf>[0],
  limits: { readonly chat?: typeof carry; readonly forum?: typeof carry } = { chat: carry, forum: carry },
): Promise<void> {
  const { fetchFile } = shelf(files);
  chat = scriptedChannel('chat', { fetchFile, files: limits.chat });
  forum = scriptedChannel('forum', { desk: true, fetchFile, files: limits.forum });
  t = await testDesk([chat, forum]);
}

afterEach(() => t.close());

const at = (channel: ScriptedChannel, place: string) =>
  channel.calls.filter(call => call.what === 'deliver' && call.to === place);

test('a customer’s files reach the desk after the text, all in one message, by what they are', async () => {
  await begin({ a: PNG, b: 'GET / 200\nGET /x 500\n' });
  const { thread, post } = await openTicket(t, chat, forum);
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).says('ana', thread, 'See these', {
      files: [came('a', 'shot.PNG'), came('b', 'access.log')],
    }),
  );
  await settleAll(t);
  const [text, files, ...rest] = at(forum, post);
  expect(rest).toEqual([]);
  expect(text?.text).toContain('See these');
  expect(text?.files).toBeUndefined();
  expect(files?.text).toBe('**ana**\n\n');
  expect(files?.files).toEqual([
    { name: 'shot.png', type: 'image/png', content: PNG.toString('latin1') },
    { name: 'access.log', type: 'text/plain', content: 'GET / 200\nGET /x 500\n' },
  ]);
  expect(at(chat, thread).filter(call => call.files !== undefined)).toEqual([]);
});

test('files with no text are a message', async () => {
  await begin({ a: PNG });
  const { thread, post } = await openTicket(t, chat, forum);
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, ' ', { files: [came('a', '')] }));
  await t.desk.accept(
    'forum',
    eventsAt(t.clock).staffSays('sam', post, '', { files: [came('a', '../../etc/passwd')] }),
  );
  await settleAll(t);
  expect(at(forum, post).map(call => call.files?.map(file => file.name))).toEqual([['file.png']]);
  expect(at(chat, thread).map(call => call.files?.map(file => file.name))).toEqual([['passwd.png']]);
  expect(await column(t.database, 'select body from message order by id')).toEqual([
    'ana needs help',
    '',
    '',
  ]);
});

test('files that come with the form go to the desk after the card', async () => {
  await begin({ a: PNG });
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana', {}, { files: [came('a', 'one.png')] }));
  await settleAll(t);
  const calls = forum.calls.filter(call => call.what !== 'card').map(call => [call.what, call.files?.length]);
  expect(calls).toEqual([
    ['desk-post', undefined],
    ['deliver', 1],
  ]);
  expect(chat.calls.some(call => call.files !== undefined)).toBe(false);
});

test('the files of a note never reach the customer', async () => {
  await begin({ a: PNG });
  const { thread, post } = await openTicket(t, chat, forum);
  const before = at(chat, thread).length;
  await t.desk.accept(
    'forum',
    eventsAt(t.clock).staffSays('sam', post, '// look', { files: [came('a', 'a.png')] }),
  );
  await t.desk.accept(
    'forum',
    eventsAt(t.clock).staffSays('sam', post, '//', { files: [came('a', 'b.png')] }),
  );
  await t.desk.accept(
    'forum',
    eventsAt(t.clock).staffSays('sam', post, '// gone', { files: [came('none', 'c.png')] }),
  );
  await settleAll(t);
  expect(at(chat, thread).slice(before)).toEqual([]);
  expect(await column(t.database, 'select state from file order by id')).toEqual(['ready', 'ready', 'lost']);
  // The database refuses it too: files are delivered only with their message, and a note only to a desk.
  const [note] = await column<number>(t.database, "select min(id) from message where kind = 'note'");
  const place = `(select id from place where address = '${thread}')`;
  const put = (message: string) =>
    t.database.sql.unsafe(`insert into delivery (place_id, place_role, seq, rank, kind, message_id, message_kind, content, state, created_at)
      values (${place}, 'customer', 99, 1, 'post', ${message}, '{"files":[1],"as":"upload","locale":"en"}', 'pending', now())`);
  await expect(put(`${note}, 'note'`)).rejects.toThrow('no_note_to_customer');
  await expect(put('null, null')).rejects.toThrow('files_of_their_message');
});

test('a file that a place cannot carry becomes a link that expires', async () => {
  await begin({ a: PNG }, { chat: { count: 10, bytes: 10 } });
  const { thread, post } = await openTicket(t, chat, forum);
  await t.desk.accept(
    'forum',
    eventsAt(t.clock).staffSays('sam', post, 'Here', { files: [came('a', 'a_b*.png')] }),
  );
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).says('ana', thread, 'And mine', { files: [came('a', 'm.png')] }),
  );
  await settleAll(t);
  const [, linked] = at(chat, thread);
  expect(linked?.files).toBeUndefined();
  const token = /https:\/\/desk\.example\.com\/files\/([\w.-]+)\)/.exec(linked?.text ?? '')?.[1] ?? '';
  expect(at(forum, post).at(-1)?.text).toMatch(/^\*\*ana\*\*[\s\S]*https:\/\/desk\.example\.com\/files\//);
  const file = await t.desk.file(token);
  expect(file).toMatchObject({ name: 'a_b_.png', type: 'image/png', size: PNG.length });
  expect(await whole(await file?.bytes())).toEqual(PNG);
  expect(await t.desk.file(token.replace(/^c\d/, 'c9'))).toBeUndefined();
  expect(await t.desk.file(token.replace(/^c/, 'd'))).toBeUndefined();
  expect(await t.desk.file('')).toBeUndefined();
  const ofDesk = /\/files\/([\w.-]+)/.exec(at(forum, post).at(-1)?.text ?? '')?.[1] ?? '';
  expect(await t.desk.file(ofDesk)).toBeDefined();
  t.clock.forward(7 * 86_400_000);
  expect(await t.desk.file(token)).toBeUndefined();
});

test('without a public address both sides are told, kindly, that it did not go', async () => {
  await begin({ a: PNG }, {});
  t.files.links = undefined;
  const { thread, post } = await openTicket(t, chat, forum);
  await t.desk.accept(
    'forum',
    eventsAt(t.clock).staffSays('sam', post, 'Here', { files: [came('a', 'a.png')] }),
  );
  await settleAll(t);
  expect(at(chat, thread).at(-1)?.text).toContain('We have files for you that cannot be sent here: “a.png”');
  expect(at(forum, post).at(-1)?.text).toContain('The customer did not get “a.png”');
});

test('a file that the platform does not take after all goes as a link', async () => {
  await begin({ a: PNG });
  const { thread, post } = await openTicket(t, chat, forum);
  chat.script = call =>
    call.files === undefined
      ? { outcome: 'delivered', ref: 'r' }
      : { outcome: 'refused', code: 'invalid', why: 'too large' };
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('sam', post, '', { files: [came('a', 'a.png')] }));
  await settleAll(t);
  expect(at(chat, thread).map(call => [call.files?.length, call.text.includes('/files/')])).toEqual([
    [1, false],
    [undefined, true],
  ]);
  expect(await column(t.database, "select state from delivery where content ? 'files'")).toEqual(['sent']);
});

test('a reply that becomes a note takes its files with it: those on the way, those that were sent, and the link', async () => {
  const gate = Promise.withResolvers<void>();
  const late = async () => {
    await gate.promise;
    return { outcome: 'fetched' as const, bytes: pieces(PNG) };
  };
  await begin({ a: PNG, late }, { forum: carry });
  const { thread, post } = await openTicket(t, chat, forum);
  const events = eventsAt(t.clock);
  const first = events.staffSays('sam', post, 'Here', { files: [came('a', 'a.png')] });
  await t.desk.accept('forum', first);
  await settleAll(t);
  const token = /\/files\/([\w.-]+)/.exec(at(chat, thread).at(-1)?.text ?? '')?.[1] ?? '';
  expect(await t.desk.file(token)).toBeDefined();
  const second = events.staffSays('sam', post, 'And', { files: [came('late', 'b.png')] });
  await t.desk.accept('forum', second);
  await until(async () => {
    await t.desk.tick();
    return at(chat, thread).some(call => call.text === 'And');
  });
  const before = at(chat, thread).length;
  for (const { ref, from } of [first, second])
    await t.desk.accept('forum', {
      type: 'edited',
      eventId: `edit-${ref}`,
      at: t.clock.now(),
      from,
      place: post,
      direct: false,
      ref,
      text: '// for us',
      version: 1,
    });
  await until(async () => {
    await t.desk.tick();
    return (await column(t.database, 'select id from message where noted')).length === 2;
  });
  gate.resolve();
  await settleAll(t);
  expect(await t.desk.file(token)).toBeUndefined();
  expect(
    at(chat, thread)
      .slice(before)
      .filter(call => call.text.includes('/files/') || call.files),
  ).toEqual([]);
  expect(await column(t.database, 'select state from file')).toEqual(['ready', 'ready']);
});

test('while the store does not answer a link goes after some seconds, and the lane goes on; what it has lost is said', async () => {
  await begin({ a: PNG });
  const { thread, post } = await openTicket(t, chat, forum);
  const { read } = t.files.store;
  const events = eventsAt(t.clock);
  t.files.store.read = () => Promise.reject(new Error('no answer'));
  await t.desk.accept('forum', events.staffSays('sam', post, '', { files: [came('a', 'a.png')] }));
  await t.desk.accept('forum', events.staffSays('sam', post, 'Text'));
  for (let turn = 0; turn < 20; turn++) {
    await settleAll(t);
    t.clock.forward(2000);
  }
  const texts = at(chat, thread).map(call => call.text);
  expect(texts.filter(text => text.includes('Files to download'))).toHaveLength(1);
  expect(texts).toContain('Text');
  expect(at(chat, thread).filter(call => call.files !== undefined)).toEqual([]);
  t.files.store.read = async () => undefined;
  await t.desk.accept('forum', events.staffSays('sam', post, '', { files: [came('a', 'b.png')] }));
  for (let turn = 0; turn < 5; turn++) {
    await settleAll(t);
    t.clock.forward(2000);
  }
  expect(at(chat, thread).at(-1)?.text).toContain('cannot be sent here: “b.png”');
  t.files.store.read = read;
});

test('a desk that is new shows the files too', async () => {
  await begin({ a: PNG });
  const { thread } = await openTicket(t, chat, forum);
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, '', { files: [came('a', 'a.png')] }));
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'See?', { files: [came('a', 'b.png')] }));
  await settleAll(t);
  const fresh = scriptedChannel('slack', { desk: true, files: carry });
  const second = await secondDesk(t, [chat, forum, fresh]);
  await until(async () => {
    await second.desk.tick();
    return fresh.calls.length >= 4;
  });
  expect(fresh.calls.map(call => call.files?.[0]?.name ?? call.text.split('\n').at(-1))).toEqual([
    'ana needs help',
    'a.png',
    'See?',
    'b.png',
  ]);
  await second.close();
});

test('of many large files only some are in memory at once; the others wait their turn, and arrive', async () => {
  const large = Buffer.alloc(24 * 1024 * 1024, 'a long log\n');
  await begin({ large }, { chat: { count: 10, bytes: large.length } });
  const gate = Promise.withResolvers<void>();
  chat.script = async call => {
    if (call.files !== undefined) await gate.promise;
    return { outcome: 'delivered', ref: `r${call.id}` };
  };
  const posts: string[] = [];
  for (const who of ['ana', 'ben', 'cleo']) posts.push((await openTicket(t, chat, forum, who)).post);
  for (const post of posts) {
    await t.desk.accept(
      'forum',
      eventsAt(t.clock).staffSays('sam', post, '', { files: [came('large', 'all.log')] }),
    );
  }
  const uploads = () => chat.calls.filter(call => call.files !== undefined).length;
  const waiting = () =>
    column(
      t.database,
      "select error from delivery where content ? 'files' and place_role = 'customer' and state = 'retry'",
    );
  await until(async () => {
    await t.desk.tick();
    return uploads() === 2 && (await waiting()).length === 1;
  });
  expect(await waiting()).toEqual(['other files are on their way']);
  gate.resolve();
  await until(async () => {
    t.clock.forward(1000);
    await t.desk.tick();
    return uploads() === 3;
  });
});
