import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Asked } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';
import { contact, textOf, tokenFor, tokenIn } from './kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let other: ScriptedChannel;
let talk: ScriptedChannel;
let forum: ScriptedChannel;
const MINUTE = 60_000;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  other = scriptedChannel('other');
  talk = {
    ...scriptedChannel('talk', { places: 'shared', forms: 'none' }),
    startLink: token => `https://talk.example/desk?start=${token}`,
  };
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, other, talk, forum]);
  await contact(t.database, 'ana-1', { name: 'Ana Nowak', account: 'acme' });
});
afterEach(() => t.close());

const links = (who: string, text: string, more: Partial<Asked> = {}, kind = 'chat'): Promise<string> =>
  t.desk.accept(kind, eventsAt(t.clock).asks(who, { what: 'link', text }, more)).then(textOf);
const linked = () =>
  column(t.database, 'select external_id from link l join handle h on h.id = l.handle_id order by 1');
const facts = () =>
  column(t.database, "select type || coalesce(' ' || code, '') from identity_event order by id");
const trusts = () => column(t.database, 'select trust from ticket order by id');

test('the client area gets a link where a chat can be opened with it, and a code elsewhere; only hashes are kept', async () => {
  const made = await t.desk.api.makeLinkTokens('ana-1');
  if (!made.ok) throw new Error(made.why);
  expect(made.expiresAt).toEqual(new Date(t.clock.now().getTime() + 10 * MINUTE));
  expect(made.tokens.map(token => [token.channel, 'url' in token ? 'url' : 'code'])).toEqual([
    ['chat', 'code'],
    ['other', 'code'],
    ['talk', 'url'],
    ['forum', 'code'],
  ]);
  expect(tokenIn(made, 'talk')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(tokenIn(made, 'chat')).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  const rows = await column(t.database, 'select proof::text from proof');
  for (const token of made.tokens) {
    const secret = tokenIn(made, token.channel);
    const kept = rows.join('\n');
    for (const form of [secret, secret.replaceAll('-', ''), Buffer.from(secret).toString('hex')])
      expect(kept).not.toContain(form);
  }
  expect(await t.desk.api.makeLinkTokens('nobody')).toEqual({ ok: false, why: 'no-such-contact' });
});

test('a code links who types it, says to whom, and can be undone at once', async () => {
  const code = await tokenFor(t, 'ana-1', 'chat');
  const answer = await t.desk.accept(
    'chat',
    eventsAt(t.clock).asks('ana', { what: 'link', text: code.toLowerCase() }),
  );
  expect(textOf(answer)).toContain('Ana Nowak** of **acme Ltd');
  expect(answer).toMatchObject({ buttons: [{ action: 'me-unlink' }] });
  expect(await linked()).toEqual(['ana']);
  const undone = await t.desk.accept('chat', eventsAt(t.clock).presses('ana', 'lobby', 'me-unlink', []));
  expect(textOf(undone)).toContain('Unlinked');
  expect(await linked()).toEqual([]);
  expect(await facts()).toEqual([...Array(4).fill('token-made'), 'used', 'linked client-area', 'unlinked']);
});

test('wrong, used, expired, foreign and guessed codes, and tokens on the wrong platform, are refused in the same words and change nothing', async () => {
  const used = await tokenFor(t, 'ana-1', 'chat');
  await links('ana', used);
  const expired = await tokenFor(t, 'ana-1', 'chat');
  t.clock.forward(10 * MINUTE);
  const elsewhere = await tokenFor(t, 'ana-1', 'other');
  const { number } = await openTicket(t, chat, forum, 'zoe');
  const foreign = await tokenFor(t, 'ana-1', 'chat', number);
  await contact(t.database, 'ben-1');
  const tries: [who: string, code: string][] = [
    ['eve1', 'AAAA-BBBB-CCCC-DDDD'],
    ['eve2', used],
    ['eve3', expired],
    ['eve4', elsewhere],
    ['eve5', foreign],
    ['eve6', "'; drop table proof; --"],
    ['eve7', '\u202e\0\ufffd'],
    ['eve8', 'x'.repeat(5000)],
    ['ana', await tokenFor(t, 'ben-1', 'chat')],
  ];
  const said = new Set<string>();
  for (const [who, code] of tries) said.add(await links(who, code));
  expect(said.size).toBe(1);
  expect([...said][0]).toContain('does not work');
  expect(await linked()).toEqual(['ana']);
  expect((await facts()).filter(fact => fact.startsWith('failed'))).toEqual([
    'failed unknown',
    'failed used',
    'failed expired',
    'failed platform',
    'failed foreign',
    'failed unknown',
    'failed unknown',
    'failed unknown',
    'failed foreign',
  ]);
  expect(await links('eve', elsewhere, {}, 'other'), 'the failures used nothing up').toContain(
    'You are linked',
  );
  expect(t.log.lines).toEqual([]);
});

test('of fifty who give the same code at once exactly one is linked; a code that was used by one person fifty times too', async () => {
  const code = await tokenFor(t, 'ana-1', 'chat');
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => links(`p${n}`, code)));
  expect(answers.filter(text => text.includes('You are linked'))).toHaveLength(1);
  expect(await linked()).toHaveLength(1);
  const again = await tokenFor(t, 'ana-1', 'other');
  const same = await Promise.all(Array.from({ length: 50 }, () => links('ana', again, {}, 'other')));
  expect(same.filter(text => text.includes('You are linked'))).toHaveLength(1);
  expect((await facts()).filter(fact => fact === 'used')).toHaveLength(2);
  expect(t.log.lines).toEqual([]);
});

