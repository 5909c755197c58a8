import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordIn } from '../../../src/core/conversation/rules/words.ts';
import type { Answer, Ask } from '../../../src/core/index.ts';
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

const people = () => eventsAt(t.clock);
const ask = (who: string, what: Ask, place = 'lobby') =>
  t.desk.accept('chat', people().asks(who, what, { place }));
const said = (answer: Answer): string => (answer.type === 'say' ? answer.text : answer.type);
const stateOf = async (number: number) =>
  (await column(t.database, `select state from ticket where id = ${number}`))[0];
const bodies = (number: number) =>
  column(t.database, `select body from message where ticket_id = ${number} order by id`);
const events = (number: number) =>
  column(t.database, `select type from event where ticket_id = ${number} order by id`);
const heard = (channel: ScriptedChannel, place: string): string[] =>
  channel.calls.filter(call => call.to === place && call.what === 'deliver').map(call => call.text);
const press = (action: string, post: string) => t.desk.accept('forum', people().presses('bob', post, action));

const asks: readonly ((number: string) => Ask)[] = [
  number => ({ what: 'reopen', number }),
  number => ({ what: 'escalate', number, text: 'hurry' }),
  number => ({ what: 'reply', number, text: 'hello' }),
];

test('a ticket of somebody else and one that is not there are refused word for word the same, and nothing changes', async () => {
  const { number } = await openTicket(t, chat, forum, 'ana');
  await ask('ana', { what: 'close', number: String(number) });
  const before = await events(number);
  for (const make of asks) {
    const foreign = said(await ask('ben', make(String(number))));
    const none = said(await ask('ben', make('999999')));
    expect(foreign.replace(String(number), 'N')).toBe(none.replace('999999', 'N'));
    expect(said(await ask('ben', make('')))).toContain('Which ticket?');
  }
  expect(await events(number)).toEqual(before);
});

describe('reopen', () => {
  test('a closed ticket is open again, and both sides see it; twice is told', async () => {
    const { number, post, thread } = await openTicket(t, chat, forum, 'ana');
    await press(`close:${number}`, post);
    const answers = await Promise.all([
      ask('ana', { what: 'reopen', number: `#${number}` }),
      ask('ana', { what: 'reopen', number: `#${number}` }),
    ]);
    expect(answers.map(said).sort()).toEqual([
      expect.stringContaining('in this state already'),
      `Ticket **#${number}** is open again.`,
    ]);
    await settleAll(t);
    expect(await stateOf(number)).toBe('open');
    expect(heard(forum, post)).toContain('The customer has opened this ticket again.');
    expect(heard(chat, thread).filter(text => text.includes('open again'))).toHaveLength(1);
  });

  test('to the second within what the policy allows', async () => {
    const { number, post } = await openTicket(t, chat, forum, 'ana');
    await press(`close:${number}`, post);
    t.clock.forward(t.policy.tickets.reopen_within * 1000 + 1);
    expect(said(await ask('ana', { what: 'reopen', number: String(number) }))).toContain('too long ago');
    expect(await stateOf(number)).toBe('closed');
    t.clock.forward(-1);
    expect(said(await ask('ana', { what: 'reopen', number: String(number) }))).toContain('open again');
  });

  test('a ticket that is open already is told so', async () => {
    const { number } = await openTicket(t, chat, forum, 'ana');
    expect(said(await ask('ana', { what: 'reopen', number: String(number) }))).toContain('already');
  });
});

