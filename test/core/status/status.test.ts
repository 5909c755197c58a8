import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Policy, Status, StatusView } from '../../../src/core/index.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { bring, confirmed, does, drafted, maintenance, outage, view } from '../notice/kit.ts';

let t: TestDesk;
const start = async (status: Policy['status'] = { public: true }): Promise<void> => {
  t = await testDesk([], { ...testPolicy(), status });
  await bring(t, 'A-1', [
    { ref: 's-1', location: 'WAW1', order: '123456', networks: ['203.0.113.7'] },
    { ref: 's-2', location: 'waw1' },
    { ref: 's-3', location: 'KRK1', kind: 'dedicated' },
  ]);
};
beforeEach(() => start());
afterEach(() => t.close());

async function status(): Promise<Status> {
  t.clock.forward(3_000);
  const found = await t.desk.status?.current();
  if (found === undefined) throw new Error('nothing is known');
  return found;
}
const page = async (locale = 'en'): Promise<StatusView> => (await status()).view(locale);
const announce = async (...given: Parameters<typeof drafted>): Promise<number> => {
  const id = await drafted(...given);
  await confirmed(t, id);
  return id;
};

test('the components are the locations of services that live, each once, however it is written', async () => {
  expect((await page()).components.map(({ name, label }) => `${name} ${label}`)).toEqual([
    'KRK1 works',
    'WAW1 works',
  ]);
  await t.database.sql`update service set state = 'ended' where ref = 's-3'`;
  expect((await page()).components.map(({ name }) => name)).toEqual(['WAW1']);
  await t.database.sql`update account set state = 'closed'`;
  expect((await page()).components).toEqual([]);
});

test('a draft, and what is prepared and not confirmed, is nowhere', async () => {
  const id = await drafted(t, outage({ title: { en: 'Secret title' }, text: { en: 'Secret draft.' } }));
  expect(JSON.stringify((await status()).facts)).not.toContain('Secret');
  expect((await page()).notice(id)).toBeUndefined();
  await confirmed(t, id);
  const { edition } = await view(t, id);
  await t.desk.api.notices.prepare(id, 'update', {
    edition,
    text: { en: 'Not said yet.' },
    title: { en: 'Not so called yet' },
  });
  expect(JSON.stringify((await status()).facts)).not.toMatch(/Not said yet|Not so called/);
  expect((await page()).notice(id)?.title).toBe('Secret title');
});

test('a rack that several share disturbs its location, as it was when it was told; of one customer’s own nothing is known', async () => {
  await bring(t, 'A-2', [
    { ref: 's-4', location: 'WAW1', rack: 'R12' },
    { ref: 's-5', location: 'KRK1', rack: 'R12' },
  ]);
  await bring(t, 'A-3', [
    { ref: 's-6', location: 'waw1', rack: 'r12' },
    { ref: 's-7', location: 'WAW1', rack: 'R13' },
  ]);
  const rack = (value: string) =>
    outage({ objects: [{ type: 'rack', value }], title: { en: `Power of ${value.length}` } });
  const own = await announce(t, rack('WAW1/R13'), 'own');
  expect((await status()).facts.all).toEqual([]);
  // Only one customer stands in the R12 of KRK1.
  const id = await announce(t, rack('R12'), 'shared');
  const told = async () =>
    (await status()).facts.all.map(one => [one.id, one.events.map(({ what }) => what)]);
  const now = await page();
  expect(now.components.map(({ name, label }) => `${name} ${label}`)).toEqual([
    'KRK1 works',
    'WAW1 disrupted',
  ]);
  expect(now.notice(id)?.about).toEqual(['WAW1: slower, or short interruptions']);
  expect(JSON.stringify((await status()).facts)).not.toMatch(/R1[23]/i);
  // What was one customer's when it was told stays theirs; what was everybody's is told to its end.
  await bring(t, 'A-2', [{ ref: 's-8', location: 'WAW1', rack: 'R13' }]);
  await does(t, id, 'resolve', { text: { en: 'All is well.' } });
  expect(await told()).toEqual([[id, ['announce', 'resolve']]]);
  await does(t, own, 'update', { text: { en: 'A fuse.' } });
  expect(await told()).toEqual([
    [own, ['update']],
    [id, ['announce', 'resolve']],
  ]);
});

