import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAccounts } from '../../../src/core/index.ts';
import { cardOf } from '../../../src/core/outbox/card.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { eventsAt } from '../../harness/people.ts';
import { contextOf } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  t = await testDesk([chat, scriptedChannel('forum', { desk: true })]);
});
afterEach(() => t.close());

const accounts = () => createAccounts({ database: t.database, now: t.clock.now });
const some = { language: null, time_zone: null, tier: null, state: 'active' as const };

function service(
  ref: string,
  networks: string[],
  more: { order_number?: string; state?: 'active' | 'ended'; location?: string; rack?: string } = {},
) {
  return {
    ref,
    name: `Name of ${ref}`,
    kind: 'vps',
    order_number: null,
    location: null as string | null,
    rack: null as string | null,
    state: 'active' as const,
    networks,
    ...more,
  };
}

async function given(): Promise<void> {
  const contact = {
    ref: 'c-1',
    name: 'Jan',
    roles: ['technical' as const],
    addresses: [],
    language: null,
    time_zone: null,
  };
  const range = service('range', ['203.0.113.0/24']);
  const host = service('host', ['203.0.113.7/32'], { order_number: '123456', location: 'WAW1', rack: 'R12' });
  const ended = service('ended', ['198.51.100.1/32'], { state: 'ended' });
  await accounts().put([
    { ...some, ref: 'A', name: 'Acme', contacts: [contact], services: [range, host, ended] },
    { ...some, ref: 'B', name: 'Other', contacts: [], services: [service('theirs', ['192.0.2.1/32'])] },
  ]);
}

/** Ana, or somebody else, sends a critical ticket about a server. */
async function opens(who: string, server: string, more: Record<string, string> = {}) {
  const facts = { priority: 'critical', server, service: 'Shop', began: '14:00', diagnostics: 'ping' };
  const answer = await t.desk.accept('chat', eventsAt(t.clock).submits(who, { ...facts, ...more }));
  const [row] = await t.database.sql<{ id: number; service: string | null; trust: string }[]>`
    select t.id, s.ref as service, t.trust from ticket t left join service s on s.id = t.service_id order by t.id desc limit 1`;
  const card = row && (await cardOf(contextOf(t, [chat]), row.id, 'x'));
  const lines = Object.fromEntries(
    card?.lines.map(({ label, value }) => [label, value.replaceAll('\\', '')]) ?? [],
  );
  return { answer, row, lines };
}

async function link(who: string): Promise<void> {
  await t.desk.accept('chat', eventsAt(t.clock).asks(who, { what: 'list' }));
  await t.database.sql`
    insert into link (handle_id, contact_id, how, linked_at)
    select h.id, c.id, 'mail', ${t.clock.now()} from handle h, contact c where h.external_id = ${who} and c.ref = 'c-1'`;
}

test('a desk that knows of no services says nothing about them', async () => {
  const { lines, row } = await opens('ana', '203.0.113.7');
  expect(row).toMatchObject({ service: null, trust: 'unknown' });
  expect(Object.keys(lines).join()).not.toMatch(/Account|Contact|Check/);
});

test('whose a server is, for who is not linked: staff read it, and that it is not proved', async () => {
  await given();
  const { lines, row } = await opens('eve', '203.0.113.7');
  expect(row).toMatchObject({ service: null, trust: 'unknown' });
  expect(lines['⚠️ Check the service']).toMatch(
    /^203\.0\.113\.7 is of Name of host \(host\), .*Acme \(A\).*has not shown/,
  );
});

test.each([
  ['203.0.113.7', 'host'],
  ['203.0.113.9', 'range'],
  ['#123456', 'host'],
])('of one’s own services %s means the narrowest that fits, %s', async (server, expected) => {
  await given();
  await link('ana');
  const { lines, row } = await opens('ana', server);
  expect(row).toMatchObject({ service: expected, trust: 'linked' });
  expect(lines).toMatchObject({
    Account: 'Acme (A)',
    Contact: 'Jan (c-1), technical',
    Service:
      expected === 'host' ? 'Name of host (host), vps, #123456, WAW1/R12' : 'Name of range (range), vps',
  });
  expect(lines['⚠️ Check the service']).toBeUndefined();
});

test.each([
  ['192.0.2.1', /is of Name of theirs \(theirs\), .*Other \(B\) has: not the account of who asks/],
  ['192.0.2.99', /is of no service that the desk knows/],
  ['198.51.100.1', /Name of ended \(ended\), which is of this account and has ended/],
])(
  'a server that is not one of theirs, %s, is marked for staff; the answer to the customer is as ever',
  async (server, mark) => {
    await given();
    await link('ana');
    const usual = await opens('ana', '203.0.113.7');
    const { answer, lines, row } = await opens('ana', server);
    expect(row?.service).toBeNull();
    expect(lines['⚠️ Check the service']).toMatch(mark);
    const words = (said: typeof answer) => JSON.stringify(said).replaceAll(/\d+/g, 'N');
    expect(words(answer)).toBe(words(usual.answer));
    expect(JSON.stringify(chat.calls)).not.toMatch(/theirs|Other|ended/);
  },
);

test('the service of somebody else is not picked, whatever a form sends', async () => {
  await given();
  await link('ana');
  const [theirs] = await t.database.sql<{ id: number }[]>`select id from service where ref = 'theirs'`;
  for (const about of [String(theirs?.id), 'theirs', '192.0.2.1', '0', "1' or 1=1"]) {
    const before = await t.database.sql`select count(*) as n from ticket`;
    const answer = await t.desk.accept('chat', eventsAt(t.clock).submits('ana', { about }));
    expect(answer, about).toMatchObject({ type: 'faults' });
    expect(await t.database.sql`select count(*) as n from ticket`).toEqual(before);
  }
  const stranger = await opens('eve', '203.0.113.7', { about: String(theirs?.id) });
  expect(stranger.row).toMatchObject({ service: null });
});

test('an account that is taken away leaves its tickets', async () => {
  await given();
  await link('ana');
  const { row } = await opens('ana', '203.0.113.7');
  expect(await accounts().remove('A')).toBe(true);
  const [left] = await t.database.sql`
    select account_id, contact_id, service_id, facts ->> 'server' as server from ticket where id = ${row?.id ?? 0}`;
  expect(left).toEqual({ account_id: null, contact_id: null, service_id: null, server: '203.0.113.7' });
});
