import { afterEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { bring, confirmed, view } from '../notice/kit.ts';
import { alert, sends, source, withSources } from './kit.ts';

let t: TestDesk | undefined;
afterEach(() => t?.close());

async function start(
  desks: readonly ScriptedChannel[],
  policy = withSources(source('prom')),
): Promise<TestDesk> {
  t = await testDesk(desks, policy(testPolicy(desks.map(({ kind }) => kind))));
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }], [{ ref: 'c-1' }]);
  return t;
}

const waw = { labels: { site: 'WAW1' } };
const of = (desk: ScriptedChannel, what: string): string[] =>
  desk.calls.filter(call => call.what === what).map(({ text }) => text);

test('every desk has a post of its own, and what happens at one is shown at the other', async () => {
  const [forum, slack] = [scriptedChannel('forum', { desk: true }), scriptedChannel('slack', { desk: true })];
  const here = await start([forum, slack, scriptedChannel('talk')]);
  await sends(here, [alert(here, 'f1', waw)]);
  await settleAll(here);
  for (const desk of [forum, slack]) {
    expect(of(desk, 'desk-post')).toHaveLength(1);
    expect(of(desk, 'deliver')[0]).toContain('Alert f1');
  }
  await confirmed(here, 1);
  await settleAll(here);
  for (const desk of [forum, slack]) expect(of(desk, 'edit').at(-1)).toContain('Customers are told.');
});

test('the message of an outage fits each desk, however much fires', async () => {
  const small = scriptedChannel('forum', { desk: true, text: 1_400 });
  const here = await start([small]);
  const long = 'a very long summary '.repeat(20);
  const many = Array.from({ length: 30 }, (_, nr) => alert(here, `f${nr}`, { ...waw, summary: long }));
  await sends(here, many);
  await settleAll(here);
  const [text = ''] = of(small, 'deliver');
  expect(text.length).toBeLessThanOrEqual(1_400);
  expect(text).toMatch(/30 of 30[\s\S]*Outage N-1/);
});

test('a desk that cannot change a message still hears what is new, and holds up nothing', async () => {
  const plain = scriptedChannel('forum', { desk: true, without: ['edit'] });
  const here = await start([plain]);
  await sends(here, [alert(here, 'f1', waw)]);
  await settleAll(here);
  here.clock.forward(60_000);
  await sends(here, [alert(here, 'f1', { ...waw, state: 'resolved' })]);
  await settleAll(here);
  expect(of(plain, 'deliver')).toEqual([
    expect.stringContaining('Alert f1'),
    'Nothing of N-1 fires any more, and no customer was told.',
  ]);
  const [stuck] = await here.database.sql<
    { n: number }[]
  >`select count(*)::int as n from lane where backlog > 0`;
  expect(stuck?.n).toBe(0);
});

test('a message that waits still, because the platform is away, goes out as it is by then', async () => {
  const forum = scriptedChannel('forum', { desk: true });
  forum.script = () => ({ outcome: 'retry', afterMs: 60_000, scope: 'place', why: 'away' });
  const here = await start([forum]);
  await sends(here, [alert(here, 'f1', waw)]);
  await settleAll(here);
  await sends(here, [alert(here, 'f2', waw)]);
  forum.script = () => ({ outcome: 'delivered', ref: 'm1' });
  here.clock.forward(61_000);
  await settleAll(here);
  expect(of(forum, 'deliver')).toEqual([expect.stringMatching(/2 of 2[\s\S]*Alert f1[\s\S]*Alert f2/)]);
  expect(of(forum, 'edit')).toEqual([]);
});

test('with no desk, and with a source that is in the policy no more, alerts are kept and nothing goes out', async () => {
  const here = await start([scriptedChannel('talk')], withSources());
  await sends(here, [alert(here, 'f1', waw), alert(here, 'f2')]);
  await settleAll(here);
  expect((await view(here, 1)).state).toBe('draft');
  for (let turn = 0; turn < 6; turn++) {
    here.clock.forward(600_000);
    await settleAll(here);
  }
  expect((await view(here, 1)).state).toBe('draft');
});

test('an outage that cannot be kept is tried again, and holds up no other', async () => {
  const forum = scriptedChannel('forum', { desk: true });
  const here = await start([forum]);
  await bring(here, 'A-2', [{ ref: 's-2', location: 'KRK1' }], [{ ref: 'c-2' }]);
  await sends(here, [alert(here, 'f1', waw)]);
  await sends(here, [alert(here, 'f2', { labels: { site: 'KRK1' } })]);
  await settleAll(here);
  await here.database.sql`
    create function fail() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`;
  await here.database.sql`
    create trigger broken before update on alert_outage for each row when (new.notice_id = 1) execute function fail()`;
  await confirmed(here, 1);
  await confirmed(here, 2);
  for (let turn = 0; turn < 12; turn++) await here.desk.tick();
  expect(of(forum, 'edit').filter(text => text.includes('Customers are told.'))).toHaveLength(1);
  const failed = here.log.lines.filter(line => line.includes('could not be kept'));
  expect(failed).toHaveLength(1);
  await here.database.sql`drop trigger broken on alert_outage`;
  here.clock.forward(61_000);
  await settleAll(here);
  expect(of(forum, 'edit').filter(text => text.includes('Customers are told.'))).toHaveLength(2);
});

test('alerts of which nothing was heard for three months are dropped, with their labels, unless they hold an outage open', async () => {
  const here = await start([scriptedChannel('forum', { desk: true })]);
  await bring(here, 'A-2', [{ ref: 's-2', location: 'KRK1' }], [{ ref: 'c-2' }]);
  await sends(here, [alert(here, 'old', waw), alert(here, 'new', waw)]);
  await sends(here, [alert(here, 'fires', { labels: { site: 'KRK1' } })]);
  await settleAll(here);
  const { edition } = await view(here, 1);
  await here.desk.api.notices.prepare(1, 'cancel', { edition });
  await confirmed(here, 1);
  await settleAll(here);
  here.clock.forward(80 * 86_400_000);
  await sends(here, [alert(here, 'new', waw)]);
  here.clock.forward(11 * 86_400_000);
  await here.desk.tick();
  const left = await here.database.sql<{ fingerprint: string }[]>`select fingerprint from alert order by 1`;
  expect(left.map(one => one.fingerprint)).toEqual(['fires', 'new']);
  await sends(here, [alert(here, 'fires', { state: 'resolved' })]);
  for (let turn = 0; turn < 2; turn++) {
    here.clock.forward(1_900_000);
    await settleAll(here);
  }
  expect((await view(here, 2)).state).toBe('cancelled');
});