test('a draft that was withdrawn is nowhere either', async () => {
  const id = await drafted(t, outage({ title: { en: 'Never said' } }));
  await does(t, id, 'cancel', { text: { en: 'A mistake.' } });
  expect((await status()).facts.all).toEqual([]);
});

test('an outage is shown with every word, the newest first, and goes into the history', async () => {
  const id = await announce(t, outage());
  t.clock.forward(600_000);
  await does(t, id, 'update', {
    state: 'identified',
    text: { en: 'A fuse.\nA new one comes.', pl: 'Bezpiecznik.' },
  });
  const now = await page();
  expect(now).toMatchObject({
    state: 'outage',
    headline: 'Something is not available',
    planned: [],
    past: [],
  });
  expect(now.components.map(({ label }) => label)).toEqual(['works', 'not available']);
  expect(now.now.map(one => one.name)).toEqual([`N-${id}`]);
  expect(now.now[0]?.events.map(({ name, text }) => [name, text])).toEqual([
    ['cause found', 'We have found the cause and are working on it.\nA fuse.\nA new one comes.'],
    ['looking for the cause', 'Something is broken, and we are looking for the cause.\nA feed is down.'],
  ]);
  const polish = (await page('pl')).now[0];
  expect(polish).toMatchObject({ kind: 'Awaria', title: 'Power', about: ['WAW1: brak dostępu'] });
  expect(polish?.events[0]?.text).toContain('Bezpiecznik.');
  t.clock.forward(600_000);
  await does(t, id, 'resolve', { text: { en: 'All is well.' } });
  const after = await page();
  expect(after).toMatchObject({ state: 'operational', headline: 'Everything works', now: [] });
  expect(after.past[0]).toMatchObject({ state: 'resolved', phase: 'past' });
  expect(after.past[0]?.to?.iso).toBe((await status()).facts.past[0]?.events.at(-1)?.at);
});

test('ninety days later it is in the history no more, and keeps its page', async () => {
  const id = await announce(t, outage());
  await does(t, id, 'resolve');
  t.clock.forward(89 * 86_400_000);
  expect((await page()).past).toHaveLength(1);
  t.clock.forward(2 * 86_400_000);
  const later = await page();
  expect(later.past).toEqual([]);
  expect(later.notice(id)?.title).toBe('Power');
});

test('planned work goes by the clock: to come, under way, done', async () => {
  const id = await announce(t, maintenance(t, { starts: true, ends: true }));
  const before = (await page()).planned[0];
  expect(before).toMatchObject({
    state: 'confirmed',
    windows: [{ text: 'Tue 24 Nov 15:00–17:00 (UTC+1) = Tue 24 Nov 14:00–16:00 UTC' }],
  });
  t.clock.forward(48.6 * 3_600_000);
  // The page need not wait for the desk's own tick.
  expect((await page()).components.map(({ state }) => state)).toEqual(['operational', 'maintenance']);
  await t.desk.tick();
  const during = await page();
  expect(during.now[0]).toMatchObject({ id, state: 'under way', from: { text: 'Tue 24 Nov 15:00 (UTC+1)' } });
  expect(during.now[0]?.events.map(({ name }) => name)).toEqual(['begins', 'announcement']);
  t.clock.forward(2 * 3_600_000);
  await t.desk.tick();
  expect((await page()).past[0]).toMatchObject({ id, state: 'done' });
});

