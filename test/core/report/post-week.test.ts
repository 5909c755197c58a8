import { afterEach, describe, expect, test } from 'vitest';
import type { Policy } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { secondDesk } from '../kit.ts';
import { posted } from './kit.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** From Sunday, 22 November, 14:30 in Warsaw, where the clock of the tests begins. */
const TO_MONDAY_8 = 17.5 * HOUR_MS;
const files = { count: 10, bytes: 8_000_000 };

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
afterEach(() => t.close());

async function desk(policy: Partial<Policy> = {}, given: Parameters<typeof scriptedChannel>[1] = { files }) {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true, ...given });
  t = await testDesk([chat, forum], { ...testPolicy(), reports: { weekly: 480 }, ...policy });
}

/** A ticket of this Sunday, answered after eight minutes. */
async function answered(): Promise<number> {
  const { number, post } = await openTicket(t, chat, forum);
  t.clock.forward(8 * MINUTE_MS);
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, 'We are on it.'));
  await settleAll(t);
  return number;
}

/** Lets time pass until so much after the Sunday on which the clock of the tests begins. */
const until = (ms: number): void =>
  t.clock.forward(Date.parse('2026-11-22T13:30:00Z') + ms - t.clock.now().getTime());

test('on Monday at eight the desk tells of the week that ended: a head, three pictures with their words, and who waited longest', async () => {
  await desk();
  const number = await answered();
  until(TO_MONDAY_8 - 1000);
  await settleAll(t);
  expect(posted(forum)).toEqual([]);
  t.clock.forward(1000);
  await settleAll(t);
  const [head, ...rest] = posted(forum);
  expect(head?.text).toContain('Week 47/2026 · 16–22 November 2026');
  expect(head?.text).toContain('Opened: **1** (critical: 0)');
  expect(head?.text).toContain('half within **8 mins**');
  expect(rest.map(({ pictures }) => pictures)).toEqual([
    ['first-reply.png'],
    ['promises-kept.png'],
    ['busiest-hours.png'],
    [],
  ]);
  expect(rest[1]?.text).toContain('- Technical: 100% (1 of 1)');
  expect(rest[2]?.text).toContain('Sunday 14:00–15:00 (messages: 1)');
  expect(rest[3]?.text).toContain(`**#${number}**: 8 mins`);
  const files = forum.calls.flatMap(call => call.files ?? []);
  expect(files.every(file => file.content.startsWith('\u0089PNG'))).toBe(true);
  expect(files[0]?.alt).toContain('Technical: half 8 mins');
});

test('a week is told once: after a restart, and with two desks that wake at the same moment', async () => {
  await desk();
  await answered();
  until(TO_MONDAY_8);
  const other = await secondDesk(t, [chat, forum]);
  await Promise.all([t.desk.tick(), other.desk.tick(), t.desk.tick(), other.desk.tick()]);
  await settleAll(t);
  await other.close();
  const third = await secondDesk(t, [chat, forum]);
  await third.desk.tick();
  await third.close();
  t.clock.forward(DAY_MS);
  await settleAll(t);
  expect(posted(forum)).toHaveLength(5);
  t.clock.forward(6 * DAY_MS);
  await settleAll(t);
  expect(posted(forum).filter(({ text }) => text.startsWith('Week '))).toHaveLength(2);
  expect(posted(forum).at(5)?.text).toContain('Opened: **0**');
});

test('what fails on the way leaves nothing behind, and is done a minute later', async () => {
  await desk();
  await answered();
  let fails = true;
  const failing: ScriptedChannel = {
    ...forum,
    linkTo: () => {
      if (fails) throw new Error('the machine dies here');
      return 'https://chat.example.com/1';
    },
  };
  const other = await secondDesk(t, [chat, failing]);
  until(TO_MONDAY_8);
  await other.desk.tick();
  expect(t.log.lines.some(line => line.includes('post the report of the week'))).toBe(true);
  const [left] = await t.database.sql`select (select count(*) from week_report)::int as n`;
  expect(left?.n).toBe(0);
  fails = false;
  t.clock.forward(30_000);
  await other.desk.tick();
  expect(posted(forum)).toEqual([]);
  t.clock.forward(31_000);
  await other.desk.tick();
  await settleAll(t);
  await other.close();
  expect(posted(forum)).toHaveLength(5);
  expect(posted(forum).at(-1)?.text).toContain('](<https://chat.example.com/1>)');
});

