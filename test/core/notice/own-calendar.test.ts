import { expect, test } from 'vitest';
import { eventsAt } from '../../harness/people.ts';
import { linkTo } from '../preference/kit.ts';
import { confirmed, does, eachTold, settled, view } from './kit.ts';
import { HOUR, hours as hoursOf, location, ownOf, withOwn } from './own-kit.ts';

const told = eachTold();
const hours = (from: number) => hoursOf(told, from);
const eventsIn = (file: string): ReadonlyMap<string, string | undefined> =>
  new Map(
    file
      .replaceAll('\r\n ', '')
      .split('BEGIN:VEVENT')
      .slice(1)
      .map(one => {
        const of = (name: string): string => new RegExp(`^${name}:(.*)`, 'm').exec(one)?.[1]?.trim() ?? '';
        return [of('UID'), of('STATUS') === 'CANCELLED' ? undefined : of('DTSTART')] as const;
      }),
  );
/** What a program that takes in each file of the mails holds in the end, without what was cancelled: ids, and when they begin. */
function held(who: string): [string, string][] {
  const all = told.mail.calls
    .filter(({ to }) => to === `${who}@example.com`)
    .flatMap(({ files = [] }) => files.flatMap(({ content }) => [...eventsIn(content)]));
  return [...new Map(all)].flatMap(([id, at]) => (at === undefined ? [] : [[id, at]]));
}
const feed = async (who: string, contact: string) => {
  const { t } = told;
  await linkTo(t, 'chat', who, contact);
  const answer = await t.desk.accept('chat', eventsAt(t.clock).presses(who, 'lobby', 'notify-calendar', []));
  const [, token = ''] = /calendar\/([\w-]{43})\.ics/.exec(JSON.stringify(answer)) ?? [];
  return [...eventsIn((await t.desk.calendars.calendar(token)) ?? '')];
};
const stamp = ({ from }: { from: string }): string => from.replace(/[-:]|\.000/g, '');
const starts = (events: readonly (readonly [string, string | undefined])[]) => events.map(([, at]) => at);

test('a window of its own is agreed later: the general one vanishes from the calendar of that account', async () => {
  const { t } = told;
  const [general, own] = [hours(30), hours(80)];
  const id = await withOwn(told, [general], -1);
  await does(t, id, 'reschedule', { objects: [location, ownOf('A-1', 1)], windows: [general, own] });
  await settled(t);
  expect(starts(held('a-1'))).toEqual([stamp(own)]);
  expect(held('a-2')).toEqual([['N-1-0@switchdesk', stamp(general)]]);
  expect([await feed('ana', 'A-1-c'), await feed('ben', 'A-2-c')]).toEqual([held('a-1'), held('a-2')]);
});

test.each([
  ['as it was written', [1, 0]],
  ['in the order of time', [0, 1]],
])('an own window moves before the general one, %s: each is the event that it was', async (_, order) => {
  const { t } = told;
  const [general, own, moved] = [hours(50), hours(80), hours(30)];
  const id = await withOwn(told, [general, own], 1);
  const windows = order.flatMap(index => [moved, general][index] ?? []);
  await does(t, id, 'reschedule', { objects: [location, ownOf('A-1', windows.indexOf(moved))], windows });
  await does(t, id, 'update', { text: { en: 'Two switches.' } });
  await settled(t);
  expect(held('a-1')).toEqual([['N-1-1@switchdesk', stamp(moved)]]);
  expect(held('a-2')).toEqual([['N-1-0@switchdesk', stamp(general)]]);
  expect([await feed('ana', 'A-1-c'), await feed('ben', 'A-2-c')]).toEqual([held('a-1'), held('a-2')]);
});

test('the own window ends being one: it vanishes, and the general one comes', async () => {
  const { t } = told;
  const [general, own] = [hours(30), hours(80)];
  const id = await withOwn(told, [general, own], 1);
  await does(t, id, 'reschedule', { objects: [location], windows: [general] });
  await settled(t);
  expect(held('a-1')).toEqual([['N-1-0@switchdesk', stamp(general)]]);
  expect(held('a-2')).toEqual([['N-1-0@switchdesk', stamp(general)]]);
});

test('staff say that it is done while an own window is to come: it vanishes, and the preview says whose it is', async () => {
  const { t } = told;
  const [general, own] = [hours(3), hours(96)];
  const id = await withOwn(told, [general, own], 1, { ends: false });
  t.clock.forward(20 * HOUR);
  await settled(t);
  const { edition } = await view(t, id);
  await t.desk.api.notices.prepare(id, 'resolve', { edition });
  expect(await t.desk.api.notices.preview(id)).toMatchObject({ calledOff: ['A-1'] });
  await confirmed(t, id);
  await settled(t);
  expect((await view(t, id)).state).toBe('done');
  const last = (who: string) => told.mail.calls.findLast(({ to }) => to === `${who}@example.com`);
  expect(last('a-1')).toMatchObject({
    text: expect.stringContaining('This is done'),
    files: [{ content: expect.stringContaining('X-MAINTNOTE-STATUS:CANCELLED') }],
  });
  expect(last('a-2')?.files ?? []).toEqual([]);
  expect(held('a-1')).toEqual([]);
  expect(held('a-2')).toEqual([['N-1-0@switchdesk', stamp(general)]]);
  for (const later of [0, 100]) {
    t.clock.forward(later * HOUR);
    expect(await feed('ana', 'A-1-c')).toEqual([['N-1-1@switchdesk', undefined]]);
    expect(await feed('ben', 'A-2-c')).toEqual(held('a-2'));
  }
});

test('the second night of all vanishes when staff say that it is done after the first', async () => {
  const { t } = told;
  const [first, second] = [hours(3), hours(30)];
  const id = await withOwn(told, [first, second], -1, { ends: false });
  t.clock.forward(20 * HOUR);
  await settled(t);
  const { edition } = await view(t, id);
  await t.desk.api.notices.prepare(id, 'resolve', { edition });
  expect(await t.desk.api.notices.preview(id)).toMatchObject({ calledOff: [null] });
  await confirmed(t, id);
  await settled(t);
  for (const who of ['a-1', 'a-2']) expect(held(who)).toEqual([['N-1-0@switchdesk', stamp(first)]]);
});

test('what was dropped in words that were never sent vanishes with the next', async () => {
  const { t, mail } = told;
  const ok = mail.script;
  const [first, second, third] = [hours(30), hours(80), hours(90)];
  const id = await withOwn(told, [first, second], -1);
  mail.script = () => ({ outcome: 'retry', afterMs: 30_000, scope: 'place', why: 'busy' });
  const sent = [...mail.calls];
  await does(t, id, 'reschedule', { windows: [first] });
  await settled(t);
  mail.calls.splice(0, mail.calls.length, ...sent); // what was only tried is in no calendar
  await does(t, id, 'reschedule', { windows: [third] });
  mail.script = ok;
  t.clock.forward(60_000);
  await settled(t);
  expect(starts(held('a-1'))).toEqual([stamp(third)]);
});
