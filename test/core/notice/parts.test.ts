import { expect, onTestFinished, test } from 'vitest';
import type { Policy } from '../../../src/core/index.ts';
import { timerHandlers } from '../../../src/core/reactions.ts';
import { createTimers } from '../../../src/core/timer/index.ts';
import { STAFF_ROLE } from '../../harness/desk.ts';
import { eventsAt } from '../../harness/people.ts';
import { LADDER, type LadderDesk, ladderDesk, ladderPolicy, type Opened } from '../escalation/kit.ts';
import { contextOf, until } from '../kit.ts';
import { linkTo } from '../preference/kit.ts';
import { announced, bring, confirmed, does, drafted, outage, settled } from './kit.ts';

/** Ana rents a server in WAW1, its address is what she gives in a critical ticket; Ben rents one in FRA1. */
async function provider(policy?: Policy): Promise<LadderDesk> {
  const t = await ladderDesk(policy);
  onTestFinished(() => t.close());
  await bring(t, 'A-1', [{ ref: 's1', location: 'WAW1', networks: ['203.0.113.0/24'] }]);
  await bring(t, 'B-1', [{ ref: 's2', location: 'FRA1', networks: ['198.51.100.0/24'] }]);
  await linkTo(t, 'chat', 'ana', 'A-1-c');
  await linkTo(t, 'chat', 'ben', 'B-1-c');
  return t;
}

async function promises(t: LadderDesk, { number }: Opened): Promise<Record<string, string>> {
  const rows = await t.database.sql<{ target: string; state: string }[]>`
    select target, state from promise where ticket_id = ${number} and target <> 'acknowledgement' order by target, cycle`;
  return Object.fromEntries(rows.map(({ target, state }) => [target, state]));
}

async function stateOf(t: LadderDesk, { number }: Opened): Promise<string | undefined> {
  const [row] = await t.database.sql<{ state: string }[]>`select state from ticket where id = ${number}`;
  return row?.state;
}

const heard = (t: LadderDesk, { thread }: Opened): string[] =>
  t.chat.calls.filter(({ to }) => to === thread).map(({ text }) => text);
const atDesk = (t: LadderDesk, { post }: Opened): string[] =>
  t.forum.calls.filter(({ to }) => to === post).map(({ text }) => text);

test('a ticket about a service of a running outage is told what is known at once, and nobody is paged for it', async () => {
  const t = await provider();
  const notice = await announced(t, outage({ state: 'identified' }));
  const opened = await t.opens();
  expect(heard(t, opened).at(-1)).toMatch(
    /about something we are working on: outage \*\*N-\d+\*\*, Power\.[\s\S]*found the cause[\s\S]*A feed is down\.[\s\S]*by \*\*/,
  );
  expect(atDesk(t, opened).join('\n')).toContain(`Part of outage **N-${notice}**: Power`);
  expect(await promises(t, opened)).toEqual({ 'first-reply': 'paused' });
  await t.pass(20);
  expect(await t.calls()).toEqual({});
  expect(await promises(t, opened)).toEqual({ 'first-reply': 'paused' });
});

test('one about another service, or of another department, goes its own way', async () => {
  const t = await provider();
  await announced(t, outage());
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).submits('ben', {
      priority: 'critical',
      server: '198.51.100.7',
      service: 'Shop',
      began: '14:00',
      diagnostics: 'ping fails',
    }),
  );
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).submits('ana', {
      department: 'financial',
      priority: 'critical',
      server: '203.0.113.7',
      service: 'Shop',
      began: '14:00',
      diagnostics: 'an invoice',
    }),
  );
  await settled(t);
  expect(await t.database.sql`select from ticket`).toHaveLength(2);
  expect(await t.database.sql`select from ticket_notice`).toHaveLength(0);
  expect(await t.calls()).toEqual({ bob: 2 });
});

