import { randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Fetched } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, secondDesk, until } from '../kit.ts';
import { came, PNG, shelf } from './kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let asked: string[];

afterEach(() => t.close());

/** Ana sends the files in one message; gives the texts that she and the desk get, and what became of each file. */
async function anaSends(
  names: readonly (readonly [source: string, name: string, size?: number])[],
  files: Parameters<typeof shelf>[0],
): Promise<{ readonly told: string[]; readonly desk: string[]; readonly states: string[] }> {
  const { thread, post } = await begin(files);
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).says('ana', thread, 'Files', { files: names.map(one => came(...one)) }),
  );
  await settleAll(t);
  const texts = (channel: ScriptedChannel, place: string) =>
    channel.calls.filter(call => call.to === place && call.what === 'deliver').map(call => call.text);
  const states = await column(
    t.database,
    "select concat_ws(' ', state, why, safe_name) from file order by id",
  );
  return { told: texts(chat, thread), desk: texts(forum, post), states };
}

async function begin(
  files: Parameters<typeof shelf>[0],
): Promise<{ readonly thread: string; readonly post: string }> {
  const one = shelf(files);
  asked = one.asked;
  const limits = { count: 10, bytes: 100_000_000 };
  chat = scriptedChannel('chat', { fetchFile: one.fetchFile, files: limits });
  forum = scriptedChannel('forum', { desk: true, fetchFile: one.fetchFile, files: limits });
  t = await testDesk([chat, forum]);
  return openTicket(t, chat, forum);
}

const ELF = Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(200)]);
const ZIP = Buffer.concat([
  Buffer.from('504b0304140000000000000000000000000000000000000000000500000061', 'hex'),
  Buffer.from('.txt'),
]);

test('a file is what its content is: names lie, endings are made to fit', async () => {
  const { states } = await anaSends(
    [
      ['zip', 'holiday.png'],
      ['png', 'C:\\temp\\shot.jpeg'],
      ['text', 'con.txt'],
      ['text', 'run.exe'],
      ['gzip', 'logs'],
      ['text', `${'ż'.repeat(1000)}.log`],
      ['text', 'invoice\u202Efdp.txt'],
      ['png', '../../../etc/passwd'],
    ],
    { zip: ZIP, png: PNG, text: 'plain words\n', gzip: gzipSync('x') },
  );
  expect(states).toEqual([
    'ready holiday.png.zip',
    'ready shot.jpeg.png',
    'ready _con.txt',
    'ready run.exe.txt',
    'ready logs.gz',
    `ready ${'ż'.repeat(95)}….log`,
    'ready invoicefdp.txt',
    'ready passwd.png',
  ]);
});

test('what is not accepted is refused, and both sides are told why', async () => {
  const { told, desk, states } = await anaSends(
    [
      ['elf', 'photo.png'],
      ['html', 'readme.txt'],
      ['svg', 'logo.png'],
      ['noise', 'data.bin'],
      ['empty', 'nothing.txt'],
      ['none', 'gone.txt'],
      ['huge', 'backup.zip', 10_000_000_000],
      ['png', 'good.png'],
    ],
    {
      elf: ELF,
      html: '<!-- hi -->\n<HTML><script>alert(1)</script>',
      svg: '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      noise: Buffer.concat([Buffer.from([0, 1, 2]), randomBytes(500)]),
      empty: '',
      huge: 'never asked for',
      png: PNG,
    },
  );
  expect(states).toEqual([
    'refused type',
    'refused type',
    'refused type',
    'refused type',
    'refused empty',
    'lost lost',
    'refused size',
    'ready good.png',
  ]);
  expect(asked).not.toContain('huge');
  const reasons = [
    '“backup.zip” could not be passed on: it is larger than 25 MB.',
    '“gone.txt” could not be passed on: we could not get it. Please send it again.',
    '“nothing.txt” could not be passed on: it is empty.',
  ];
  for (const reason of reasons) {
    expect(told).toContain(reason);
    expect(desk).toContain(reason);
  }
  expect(told.join('\n')).toContain('“photo.png”');
  expect(desk.filter(text => text.includes('“good.png”'))).toEqual([]);
});

