import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, FormOption } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { STAFF_ROLE, type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel & { rolesOf?: (id: string) => Promise<readonly string[] | undefined> };
let rolesOf: () => Promise<readonly string[] | undefined>;
const people = () => eventsAt(t.clock);
const choices = (answer: Answer): readonly FormOption[] => {
  if (answer.type !== 'choices') throw new Error(answer.type);
  return answer.choices;
};
const types = async (
  channel: string,
  ...typed: Parameters<ReturnType<typeof eventsAt>['types']>
): Promise<readonly FormOption[]> => choices(await t.desk.accept(channel, people().types(...typed)));
const values = (all: readonly FormOption[]): string[] => all.map(one => one.value);

async function opened(who: string, subject: string): Promise<string> {
  await t.desk.accept('chat', people().submits(who, { subject }));
  return String((await column(t.database, 'select max(id) from ticket'))[0]);
}

beforeAll(async () => {
  chat = scriptedChannel('chat');
  rolesOf = async () => undefined;
  forum = { ...scriptedChannel('forum', { desk: true }), rolesOf: () => rolesOf() };
  t = await testDesk([chat, forum]);
});
afterAll(() => t.close());

test('one’s own tickets: open ones first, by number and by words; never those of others', async () => {
  const [disk, mail, site] = [
    await opened('ana', 'The disk is full'),
    await opened('ana', 'Mail does not arrive'),
    await opened('ana', 'The WEBSITE is slow'),
  ];
  const other = await opened('ben', 'The disk of ben');
  await t.desk.accept('chat', people().asks('ana', { what: 'close', number: site }));
  expect(values(await types('chat', 'ana', 'own-ticket'))).toEqual([mail, disk, site]);
  for (const text of ['disk', 'DISK full', disk, `#${disk}`, `${disk} disk`])
    expect(values(await types('chat', 'ana', 'own-ticket', text)), text).toEqual([disk]);
  for (const text of ['disk of ben', "' or true --", '%', '_____'])
    expect(values(await types('chat', 'ana', 'own-ticket', text)), text).toEqual([]);
  expect(values(await types('chat', 'mallory', 'own-ticket', 'disk'))).toEqual([]);
  expect(values(await types('chat', 'ben', 'own-ticket'))).toEqual([other]);
});

test('labels are short, plain, and in the asker’s language', async () => {
  const number = await opened('eva', `**bold** <@everyone> ${'long '.repeat(15)}`);
  const event = people().types('eva', 'own-ticket');
  const [label = ''] = choices(
    await t.desk.accept('chat', { ...event, from: { ...event.from, locale: 'pl' } }),
  ).map(one => one.label);
  expect(label).toMatch(new RegExp(`^#${number} \\*\\*bold\\*\\* <@everyone> long .*… – otwarte$`));
  expect(label.length).toBeLessThanOrEqual(100);
});

test('what is for staff is empty for everybody else, and when the roles are not to be had', async () => {
  const number = await opened('zoe', 'zebra');
  const fields = ['desk-ticket', 'staff', 'department', 'priority', 'level', 'team'] as const;
  await t.desk.accept('forum', people().commands('bob', 'claim', { number }));
  for (const field of fields) {
    expect(values(await types('forum', 'ana', field)), field).toEqual([]);
    expect(values(await types('forum', 'bob', field, '', [STAFF_ROLE])), field).not.toEqual([]);
    const stale = people().types('bob', field, '', [STAFF_ROLE]);
    t.clock.forward(60_000);
    rolesOf = async () => undefined;
    expect(values(choices(await t.desk.accept('forum', stale))), field).toEqual([]);
    rolesOf = async () => Promise.reject(new Error('away'));
    expect(values(choices(await t.desk.accept('forum', stale))), field).toEqual([]);
    rolesOf = async () => [STAFF_ROLE];
    expect(values(choices(await t.desk.accept('forum', stale))), field).not.toEqual([]);
  }
});

test('staff find tickets of anybody that are not closed, and any one by its whole number', async () => {
  const number = await opened('kim', 'quagga one');
  const done = await opened('kim', 'quagga two');
  await t.desk.accept('forum', people().commands('bob', 'close', { number: done }));
  expect(values(await types('forum', 'bob', 'desk-ticket', 'quagga', [STAFF_ROLE]))).toEqual([number]);
  expect(values(await types('forum', 'bob', 'desk-ticket', done, [STAFF_ROLE]))[0]).toBe(done);
});

test('staff find those who have acted here, never a customer', async () => {
  await openTicket(t, chat, forum, 'lou');
  const { number } = await openTicket(t, chat, forum, 'lou');
  for (const who of ['Bobby', 'Cleopatra'])
    await t.desk.accept('forum', people().commands(who, 'note', { number, value: 'x' }));
  await t.desk.accept('forum', people().commands('mallory', 'claim', { number }, []));
  await settleAll(t);
  const all = values(await types('forum', 'bob', 'staff', '', [STAFF_ROLE]));
  expect(all).toEqual(expect.arrayContaining(['Bobby', 'Cleopatra']));
  expect(all).not.toContain('mallory');
  expect(all).not.toContain('lou');
  expect(values(await types('forum', 'bob', 'staff', 'PATRA', [STAFF_ROLE]))).toEqual(['Cleopatra']);
});

test('departments and priorities by id or by name', async () => {
  expect(await types('forum', 'bob', 'department', 'FIN', [STAFF_ROLE])).toEqual([
    { value: 'financial', label: 'Financial' },
  ]);
  expect(values(await types('forum', 'bob', 'priority', 'outage', [STAFF_ROLE]))).toEqual(['critical']);
});

test('at most 25, and nothing is kept', async () => {
  for (let n = 0; n < 30; n++) await opened('pat', `ticket ${n}`);
  const kept = () =>
    column(t.database, 'select (select count(*) from receipt) + (select count(*) from handle)');
  const before = await kept();
  expect(await types('chat', 'pat', 'own-ticket')).toHaveLength(25);
  expect(await types('forum', 'bob', 'desk-ticket', '', [STAFF_ROLE])).toHaveLength(25);
  await types('chat', 'a stranger', 'own-ticket', 'x');
  expect(await kept()).toEqual(before);
});

test('teams are those of the policy, by id and by name in the asker’s language, and all of them', async () => {
  const teams = (text: string) => types('forum', 'bob', 'team', text, [STAFF_ROLE]);
  expect(values(await teams(''))).toEqual(['support', 'billing', 'datacentre', 'admins', 'all']);
  expect(await teams('administr')).toEqual([{ value: 'admins', label: 'System administrators' }]);
  expect(await teams('all')).toEqual([{ value: 'all', label: 'All teams' }]);
});
