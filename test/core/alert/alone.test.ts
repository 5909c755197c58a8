import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmed, does, settled, type Told, view } from '../notice/kit.ts';
import { mailedTo, mails } from '../preference/kit.ts';
import { alert, atDesks, MINUTE, sends, startAlerted, waw } from './kit.ts';

let told: Told;

beforeEach(async () => {
  told = await startAlerted();
});
afterEach(() => told.t.close());

const { newest, passes } = atDesks(() => told);

test('only a source that may publishes by itself, once it has fired for a while, and says that it is over', async () => {
  const { t, mail } = told;
  const robot = { source: 'robot' };
  const host = { labels: { ip: '203.0.113.7' } };
  await sends(t, [alert(t, 'f1', host)], robot);
  await passes(1);
  expect(mail.calls).toEqual([]);
  expect(newest('deliver')).toContain('It goes out by itself at 14:32');
  await passes(2);
  expect(mailedTo(mail)).toEqual(['a-1@example.com']);
  expect(newest('deliver')).toBe('N-1 went out by itself, as the policy says.');
  await sends(t, [alert(t, 'f1', { ...host, state: 'resolved' })], robot);
  await passes(4);
  expect((await view(t, 1)).state).toBe('investigating');
  await passes(2);
  expect((await view(t, 1)).state).toBe('resolved');
  expect(mail.calls).toHaveLength(2);
});

test.each([
  ['have said something of it', () => does(told.t, 1, 'update', { text: { en: 'We change a card.' } })],
  [
    'have sent what was prepared of it',
    async () => {
      await sends(told.t, [alert(told.t, 'f2', { about: ['WAW1'] })], { source: 'robot' });
      await confirmed(told.t, 1);
    },
  ],
])('an outage that went out by itself is not ended by itself once staff %s', async (_, staff) => {
  const { t, mail } = told;
  const robot = { source: 'robot' };
  const host = { labels: { ip: '203.0.113.7' } };
  await sends(t, [alert(t, 'f1', host)], robot);
  await passes(3);
  expect(mail.calls).toHaveLength(1);
  await staff();
  await passes(1);
  const over = { state: 'resolved' } as const;
  await sends(t, [alert(t, 'f1', over), alert(t, 'f2', over)], robot);
  for (let turn = 0; turn < 6; turn++) await passes(10);
  expect(await view(t, 1)).toMatchObject({ state: 'investigating', prepared: { move: 'resolve' } });
  expect(mails(mail).join()).not.toContain('It is resolved.');
  await confirmed(t, 1);
  await settled(t);
  expect(mails(mail).at(-1)).toContain('It is resolved.');
});

test('what joins a draft late has not fired for long: the whole waits until all of it has', async () => {
  const { t, mail } = told;
  const robot = { source: 'robot' };
  await sends(t, [alert(t, 'host', { labels: { ip: '203.0.113.7' } })], robot);
  t.clock.forward(118_000);
  await sends(t, [alert(t, 'site', { about: ['WAW1'] })], robot);
  t.clock.forward(3_000);
  await settled(t);
  expect(mail.calls).toEqual([]);
  t.clock.forward(MINUTE);
  await sends(t, [alert(t, 'host', { labels: { ip: '203.0.113.7' }, state: 'resolved' })], robot);
  t.clock.forward(58_000);
  await settled(t);
  expect(mailedTo(mail)).toEqual(['a-1@example.com', 'a-2@example.com']);
});

test.each([
  ['the policy does not let it', 'prom', { labels: { ip: '203.0.113.7' } }],
  ['it was over before', 'robot', { labels: { ip: '203.0.113.7' }, ends: true }],
  ['it only guesses how far it reaches', 'robot', waw],
  ['its severity is that of no disturbance', 'robot', { labels: { ip: '203.0.113.7', severity: 'info' } }],
  ['all that is known is the place where it stands', 'robot', { labels: { datacenter: 'WAW1' } }],
])('nothing goes out by itself when %s', async (_, name, { labels, ...more }) => {
  const { t, mail } = told;
  await sends(t, [alert(t, 'f1', { labels })], { source: name });
  await passes(1);
  if ('ends' in more) await sends(t, [alert(t, 'f1', { labels, state: 'resolved' })], { source: name });
  for (let turn = 0; turn < 10; turn++) await passes(10);
  expect(mail.calls).toEqual([]);
});