describe('escalate', () => {
  test('marks the ticket for staff, keeps the reason, and promises an answer by the priority', async () => {
    const { number, post, thread } = await openTicket(t, chat, forum, 'ana');
    await t.desk.accept('forum', people().staffSays('bob', post, 'we look'));
    await settleAll(t);
    t.clock.forward(300_000);
    await ask('ana', { what: 'escalate', number: String(number), text: 'the shop *loses* money' });
    await settleAll(t);
    // Nobody is on duty, which the last line says.
    expect(heard(forum, post).at(-1)).toMatch(/^🔴 Nobody/);
    expect(heard(forum, post).at(-3)).toContain('the shop *loses* money');
    expect(heard(forum, post).at(-2)).toMatch(
      /^🔴 The customer asks for a quicker answer.*\*\*\d\d:\d\d CET\*\*/,
    );
    expect(heard(chat, thread).at(-1)).toMatch(/cannot wait.*by \*\*\d\d:\d\d CET\*\*/);
    const [due] = await column<Date>(
      t.database,
      `select due_at from promise where target = 'answer' and ended_at is null and ticket_id = ${number}`,
    );
    expect((due?.getTime() ?? 0) - t.clock.now().getTime()).toBe(600_000);
    expect(await events(number)).toContain('escalation-asked');
    await t.desk.accept('forum', people().staffSays('bob', post, 'here we are'));
    await settleAll(t);
    expect(
      await column(
        t.database,
        `select 1 from promise where target = 'answer' and ended_at is null and ticket_id = ${number}`,
      ),
      'answered: the mark goes',
    ).toEqual([]);
  });

  test('once in 30 minutes for each ticket, also of two at once; what came too soon leaves nothing', async () => {
    const { number } = await openTicket(t, chat, forum, 'ana');
    const hurry = () => ask('ana', { what: 'escalate', number: String(number), text: 'hurry' });
    const both = (await Promise.all([hurry(), hurry()])).map(said);
    expect(both.filter(text => text.includes('already asked'))).toHaveLength(1);
    t.clock.forward(1_799_999);
    expect(said(await hurry())).toContain('already asked');
    expect((await bodies(number)).slice(1)).toEqual(['hurry']);
    t.clock.forward(1);
    expect(said(await hurry())).toContain('cannot wait');
    expect((await events(number)).filter(type => type === 'escalation-asked')).toHaveLength(2);
  });

  test('a ticket that waits for the customer goes on; a finished one must be opened first', async () => {
    const { number, post } = await openTicket(t, chat, forum, 'ana');
    await press(`wait:${number}`, post);
    await ask('ana', { what: 'escalate', number: String(number), text: '' });
    expect(await stateOf(number)).toBe('open');
    t.clock.forward(3_600_000);
    for (const step of ['solve', 'close']) {
      await press(`${step}:${number}`, post);
      const answer = said(await ask('ana', { what: 'escalate', number: String(number), text: 'again' }));
      expect(answer, step).toContain('is finished');
    }
    expect(await bodies(number)).toHaveLength(1);
  });
});

describe('reply', () => {
  test('reaches the desk as if it was written in the thread, and the thread shows it', async () => {
    const { number, post, thread } = await openTicket(t, chat, forum, 'ana');
    const event = people().asks('ana', { what: 'reply', number: String(number), text: 'it is **back**' });
    await Promise.all([t.desk.accept('chat', event), t.desk.accept('chat', event)]);
    await settleAll(t);
    expect((await bodies(number)).slice(1)).toEqual(['it is **back**']);
    expect(heard(forum, post)).toEqual(['**ana**\n\nit is **back**']);
    expect(heard(chat, thread)).toEqual(['**You wrote**\n\nit is **back**']);
  });

  test('of nothing is refused; to a ticket closed long ago too', async () => {
    const { number, post } = await openTicket(t, chat, forum, 'ana');
    expect(said(await ask('ana', { what: 'reply', number: String(number), text: ' \u200b' }))).toContain(
      'nothing to read',
    );
    await press(`close:${number}`, post);
    t.clock.forward(t.policy.tickets.reopen_within * 1000 + 1);
    const late = said(await ask('ana', { what: 'reply', number: String(number), text: 'hello?' }));
    expect(late).toContain('open a new ticket');
    expect(await bodies(number)).toHaveLength(1);
  });
});

test('a command in the ticket’s own thread needs no number', async () => {
  const { number, thread } = await openTicket(t, chat, forum, 'ana');
  expect(said(await ask('ana', { what: 'escalate', number: '', text: '' }, thread))).toContain(`#${number}`);
  expect(said(await ask('ana', { what: 'close', number: '' }, thread))).toContain('is closed');
  expect(said(await ask('ana', { what: 'reopen', number: '' }, thread))).toContain('open again');
});

test('open with a text begins the form with it, as plain text and no longer than the field', async () => {
  const text = `**Disk** full\n\n- one\n- two\n\n${'x'.repeat(5000)}`;
  const answer = await ask('ana', { what: 'open', subject: 'Disk', text });
  if (answer.type !== 'form') throw new Error(answer.type);
  const value = answer.form.fields.find(field => field.id === 'description')?.value ?? '';
  expect(value).toMatch(/^Disk full\n\n• one\n• two\n\nx+…$/);
  expect(value.length).toBe(3000);
});

