import { expect, test } from 'vitest';
import { confirmed, does, eachTold, settled, view } from './kit.ts';
import { HOUR, hours as hoursOf, location, ownOf, saidTo, withOwn } from './own-kit.ts';

const told = eachTold();
const hours = (from: number) => hoursOf(told, from);
const objects = [location, ownOf('A-1', 1)];
const page = async () => {
  told.t.clock.forward(4_000);
  const { facts } = (await told.t.desk.status?.current()) ?? {};
  return facts?.planned[0];
};

test('that the window of one account moves is said to that account alone, and not in public; the preview says so', async () => {
  const { t } = told;
  const [general, own, moved] = [hours(30), hours(40), hours(50)];
  const id = await withOwn(told, [general, own], 1);
  const before = await page();
  const { edition } = await view(t, id);
  const change = { windows: [general, moved], objects, text: { en: 'The part is late.' } };
  await t.desk.api.notices.prepare(id, 'reschedule', { edition, ...change });
  const preview = await t.desk.api.notices.preview(id);
  if (preview === undefined || preview === 'nothing') throw new Error('nothing is prepared');
  expect(preview).toMatchObject({
    accounts: 1,
    contacts: 1,
    why: [{ accounts: 0 }, { accounts: 1 }],
    examples: [{ ref: 'A-1' }],
    destinations: [{ channel: 'email', contacts: 1 }],
  });
  expect(preview.messages[0]?.text).toContain('The time has changed');
  await confirmed(t, id);
  await settled(t);
  expect(saidTo(told, 'a-1').at(-1)).toBe(preview.messages[0]?.text);
  expect(saidTo(told, 'a-2')).toHaveLength(1);
  expect(await page()).toEqual(before);
});

test('what moves for everybody is said to everybody else as before, and not to whom it is nothing new', async () => {
  const { t } = told;
  const [general, own, moved] = [hours(30), hours(40), hours(50)];
  const id = await withOwn(told, [general, own], 1);
  await does(t, id, 'reschedule', { windows: [moved, own], objects });
  await settled(t);
  expect(saidTo(told, 'a-1')).toHaveLength(1);
  expect(saidTo(told, 'a-2').at(-1)).toContain('The time has changed');
  expect((await page())?.events.map(({ what }) => what)).toEqual(['announce', 'reschedule']);
});

test('an own window that is agreed later is news for that account alone', async () => {
  const { t } = told;
  const [general, own] = [hours(30), hours(80)];
  const id = await withOwn(told, [general], -1);
  const before = await page();
  await does(t, id, 'reschedule', { windows: [general, own], objects });
  await settled(t);
  expect(saidTo(told, 'a-1').at(-1)).toContain('The time has changed');
  expect(saidTo(told, 'a-2')).toHaveLength(1);
  expect((await page())?.events).toEqual(before?.events);
});

test('who waits for what was said before still hears it all, as nothing that was moved', async () => {
  const { t, mail } = told;
  const ok = mail.script;
  mail.script = call =>
    call.to === 'a-2@example.com'
      ? { outcome: 'retry', afterMs: 30_000, scope: 'place', why: 'busy' }
      : ok(call);
  const [general, own, moved] = [hours(30), hours(40), hours(50)];
  const id = await withOwn(told, [general, own], 1);
  await does(t, id, 'reschedule', { windows: [general, moved], objects });
  mail.script = ok;
  mail.calls.length = 0;
  t.clock.forward(60_000);
  await settled(t);
  const [text = '', ...more] = saidTo(told, 'a-2');
  expect(more).toEqual([]);
  expect(text).toContain('**When**');
  expect(text).not.toContain('The time has changed');
});

test('where nothing moves, or a date becomes final, everybody hears it', async () => {
  const { t } = told;
  const [general, own, moved] = [hours(30), hours(40), hours(50)];
  const id = await withOwn(told, [general, own], 1, { state: 'planned' });
  await does(t, id, 'reschedule', { windows: [general, moved], objects, state: 'confirmed' });
  await settled(t);
  expect([saidTo(told, 'a-1').length, saidTo(told, 'a-2').length]).toEqual([2, 2]);
  expect((await page())?.events.map(({ what }) => what)).toEqual(['announce', 'update']);
  await does(t, id, 'reschedule', { text: { en: 'As planned.' } });
  await settled(t);
  expect([saidTo(told, 'a-1').length, saidTo(told, 'a-2').length]).toEqual([3, 3]);
  expect(saidTo(told, 'a-2').at(-1)).not.toContain('The time has changed');
});

test('after the early window of one account everybody can still be told something new', async () => {
  const { t } = told;
  const windows = [hours(3), hours(60)];
  const later = [hours(3), hours(80)];
  const id = await withOwn(told, windows, 0);
  t.clock.forward(8 * HOUR);
  await settled(t);
  await does(t, id, 'update', { text: { en: 'Two switches.' } });
  await does(t, id, 'reschedule', { windows: later });
  const { edition } = await view(t, id);
  const past = await t.desk.api.notices.prepare(id, 'reschedule', {
    edition,
    windows: [hours(-6), hours(80)],
  });
  expect(past).toMatchObject({ outcome: 'refused', faults: [{ path: ['windows', 0], code: 'window-past' }] });
  await does(t, id, 'cancel', { text: { en: 'Never mind.' } });
  await settled(t);
  expect(saidTo(told, 'a-2').at(-1)).toContain('Never mind.');
});
