import { afterEach, beforeEach, expect, test } from 'vitest';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { secondDesk } from '../kit.ts';
import { LADDER, type LadderDesk, ladderDesk, ladderPolicy } from './kit.ts';

const WITH_SHIFTS = `${LADDER.replace('team: admins }\n', 'oncall: night }\n')}
oncall:
  - id: night
    name: { en: Night, pl: Noc }
    zone: Europe/Warsaw
    layers: [{ members: [dora, cleo], every: 1w, start: "2026-11-02", handover: "09:00" }]
`;
let t: LadderDesk;

beforeEach(async () => {
  t = await ladderDesk(ladderPolicy(WITH_SHIFTS));
});
afterEach(async () => {
  expect(t.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
  await t.close();
});

test('duty begins and ends, and each chooses how to be called', async () => {
  expect(await t.commands('bob', 'duty', '')).toContain('You are on duty.');
  expect(await t.commands('bob', 'duty', 'off')).toContain('You are not on duty.');
  expect(await t.commands('bob', 'duty', 'mention dm')).toContain(
    'When you are called: a mention in the desk in Forum → a message in Forum.',
  );
  expect(await t.commands('bob', 'duty', 'mail')).toContain('There is no way to call you');
  expect(await t.commands('bob', 'duty', 'whenever')).toContain('Please write `on`, `off`');
});

test('who stands in no policy is on duty once they say so, and called where they are', async () => {
  await t.close();
  t = await ladderDesk(ladderPolicy(LADDER.replace('members: [bob]', 'members: anyone')));
  await t.commands('zoe', 'duty', 'on');
  await t.opens();
  expect(t.told('zoe')).toHaveLength(1);
  expect(t.told('bob')).toEqual([]);
});

test('the shifts show who is on call, until when, and who is next; a stand-in goes before them', async () => {
  expect(await t.commands('bob', 'oncall', '')).toMatch(
    /\*\*Night\*\*: Dora until tomorrow 09:00 CET, then Cleo[\s\S]*\*\*Support\*\*: Bob/,
  );
  expect(await t.commands('bob', 'oncall', 'take night 8h')).toContain(
    'Bob stands in on **Night** from 14:30 CET to 22:30 CET',
  );
  expect(await t.commands('bob', 'oncall', '')).toContain('**Night**: Bob until 22:30 CET, then Dora');
  expect(await t.commands('bob', 'oncall', 'drop night')).toContain('no more');
  expect(await t.commands('bob', 'oncall', '')).toContain('**Night**: Dora');
  expect(await t.commands('bob', 'oncall', 'take night 8h nobody')).toContain('nobody called nobody');
  expect(await t.commands('bob', 'oncall', 'take day 8h')).toContain('Names: night');
});

test('whoever is on call at that moment is called', async () => {
  await t.commands('cleo', 'oncall', 'take night 8h');
  for (const who of ['bob']) await t.commands(who, 'duty', 'off');
  const { number } = await t.opens();
  await t.pass(6);
  expect(await t.events(number)).toEqual(['page-nobody level:support empty', 'paged cleo', 'paged cleo']);
});

test('somebody’s calendar is behind a secret address of their own; a new one ends the old', async () => {
  const linkIn = (text: string): string => /oncall\/([\w-]{43})\.ics/.exec(text)?.[1] ?? '';
  const first = linkIn(await t.commands('cleo', 'oncall', 'feed'));
  const calendar = await t.desk.calendars.oncall(first);
  expect(calendar).toMatch(/^BEGIN:VCALENDAR[\s\S]*SUMMARY:Night[\s\S]*END:VCALENDAR/);
  expect(calendar).toContain('DTSTART:20261123T080000Z');
  expect(calendar).toContain('DTEND:20261130T080000Z');
  expect(calendar).not.toContain('DTSTART:20261116T080000Z');
  const second = linkIn(await t.commands('cleo', 'oncall', 'feed'));
  expect(await t.desk.calendars.oncall(first)).toBe(undefined);
  expect(await t.desk.calendars.oncall(second)).toBeDefined();
  for (const text of ['', 'x', `${second}x`, "' or true --"])
    expect(await t.desk.calendars.oncall(text)).toBe(undefined);
  const kept = await t.database.sql`select * from duty where feed_sha256 is not null`;
  expect(JSON.stringify(kept)).not.toContain(second);
});

test('only staff come to any of it', async () => {
  for (const [verb, value] of [
    ['duty', 'on'],
    ['oncall', 'take night 8h'],
    ['oncall', 'feed'],
    ['escalate', 'because'],
    ['deescalate', 'because'],
  ] as const) {
    const event = eventsAt(t.clock).commands('mallory', verb, { value, number: 1 }, []);
    expect(await t.desk.accept('forum', event)).toMatchObject({ text: 'Only support staff can do this.' });
  }
  const { number } = await t.opens();
  const [page] = await t.database.sql<{ id: number }[]>`select id from page where ticket_id = ${number}`;
  const press = eventsAt(t.clock).presses('mallory', 'forum-chat-mallory', `page-ack:${page?.id}`, []);
  await t.desk.accept('forum', { ...press, direct: true });
  await settleAll(t);
  expect(await t.events(number)).toEqual(['paged bob']);
});

test('a ticket goes up to those who can solve it: they are called, and the customer is told to whom, why and what comes next', async () => {
  const { number, thread, post } = await t.opens('regular');
  expect(await t.commands('bob', 'escalate', 'The disk of the server must be changed', number)).toContain(
    'level above',
  );
  expect(await t.calls()).toEqual({ cleo: 1 });
  const said = t.chat.calls.filter(call => call.to === thread).at(-1)?.text;
  expect(said).toContain(
    'with those who can solve it: Technicians. Why: The disk of the server must be changed',
  );
  expect(said).toContain('the next message here is theirs');
  expect(said).not.toMatch(/bob|Bob|Cleo/);
  expect(
    t.forum.calls.some(
      call => call.to === post && call.text.includes('bob has handed this ticket up to: Technicians'),
    ),
  ).toBe(true);
  expect(await t.commands('cleo', 'deescalate', 'It was only the cable', number)).toContain('level below');
  expect(t.chat.calls.filter(call => call.to === thread).at(-1)?.text).toContain('this team again: Support');
  expect(await t.events(number)).toEqual(['escalated', 'paged cleo', 'deescalated', 'paged bob']);
});

test('a reason is needed, the top is the top, and a level can be named', async () => {
  const { number } = await t.opens('regular');
  expect(await t.commands('bob', 'escalate', '', number)).toContain('Please write why');
  expect(await t.commands('bob', 'escalate', 'admins it is down', number)).toContain('level above');
  expect(await t.commands('bob', 'escalate', 'higher', number)).toContain('highest level');
  expect(await t.commands('bob', 'escalate', 'admins again', number)).toContain('like that already');
  const words = await t.database.sql<{ data: unknown }[]>`select data from event where ticket_id = ${number}`;
  expect(JSON.stringify(words)).not.toContain('it is down');
});

test('a ticket that nobody touches goes up by itself; one that somebody touched does not', async () => {
  await t.close();
  t = await ladderDesk(
    ladderPolicy(LADDER.replace('team: support, up', 'team: support, untouched: 30m, up')),
  );
  const alone = await t.opens('regular');
  const touched = await t.opens('regular', 'ben');
  await t.pass(20);
  await t.desk.accept('forum', eventsAt(t.clock).commands('bob', 'claim', { number: touched.number }));
  await t.pass(11);
  expect(await t.events(alone.number)).toContain('escalated');
  expect(t.chat.calls.filter(call => call.to === alone.thread).at(-1)?.text).toContain(
    'waited longer than it should',
  );
  expect(await t.events(touched.number)).not.toContain('escalated');
  await t.pass(20);
  expect(await t.events(touched.number)).toContain('escalated');
});

test('a mail that calls somebody does it with its links, once', async () => {
  await t.commands('cleo', 'duty', 'mail');
  await t.commands('bob', 'duty', 'off');
  const { number } = await t.opens();
  const text = t.mail.calls.at(-1)?.text ?? '';
  const [ack = '', pass = ''] = [...text.matchAll(/\/page\/([\w.-]+)/g)].map(match => match[1]);
  expect(await t.desk.pages.page.see(ack)).toMatchObject({ button: 'I take it' });
  expect(await t.events(number)).not.toContain('page-acknowledged cleo');
  expect((await t.desk.pages.page.press(ack))?.text).toContain(`#${number} is in your hands`);
  expect((await t.desk.pages.page.press(ack))?.text).toContain('like that already');
  expect(await t.events(number)).toContain('page-acknowledged cleo');
  expect((await t.desk.pages.page.press(pass))?.text).toContain('goes on to the next');
  expect(await t.desk.pages.page.press(`${ack}x`)).toBe(undefined);
});

test('ten thousand tickets that want somebody at once are one message, and one press takes the first of them', async () => {
  const { number } = await t.opens('regular');
  const { sql } = t.database;
  await sql`
    insert into ticket (state, priority, department, subject, facts, locale, handle_id, place_id, opened_at, updated_at)
    select 'open', priority, department, 'Storm', '{}', locale, handle_id, place_id, opened_at, updated_at
    from ticket, generate_series(1, 10000) where id = ${number}`;
  await sql`
    insert into climb (ticket_id, plan, state, step, reached, begun_at)
    select id, ${sql.json(JSON.parse(JSON.stringify(t.policy.ladder[1])))}, 'climbing', 0, 0, ${t.clock.now()} from ticket where subject = 'Storm'`;
  await sql`
    insert into page (climb_id, ticket_id, person, step, ways, why, state, due_at, made_at)
    select id, ticket_id, 'bob', 0, '[{"way": "dm", "channel": "forum"}]', 'share', 'due', ${t.clock.now()}, ${t.clock.now()} from climb`;
  await settleAll(t);
  expect(t.told('bob')).toHaveLength(1);
  expect(t.told('bob')[0]).toContain('**10000** tickets need you');
  const [made] = await sql<{ id: number }[]>`select id from call`;
  const press = eventsAt(t.clock).presses('bob', 'forum-chat-bob', `page-all:${made?.id}`);
  await t.desk.accept('forum', { ...press, direct: true });
  await settleAll(t);
  expect(t.told('bob').at(-1)).toContain('There are more: press again');
  const [taken] = await sql<
    { n: number }[]
  >`select count(*)::int as n from climb where state = 'acknowledged'`;
  expect(taken?.n).toBe(200);
}, 60_000);

/** `BREACHES=10000 npx vitest run test/core/escalation/desk.test.ts` is the long form. */
const MANY = Number(process.env.BREACHES ?? 200);
const LONG_MS = 3_600_000;

/** What a platform takes in a second can be less than is to be said: when nothing else is left, time goes on. */
async function settlesAll(): Promise<void> {
  for (let left = { due: 1, said: 1 }; left.due + left.said > 0; ) {
    await t.desk.tick();
    const [row] = await t.database.sql<{ due: number; said: number }[]>`
      select (select count(*)::int from timer where state = 'pending' and run_at <= ${t.clock.now()}) as due,
        (select count(*)::int from lane where backlog > 0) as said`;
    left = row ?? left;
    if (left.due === 0 && left.said > 0) t.clock.forward(100);
  }
  await settleAll(t);
}

test(
  'tickets that all miss their promise in the same second, on two desks: each is missed and paged once, and each person is called a few times',
  async () => {
    const other = await secondDesk(t, [t.chat, t.forum, t.mail]);
    for (let n = 0; n < MANY; n++) await t.desk.accept('chat', eventsAt(t.clock).submits(`crowd-${n}`));
    await settlesAll();
    t.clock.forward(11 * 60_000);
    for (let n = 0; n < 4; n++) await Promise.all([t.desk.tick(), other.desk.tick()]);
    await settlesAll();
    const [row] = await t.database.sql<{ missed: number; twice: number; paged: number }[]>`
    select (select count(*)::int from event where type = 'promise-missed') as missed,
      (select count(*)::int from (select from event where type in ('promise-missed', 'paged') group by ticket_id, type having count(*) > 1) one) as twice,
      (select count(distinct ticket_id)::int from page) as paged`;
    expect(row).toEqual({ missed: MANY, twice: 0, paged: MANY });
    // The missed promise pages the level two above: Dora, about all of them in one message or a few.
    const calls = await t.calls();
    expect(Object.keys(calls)).toEqual(['dora']);
    expect(calls.dora).toBeLessThanOrEqual(3);
    expect(t.told('dora').join()).toMatch(/\*\*\d+\*\* tickets need you/);
    await t.pass(2);
    const left = await t.database.sql`select from page where person = 'dora' and state = 'due'`;
    expect(left.count).toBe(0);
    await other.close();
  },
  MANY > 200 ? LONG_MS : 120_000,
);

test('two desks that do their rounds at once call each person once', async () => {
  const other = await secondDesk(t, [t.chat, t.forum, t.mail]);
  for (let n = 0; n < 3; n++) {
    await t.desk.accept(
      'chat',
      eventsAt(t.clock).submits(`ana${n}`, {
        description: 'Down',
        priority: 'critical',
        server: '203.0.113.7',
        service: 'Shop',
        began: '14:00',
        diagnostics: 'ping fails',
      }),
    );
    await Promise.all([t.desk.tick(), other.desk.tick(), t.desk.tick(), other.desk.tick()]);
  }
  await settleAll(t);
  expect(await t.calls()).toEqual({ bob: 3 });
  const [twice] = await t.database
    .sql`select from event where type = 'paged' group by ticket_id having count(*) > 1`;
  expect(twice).toBe(undefined);
  await other.close();
});

test('a clock that jumps a day ahead calls at once, and one that jumps back calls nobody twice', async () => {
  const { number } = await t.opens();
  t.clock.forward(86_400_000);
  await settleAll(t);
  const events = await t.events(number);
  // Cleo is on call on that day.
  expect(events.slice(0, 3)).toEqual(['paged bob', 'paged cleo', 'paged cleo']);
  t.clock.forward(-86_400_000);
  await settleAll(t);
  expect(await t.events(number)).toEqual(events);
});
