import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { held, secondDesk, until } from '../kit.ts';
import { bring, confirmed, does, drafted, maintenance, outage, view } from '../notice/kit.ts';

let t: TestDesk;
let mail: ScriptedChannel;
beforeEach(async () => {
  mail = scriptedChannel('email', { subject: 150, forms: 'none', without: ['edit', 'remove', 'echo'] });
  t = await testDesk([mail]);
  // Nobody to be told as a contact: what comes by mail is for those who follow.
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }], []);
});
afterEach(() => t.close());

const to = (address: string) => mail.calls.filter(call => call.to === address);
const subjects = (address: string): unknown[] => to(address).map(({ subject }) => subject);
async function asks(address: string, language = 'en'): Promise<void> {
  await t.desk.subscribe?.(address, language);
  await settleAll(t);
}
const tokenTo = (address: string): string =>
  /\/confirm\/([\w-]+)/.exec(to(address).at(-1)?.text ?? '')?.[1] ?? '';
const stopTo = (address: string): string =>
  String(to(address).at(-1)?.unsubscribe).split('/unsubscribe/')[1] ?? '';
async function follows(address: string, language = 'en'): Promise<void> {
  await asks(address, language);
  const done = await t.desk.pages.confirm.press(tokenTo(address));
  expect(done?.text).toContain(address);
  mail.calls.length = 0;
}
let keys = 0;
async function announce(input: Parameters<typeof drafted>[1]): Promise<number> {
  keys += 1;
  const id = await drafted(t, input, `k-${keys}`);
  await confirmed(t, id);
  return id;
}

test('an address gets one mail that asks, and nothing before its link was followed and the button pressed', async () => {
  await asks('zoe@example.org', 'pl');
  expect(subjects('zoe@example.org')).toEqual(['Czy wysyłać komunikaty o stanie usług Example Hosting?']);
  const token = tokenTo('zoe@example.org');
  expect(
    JSON.stringify(await t.database.sql`select content from delivery`),
    'the outbox forgets the code',
  ).not.toContain(token);
  await announce(outage());
  await settleAll(t);
  expect(mail.calls).toHaveLength(1);
  expect(await t.desk.pages.confirm.see(token)).toMatchObject({ locale: 'pl', button: 'Tak, proszę' });
  expect(await t.database.sql`select from subscriber`).toHaveLength(0);
  const presses = await Promise.all(Array.from({ length: 5 }, () => t.desk.pages.confirm.press(token)));
  expect(presses.filter(one => one !== undefined)).toHaveLength(1);
  expect(await t.desk.pages.confirm.see(token)).toBeUndefined();
  await settleAll(t);
  expect(mail.calls, 'what was said before is not sent').toHaveLength(1);
});

test('each word in public is one mail, in the language of who asked, with a link that ends it', async () => {
  await follows('zoe@example.org');
  await follows('ula@example.org', 'pl');
  t.clock.forward(60_000);
  const id = await announce(
    outage({
      title: { en: 'Power *x*', pl: 'Zasilanie' },
      text: { en: 'A feed is <b>down</b>.', pl: 'Brak zasilania.' },
    }),
  );
  await settleAll(t);
  expect(subjects('zoe@example.org')).toEqual([`Outage N-${id} (looking for the cause): Power *x*`]);
  const text = to('zoe@example.org')[0]?.text ?? '';
  expect(text).toContain('Something is broken, and we are looking for the cause.');
  expect(text).toContain('- WAW1: not available');
  expect(text).toContain(`<https://desk.example.com/status/N-${id}?lang=en>`);
  expect(text).not.toContain('<b>');
  expect(subjects('ula@example.org')).toEqual([`Awaria N-${id} (szukamy przyczyny): Zasilanie`]);
  await does(t, id, 'update', { state: 'identified', text: { en: 'A fuse.' } });
  await settleAll(t);
  await does(t, id, 'resolve');
  await settleAll(t);
  await t.desk.tick();
  expect(subjects('zoe@example.org').slice(1)).toEqual([
    `Outage N-${id} (cause found): Power *x*`,
    `Outage N-${id} (resolved): Power *x*`,
  ]);

  expect(await t.desk.pages.unsubscribe.see(stopTo('zoe@example.org'))).toMatchObject({
    button: 'Stop them',
  });
  const token = stopTo('zoe@example.org');
  for (let again = 0; again < 2; again += 1)
    expect((await t.desk.pages.unsubscribe.press(token))?.text).toContain('zoe@example.org');
  mail.calls.length = 0;
  await announce(outage());
  await settleAll(t);
  expect(mail.calls.map(call => call.to)).toEqual(['ula@example.org']);
});

