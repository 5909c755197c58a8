import { afterEach, beforeEach, expect, test } from 'vitest';
import { currentRoles } from '../../../src/core/staff/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { STAFF_ROLE, type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, contextOf } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel & { rolesOf?: (id: string) => Promise<readonly string[] | undefined> };
let asked: string[];
let roles: readonly string[] | undefined;

beforeEach(async () => {
  asked = [];
  roles = [STAFF_ROLE];
  chat = scriptedChannel('chat');
  forum = {
    ...scriptedChannel('forum', { desk: true }),
    rolesOf: async id => {
      asked.push(id);
      return roles;
    },
  };
  t = await testDesk([chat, forum]);
});
afterEach(() => t.close());

const bodies = () => column(t.database, `select body from message where kind = 'reply'`);

test('only who holds a staff role of this very channel acts at the desk; anybody else is told so', async () => {
  const { number, post } = await openTicket(t, chat, forum);
  const people = eventsAt(t.clock);
  for (const held of [[], ['1'], [`${STAFF_ROLE}0`], [STAFF_ROLE.slice(1)]]) {
    const answer = await t.desk.accept('forum', people.presses('mallory', post, `claim:${number}`, held));
    expect(answer).toMatchObject({ type: 'say', text: expect.stringContaining('staff') });
  }
  roles = [];
  await t.desk.accept('forum', {
    ...people.staffSays('mallory', post, 'I am staff'),
    from: { space: 's', externalId: 'm', roles: [] },
  });
  await settleAll(t);
  expect(await bodies()).toEqual([]);
  expect(await column(t.database, 'select assignee_id from ticket')).toEqual([null]);
  expect(chat.calls.map(call => call.what)).toEqual(['thread']);
});

test('roles that came with the event count while they are fresh; later the platform is asked again', async () => {
  const { post } = await openTicket(t, chat, forum);
  const fresh = eventsAt(t.clock).staffSays('bob', post, 'at once');
  await t.desk.accept('forum', fresh);
  await settleAll(t);
  expect([asked, await bodies()]).toEqual([[], ['at once']]);
  const late = eventsAt(t.clock).staffSays('bob', post, 'after a restart');
  t.clock.forward(60_000);
  roles = [];
  await t.desk.accept('forum', late);
  await settleAll(t);
  expect([asked.slice(0, 1), await bodies()], 'no longer staff').toEqual([['bob'], ['at once']]);
  roles = [STAFF_ROLE];
  await t.desk.accept('forum', { ...late, eventId: 'again', ref: 'again', text: 'still staff' });
  await settleAll(t);
  expect(await bodies()).toEqual(['at once', 'still staff']);
});

test.each<[string, number, boolean, readonly string[], readonly string[]]>([
  ['fresh', 0, true, ['other'], [STAFF_ROLE]],
  ['at the edge', 15_000, true, ['other'], [STAFF_ROLE]],
  ['stale', 15_001, true, ['other'], ['other']],
  ['from the future', -15_001, true, ['other'], ['other']],
  ['absent', 0, false, ['other'], ['other']],
])('roles are those of now: %s', async (_, age, come, known, expected) => {
  roles = known;
  const event = eventsAt(t.clock).presses('bob', 'p', 'claim:1', [STAFF_ROLE]);
  t.clock.forward(age);
  const inbound = come ? event : { ...event, from: { ...event.from, roles: undefined } };
  expect(await currentRoles(contextOf(t, [chat, forum]), 'forum', inbound)).toEqual(expected);
});

test('not to know the roles is no reason to refuse: whoever asks is told so', async () => {
  roles = undefined;
  const event = eventsAt(t.clock).presses('bob', 'p', 'claim:1', [STAFF_ROLE]);
  t.clock.forward(60_000);
  await expect(currentRoles(contextOf(t, [chat, forum]), 'forum', event)).rejects.toThrow(
    'does not tell the roles',
  );
});

test('a platform without the ability to tell roles is believed at the time of the event', async () => {
  const event = eventsAt(t.clock).presses('bob', 'p', 'claim:1', [STAFF_ROLE]);
  t.clock.forward(60_000);
  expect(await currentRoles(contextOf(t, [chat]), 'chat', event)).toEqual([STAFF_ROLE]);
});

test('a platform that cannot be asked at the moment makes the message wait, not fail', async () => {
  const { post } = await openTicket(t, chat, forum);
  const event = eventsAt(t.clock).staffSays('bob', post, 'later');
  t.clock.forward(60_000);
  forum.rolesOf = async () => Promise.reject(new Error('discord is down'));
  await t.desk.accept('forum', event);
  await settleAll(t);
  expect([
    await bodies(),
    await column(t.database, `select state from receipt where event_id = '${event.eventId}'`),
  ]).toEqual([[], ['stored']]);
  forum.rolesOf = async () => [STAFF_ROLE];
  t.clock.forward(10_000);
  await settleAll(t);
  expect(await bodies()).toEqual(['later']);
});
