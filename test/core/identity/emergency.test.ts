import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPolicy } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';
import { contact, textOf, tokenFor } from './kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let talk: ScriptedChannel;
let forum: ScriptedChannel;
const outage = {
  priority: 'critical',
  server: '203.0.113.7',
  service: 'Shop',
  began: 'yesterday 14:30',
  diagnostics: 'ping fails',
};

async function begin(policy = testPolicy()): Promise<void> {
  chat = scriptedChannel('chat');
  talk = {
    ...scriptedChannel('talk', { places: 'shared', forms: 'none' }),
    startLink: token => `https://talk.example/desk?start=${token}`,
  };
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, talk, forum], policy);
}
beforeEach(() => begin());
afterEach(() => t.close());

const column1 = (query: string) => column(t.database, query);
const trust = () => column1('select trust from ticket order by id');
const cards = async (): Promise<string> => {
  const { cardOf } = await import('../../../src/core/outbox/card.ts');
  const { contextOf } = await import('../kit.ts');
  const [id] = await column<number>(t.database, 'select max(id) from ticket');
  const card = await cardOf(contextOf(t, [chat, talk, forum]), Number(id), '1');
  return JSON.stringify([card.lines, card.buttons.map(({ action }) => action)]);
};

test('an emergency from somebody unproved is opened, marked, and taken through proof right after the acknowledgement; staff see the badge change', async () => {
  await contact(t.database, 'ana-1', { name: 'Ana Nowak', account: 'acme' });
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana', outage));
  await settleAll(t);
  expect(chat.calls.map(call => call.what)).toEqual(['thread', 'deliver']);
  expect(chat.calls[0]?.text).toContain('marked critical');
  expect(chat.calls[1]?.text).toMatch(/prove that ticket \*\*#\d+\*\* is yours/);
  expect(await trust()).toEqual(['unknown']);
  expect(await cards()).toContain('unverified');
  const thread = chat.calls[1]?.to ?? '';
  const form = await t.desk.accept('chat', eventsAt(t.clock).presses('ana', thread, 'prove', []));
  const [number] = await column<number>(t.database, 'select id from ticket');
  expect(form).toMatchObject({
    type: 'form',
    form: { page: 'link', draft: String(number), fields: [{ id: 'proof' }] },
  });
  const proof = await tokenFor(t, 'ana-1', 'chat');
  const sent = await t.desk.accept(
    'chat',
    eventsAt(t.clock).submits('ana', { proof }, { page: 'link', draft: String(number) }),
  );
  expect(textOf(sent)).toContain(`Ticket **#${number}** is verified`);
  await settleAll(t);
  expect(await trust()).toEqual(['fresh']);
  expect(forum.calls.filter(call => call.what === 'card').length).toBeGreaterThan(0);
  expect(forum.calls.at(-1)?.text ?? '').not.toBe('');
  expect(forum.calls.some(call => call.what === 'deliver' && call.text.includes('Ana Nowak, acme Ltd'))).toBe(
    true,
  );
  expect(await cards()).toMatch(/verified \(/);
  expect(chat.calls.at(-1)?.text).toContain('is verified now');
  expect(await column1("select type from event where type like 'prov%'")).toEqual(['proved']);
});

test('a token that was made after the desk had asked counts for what it asked, wherever it is given; an older one does not', async () => {
  await contact(t.database, 'ana-1');
  const older = await tokenFor(t, 'ana-1', 'chat');
  t.clock.forward(1000);
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana', outage));
  await t.desk.accept('chat', eventsAt(t.clock).asks('ana', { what: 'link', text: older }));
  expect(await trust()).toEqual(['linked']);
  t.clock.forward(1000);
  const newer = await tokenFor(t, 'ana-1', 'chat');
  await t.desk.accept('chat', eventsAt(t.clock).asks('ana', { what: 'link', text: newer }));
  expect(await trust()).toEqual(['fresh']);
});

test('in a chat that all tickets share the same happens, and the code is the next message', async () => {
  await contact(t.database, 'dan-1', { name: 'Dan' });
  const people = () => eventsAt(t.clock);
  const direct = { direct: true } as const;
  const says = async (text: string) => {
    await t.desk.accept('talk', people().says('dan', 'dm', text, direct));
    await settleAll(t);
  };
  const presses = async (action: string) => {
    await t.desk.accept('talk', people().presses('dan', 'dm', action, [], direct));
    await settleAll(t);
  };
  await t.desk.accept(
    'talk',
    people().asks('dan', { what: 'open', subject: '' }, { place: 'dm', ...direct }),
  );
  await settleAll(t);
  for (const text of ['Technical', 'critical', 'All is down', '203.0.113.7', 'web1', '14:00', 'ping fails'])
    await says(text);
  const [draft] = await column<number>(t.database, 'select id from draft');
  await presses(`send:${draft}`);
  const [number] = await column<number>(t.database, 'select id from ticket');
  expect(talk.calls.slice(-2).map(call => call.text)).toEqual([
    expect.stringContaining('marked critical'),
    expect.stringContaining(`prove that ticket **#${number}** is yours`),
  ]);
  await presses(`prove:${number}`);
  expect(talk.calls.at(-1)?.text).toContain('Please send the code');
  await says(await tokenFor(t, 'dan-1', 'talk'));
  expect(talk.calls.map(call => call.text).join('\n')).toContain(`Ticket **#${number}** is verified.`);
  expect(await trust()).toEqual(['fresh']);
  await presses('link');
  await says('By the way, the lamp blinks');
  expect(
    await column1('select body from message order by id desc limit 1'),
    'what is no proof is a message',
  ).toEqual(['By the way, the lamp blinks']);
});

test('a desk that knows no contacts asks nobody for proof and shows no badge', async () => {
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana', outage));
  await settleAll(t);
  expect(chat.calls.map(call => call.what)).toEqual(['thread']);
  expect(await cards()).not.toMatch(/Identity|verify/);
  const [number] = await column<number>(t.database, 'select id from ticket');
  const answer = await t.desk.accept('forum', eventsAt(t.clock).commands('bob', 'verify', { number }));
  expect(textOf(answer)).toContain('knows of no accounts');
});

test('staff ask for fresh proof once; the customer hears why and how, and the post shows when it has come', async () => {
  await contact(t.database, 'ana-1', { name: 'Ana Nowak', account: 'acme' });
  const { number, post } = await openTicket(t, chat, forum, 'ana');
  const verify = () => t.desk.accept('forum', eventsAt(t.clock).commands('bob', 'verify', { number }));
  expect(textOf(await verify())).toContain('has been asked for proof');
  expect(textOf(await verify())).toContain('asked for proof already');
  const pressed = await t.desk.accept('forum', eventsAt(t.clock).presses('bob', post, `verify:${number}`));
  expect(textOf(pressed)).toContain('asked for proof already');
  expect(
    textOf(await t.desk.accept('chat', eventsAt(t.clock).commands('ana', 'verify', { number }, []))),
  ).toContain('Only support staff');
  await settleAll(t);
  expect(chat.calls.at(-1)?.text).toContain(`To go on with ticket **#${number}**`);
  expect(chat.calls.at(-1)?.text).not.toContain('bob');
  expect(forum.calls.some(call => call.text.includes('bob has asked the customer for fresh proof'))).toBe(
    true,
  );
  expect(await cards()).toContain('proof asked for');
  t.clock.forward(3_600_000);
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).asks('ana', { what: 'link', text: await tokenFor(t, 'ana-1', 'chat') }),
  );
  await settleAll(t);
  expect(await trust()).toEqual(['fresh']);
  expect(await column1('select 1 from ticket where proof_asked_at is not null')).toEqual([]);
  expect(await column1("select type from identity_event where type like 'proof-%' order by id")).toEqual([
    'proof-asked',
    'proof-given',
  ]);
  expect(textOf(await verify()), 'and it can be asked again').toContain('has been asked for proof');
});

