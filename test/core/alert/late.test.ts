import { afterEach, beforeEach, expect, test } from 'vitest';
import { bring, confirmed, settled, type Told, view } from '../notice/kit.ts';
import { alert, atDesks, MINUTE, sends, startAlerted, waw } from './kit.ts';

let told: Told;

beforeEach(async () => {
  told = await startAlerted();
});
afterEach(() => told.t.close());

const { newest, notices, passes } = atDesks(() => told);

test('what ended before it was heard of fires late and opens nothing; a resolved one that nobody knows is kept', async () => {
  const { t } = told;
  const began = t.clock.now();
  t.clock.forward(MINUTE);
  await sends(t, [alert(t, 'f1', { ...waw, state: 'resolved', beganAt: began })]);
  await sends(t, [alert(t, 'f1', { ...waw, beganAt: began })]);
  await settled(t);
  expect(await notices()).toEqual([]);
  t.clock.forward(11 * MINUTE);
  await sends(t, [alert(t, 'f1', { ...waw, beganAt: began })]);
  expect(await notices()).toHaveLength(1);
});

test('what was over and fires on with its old beginning begins when no end comes for a while, and is for staff', async () => {
  const { t, mail } = told;
  const robot = { source: 'robot' };
  const began = t.clock.now();
  const host = { labels: { ip: '203.0.113.7' }, beganAt: began };
  await sends(t, [alert(t, 'f1', host)], { source: 'prom' });
  await passes(5);
  await sends(t, [alert(t, 'f1', { ...host, state: 'resolved' })]);
  await passes(1);
  expect(await sends(t, [alert(t, 'f1', host)])).toEqual({ alerts: 1, changed: 0 });
  await passes(8);
  expect(newest('deliver')).toContain('Nothing of N-1 fires any more');
  await passes(2);
  expect(newest('deliver')).toBe('N-1 fires again.');
  for (let turn = 0; turn < 6; turn++) await passes(10);
  expect((await view(t, 1)).state).toBe('draft');
  await sends(t, [alert(t, 'f2', host)], robot);
  await passes(1);
  await sends(t, [alert(t, 'f2', { ...host, state: 'resolved' })], robot);
  await sends(t, [alert(t, 'f1', { ...host, state: 'resolved' })]);
  await passes(31);
  expect((await view(t, 1)).state).toBe('cancelled');
  const again = { ...host, beganAt: t.clock.now() };
  await sends(t, [alert(t, 'f3', again)], robot);
  await sends(t, [alert(t, 'f3', { ...again, state: 'resolved' })], robot);
  await sends(t, [alert(t, 'f3', again)], robot);
  await passes(11);
  expect(newest('edit')).toContain('Alerts that fire: 1 of 1');
  for (let turn = 0; turn < 6; turn++) await passes(10);
  expect(mail.calls).toEqual([]);
});

test('an old beginning of what is over is dropped when its end comes once more, or when nobody has it any more', async () => {
  const { t } = told;
  const old = { labels: { ip: '203.0.113.7' }, beganAt: t.clock.now() };
  await sends(t, [alert(t, 'f1', old), alert(t, 'f2', old)]);
  await passes(1);
  await sends(t, [
    alert(t, 'f1', { ...old, state: 'resolved' }),
    alert(t, 'f2', { ...old, state: 'resolved' }),
  ]);
  await sends(t, [alert(t, 'f1', old), alert(t, 'f2', old)]);
  await passes(1);
  await sends(t, [alert(t, 'f1', { ...old, state: 'resolved' })]);
  const { edition } = await view(t, 1);
  await t.desk.api.notices.prepare(1, 'cancel', { edition });
  await confirmed(t, 1);
  await bring(t, 'A-1', [{ ref: 's-2', location: 'KRK1' }]);
  for (let turn = 0; turn < 3; turn++) await passes(10);
  expect(await notices()).toHaveLength(1);
  expect(newest('deliver')).toMatch(/Alert f2/);
  expect(newest('deliver')).not.toMatch(/Alert f1/);
});

test('a service that has ended holds up no draft, and what was published is told of without it', async () => {
  const { t } = told;
  await sends(t, [
    alert(t, 'f1', { labels: { ip: '203.0.113.7' } }),
    alert(t, 'f2', { labels: { order: '123456' } }),
  ]);
  const keep = { ref: 's-2', location: 'KRK1', order: '123456' };
  await bring(t, 'A-1', [keep]);
  await passes(1);
  await sends(t, [
    alert(t, 'f3', { labels: { service: 's-3' } }),
    alert(t, 'f2', { labels: { order: '123456' } }),
  ]);
  const about = async () => (await notices()).at(-1)?.content.objects.map(({ value }) => value);
  expect(await about()).toEqual(['123456', 's-3']);
  await confirmed(t, 1);
  await bring(t, 'A-2', []);
  await passes(1);
  expect((await view(t, 1)).prepared).toBeNull();
  await sends(t, [alert(t, 'f4', { about: ['KRK1'] })]);
  await settled(t);
  expect((await view(t, 1)).prepared).toMatchObject({ move: 'update' });
  expect((await view(t, 1)).prepared?.content.objects.map(({ value }) => value)).toEqual(['KRK1', '123456']);
});

test('an end counts although the clock of the source goes behind ours', async () => {
  const { t } = told;
  const host = { labels: { ip: '203.0.113.7' } };
  const { beganAt: _, ...unsaid } = alert(t, 'f1', host);
  await sends(t, [unsaid]);
  await settled(t);
  const endedAt = new Date(t.clock.now().getTime() - 30_000);
  const { beganAt: __, ...end } = alert(t, 'f1', { ...host, state: 'resolved', endedAt });
  expect(await sends(t, [end])).toEqual({ alerts: 1, changed: 1 });
  await settled(t);
  expect(newest('edit')).toContain('It is closed at');
  expect(
    await sends(t, [alert(t, 'f1', { ...host, beganAt: new Date(endedAt.getTime() + 5_000) })]),
  ).toMatchObject({
    changed: 1,
  });
});