test('what is not public is never mailed: drafts, what waits for its confirmation, what is single customers’', async () => {
  await follows('zoe@example.org');
  t.clock.forward(60_000);
  await announce(outage({ objects: [{ type: 'service', value: 's-1' }] }));
  const id = await drafted(t, outage(), 'draft');
  const { edition } = await view(t, id);
  await t.desk.api.notices.prepare(id, 'cancel', { edition });
  await confirmed(t, id);
  await drafted(t, outage(), 'another');
  await settleAll(t);
  expect(mail.calls).toEqual([]);
});

test('planned work is mailed as it is moved, begins and ends by the clock; of what was called off before it went nobody hears', async () => {
  await follows('zoe@example.org');
  t.clock.forward(60_000);
  const id = await announce(maintenance(t, { starts: true, ends: true, reminders: [] }));
  await settleAll(t);
  expect(to('zoe@example.org')[0]?.text).toContain('Tue 24 Nov 15:00–17:00 (UTC+1)');
  await follows('late@example.org');
  t.clock.forward(48.6 * 3_600_000);
  await settleAll(t);
  t.clock.forward(2 * 3_600_000);
  await settleAll(t);
  const name = `Planned maintenance N-${id}`;
  expect(subjects('zoe@example.org').map(one => String(one).split(':')[0])).toEqual([
    `${name} (begins)`,
    `${name} (end)`,
  ]);
  expect(subjects('late@example.org').map(one => String(one).split(':')[0])).toEqual([
    `${name} (begins)`,
    `${name} (end)`,
  ]);
  await follows('last@example.org');
  const other = await announce(maintenance(t));
  await does(t, other, 'cancel');
  await settleAll(t);
  expect(
    mail.calls.filter(({ text }) => text.includes(`N-${other}`)),
    'overtaken by its cancel before it went',
  ).toEqual([]);
});

test('nobody learns whether an address is subscribed, and nobody’s mailbox is filled', async () => {
  await follows('zoe@example.org');
  const answers = [];
  for (let time = 0; time < 6; time += 1) {
    answers.push(await t.desk.subscribe?.('zoe@example.org', 'en'));
    answers.push(await t.desk.subscribe?.('new@example.org', 'en'));
  }
  await Promise.all(Array.from({ length: 8 }, () => t.desk.subscribe?.('many@example.org', 'en')));
  expect(new Set(answers)).toEqual(new Set([undefined]));
  await settleAll(t);
  expect([to('zoe@example.org').length, to('new@example.org').length, to('many@example.org').length]).toEqual(
    [1, 2, 2],
  );
  t.clock.forward(25 * 3_600_000);
  await asks('new@example.org');
  expect(to('new@example.org')).toHaveLength(3);
});

test('all addresses together are written to so often in an hour and no more', async () => {
  await t.database.sql`
    with h as (insert into handle (channel, space, external_id, name, seen_at) values ('email', '', 'old@example.org', '', now()) returning id)
    insert into subscriber_ask (handle_id, locale, sha256, made_at, expires_at)
    select id, 'en', sha256(n::text::bytea), ${t.clock.now()}, ${t.clock.now()} from h, generate_series(1, 300) n`;
  await asks('zoe@example.org');
  expect(mail.calls).toEqual([]);
  expect(await t.database.sql`select from handle where external_id = 'zoe@example.org'`).toHaveLength(0);
  t.clock.forward(3_600_001);
  await asks('zoe@example.org');
  expect(mail.calls).toHaveLength(1);
});

test('a link that is too old, foreign or made up does nothing; one that ends mails stops nothing else', async () => {
  await asks('zoe@example.org');
  const token = tokenTo('zoe@example.org');
  t.clock.forward(25 * 3_600_000);
  for (const one of [token, '', 'x', 'AAAA-AAAA-AAAA-AAAA', `${token}0`]) {
    expect(await t.desk.pages.confirm.see(one)).toBeUndefined();
    expect(await t.desk.pages.confirm.press(one)).toBeUndefined();
    expect(await t.desk.pages.unsubscribe.press(one)).toBeUndefined();
  }
  expect(await t.database.sql`select from subscriber`).toHaveLength(0);
});