test('what customers asked before the announcement follows it, unless somebody has answered or it is old', async () => {
  const t = await provider();
  const old = await t.opens('critical', 'ana');
  t.clock.forward(61 * 60_000);
  const early = await t.opens('critical', 'ana');
  const answered = await t.opens('critical', 'ana');
  await t.replies('bob', answered);
  expect(await t.calls()).not.toEqual({});
  await t.pass(1);
  await announced(t, outage());
  const parts = await t.database.sql<{ ticket: number }[]>`select ticket_id as ticket from ticket_notice`;
  expect(parts).toEqual([{ ticket: early.number }]);
  expect(heard(t, early).at(-1)).toContain('working on');
  const open = await t.database.sql<{ ticket: number }[]>`
    select ticket_id as ticket from climb where state <> 'ended' order by 1`;
  expect(open).toEqual([{ ticket: old.number }]);
});

test('the end of the outage answers all its tickets, each once, however many', async () => {
  const t = await provider();
  const notice = await announced(t, outage());
  const tickets: Opened[] = [];
  for (let n = 0; n < 23; n++) tickets.push(await t.opens('regular'));
  // A regular one names no server: these are hers by the picked service.
  await t.database.sql`update ticket set service_id = (select id from service where ref = 's1')`;
  const first = await t.opens('critical');
  await does(t, notice, 'update', { text: { en: 'A new feed is being laid.' } });
  await settled(t);
  const part = await t.database.sql`select from ticket_notice where ended_at is null`;
  expect(part).toHaveLength(24);
  t.clock.forward(3_600_000);
  await does(t, notice, 'resolve', { text: { en: 'The feed was replaced.' } });
  await settled(t);
  for (const one of [...tickets, first]) {
    expect(await stateOf(t, one)).toBe('solved');
    const words = heard(t, one).join('\n');
    expect(words.match(/Outage .* is over/g)).toHaveLength(1);
    expect(words).toMatch(/is over: Power\.\n\nThe feed was replaced\./);
    expect(await promises(t, one)).toEqual({ 'first-reply': 'met' });
  }
  expect(await t.database.sql`select from ticket_notice where ended_at is null`).toHaveLength(0);
});

test('whoever writes again during the outage is answered in the usual time', async () => {
  const t = await provider();
  await announced(t, outage());
  const opened = await t.opens();
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).says('ana', opened.thread, 'Mine is something else: it is the disk.'),
  );
  await settled(t);
  expect(await promises(t, opened)).toEqual({ 'first-reply': 'paused', 'next-reply': 'running' });
  await t.pass(31);
  expect(await promises(t, opened)).toEqual({ 'first-reply': 'paused', 'next-reply': 'missed' });
  expect(await t.calls()).not.toEqual({});
});

test('the end of the outage does not solve what the customer has written since; once it is answered, it does', async () => {
  const t = await provider();
  const notice = await announced(t, outage());
  const [asked, answered] = [await t.opens(), await t.opens()];
  for (const { thread } of [asked, answered])
    await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'Mine is something else: the disk.'));
  await settled(t);
  await t.replies('bob', answered);
  const before = await t.calls();
  await does(t, notice, 'resolve');
  await settled(t);
  expect([await stateOf(t, asked), await stateOf(t, answered)]).toEqual(['open', 'solved']);
  expect(heard(t, asked).at(-1)).toMatch(/is over: Power\.[\s\S]*still looking at what you wrote/);
  expect(atDesk(t, asked).at(-1)).toContain('the customer has written since');
  expect(await promises(t, asked)).toEqual({ 'first-reply': 'running', 'next-reply': 'running' });
  expect(await t.calls()).not.toEqual(before);
});

test('an outage of everything is about all tickets of its customers, and one that becomes so lets nobody go', async () => {
  const t = await provider();
  const notice = await announced(t, outage());
  const opened = await t.opens();
  await does(t, notice, 'update', {
    text: { en: 'All is down.' },
    objects: [{ type: 'all', value: '', impact: 'outage' }],
  });
  await settled(t);
  const other = await t.opens('critical', 'ben');
  expect(heard(t, opened).join()).not.toContain('something else.');
  expect(heard(t, other).at(-1)).toContain('something we are working on');
  expect(await t.calls()).toEqual({});
});

test('what customers will not feel holds none of their tickets', async () => {
  const t = await provider();
  await announced(t, outage({ objects: [{ type: 'location', value: 'WAW1', impact: 'none' }] }));
  await t.opens();
  expect(await t.database.sql`select from ticket_notice`).toHaveLength(0);
});