test('after five wrong codes a handle must wait, whatever it gives; others need not', async () => {
  const code = await tokenFor(t, 'ana-1', 'chat');
  for (let n = 0; n < 5; n++) await links('eve', `AAAA-BBBB-CCCC-DDD${n}`);
  const refused = await links('eve', code);
  expect(refused).toBe(await links('mallory', 'AAAA-BBBB-CCCC-DDDD'));
  expect(await linked()).toEqual([]);
  expect(await links('ana', code)).toContain('You are linked');
  t.clock.forward(10 * MINUTE + 1);
  expect(await links('eve', await tokenFor(t, 'ana-1', 'chat'))).toContain('You are linked');
});

test('tokens are made as often as an hour allows, for each contact', async () => {
  const all = [];
  for (let n = 0; n < 16; n++) all.push(await t.desk.api.makeLinkTokens('ana-1'));
  expect(all.map(made => made.ok)).toEqual([...Array(15).fill(true), false]);
  expect(all.at(-1)).toEqual({ ok: false, why: 'too-many' });
  await contact(t.database, 'ben-1');
  expect(await t.desk.api.makeLinkTokens('ben-1')).toMatchObject({ ok: true });
  t.clock.forward(61 * MINUTE);
  expect(await t.desk.api.makeLinkTokens('ana-1')).toMatchObject({ ok: true });
});

test('a proof that names a ticket is for that ticket alone, and a ticket of another account cannot be named', async () => {
  const first = await openTicket(t, chat, forum, 'ana');
  const second = await openTicket(t, chat, forum, 'ana');
  expect(await links('ana', await tokenFor(t, 'ana-1', 'chat', first.number))).toContain(`#${first.number}`);
  expect(await trusts()).toEqual(['fresh', 'linked']);
  await contact(t.database, 'ben-1', { account: 'bolt' });
  expect(await t.desk.api.makeLinkTokens('ben-1', { ticket: first.number })).toEqual({
    ok: false,
    why: 'no-such-ticket',
  });
  for (const ticket of [999_999, 0, -1, 1.5, Number.NaN, 2 ** 60])
    expect(await t.desk.api.makeLinkTokens('ana-1', { ticket })).toEqual({
      ok: false,
      why: 'no-such-ticket',
    });
  const forSecond = await tokenFor(t, 'ana-1', 'chat', second.number);
  const form = (draft: string, proof: string) =>
    t.desk.accept('chat', eventsAt(t.clock).submits('ana', { proof }, { page: 'link', draft }));
  expect(
    await form(String(first.number), forSecond),
    'asked for the first, and it is for the second',
  ).toMatchObject({ type: 'faults' });
  expect(await trusts()).toEqual(['fresh', 'linked']);
  expect(await form(String(second.number), forSecond)).toMatchObject({ type: 'say', done: true });
  expect(await trusts()).toEqual(['fresh', 'fresh']);
});

test('whoever proved within 15 minutes before opens a verified ticket; after that a linked one; both are the account’s', async () => {
  await links('ana', await tokenFor(t, 'ana-1', 'chat'));
  t.clock.forward(15 * MINUTE);
  await openTicket(t, chat, forum, 'ana');
  t.clock.forward(1);
  await openTicket(t, chat, forum, 'ana');
  await openTicket(t, chat, forum, 'zoe');
  expect(await trusts()).toEqual(['fresh', 'linked', 'unknown']);
  expect(
    await column(
      t.database,
      "select coalesce(c.ref || ' ' || a.ref, '-') from ticket t left join contact c on c.id = t.contact_id left join account a on a.id = t.account_id order by t.id",
    ),
  ).toEqual(['ana-1 acme', 'ana-1 acme', '-']);
});