test('of fifty files at once ten are taken, and the sender is told of the rest once', async () => {
  const fifty = Array.from({ length: 50 }, (_, n) => ['png', `${n}.png`] as const);
  const { told, states } = await anaSends(fifty, { png: PNG });
  expect(states.filter(state => state.startsWith('ready'))).toHaveLength(10);
  expect(told).toEqual([
    '“10.png”, “11.png”, “12.png”, “13.png”, “14.png” could not be passed on: one message may have 10 files. Please send the others in another message.',
  ]);
  expect(forum.calls.filter(call => call.files !== undefined).map(call => call.files?.length)).toEqual([10]);
});

test('a stream that never ends is cut at the limit, whatever was announced', async () => {
  let pieces = 0;
  let ended = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        pieces += 1;
        yield Buffer.alloc(256 * 1024, 'x');
      }
    } finally {
      ended = true;
    }
  }
  const { states } = await anaSends([['endless', 'log.txt', 5]], {
    endless: () => ({ outcome: 'fetched', bytes: endless() }),
  });
  expect(states).toEqual(['refused size']);
  expect(pieces).toBe(101);
  expect(ended).toBe(true);
  expect(await readdir(t.files.spool)).toEqual([]);
});

test('a platform that is in trouble is asked again, for an hour; then the file is lost, and everybody knows', async () => {
  const trouble: (() => Fetched | Promise<Fetched>)[] = [
    () => ({ outcome: 'retry', afterMs: 1500, why: '429' }),
    () => ({ outcome: 'retry', afterMs: 0, why: '503' }),
    () => Promise.reject(new Error('an error of the adapter')),
    () => ({ outcome: 'fetched', bytes: broken() }),
  ];
  let tries = 0;
  const { thread, post } = await begin({
    a: () => (trouble[tries++] ?? (() => trouble[1]?.() as Fetched))(),
    b: PNG,
  });
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).says('ana', thread, 'Two', { files: [came('a', 'a.png'), came('b', 'b.png')] }),
  );
  await settleAll(t);
  const sent = () =>
    forum.calls
      .filter(call => call.to === post && call.files !== undefined)
      .map(call => call.files?.[0]?.name);
  expect(sent()).toEqual(['b.png']);
  const began = t.clock.now().getTime();
  for (let turn = 0; turn < 100; turn++) {
    t.clock.forward(300_000);
    await settleAll(t);
    if ((await column(t.database, "select 1 from file where state = 'lost'")).length > 0) break;
  }
  expect(tries).toBe(20);
  expect(t.clock.now().getTime() - began).toBeGreaterThan(3_600_000);
  expect(chat.calls.at(-1)?.text).toContain('“a.png” could not be passed on');
  expect(sent()).toEqual(['b.png']);
});

async function* broken(): AsyncGenerator<Uint8Array> {
  yield PNG.subarray(0, 20);
  throw new Error('the connection was cut');
}

test('a reply of files only is marked by what becomes of them', async () => {
  const { post } = await begin({ png: PNG, elf: ELF });
  const events = eventsAt(t.clock);
  const sent = (...names: string[]) =>
    events.staffSays('sam', post, '', { files: names.map(name => came(name, `${name}.png`)) });
  const [good, bad, both] = [sent('png'), sent('elf'), sent('png', 'elf')];
  for (const one of [good, bad, both]) await t.desk.accept('forum', one);
  await settleAll(t);
  const marks = forum.calls.filter(call => call.what === 'react').map(call => [call.id, call.text]);
  expect(marks.toSorted()).toEqual(
    [
      [good.ref, 'sent'],
      [bad.ref, 'failed'],
      [both.ref, 'sent'],
    ].toSorted(),
  );
  const refused = forum.calls.filter(
    call =>
      call.text ===
      '“elf.png” could not be passed on: this type of file is not accepted. A picture, a PDF or a text file works.',
  );
  expect(refused).toHaveLength(2);
  expect(chat.calls.filter(call => call.text.includes('elf'))).toEqual([]);
});

