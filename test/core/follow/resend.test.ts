import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let people: ReturnType<typeof eventsAt>;
let at: Awaited<ReturnType<typeof openTicket>>;

beforeEach(async () => {
  chat = scriptedChannel('chat', { text: 500 });
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
  people = eventsAt(t.clock);
  at = await openTicket(t, chat, forum);
  chat.calls.length = 0;
  forum.calls.length = 0;
});
afterEach(() => t.close());

const says = async (text: string): Promise<string> => {
  const said = people.staffSays('bob', at.post, text);
  await t.desk.accept('forum', said);
  await settleAll(t);
  return said.ref;
};
const presses = async (roles?: readonly string[]) => {
  const [id] = await column<number>(t.database, `select id from message where kind = 'reply'`);
  const answer = await t.desk.accept('forum', people.presses('bob', at.post, `resend:${id}`, roles));
  await settleAll(t);
  return answer.type === 'say' ? answer.text : '';
};
const sent = () => chat.calls.map(call => call.text);
const marks = () => forum.calls.filter(call => call.what === 'react').map(call => call.text);
const refused = () => ({ outcome: 'refused', code: 'forbidden', why: 'no' }) as const;
const works = () => ({ outcome: 'delivered', ref: `m${chat.calls.length}` }) as const;

test.each([
  ['failed', refused, 'did not get this message'],
  ['unknown', () => ({ outcome: 'unknown', why: 'lost' }) as const, 'do not know whether'],
])(
  'a reply that is %s says so with a button; pressed, the customer gets it once, and the mark follows',
  async (mark, script, words) => {
    chat.script = script;
    await says('hello');
    expect(marks()).toEqual([mark]);
    expect(forum.calls.filter(call => call.text.includes(words))).toHaveLength(1);
    const [buttons] = await column<unknown[]>(
      t.database,
      `select content -> 'buttons' from delivery where content ? 'buttons'`,
    );
    expect(JSON.stringify(buttons)).toContain('resend:');
    chat.script = works;
    expect(await presses()).toContain('sending it again');
    expect(await presses(), 'only once').toContain('nothing to send again');
    expect(sent()).toEqual(['hello', 'hello']);
    expect(marks()).toEqual([mark, 'sent']);
  },
);

test('two who press at once send it once', async () => {
  chat.script = refused;
  await says('hello');
  chat.script = works;
  await Promise.all([presses(), presses(), presses()]);
  expect(sent()).toEqual(['hello', 'hello']);
});

test('only staff send again, and only what is theirs to see', async () => {
  chat.script = refused;
  const ref = await says('hello');
  expect(await presses([])).toContain('Only support staff');
  await t.desk.accept('forum', people.deletes(at.post, ref));
  await settleAll(t);
  expect(await presses()).toContain('nothing to send again');
  expect(sent()).toEqual(['hello']);
});

test('what was edited after it failed goes as it is now', async () => {
  chat.script = refused;
  const ref = await says('helo');
  await t.desk.accept('forum', people.edits('bob', at.post, ref, 'hello '.repeat(120), 1));
  await settleAll(t);
  chat.script = works;
  await presses();
  expect(sent()[0]).toBe('helo');
  expect(sent().slice(1).join(' ')).toBe('hello '.repeat(120).trim());
});

test('of a long reply only the parts that are missing go again; staff were told once', async () => {
  const text = Array.from({ length: 40 }, (_, n) => `Sentence number ${n} of a long answer.`).join(' ');
  chat.script = call => (call.text.includes('number 10 ') ? refused() : works());
  await says(text);
  const all = sent();
  const missing = all.filter(part => part.includes('number 10 '));
  expect(forum.calls.filter(call => call.text.includes('did not get this message'))).toHaveLength(1);
  chat.script = works;
  await presses();
  expect(sent()).toEqual([...all, ...missing]);
  expect(marks()).toEqual(['failed', 'sent']);
});