test('a ticket that is handed to those who answer no outages goes its own way', async () => {
  const t = await provider();
  await announced(t, outage());
  const opened = await t.opens('regular');
  await t.database.sql`update ticket set service_id = (select id from service where ref = 's1')`;
  await t.pass(1);
  const commands = eventsAt(t.clock).commands('bob', 'transfer', {
    value: 'financial',
    number: opened.number,
  });
  expect(await t.database.sql`select from ticket_notice where ended_at is null`).toHaveLength(1);
  await t.desk.accept('forum', commands);
  await settled(t);
  expect(await t.database.sql`select from ticket_notice where ended_at is null`).toHaveLength(0);
  expect(heard(t, opened).at(-1)).toContain('after all');
});

test('nobody’s time to touch it runs out while a ticket follows an outage, also after it waited', async () => {
  const t = await provider(
    ladderPolicy(LADDER.replace('team: support, up', 'team: support, untouched: 5m, up')),
  );
  await announced(t, outage());
  const opened = await t.opens();
  const raised = () => t.database.sql`select from event where type = 'escalated'`;
  await t.desk.accept('forum', eventsAt(t.clock).presses('bob', opened.post, `wait:${opened.number}`));
  await settled(t);
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', opened.thread, 'Here is what you asked for.'));
  await t.pass(8);
  expect(await stateOf(t, opened)).toBe('open');
  expect(await raised()).toHaveLength(0);
  await t.desk.accept('forum', eventsAt(t.clock).presses('bob', opened.post, `apart:${opened.number}`));
  await t.pass(6);
  expect(await raised()).toHaveLength(1);
});

test('staff say that a ticket is about something else: its clocks go on and somebody is called', async () => {
  const t = await provider();
  const notice = await announced(t, outage());
  const opened = await t.opens();
  await t.pass(5);
  const press = eventsAt(t.clock).presses('bob', opened.post, `apart:${opened.number}`, [STAFF_ROLE]);
  await t.desk.accept('forum', press);
  await settled(t);
  expect(heard(t, opened).at(-1)).toContain(`is not about outage **N-${notice}** after all`);
  expect(atDesk(t, opened).at(-1)).toContain('its clocks go on');
  expect(await promises(t, opened)).toEqual({ 'first-reply': 'running' });
  const [due] = await t.database.sql<{ left: number }[]>`
    select extract(epoch from due_at - ${t.clock.now()}::timestamptz)::int as left from promise
    where ticket_id = ${opened.number} and target = 'first-reply'`;
  expect(due?.left).toBeGreaterThan(9 * 60);
  expect(due?.left).toBeLessThanOrEqual(10 * 60);
  expect(await t.calls()).toEqual({ bob: 1 });
  // It stays apart, and the end of the outage is none of its own.
  await does(t, notice, 'resolve');
  await settled(t);
  expect(await stateOf(t, opened)).toBe('open');
  await t.desk.accept('forum', eventsAt(t.clock).presses('bob', opened.post, `apart:${opened.number}`));
  await settled(t);
  expect(
    atDesk(t, opened)
      .join('\n')
      .match(/its clocks go on/g),
  ).toHaveLength(1);
});

test('customers may not press it', async () => {
  const t = await provider();
  await announced(t, outage());
  const opened = await t.opens();
  await t.desk.accept('forum', eventsAt(t.clock).presses('eve', opened.post, `apart:${opened.number}`, []));
  await settled(t);
  expect(await t.database.sql`select from ticket_notice where ended_at is null`).toHaveLength(1);
});

test('an outage that turns out to be about something else lets its tickets go', async () => {
  const t = await provider();
  const notice = await announced(t, outage());
  const opened = await t.opens();
  await does(t, notice, 'update', {
    text: { en: 'It is Frankfurt.' },
    objects: [{ type: 'location', value: 'FRA1', impact: 'outage' }],
  });
  await settled(t);
  expect(heard(t, opened).at(-1)).toContain('turned out to be about something else');
  expect(await promises(t, opened)).toEqual({ 'first-reply': 'running' });
  expect(await t.calls()).toEqual({ bob: 1 });
});

