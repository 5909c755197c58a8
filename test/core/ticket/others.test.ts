import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../../src/core/errors.ts';
import type { Answer } from '../../../src/core/index.ts';
import { readNumber } from '../../../src/core/ticket/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let talk: ScriptedChannel;

beforeAll(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  t = await testDesk([chat, forum, talk]);
});
afterAll(() => t.close());

const textOf = (answer: Answer): string => (answer.type === 'say' ? answer.text : answer.type);

test('of twenty who claim at once one wins, and the others are told who; claiming one’s own again is no fault', async () => {
  const { number, post } = await openTicket(t, chat, forum);
  const people = eventsAt(t.clock);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      t.desk.accept('forum', people.presses(`bob${n}`, post, `claim:${number}`)),
    ),
  );
  const [winner] = await column(
    t.database,
    `select name from ticket t join handle h on h.id = t.assignee_id where t.id = ${number}`,
  );
  const texts = answers.map(textOf);
  expect(
    texts.filter(text => text.includes(winner as string)),
    'told the name',
  ).toHaveLength(19);
  expect(
    texts.filter(text => text.includes(`#${number}`)),
    'told that it is theirs',
  ).toHaveLength(1);
  expect(await column(t.database, `select 1 from event where type = 'claimed'`)).toHaveLength(1);
  const again = await t.desk.accept('forum', people.presses(winner as string, post, `claim:${number}`));
  expect(textOf(again)).toContain(`#${number}`);
  expect(await column(t.database, `select 1 from event where type = 'claimed'`)).toHaveLength(1);
});

test('two who move a ticket at once: one does it, the other is told that it is done', async () => {
  const { number, post } = await openTicket(t, chat, forum);
  const people = eventsAt(t.clock);
  const answers = await Promise.all(
    ['bob', 'carol'].map(who => t.desk.accept('forum', people.presses(who, post, `solve:${number}`))),
  );
  expect(new Set(answers.map(textOf)).size).toBe(2);
  expect(
    await column(t.database, `select 1 from event where ticket_id = ${number} and type = 'moved'`),
  ).toHaveLength(1);
});

test('a ticket of somebody else is refused word for word as one that does not exist, on every road', async () => {
  const { number } = await openTicket(t, chat, forum, 'ana');
  const missing = 999_999;
  const said = async (what: 'show' | 'close', id: number): Promise<string> => {
    const answer = await t.desk.accept(
      'chat',
      eventsAt(t.clock).asks('mallory', { what, number: String(id) }),
    );
    return textOf(answer).replaceAll(String(id), 'N');
  };
  for (const what of ['show', 'close'] as const)
    expect(await said(what, number)).toBe(await said(what, missing));
  const inTalk = async (id: number, what: 'show' | 'close' | 'use'): Promise<string | undefined> => {
    const more = { direct: true };
    const people = eventsAt(t.clock);
    await t.desk.accept(
      'talk',
      what === 'use'
        ? people.presses('mallory', 'dm', `use:${id}`, [], more)
        : people.asks('mallory', { what, number: String(id) }, { place: 'dm', ...more }),
    );
    await settleAll(t);
    return talk.calls.at(-1)?.text.replaceAll(String(id), 'N');
  };
  for (const what of ['show', 'close', 'use'] as const)
    expect(await inTalk(number, what)).toBe(await inTalk(missing, what));
  expect(await column(t.database, `select state from ticket where id = ${number}`)).toEqual(['open']);
});

test('a button of one ticket pressed in the post of another does nothing', async () => {
  const ana = await openTicket(t, chat, forum, 'ana');
  const ben = await openTicket(t, chat, forum, 'ben');
  for (const action of [
    `close:${ben.number}`,
    'close:',
    'close:999999',
    `close:${'9'.repeat(60)}`,
    'close',
    `explode:${ana.number}`,
    '',
  ])
    await t.desk.accept('forum', eventsAt(t.clock).presses('bob', ana.post, action));
  expect(
    await column(t.database, `select state from ticket where id in (${ana.number}, ${ben.number})`),
  ).toEqual(['open', 'open']);
  expect(t.log.lines).toEqual([]);
});

test('numbers are read as people write them, and nothing else is one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999_999_999_999_999 }),
      fc.constantFrom('', '#', ' #', '  '),
      (n, before) => {
        expect(readNumber(`${before}${n} `)).toBe(n);
      },
    ),
  );
  const wrong = [
    '0',
    '-1',
    '1.5',
    '1e3',
    '012',
    '##1',
    '# 1',
    '1 2',
    'abc',
    '1234567890123456',
    '٣',
    '１',
    "1'; drop",
    'NaN',
  ];
  for (const typed of wrong) expect(() => readNumber(typed), typed).toThrow('refused: ticket-not-found');
  for (const empty of ['', '   ', '\n']) expect(() => readNumber(empty)).toThrow('refused: number-missing');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), typed => {
      try {
        expect(Number.isSafeInteger(readNumber(typed))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        expect(String((error as Refusal).args.number ?? '').length).toBeLessThanOrEqual(20);
      }
    }),
  );
});