test('what is moved says what was planned before; its calendar keeps each window for good', async () => {
  const nights = (...days: number[]) =>
    days.map(day => ({ from: `2026-12-0${day}T01:00:00.000Z`, to: `2026-12-0${day}T03:00:00.000Z` }));
  const id = await announce(
    t,
    maintenance(t, { windows: nights(1, 2), text: { en: 'Two; nights, or\none.' } }),
  );
  const events = async () => {
    const text = (await (await status()).calendar('en', 'https://desk.example.com')).replace(/\r\n /g, '');
    return text
      .split('BEGIN:VEVENT')
      .slice(1)
      .map(one =>
        Object.fromEntries(
          [...one.matchAll(/^([A-Z]+)[;:](.*)$/gm)].map(([, key, value]) => [key ?? '', value?.trim()]),
        ),
      );
  };
  const first = await events();
  expect(first.map(one => [one.UID, one.SEQUENCE, one.DTSTART, one.STATUS])).toEqual([
    [`N-${id}-0@switchdesk`, '1', '20261201T010000Z', 'CONFIRMED'],
    [`N-${id}-1@switchdesk`, '1', '20261202T010000Z', 'CONFIRMED'],
  ]);
  expect(first[0]?.DESCRIPTION).toBe('Two\\; nights\\, or\\none.');
  await does(t, id, 'reschedule', { windows: nights(5) });
  expect((await page()).planned[0]?.events[0]?.text).toContain('It was planned for Tue 1 Dec 02:00–04:00');
  expect((await events()).map(one => [one.UID, one.SEQUENCE, one.DTSTART, one.STATUS])).toEqual([
    [`N-${id}-0@switchdesk`, '2', '20261205T010000Z', 'CONFIRMED'],
    [`N-${id}-1@switchdesk`, '2', '20261202T010000Z', 'CANCELLED'],
  ]);
  await does(t, id, 'cancel');
  expect((await events()).map(one => [one.SEQUENCE, one.STATUS])).toEqual([
    ['3', 'CANCELLED'],
    ['3', 'CANCELLED'],
  ]);
});

test('a date that is not final is tentative, and of outages a calendar knows nothing', async () => {
  await announce(t, maintenance(t, { state: 'planned' }), 'k-1');
  await announce(t, outage(), 'k-2');
  const text = await (await status()).calendar('pl', 'https://desk.example.com');
  expect(text.match(/^UID:.*$/gm)).toHaveLength(1);
  expect(text).toContain('STATUS:TENTATIVE');
  expect(text).toContain('SUMMARY:Planowane prace: Nowy przełącznik');
});

test('what concerns single services is nowhere, nor is any customer', async () => {
  await announce(
    t,
    outage({
      title: { en: 'Disk of Acme' },
      objects: [
        { type: 'service', value: 's-1' },
        { type: 'order', value: '123456' },
      ],
    }),
    'k-1',
  );
  await announce(
    t,
    outage({ title: { en: 'One address' }, objects: [{ type: 'network', value: '203.0.113.7' }] }),
    'k-2',
  );
  await announce(
    t,
    outage({
      objects: [
        { type: 'service', value: 's-1' },
        { type: 'location', value: 'WAW1' },
      ],
    }),
    'k-3',
  );
  const { facts, view: inWords, calendar } = await status();
  const all = JSON.stringify([facts, inWords('en'), await calendar('en', '')]);
  expect(facts.all.map(({ id }) => id)).toHaveLength(1);
  expect(all).not.toMatch(/Acme|A-1|s-1|123456|203\.0\.113|example\.com/);
});

test('components of the policy, a title of one’s own, and no page at all', async () => {
  await t.close();
  const component = {
    name: { en: 'Warsaw', pl: 'Warszawa' },
    locations: ['WAW1'],
    products: [],
    networks: [],
  };
  await start({ public: true, title: { en: 'Is it up?' }, components: [component] });
  await announce(t, outage({ objects: [{ type: 'product', value: 'vps', impact: 'degraded' }] }));
  const polish = await page('pl');
  expect(polish.title).toBe('Is it up?');
  expect(polish.components).toEqual([{ name: 'Warszawa', state: 'operational', label: 'działa' }]);
  // What no component covers is still told of.
  expect(polish.headline).toBe('Coś nie działa tak, jak powinno');
  await t.close();
  await start({ public: false });
  expect(t.desk.status).toBeUndefined();
  expect(await t.desk.tick()).toBeUndefined();
});

test('all who ask within some seconds are shown the same, which is read once', async () => {
  const asks = () => Promise.all(Array.from({ length: 200 }, () => t.desk.status?.current()));
  t.clock.forward(60_000);
  const [first, ...others] = [...(await asks()), ...(await asks())];
  expect(others.every(one => one !== undefined && one === first)).toBe(true);
  t.clock.forward(3_000);
  expect(await t.desk.status?.current()).not.toBe(first);
});