test('two desks that look at once, and one that is started again, send each word once', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await asks(`${name}@example.org`);
    await t.desk.pages.confirm.press(tokenTo(`${name}@example.org`));
  }
  mail.calls.length = 0;
  t.clock.forward(60_000);
  const other = await secondDesk(t, [mail]);
  await announce(outage());
  // The first desk is held up in the middle of it, so that the second one looks while nothing is written down yet.
  const waits = async (): Promise<number> =>
    (
      await t.database
        .sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    ).count;
  const { promise, release } = held<void>();
  const holding = t.database.sql.begin(async tx => {
    await tx`select from handle where external_id = 'a@example.org' for no key update`;
    await promise;
  });
  const first = t.desk.tick();
  await until(async () => (await waits()) === 1);
  let isOver = false;
  const second = other.desk.tick().then(() => {
    isOver = true;
  });
  await until(async () => isOver || (await waits()) === 2);
  release();
  await Promise.all([holding, first, second]);
  await settleAll(t);
  await other.close();
  const third = await secondDesk(t, [mail]);
  await third.desk.tick();
  await third.close();
  expect(mail.calls.map(call => call.to).toSorted()).toEqual(
    ['a', 'b', 'c', 'd', 'e', 'f'].map(name => `${name}@example.org`),
  );
});

test('mailboxes that take nothing now keep nobody else’s mail back; a mail whose link has expired is not tried again', async () => {
  await follows('zoe@example.org');
  await follows('slow@example.org');
  mail.script = ({ to: box }) =>
    box === 'zoe@example.org'
      ? { outcome: 'delivered', ref: `m${mail.calls.length}` }
      : { outcome: 'retry', afterMs: 300_000, scope: 'place', why: '451' };
  await Promise.all(
    Array.from({ length: 205 }, (_, nth) => t.desk.subscribe?.(`box-${nth}@example.net`, 'en')),
  );
  await settleAll(t);
  t.clock.forward(60_000);
  const id = await announce(outage());
  await settleAll(t);
  await does(t, id, 'resolve');
  await settleAll(t);
  expect(to('zoe@example.org')).toHaveLength(2);
  t.clock.forward(24 * 3_600_000 - 61_000);
  await settleAll(t);
  const tries = to('box-0@example.net').length;
  expect(tries).toBeGreaterThan(1);
  t.clock.forward(1_000);
  t.clock.forward(300_000);
  await settleAll(t);
  expect(to('box-0@example.net')).toHaveLength(tries);
  expect(
    await t.database
      .sql`select distinct state from delivery where content ->> 'say' = 'mail-subscribe' and state <> 'sent'`,
  ).toEqual([{ state: 'cancelled' }]);
});

test('of many who follow, few mails wait to be sent at once: the others can still be overtaken', async () => {
  await t.close();
  mail = scriptedChannel('email', {
    subject: 150,
    forms: 'none',
    without: ['edit', 'remove', 'echo'],
    bot: { perSecond: 0.001, burst: 3 },
  });
  t = await testDesk([mail]);
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }], []);
  await t.database.sql`
    with h as (insert into handle (channel, space, external_id, name, seen_at)
      select 'email', '', 'n-' || n || '@example.org', '', now() from generate_series(1, 300) n returning id)
    insert into subscriber (handle_id, locale, confirmed_at) select id, 'en', ${t.clock.now()} from h`;
  t.clock.forward(60_000);
  const id = await announce(outage());
  for (let time = 0; time < 8; time += 1) await t.desk.tick();
  const waiting = async () =>
    (await t.database.sql`select from delivery where state = 'pending' and content ->> 'stops' = 'status'`)
      .count;
  const before = await waiting();
  // Fifty go at once, as long as there are less than two hundred.
  expect(before).toBeGreaterThanOrEqual(200);
  expect(before).toBeLessThan(250);
  await does(t, id, 'resolve');
  await t.desk.tick();
  expect(await waiting()).toBe(before);
  expect(
    await t.database
      .sql`select distinct word, sent_at is null as waits from status_mail order by word, waits`,
    'those that waited are told nothing: they were told of no outage',
  ).toMatchObject([{ word: '1' }, { word: '2' }]);
});