test('proof by mail: a code to the address on file links and is never fresh; a stranger learns nothing', async () => {
  const mail = scriptedChannel('email', { places: 'shared', forms: 'none' });
  const m = await testDesk([chat, other, forum, mail]);
  await contact(m.database, 'ana-1', { name: 'Ana', account: 'acme', addresses: ['ana@example.com'] });
  const asks = (who: string, text: string, kind = 'chat') =>
    m.desk.accept(kind, eventsAt(m.clock).asks(who, { what: 'link', text }));
  const known = await asks('ana', 'Ana@Example.com');
  const unknown = await asks('eve', 'nobody@example.com');
  expect(known).toEqual(unknown);
  expect(known).toMatchObject({ type: 'say', buttons: [{ action: 'link' }] });
  await settleAll(m);
  expect(mail.calls.map(call => [call.what, call.to])).toEqual([['deliver', 'ana@example.com']]);
  const code = /\*\*([0-9A-Z]{4}-[0-9A-Z]{4})\*\*/.exec(mail.calls[0]?.text ?? '')?.[1] ?? '';
  expect(mail.calls[0]?.text).toContain('Chat account to acme Ltd');
  expect(
    await column(m.database, `select content ->> 'args' from delivery where content ->> 'say' = 'mail-code'`),
    'a code that was sent is kept nowhere',
  ).toEqual(['{}']);
  expect(textOf(await asks('eve', code)), 'it is for who asked').toContain('does not work');
  expect(textOf(await asks('ana', code, 'other')), 'and for where they asked').toContain('does not work');
  const { number } = await openTicket(m, chat, forum, 'ana');
  expect(textOf(await asks('ana', code))).toContain('You are linked');
  expect(await column(m.database, 'select trust from ticket')).toEqual(['linked']);
  expect(await column(m.database, 'select proved_at from link')).toEqual([null]);
  expect(textOf(await asks('ana', code)), 'once').toContain('does not work');
  await m.desk.accept('forum', eventsAt(m.clock).commands('bob', 'verify', { number }));
  await m.desk.api.preferences.put('ana-1', { language: 'pl' });
  await asks('ana', 'ana@example.com');
  await settleAll(m);
  expect(mail.calls.at(-1)?.text, 'in the language that they chose').toContain('Twój kod');
  const second = /\*\*([0-9A-Z]{4}-[0-9A-Z]{4})\*\*/.exec(mail.calls.at(-1)?.text ?? '')?.[1] ?? '';
  expect(second).not.toBe(code);
  await asks('ana', second);
  expect(await column(m.database, 'select trust from ticket'), 'a code by mail is never fresh').toEqual([
    'linked',
  ]);
  await m.close();
});

test('nobody’s mailbox is filled: three mails an hour for a contact, five askings for a handle, whoever asks', async () => {
  const mail = scriptedChannel('email', { places: 'shared', forms: 'none' });
  const m = await testDesk([chat, forum, mail]);
  await contact(m.database, 'ana-1', { addresses: ['ana@example.com'] });
  await contact(m.database, 'ben-1', { addresses: ['ben@example.com'] });
  const asks = (who: string, address: string) =>
    m.desk.accept('chat', eventsAt(m.clock).asks(who, { what: 'link', text: address }));
  const said = [];
  for (let n = 0; n < 10; n++) said.push(textOf(await asks(`eve${n}`, 'ana@example.com')));
  for (let n = 0; n < 6; n++)
    said.push(textOf(await asks('eve', n < 5 ? `x${n}@example.com` : 'ben@example.com')));
  expect(new Set(said).size).toBe(1);
  await settleAll(m);
  expect(mail.calls.map(call => call.to)).toEqual(Array(3).fill('ana@example.com'));
  await m.close();
});

test('where the desk sends no mail, that is said, and nothing of the address is kept', async () => {
  const said = await links('ana', 'ana@example.com');
  expect(said).toContain('not offered here');
  expect(await column(t.database, 'select 1 from proof')).toEqual([]);
});

test('proofs that ended are dropped a day later, and the log says which were never used', async () => {
  await tokenFor(t, 'ana-1', 'chat');
  t.clock.forward(25 * 60 * MINUTE);
  await settleAll(t);
  expect(await column(t.database, 'select 1 from proof')).toEqual([]);
  expect((await facts()).filter(fact => fact === 'expired')).toHaveLength(4);
});

test('the audit log can only be appended to', async () => {
  await tokenFor(t, 'ana-1', 'chat');
  for (const statement of [
    "update identity_event set code = 'x'",
    'delete from identity_event',
    'truncate identity_event',
  ])
    await expect(t.database.sql.unsafe(statement)).rejects.toThrow('never changed');
  await expect(
    t.database.sql`insert into identity_event (type, code, at) values ('failed', 'Ana Nowak', now())`,
  ).rejects.toThrow('identity_event_code_check');
});
