import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, DeskVerb } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let bare: ScriptedChannel;
beforeAll(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true, files: { count: 10, bytes: 8_000_000 } });
  bare = scriptedChannel('bare', { desk: true });
  t = await testDesk([chat, forum, bare], testPolicy(['forum', 'bare']));
});
afterAll(() => t.close());

const give = async (verb: DeskVerb, value = '', number = '', kind = 'forum'): Promise<string> => {
  const asked = eventsAt(t.clock).commands('bob', verb, { value });
  const ask = asked.ask.what === 'desk' ? { ...asked.ask, number } : asked.ask;
  const answer: Answer = await t.desk.accept(kind, { ...asked, ask });
  await settleAll(t);
  return answer.type === 'say' ? answer.text.replaceAll('\\', '') : answer.type;
};
const open = () => openTicket(t, chat, forum);
const inChat = () => forum.calls.filter(({ to }) => to === 'forum-chat-bob');

describe('the board', () => {
  test('counts each open ticket once: late, free, taken, or waiting for the customer', async () => {
    expect(await give('board')).toContain(
      '- **Support engineers**: open 0\n- **Billing**: open 0\n- **Data-centre technicians**: open 0',
    );
    const { number: late } = await open();
    t.clock.forward(11 * MINUTE_MS);
    await settleAll(t);
    await open();
    const taken = await open();
    const waiting = await open();
    const closed = await open();
    await give('claim', '', String(taken.number));
    await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', waiting.post, 'Which server is it?'));
    await settleAll(t);
    await give('wait', '', String(waiting.number));
    await give('close', '', String(closed.number));
    const text = await give('board');
    expect(text).toContain(
      '- **Support engineers**: open 4 – late 1, free 1, taken 1, waiting for the customer 1; missed today 1, this week 1',
    );
    expect(text).toContain('Promises missed today: **1**, this week: **1**.');
    // Who answers late has missed it all the same.
    await give('claim', '', String(late));
    expect(await give('board')).toContain('late 1, free 1, taken 1');
  });

  test('begins each day and each week anew, in the zone of the desk', async () => {
    // Monday, 23 November, half an hour after midnight in Warsaw.
    t.clock.forward(Date.parse('2026-11-22T23:30:00Z') - t.clock.now().getTime());
    await settleAll(t);
    const missed = /missed today: \*\*(\d+)\*\*, this week: \*\*(\d+)\*\*/;
    const [, today, week] = missed.exec(await give('board')) ?? [];
    expect([today, week]).toEqual(['0', '0']);
    await open();
    t.clock.forward(11 * MINUTE_MS);
    await settleAll(t);
    expect(missed.exec(await give('board'))?.slice(1)).toEqual(['1', '1']);
    t.clock.forward(DAY_MS);
    await settleAll(t);
    const [, nextDay, sameWeek] = missed.exec(await give('board')) ?? [];
    expect(Number(sameWeek)).toBeGreaterThan(Number(nextDay));
  });

  test('comes as a picture to the own chat of who asked, with the same in words', async () => {
    const before = inChat().length;
    const text = await give('board');
    expect(text).toContain('The picture comes to your chat with me.');
    const [call] = inChat().slice(before);
    expect(call?.files?.map(({ name }) => name)).toEqual(['board.png']);
    expect(text).toContain(call?.text.replaceAll('\\', '') ?? '?');
    expect(call?.files?.[0]?.alt).toContain('Support engineers: open');
  });

  test('is words alone where pictures cannot go, and then does not promise one', async () => {
    const text = await give('board', '', '', 'bare');
    expect(text).toContain('- **Support engineers**: open');
    expect(text).not.toContain('chat with me');
    expect(bare.calls.filter(({ to }) => to.startsWith('bare-chat'))).toEqual([]);
  });
});

describe('the report', () => {
  test('of last week when nothing is said, of any other by its number, before a value or as one', async () => {
    expect(await give('report')).toContain('**Week 47/2026 · 16–22 November 2026**');
    expect(await give('report', '48')).toContain('**Week 48/2026 ·');
    expect(await give('report', '', '48')).toContain('**Week 48/2026 ·');
    expect(await give('report', '2026-W46')).toContain('Opened: **0**');
  });

  test('has what happened, and links to who waited longest', async () => {
    const text = await give('report');
    expect(text).toContain('Opened: **5**');
    expect(text).toContain('Busiest hours');
    expect(text).toMatch(/Longest waits\*\*\n\n- \*\*#1\*\*: .*still waiting/);
  });

  test.each(['2026-49', '99', 'tomorrow', "1'; drop table ticket", '2026-53-1'])(
    'of “%s” is refused, and nothing is sent',
    async named => {
      const before = inChat().length;
      expect(await give('report', named)).toContain('is no week that has begun');
      expect(inChat()).toHaveLength(before);
    },
  );

  test('that asks twice is a picture twice, in the same chat', async () => {
    await give('report');
    const places = await t.database.sql`
      select p.id from place p join handle h on h.id = p.handle_id where h.external_id = 'bob' and h.channel = 'forum' and p.role = 'customer'`;
    expect(places).toHaveLength(1);
  });
});