test('the address of the client area is said with the number of the ticket', async () => {
  await t.close();
  const policy = testPolicy();
  await begin({
    ...policy,
    trust: { ...policy.trust, client_area: 'https://panel.example.com/id?ticket={ticket}' },
  });
  await contact(t.database, 'ana-1');
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana', outage));
  await settleAll(t);
  const [number] = await column<number>(t.database, 'select id from ticket');
  expect(chat.calls[1]?.text).toContain(`<https://panel.example.com/id?ticket=${number}>`);
});

test('a request that needs fresh proof is refused with the way to prove, and nothing that was typed is lost', async () => {
  await t.close();
  const policy = testPolicy();
  const departments = [
    ...policy.departments,
    { id: 'servers', name: { en: 'Servers' }, management: true as const },
  ];
  await begin({ ...policy, departments });
  await contact(t.database, 'ana-1');
  const asks = () => t.desk.accept('chat', eventsAt(t.clock).submits('ana', { department: 'servers' }));
  const refused = await asks();
  expect(refused).toMatchObject({ type: 'say', buttons: [{ action: 'link' }] });
  expect(refused).not.toHaveProperty('done');
  expect(textOf(refused)).toContain('we have to know who you are');
  const page = await t.desk.accept(
    'chat',
    eventsAt(t.clock).submits('ana', { department: 'servers' }, { page: 'base' }),
  );
  const [draft] = await column<number>(t.database, 'select id from draft');
  expect(page).toMatchObject({
    type: 'say',
    buttons: [{ action: 'link' }, { action: `form:${draft}:base` }],
  });
  expect(await column1('select 1 from ticket')).toEqual([]);
  await t.desk.accept(
    'chat',
    eventsAt(t.clock).asks('ana', { what: 'link', text: await tokenFor(t, 'ana-1', 'chat') }),
  );
  expect(await asks()).toMatchObject({ type: 'say', done: true });
  t.clock.forward(15 * 60_000 + 1);
  expect(textOf(await asks()), 'linked is not enough').toContain('we have to know who you are');
  expect(await trust()).toEqual(['fresh']);
});

test('a policy says what is wrong with it', () => {
  const faults = (text: string): readonly string[] => {
    const result = readPolicy(text);
    return result.ok ? [] : result.faults;
  };
  const found = faults(
    'trust: { client_area: "http://x", actions: { emergency: { level: sure }, change-addresses: { below: unverified }, fly: {} } }',
  );
  for (const words of ['begins with https://', 'unknown, linked or fresh', 'change-addresses', 'fly'])
    expect(found.join('\n')).toContain(words);
});
