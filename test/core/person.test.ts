import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../harness/channel.ts';
import { type TestDesk, testDesk } from '../harness/desk.ts';
import { openTicket, settleAll } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';
import { came, shelf } from './file/kit.ts';
import { contact, tokenFor } from './identity/kit.ts';
import { column } from './kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let talk: ScriptedChannel;
let forum: ScriptedChannel;
const CANARY = 'kanarienvogel';
const files = shelf({ f1: `in the file: ${CANARY}` });

beforeEach(async () => {
  chat = scriptedChannel('chat', { fetchFile: files.fetchFile });
  talk = {
    ...scriptedChannel('talk', { places: 'shared', forms: 'none' }),
    startLink: token => `https://talk.example/desk?start=${token}`,
  };
  forum = scriptedChannel('forum', { desk: true, fetchFile: files.fetchFile });
  t = await testDesk([chat, talk, forum, scriptedChannel('email', { places: 'shared', forms: 'none' })]);
});
afterEach(() => t.close());

/** Every row of every table that has the word in it, by any column. */
async function rowsWith(word: string): Promise<string[]> {
  const tables = await column(
    t.database,
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  const found: string[] = [];
  for (const table of tables) {
    const rows = await t.database.sql.unsafe<{ row: string }[]>(
      `select t::text as row from "${table}" t where t::text ilike '%${word}%'`,
    );
    found.push(...rows.map(({ row }) => `${table}: ${row}`));
  }
  return found;
}

async function filesWith(word: string): Promise<string[]> {
  const names = await readdir(t.files.directory, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const one of names.filter(entry => entry.isFile())) {
    const path = join(one.parentPath, one.name);
    if (`${path}${await readFile(path, 'latin1')}`.includes(word)) found.push(path);
  }
  return found;
}

/** A person who is in every corner of the desk, with the canary in all they gave. */
async function everywhere(): Promise<{ number: number; post: string; thread: string }> {
  const people = eventsAt(t.clock);
  const who = `${CANARY}-id`;
  await contact(t.database, 'cana-1', {
    name: `Cana ${CANARY}`,
    account: 'acme',
    addresses: [`${CANARY}@example.com`],
  });
  await contact(t.database, 'olga-1', { account: 'acme' });
  const opened = await openTicket(t, chat, forum, who);
  await t.desk.accept('chat', people.asks(who, { what: 'link', text: await tokenFor(t, 'cana-1', 'chat') }));
  await t.desk.accept(
    'chat',
    people.asks('olga', { what: 'link', text: await tokenFor(t, 'olga-1', 'chat') }),
  );
  const { thread, post } = opened;
  await t.desk.accept(
    'chat',
    people.says(who, thread, `My name is ${CANARY}`, { files: [came('f1', `${CANARY}.txt`)] }),
  );
  await settleAll(t);
  await t.desk.accept('forum', people.staffSays('bob', post, `Dear ${CANARY}, we look into it`));
  await t.desk.accept('forum', people.staffSays('bob', post, `// ${CANARY} sounds upset`));
  await settleAll(t);
  await t.desk.accept(
    'chat',
    people.submits(who, { department: 'nowhere', subject: CANARY }, { page: 'base' }),
  );
  await t.desk.accept('chat', people.asks(who, { what: 'link', text: `${CANARY}@example.com` }));
  const inTalk = { place: `${CANARY}-dm`, direct: true } as const;
  const token = await tokenFor(t, 'cana-1', 'talk');
  await t.desk.accept('talk', people.asks(who, { what: 'link', text: token }, inTalk));
  await t.desk.accept(
    'talk',
    people.asks(who, { what: 'open', subject: CANARY }, { place: `${CANARY}-dm`, direct: true }),
  );
  const olgasToken = await tokenFor(t, 'olga-1', 'talk');
  await t.desk.accept(
    'talk',
    people.asks('olga', { what: 'link', text: olgasToken }, { place: 'olga-dm', direct: true }),
  );
  const olgas = await openTicket(t, chat, forum, 'olga');
  await t.desk.accept('chat', people.says(who, olgas.thread, `${CANARY} was here`));
  await t.desk.accept('chat', people.reacts(who, thread, 'e1', '👍'));
  await t.desk.accept(
    'talk',
    people.asks('olga', { what: 'show', number: String(opened.number) }, { place: 'olga-dm', direct: true }),
  );
  await settleAll(t);
  await bring(who);
  chat.script = () => ({ outcome: 'retry', afterMs: 3_600_000, scope: 'place', why: `wait for ${CANARY}` });
  await t.desk.accept('forum', people.staffSays('bob', post, `One more thing, ${CANARY}`));
  await t.desk.tick();
  await t.desk.accept('chat', people.says(who, 'nowhere', `lost words of ${CANARY}`));
  await t.database.sql`
    insert into receipt (channel, event_id, state, payload, run_at, received_at, attempts, error)
    values ('chat', ${`act:${who}:1`}, 'failed', ${JSON.stringify({ type: 'said', from: { externalId: who }, text: CANARY })}::jsonb, now(), now(), 20, ${CANARY})`;
  return opened;
}

/** Files that a browser of theirs has brought: one that nothing was said with yet, one that cannot be brought to the others now, and one of somebody else. */
async function bring(who: string): Promise<void> {
  const { uploads } = t.files;
  const bytes = async function* (text: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
  await uploads.keep(who, bytes(CANARY), 1000);
  await uploads.keep('olga', bytes('nothing of hers'), 1000);
  const form = await uploads.keep('web', bytes(CANARY), 1000);
  if (form === 'too-large') throw new Error('it is small');
  await t.database.sql`
    insert into file (message_id, ticket_id, channel, source, name, state, run_at, created_at)
    select min(m.id), m.ticket_id, 'web', ${form.id}, 'x', 'waiting', '2999-01-01', now() from message m join handle h on h.id = m.handle_id
    where h.external_id = ${who} group by m.ticket_id limit 1`;
}

test('what the desk keeps of a person is exported whole, and nothing of staff by name', async () => {
  const { number } = await everywhere();
  const whole = await t.desk.exportPerson('cana-1');
  const text = JSON.stringify(whole);
  expect(whole).toMatchObject({
    person: 'cana-1',
    contact: { ref: 'cana-1', account: 'acme', addresses: [`${CANARY}@example.com`] },
    tickets: [{ number: Number(number) }],
  });
  for (const part of [
    `${CANARY}-id`,
    `My name is ${CANARY}`,
    `Dear ${CANARY}`,
    `${CANARY} sounds upset`,
    `${CANARY}.txt`,
    `${CANARY} was here`,
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('bob');
  expect(JSON.stringify(await t.desk.exportPerson('cana-1', { withoutNotes: true }))).not.toContain(
    'sounds upset',
  );
  expect(
    (await t.desk.exportPerson(`chat:${CANARY}-id`))?.person,
    'by an identity it is the same person',
  ).toBe('cana-1');
  for (const nobody of ['cana-2', 'chat:nobody', '', ':', `chat:${'x'.repeat(9000)}`, "x' or true"])
    expect(await t.desk.exportPerson(nobody)).toBeUndefined();
});

test('erasing a person leaves no trace of the canary in rows, files, search or logs, and the audit log as it was', async () => {
  await everywhere();
  expect((await rowsWith(CANARY)).length).toBeGreaterThan(15);
  expect(
    talk.calls.some(call => call.to === 'olga-dm' && call.text.includes(CANARY)),
    'shown to a colleague',
  ).toBe(true);
  expect(await filesWith(CANARY)).not.toEqual([]);
  const before = await column(t.database, 'select id || type from identity_event order by id');
  const erased = await t.desk.erasePerson('cana-1');
  expect(erased).toMatchObject({ ok: true, tickets: 1, files: 2, filesLeft: 0 });
  expect(await rowsWith(CANARY)).toEqual([]);
  expect(await filesWith(CANARY)).toEqual([]);
  expect(await filesWith('nothing of hers'), 'others keep what they have brought').toHaveLength(1);
  const log = await column(t.database, 'select id || type from identity_event order by id');
  expect(log.slice(0, before.length)).toEqual(before);
  expect(log.slice(before.length).every(one => one.endsWith('erased'))).toBe(true);
  chat.script = () => ({ outcome: 'delivered', ref: 'late' });
  t.clock.forward(7_200_000);
  await settleAll(t);
  expect(await rowsWith(CANARY), 'nor later, when all has been sent').toEqual([]);
  const found = await t.desk.accept(
    'forum',
    eventsAt(t.clock).types('bob', 'desk-ticket', CANARY, ['900000000000000001']),
  );
  expect(found).toEqual({ type: 'choices', choices: [] });
  expect(t.log.lines.filter(line => line.includes(CANARY) && !line.includes('wait for'))).toEqual([]);
  expect(await column(t.database, "select 1 from contact where ref = 'olga-1'"), 'others stay').toHaveLength(
    1,
  );
  expect(
    await column(
      t.database,
      "select body from message m join handle h on h.id = m.handle_id where h.external_id = 'olga'",
    ),
  ).toEqual(['olga needs help']);
  expect(await t.desk.erasePerson('cana-1')).toEqual({ ok: false, why: 'no-such-person' });
});

test('an identity that is nobody’s contact is erased by its own name; staff are not', async () => {
  await openTicket(t, chat, forum, `${CANARY}-alone`);
  expect(await t.desk.erasePerson(`chat:s/${CANARY}-alone`)).toMatchObject({
    ok: true,
    identities: 1,
    tickets: 1,
  });
  expect(await rowsWith(CANARY)).toEqual([]);
  const { post } = await openTicket(t, chat, forum, 'ana');
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, 'hello'));
  await settleAll(t);
  expect(await t.desk.erasePerson('forum:bob')).toEqual({ ok: false, why: 'is-staff' });
  await t.desk.accept('chat', eventsAt(t.clock).submits(`${CANARY}-alone`));
  await settleAll(t);
  expect(
    await column(t.database, "select 1 from handle where external_id like '%-alone'"),
    'who comes back is somebody new',
  ).toHaveLength(1);
});
