import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Outbound, OutboundThread } from '../../../src/core/index.ts';
import { wayFacts } from '../../../src/core/reach/rules/ways.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { serve } from '../../http/serve.ts';

/** A Sunday: the ones who work Monday to Friday are not there. */
const SUNDAY = new Date('2026-11-22T13:30:00Z');
const MONDAY = new Date('2026-11-23T13:30:00Z');

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let mail: ScriptedChannel;

beforeEach(async () => {
  chat = scriptedChannel('slack');
  forum = scriptedChannel('forum', { desk: true });
  mail = scriptedChannel('email', { subject: 150, forms: 'none', way: 'mail', inbox: 'support@example.com' });
  t = await testDesk([chat, forum, mail], testPolicy(['forum']));
});
afterEach(() => t.close());

const minutes = (count: number): void => t.clock.forward(count * 60_000);

/** A ticket whose first reply takes so many minutes. */
async function answered(after: number, who = 'ana'): Promise<void> {
  const { post } = await openTicket(t, chat, forum, who);
  minutes(after);
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, 'On it.'));
  await settleAll(t);
}

test('each way says what the policy promises it: tickets within 10 minutes, mail within 15 and at the latest 30', () => {
  const policy = testPolicy();
  const ticket = wayFacts(policy, 'ticket', SUNDAY);
  expect(ticket).toMatchObject({ acknowledged: 120, replies: [{ within: 600, always: true }] });
  expect(ticket.replies).toHaveLength(1);
  expect(ticket.replies[0]).toMatchObject({ departments: undefined, priorities: undefined });
  const [only] = wayFacts(policy, 'mail', SUNDAY).replies;
  expect(only).toMatchObject({ within: 900, latest: 1800 });
  expect(wayFacts(policy, 'chat', SUNDAY)).toMatchObject({ acknowledged: 60, replies: [{ within: 60 }] });
});

test('what differs by department is said for each, and whether it is open comes from its calendar', () => {
  const policy = testPolicy();
  const { promises } = policy.terms;
  const hours = { department: 'financial', within: 3600, calendar: 'billing' };
  const own = { ...promises, 'first-reply': [hours, ...promises['first-reply']] };
  const changed = { ...policy, terms: { ...policy.terms, promises: own } };
  const onSunday = wayFacts(changed, 'ticket', SUNDAY).replies;
  expect(onSunday.map(one => [one.departments, one.always, one.opened.isOpen])).toEqual([
    [['technical'], true, true],
    [['financial'], false, false],
  ]);
  expect(onSunday[1]?.opened.until).toEqual(new Date('2026-11-23T08:00:00Z'));
  expect(wayFacts(changed, 'ticket', MONDAY).replies[1]?.opened).toEqual({
    isOpen: true,
    until: new Date('2026-11-23T17:00:00Z'),
  });
});

test('what was kept is measured: half of the answers, and nine of ten, of the last 30 days', async () => {
  await answered(40, 'old');
  minutes(31 * 24 * 60);
  for (const [index, after] of [1, 2, 3, 4, 5, 6, 7, 8, 9, 20].entries()) await answered(after, `p${index}`);
  const view = await t.desk.reach?.view('en');
  const ticket = view?.ways.find(({ way }) => way === 'ticket');
  expect(ticket?.measured).toBe(
    'In the last 30 days half of the answers came within 5 minutes, nine of ten within 9 minutes (10 in all).',
  );
  expect(view?.ways.find(({ way }) => way === 'mail')?.measured).toBe(
    'In the last 30 days there was nothing to measure.',
  );
});

test('a way that is not switched on is not shown: no chat, and mail only where it is read', async () => {
  expect((await t.desk.reach?.view('en'))?.ways.map(({ way }) => way)).toEqual(['ticket', 'mail', 'notices']);
  const deaf = scriptedChannel('email', { subject: 150, forms: 'none', way: 'mail' });
  const bubble = scriptedChannel('webchat', { way: 'chat' });
  const other = await testDesk([chat, forum, deaf, bubble], testPolicy(['forum']));
  expect((await other.desk.reach?.view('en'))?.ways.map(({ way }) => way)).toEqual([
    'ticket',
    'chat',
    'notices',
  ]);
  await other.close();
});

test('/ticket contact says the same in the person’s language', async () => {
  const asks = eventsAt(t.clock).asks('ana', { what: 'contact' });
  const english = await t.desk.accept('slack', asks);
  const polish = await t.desk.accept('slack', {
    ...asks,
    eventId: 'pl-1',
    from: { ...asks.from, locale: 'pl' },
  });
  if (english.type !== 'say' || polish.type !== 'say') throw new Error('nothing was said');
  expect(english.text).toContain('**Support ticket** – open now, day and night');
  expect(english.text).toContain(
    'A person answers within 15 minutes, at the latest 30 minutes, day and night.',
  );
  expect(english.text).toContain('support@example.com');
  expect(english.text).toContain('https://desk.example.com/contact');
  expect(polish.text).toContain('Człowiek odpowiada w ciągu: 10 minut, przez całą dobę.');
});

test('the page is for everybody, in both languages, and says who works when', async () => {
  await answered(4);
  const site = await serve({ reach: t.desk.reach, status: t.desk.status });
  try {
    const english = await (await fetch(`${site.url}/contact?lang=en`)).text();
    expect(english).toContain('How to reach Example Hosting');
    expect(english).toContain('half of the answers came within 4 minutes');
    expect(english).toContain('closed now, opens tomorrow 09:00 CET');
    expect(english).toContain('mailto:support@example.com');
    const polish = await fetch(`${site.url}/contact`, { headers: { 'accept-language': 'pl-PL,en;q=0.5' } });
    expect(polish.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await polish.text()).toContain('<html lang="pl">');
  } finally {
    await site.close();
  }
});

test('mail about a ticket has it at its foot, always the same when it is sent again; a code has not', async () => {
  await t.database
    .sql`insert into handle (channel, space, external_id, name, seen_at) values ('email', '', 'ana@acme.example', '', now())`;
  const feet: (readonly string[])[] = [];
  const { deliver, openThread } = mail;
  const foot = (message: Outbound): void => void feet.push((message.foot ?? []).map(({ label }) => label));
  Object.assign(mail, {
    deliver: (message: Outbound, to: string) => {
      foot(message);
      return deliver(message, to);
    },
    openThread: (thread: OutboundThread) => {
      foot(thread);
      return openThread?.(thread);
    },
  });
  await t.desk.accept('email', eventsAt(t.clock).submits('ana@acme.example'));
  await settleAll(t);
  expect(feet).toEqual([['Support ticket', 'E-mail', 'Notifications']]);
});

test('there is no such page where the policy wants none', async () => {
  const policy = testPolicy(['forum']);
  const other = await testDesk([chat, forum], { ...policy, contact: { public: false } });
  expect(other.desk.reach).toBeUndefined();
  await other.close();
});