test('what was planned for somebody who left meanwhile is not sent when they come back', async () => {
  await follows('zoe@example.org');
  await announce(outage());
  await settleAll(t);
  const token = stopTo('zoe@example.org');
  await asks('zoe@example.org');
  t.clock.forward(60_000);
  const first = await announce(outage());
  const second = await announce(outage());
  // Planning is held up in the middle of it: the first is planned, not yet committed, when the click comes.
  const { promise, release } = held<void>();
  const ready = held<void>();
  const holding = t.database.sql
    .begin(async tx => {
      await tx`insert into status_word (notice_id, word, planned_at) values (${second}, '1', now())`;
      ready.release();
      await promise;
      throw new Error('undone');
    })
    .catch(() => undefined);
  await ready.promise;
  const planning = t.desk.tick();
  await until(async () => {
    const { count } = await t.database
      .sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return count === 1;
  });
  await t.desk.pages.unsubscribe.press(token);
  t.clock.forward(60_000);
  await t.desk.pages.confirm.press(tokenTo('zoe@example.org'));
  release();
  await Promise.all([holding, planning]);
  await settleAll(t);
  expect(subjects('zoe@example.org').filter(one => String(one).includes(`N-${first}`))).toEqual([]);
  expect(await t.database.sql`select from status_mail where sent_at is null`).toHaveLength(0);
});

test('a tick at which nothing is new and nothing waits writes nothing; what was said is forgotten in the end', async () => {
  await follows('zoe@example.org');
  t.clock.forward(60_000);
  const id = await announce(outage());
  await settleAll(t);
  await does(t, id, 'resolve');
  await settleAll(t);
  const begun = vi.spyOn(t.database.sql, 'begin');
  await t.desk.tick();
  expect(begun, 'at rest no transaction is opened').not.toHaveBeenCalled();
  begun.mockRestore();
  expect(subjects('zoe@example.org')).toHaveLength(2);
  t.clock.forward(91 * 86_400_000);
  await settleAll(t);
  expect(await t.database.sql`select from status_word`).toHaveLength(0);
  expect(await t.database.sql`select from status_mail`).toHaveLength(0);
  await announce(outage());
  await settleAll(t);
  expect(subjects('zoe@example.org')).toHaveLength(3);
});

test('a mailbox that is gone is followed no longer; a desk that was down for days writes no old news', async () => {
  await follows('gone@example.org');
  await follows('zoe@example.org');
  t.clock.forward(60_000);
  mail.script = call =>
    call.to === 'gone@example.org'
      ? { outcome: 'refused', code: 'gone', why: 'no such user' }
      : { outcome: 'delivered', ref: `m${mail.calls.length}` };
  await announce(outage());
  await settleAll(t);
  await announce(outage());
  await settleAll(t);
  expect(to('gone@example.org')).toHaveLength(1);
  expect(to('zoe@example.org')).toHaveLength(2);
  expect(await t.database.sql`select from subscriber`).toHaveLength(1);
  await announce(outage());
  t.clock.forward(25 * 3_600_000);
  await settleAll(t);
  expect(to('zoe@example.org')).toHaveLength(2);
});

test('who is erased is written to no more, and what is kept of asking goes', async () => {
  await follows('zoe@example.org');
  const exported = await t.desk.exportPerson('email:zoe@example.org');
  expect(JSON.stringify(exported)).toContain('subscribedSince');
  await t.desk.erasePerson('email:zoe@example.org');
  expect(await t.database.sql`select from subscriber union all select from subscriber_ask`).toHaveLength(0);
  await asks('ula@example.org');
  t.clock.forward(49 * 3_600_000);
  await settleAll(t);
  expect(await t.database.sql`select from subscriber_ask`).toHaveLength(0);
});

test('without mail, or without an address that links could lead to, nobody can subscribe', async () => {
  expect(t.desk.subscribe).toBeDefined();
  const mute = await testDesk([]);
  expect(mute.desk.subscribe).toBeUndefined();
  await mute.close();
});