test('staff are reminded when nothing new is said of an outage, less and less often, and not after its end', async () => {
  const t = await provider();
  const notice = await announced(t, outage());
  await t.opens();
  const posts = (): string[] =>
    t.forum.calls.filter(({ text }) => text.includes('Nothing new has been said')).map(({ text }) => text);
  await t.pass(29);
  expect(posts()).toEqual([]);
  await t.pass(2);
  expect(posts()).toHaveLength(1);
  expect(posts()[0]).toContain(`**N-${notice}: Power** for 30`);
  expect(posts()[0]).toContain('one of them with a ticket');
  await t.pass(31);
  expect(posts()).toHaveLength(2);
  await does(t, notice, 'update', { text: { en: 'Parts are on the way.' } });
  await t.pass(20);
  expect(posts()).toHaveLength(2);
  await does(t, notice, 'resolve');
  await t.pass(60);
  expect(posts()).toHaveLength(2);
});

test('a page that is due the moment a ticket comes waits for the look: nobody is paged before it', async () => {
  const t = await provider();
  await announced(t, outage());
  const values = {
    priority: 'critical',
    server: '203.0.113.7',
    service: 'Shop',
    began: '14:00',
    diagnostics: 'ping fails',
  };
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana', values));
  await createTimers(contextOf(t, [t.chat, t.forum, t.mail]), timerHandlers).round();
  expect(await t.database.sql`select from ticket_notice`).toHaveLength(1);
  await settled(t);
  expect(await t.calls()).toEqual({});
});

test('a ticket that was closed meanwhile hears nothing of the end, nor does its desk', async () => {
  const t = await provider();
  const notice = await announced(t, outage());
  const opened = await t.opens('critical');
  await t.desk.accept('forum', eventsAt(t.clock).presses('bob', opened.post, `close:${opened.number}`));
  await settled(t);
  await does(t, notice, 'resolve');
  await settled(t);
  expect(await stateOf(t, opened)).toBe('closed');
  expect([...heard(t, opened), ...atDesk(t, opened)].join('\n')).not.toMatch(/Outage .* is over/);
  expect(await t.database.sql`select from ticket_notice where ended_at is null`).toHaveLength(0);
});

test('one that cannot follow holds up no other, and is tried again', async () => {
  const t = await provider();
  await t.database.sql.unsafe(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$;
    create trigger refuse before insert on ticket_notice for each row when (new.ticket_id = 1) execute function refuse()`);
  const first = await t.opens();
  const second = await t.opens();
  await announced(t, outage());
  const parts = () => t.database.sql<{ id: number }[]>`select ticket_id as id from ticket_notice order by 1`;
  expect(await parts()).toEqual([{ id: second.number }]);
  expect(t.log.lines.filter(line => line.includes('could not follow an outage'))).toHaveLength(1);
  await t.database.sql`drop trigger refuse on ticket_notice`;
  await t.pass(2);
  expect(await parts()).toEqual([{ id: first.number }, { id: second.number }]);
});

/** Somebody holds the ticket; whoever wants it waits until then, and sees what they did. */
async function whileHeld(
  t: LadderDesk,
  { number }: Opened,
  work: () => Promise<void>,
  deed: string,
): Promise<void> {
  let working: Promise<void> | undefined;
  await t.database.sql.begin(async tx => {
    await tx`select from ticket where id = ${number} for no key update`;
    working = work();
    await until(async () => {
      const waiting = await t.database.sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.count > 0;
    });
    await tx.unsafe(deed);
  });
  await working;
}

test('staff who take a ticket out of the outage as it ends are believed', async () => {
  const t = await provider();
  const notice = await announced(t, outage());
  const opened = await t.opens();
  await does(t, notice, 'resolve');
  await whileHeld(
    t,
    opened,
    () => t.desk.tick(),
    `update ticket_notice set ended_at = now() where ticket_id = ${opened.number}`,
  );
  await settled(t);
  expect(await stateOf(t, opened)).toBe('open');
  expect(heard(t, opened).join()).not.toMatch(/Outage .* is over/);
});

test('a ticket that was answered as the outage was seen goes on as it is', async () => {
  const t = await provider();
  const opened = await t.opens();
  await t.pass(1);
  const id = await drafted(t, outage());
  await confirmed(t, id);
  await whileHeld(
    t,
    opened,
    () => t.desk.tick(),
    `insert into event (ticket_id, type, at) values (${opened.number}, 'staff-replied', now())`,
  );
  await settled(t);
  expect(await t.database.sql`select from ticket_notice`).toHaveLength(0);
});
