import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { eventsAt } from '../../harness/people.ts';
import { linkTo } from '../preference/kit.ts';
import { confirmed, does, eachTold, settled, view } from './kit.ts';
import { HOUR, hours as hoursOf, location, ownOf, saidTo, withOwn } from './own-kit.ts';

const told = eachTold();
const hours = (from: number) => hoursOf(told, from);
const page = async () => {
  const { facts } = (await told.t.desk.status?.current()) ?? {};
  const shown = facts?.all[0];
  return { is: facts?.state, state: shown?.state, phase: shown?.phase, events: shown?.events ?? [] };
};
const forward = async (by: number): Promise<void> => {
  told.t.clock.forward(by * HOUR);
  await settled(told.t);
};
const DONE = /This is done/;
const isDone = (who: string): number => saidTo(told, who).filter(text => DONE.test(text)).length;

test('work that is for everybody is over when its window is, and for an account when its own is: each hears of theirs alone', async () => {
  const { t } = told;
  const id = await withOwn(told, [hours(3), hours(100)], 1);
  await forward(20);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([0, 1]);
  expect(await page()).toMatchObject({ is: 'operational', state: 'done', phase: 'past' });
  expect((await view(t, id)).state).toBe('running'); // for staff: something is to come
  const before = await page();
  await forward(82);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([1, 1]);
  expect((await view(t, id)).state).toBe('done');
  expect(await page()).toEqual(before);
  expect(before.events.map(({ what }) => what)).toEqual(['announce', 'start', 'finish']);
});

test('the early window of an account ends for it alone, and is no end of the work', async () => {
  const { t } = told;
  const id = await withOwn(told, [hours(3), hours(40)], 0);
  await forward(10);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([1, 0]);
  expect(await page()).toMatchObject({ state: 'confirmed', phase: 'planned' });
  await does(t, id, 'update', { text: { en: 'Two switches.' } });
  await settled(t);
  expect(saidTo(told, 'a-1').at(-1)).toMatch(DONE);
  expect(saidTo(told, 'a-2').at(-1)).toContain('Two switches.');
  await forward(40);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([1, 1]);
  expect(await page()).toMatchObject({ state: 'done' });
});

test('of a notice about accounts alone each ends with its own windows', async () => {
  const { t } = told;
  const objects = [ownOf('A-1', 0), ownOf('A-2', 1)];
  const id = await withOwn(told, [hours(3), hours(40)], 1, { objects });
  await forward(10);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([1, 0]);
  await forward(40);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([1, 1]);
  expect((await view(t, id)).state).toBe('done');
});

test('what one account has to come can be moved and called off when it is over for all others, who hear nothing of it', async () => {
  const { t } = told;
  const general = hours(3);
  const id = await withOwn(told, [general, hours(100)], 1);
  await forward(20);
  const [heard, before] = [saidTo(told, 'a-2'), await page()];
  await does(t, id, 'reschedule', { windows: [general, hours(150)], text: { en: 'The part is late.' } });
  await forward(1);
  expect(saidTo(told, 'a-1').at(-1)).toContain('The part is late.');
  const { edition } = await view(t, id);
  await t.desk.api.notices.prepare(id, 'cancel', { edition, text: { en: 'Not needed.' } });
  const preview = await t.desk.api.notices.preview(id);
  expect(preview).toMatchObject({ accounts: 1, contacts: 1 });
  await confirmed(t, id);
  await forward(200);
  expect(saidTo(told, 'a-1').at(-1)).toContain('Not needed.');
  const [planned] = /It was planned for .*/.exec(saidTo(told, 'a-1').at(-1) ?? '') ?? [];
  expect(preview).toMatchObject({ messages: [{ text: expect.stringContaining(planned ?? '?') }, {}] });
  expect(saidTo(told, 'a-2')).toEqual(heard);
  expect((await page()).events).toEqual(before.events);
  expect(await page()).toMatchObject({ is: 'operational', state: 'done' });
});

test('that it is over is still said to whoever could not be told at once, when another account has a new time meanwhile', async () => {
  const { t, mail } = told;
  const general = hours(3);
  const id = await withOwn(told, [general, hours(100)], 1);
  const ok = mail.script;
  mail.script = ({ text }) =>
    DONE.test(text) ? { outcome: 'retry', afterMs: 30_000, scope: 'place', why: 'busy' } : ok({} as never);
  await forward(20);
  await does(t, id, 'reschedule', { windows: [general, hours(150)] });
  await settled(t);
  mail.script = ok;
  mail.calls.length = 0;
  await forward(1);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([0, 1]);
});

test('who asks after the end finds it over, whatever is to come for somebody else', async () => {
  const { t } = told;
  await withOwn(told, [hours(3), hours(100)], 1);
  await linkTo(t, 'chat', 'ben', 'A-2-c');
  await linkTo(t, 'chat', 'ana', 'A-1-c');
  const status = async (who: string): Promise<string> =>
    JSON.stringify(await t.desk.accept('chat', eventsAt(t.clock).asks(who, { what: 'status' }, {})));
  const calendar = async (who: string): Promise<string> => {
    const answer = await t.desk.accept(
      'chat',
      eventsAt(t.clock).presses(who, 'lobby', 'notify-calendar', []),
    );
    const [, token = ''] = /calendar\/([\w-]{43})\.ics/.exec(JSON.stringify(answer)) ?? [];
    return (await t.desk.calendars.calendar(token)) ?? '';
  };
  expect(await status('ben')).toContain('New switch');
  await forward(20);
  expect(await status('ben')).toContain('Nothing concerns you');
  expect(await status('ana')).toContain('New switch');
  expect(await calendar('ben')).toContain('X-MAINTNOTE-STATUS:COMPLETED');
  expect(await calendar('ana')).not.toContain('COMPLETED');
});

test('an end that was planned before each had its own is planned anew: no older desk’s notice gives it away', async () => {
  const { t } = told;
  const { sql } = t.database;
  const id = await withOwn(told, [hours(3), hours(100)], 1);
  await sql`delete from notice_step where stage like 'finish%'`;
  await sql`insert into notice_step (notice_id, revision, stage, due_at) values (${id}, 1, 'finish', ${hours(101).from})`;
  await sql`alter table notice_revision drop column numbers`;
  const migration = await readFile('drizzle/migrations/0041_window_numbers.sql', 'utf8');
  await sql.begin(tx => tx.unsafe(migration));
  expect(
    await sql`select stage, due_at as at from notice_step where stage like 'finish%' order by due_at`,
  ).toEqual([
    { stage: 'finish', at: new Date(hours(4).from) },
    { stage: 'finish:1', at: new Date(hours(101).from) },
  ]);
  await forward(20);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([0, 1]);
  await forward(100);
  expect([isDone('a-1'), isDone('a-2')]).toEqual([1, 1]);
});

test('work that goes on is not longer for everybody because one account has another time', async () => {
  const { t } = told;
  const general = { ...hours(2), to: hours(9).to };
  const id = await withOwn(told, [general, hours(50)], 1);
  await forward(5);
  expect((await view(t, id)).state).toBe('running');
  await does(t, id, 'reschedule', { windows: [general, hours(60)] });
  expect((await view(t, id)).state).toBe('running');
  await does(t, id, 'reschedule', {
    windows: [{ ...general, to: hours(20).to }, hours(60)],
    objects: [location, ownOf('A-1', 1)],
  });
  expect((await view(t, id)).state).toBe('extended');
});