describe('a desk that was off on Monday', () => {
  test('tells of the week when it is back', async () => {
    await desk();
    await answered();
    until(TO_MONDAY_8 + 2.9 * DAY_MS);
    await settleAll(t);
    expect(posted(forum)).toHaveLength(5);
  });

  test('does not tell of it on Thursday, nor of weeks long gone', async () => {
    await desk();
    await answered();
    until(TO_MONDAY_8 + 3 * DAY_MS);
    await settleAll(t);
    expect(posted(forum)).toEqual([]);
    t.clock.forward(18 * DAY_MS);
    await settleAll(t);
    expect(posted(forum).filter(({ text }) => text.startsWith('Week '))).toHaveLength(1);
    expect(posted(forum)[0]?.text).toContain('Week 50/2026');
  });
});

test('a desk whose first ticket came after the week has nothing to tell', async () => {
  await desk();
  until(TO_MONDAY_8 - HOUR_MS);
  await openTicket(t, chat, forum);
  t.clock.forward(2 * HOUR_MS);
  await settleAll(t);
  expect(posted(forum)).toEqual([]);
});

test('a policy without a report has none', async () => {
  await desk({ reports: { weekly: undefined } });
  await answered();
  until(TO_MONDAY_8 + DAY_MS);
  await settleAll(t);
  expect(posted(forum)).toEqual([]);
});

describe('words are always there', () => {
  test('where a place carries no files', async () => {
    await desk({}, {});
    await answered();
    until(TO_MONDAY_8);
    await settleAll(t);
    expect(posted(forum).map(({ pictures }) => pictures)).toEqual([[], [], [], [], []]);
    expect(posted(forum)[1]?.text).toContain('**First reply**');
  });

  test('where files are not taken after all', async () => {
    await desk();
    await answered();
    forum.script = ({ files }) =>
      files === undefined
        ? { outcome: 'delivered', ref: `r${forum.calls.length}` }
        : { outcome: 'refused', code: 'forbidden', why: 'no files here' };
    until(TO_MONDAY_8);
    await settleAll(t);
    const words = posted(forum).filter(({ pictures }) => pictures.length === 0);
    expect(words).toHaveLength(5);
    const states = await t.database.sql`select distinct state from delivery`;
    expect(states.map(({ state }) => state)).toEqual(['sent']);
  });

  test('in the language of the staff', async () => {
    const { staff } = testPolicy();
    await desk({ staff: { ...staff, language: 'pl' } });
    await answered();
    until(TO_MONDAY_8);
    await settleAll(t);
    const told = posted(forum, /^Tydzień /);
    expect(told[0]?.text).toContain('Tydzień 47/2026 · 16–22 listopada 2026');
    expect(told[1]?.text).toContain('połowa 8 min');
  });
});

test('a post that somebody deletes before its pictures came is made anew, with its head', async () => {
  await desk();
  await answered();
  let gone = true;
  forum.script = ({ what, to }) => {
    if (what === 'deliver' && gone && to !== '') {
      gone = false;
      return { outcome: 'refused', code: 'gone', why: 'the post was deleted' };
    }
    return { outcome: 'delivered', ref: `r${forum.calls.length}` };
  };
  until(TO_MONDAY_8);
  await settleAll(t);
  t.clock.forward(10_000);
  await settleAll(t);
  const told = posted(forum);
  expect(told.filter(({ text }) => text.startsWith('Week 47'))).toHaveLength(2);
  expect(told.at(-1)?.text).toContain('Longest waits');
});

test('a head of which nobody knows whether it was posted is looked for by its mark, and not posted twice', async () => {
  const lookups: string[] = [];
  await desk(
    {},
    {
      files,
      find: async ({ kind, mark }) => {
        lookups.push(`${kind} ${mark}`);
        return { outcome: 'delivered', address: 'forum-post-found', ref: 'h' };
      },
    },
  );
  await answered();
  forum.script = ({ what, text }) =>
    what === 'desk-post' && text.startsWith('Week')
      ? { outcome: 'unknown', why: 'the answer never came' }
      : { outcome: 'delivered', ref: `r${forum.calls.length}` };
  until(TO_MONDAY_8);
  await settleAll(t);
  t.clock.forward(60_000);
  await settleAll(t);
  expect(lookups).toEqual(['desk-post Week 47/2026']);
  expect(posted(forum).filter(({ text }) => text.startsWith('Week'))).toHaveLength(1);
  expect(forum.calls.filter(({ to }) => to === 'forum-post-found')).toHaveLength(4);
});