describe('words in a thread', () => {
  test('do what they say and are no messages; the thread answers', async () => {
    const { number, thread } = await openTicket(t, chat, forum, 'ana');
    const says = async (text: string): Promise<void> => {
      await t.desk.accept('chat', people().says('ana', thread, text));
      await settleAll(t);
    };
    await says('!close');
    expect([await stateOf(number), heard(chat, thread).at(-1)]).toEqual([
      'closed',
      expect.stringContaining('is closed'),
    ]);
    await says('**!Otwórz**');
    expect(await stateOf(number)).toBe('open');
    await says('!pilne');
    expect(heard(chat, thread).at(-1)).toContain('cannot wait');
    await says('!escalate');
    expect(heard(chat, thread).at(-1)).toContain('already asked');
    await says('!HELP');
    expect(heard(chat, thread).at(-1)).toContain('`!close`');
    expect(await bodies(number)).toHaveLength(1);
    await says('!close it, please');
    expect((await bodies(number)).slice(1)).toEqual(['!close it, please']);
  });

  test('of somebody else in the thread decide nothing', async () => {
    const { number, thread } = await openTicket(t, chat, forum, 'ana');
    await t.desk.accept('chat', people().says('a colleague', thread, '!close'));
    await settleAll(t);
    expect(await stateOf(number)).toBe('open');
    expect(heard(chat, thread).at(-1)).toContain('Only the person who opened this ticket');
  });

  test.each([
    ['!close', 'close'],
    [' \\!CLOSE\n', 'close'],
    ['!zamknij', 'close'],
    ['!otworz', 'reopen'],
    ['`!help`', 'help'],
    ['close', undefined],
    ['!close!', undefined],
    ['!constructor', undefined],
    ['!', undefined],
    ['', undefined],
    [`!close${' '.repeat(100)}`, undefined],
  ])('%j is %s', (text, word) => {
    expect(wordIn(text)).toBe(word);
  });
});

describe('in a chat that all tickets share', () => {
  const does = async (who: string, what: Ask): Promise<string> => {
    await t.desk.accept('talk', people().asks(who, what, { place: `dm-${who}`, direct: true }));
    await settleAll(t);
    return heard(talk, `dm-${who}`).at(-1) ?? '';
  };
  const says = async (who: string, text: string): Promise<string> => {
    await t.desk.accept('talk', people().says(who, `dm-${who}`, text, { direct: true }));
    await settleAll(t);
    return heard(talk, `dm-${who}`).at(-1) ?? '';
  };
  const presses = async (who: string, label: string): Promise<void> => {
    const [draft] = await column<number>(t.database, 'select max(id) from draft');
    const action = label === 'send' ? `send:${draft}` : `pick:${draft}:${label}`;
    await t.desk.accept('talk', people().presses(who, `dm-${who}`, action, [], { direct: true }));
    await settleAll(t);
  };

  test('open with a text does not ask for the description; commands and words reach the ticket', async () => {
    await does('olga', { what: 'open', subject: '', text: 'the disk is full' });
    await presses('olga', 'department:technical');
    await presses('olga', 'priority:regular');
    await presses('olga', 'send');
    const [number = 0] = await column<number>(t.database, 'select max(id) from ticket');
    expect(await bodies(number)).toEqual(['the disk is full']);
    expect(await does('olga', { what: 'escalate', number: String(number), text: 'now' })).toContain(
      'cannot wait',
    );
    expect(await does('olga', { what: 'reply', number: String(number), text: 'more' })).toContain(
      'your message',
    );
    expect(heard(talk, 'dm-olga').join(), 'the command itself is to be read').not.toContain('You wrote');
    expect(await does('olga', { what: 'close', number: String(number) })).toContain('is closed');
    expect(await does('olga', { what: 'reopen', number: String(number) })).toContain('open again');
    expect(await says('olga', '!close')).toContain('is closed');
    expect((await bodies(number)).slice(1)).toEqual(['now', 'more']);
  });

  test('another person’s ticket is refused as one that is not there', async () => {
    const { number } = await openTicket(t, chat, forum, 'ana');
    for (const make of asks) {
      const foreign = await does('mallory', make(String(number)));
      expect((await does('mallory', make('999999'))).replace('999999', 'N')).toBe(
        foreign.replace(String(number), 'N'),
      );
    }
    expect(await events(number)).toEqual(['opened']);
  });
});