test('text never waits for a file, and files keep their order', async () => {
  const gate = Promise.withResolvers<Fetched>();
  const { thread, post } = await begin({ slow: () => gate.promise, quick: PNG });
  const events = eventsAt(t.clock);
  await t.desk.accept('chat', events.says('ana', thread, 'First', { files: [came('slow', 'slow.txt')] }));
  await t.desk.accept('chat', events.says('ana', thread, 'Second', { files: [came('quick', 'quick.png')] }));
  const seen = () =>
    forum.calls.filter(call => call.to === post).map(call => call.files?.[0]?.name ?? call.text);
  await until(async () => {
    await t.desk.tick();
    return (
      seen().length === 2 &&
      (await column(t.database, "select 1 from file where state = 'ready'")).length === 1
    );
  });
  expect(seen()).toEqual(['**ana**\n\nFirst', '**ana**\n\nSecond']);
  gate.resolve({ outcome: 'fetched', bytes: slowText() });
  await settleAll(t);
  expect(seen().slice(2)).toEqual(['slow.txt', 'quick.png']);
});

async function* slowText(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('late\n');
}

test('files of a platform that hangs hold up no file of another', async () => {
  const never = new Promise<Fetched>(() => undefined);
  const { thread, post } = await begin({ hangs: () => never, png: PNG });
  const { fetchFile } = shelf({ png: PNG });
  Object.assign(forum, { fetchFile });
  const many = Array.from({ length: 9 }, (_, n) => came('hangs', `${n}.txt`));
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'Many', { files: many }));
  await until(async () => {
    await t.desk.tick();
    return asked.length === 3;
  });
  const other = await openBeside();
  await t.desk.accept(
    'forum',
    eventsAt(t.clock).staffSays('sam', other.post, '', { files: [came('png', 'a.png')] }),
  );
  await until(async () => {
    await t.desk.tick();
    t.clock.forward(1000);
    return chat.calls.some(call => call.to === other.thread && call.files?.[0]?.name === 'a.png');
  });
  expect(post).not.toBe(other.post);
  expect(asked).toHaveLength(3);
});

/** A second ticket, while something of the first still hangs. */
async function openBeside(): Promise<{ readonly thread: string; readonly post: string }> {
  await t.desk.accept('chat', eventsAt(t.clock).submits('ben'));
  const places = () =>
    column(t.database, 'select address from place where ticket_id = 2 and address is not null order by role');
  await until(async () => {
    await t.desk.tick();
    return (await places()).length === 2;
  });
  const [thread = '', post = ''] = await places();
  return { thread, post };
}

test('what a killed desk left half fetched is fetched again by the next one, and its remains go', async () => {
  const { thread } = await begin({ a: PNG });
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, '', { files: [came('a', 'a.png')] }));
  await until(async () => (await column(t.database, 'select 1 from file')).length === 1);
  const lease = new Date(t.clock.now().getTime() + 60_000);
  await t.database.sql`update file set leased_until = ${lease}, fence = 1`;
  await mkdir(t.files.spool, { recursive: true });
  await writeFile(join(t.files.spool, '1.1.part'), 'half');
  await writeFile(join(t.files.spool, '99'), 'nobody waits for it');
  t.clock.forward(61_000);
  const next = await secondDesk(t, [chat, forum]);
  await next.desk.tick();
  await settleAll(t);
  await next.close();
  expect(await readdir(t.files.spool)).toEqual([]);
  expect(await column(t.database, 'select state from file')).toEqual(['ready']);
});
