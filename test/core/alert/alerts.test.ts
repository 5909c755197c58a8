import { afterEach, beforeEach, expect, test } from 'vitest';
import { bring, confirmed, settled, type Told, view } from '../notice/kit.ts';
import { mailedTo, mails } from '../preference/kit.ts';
import { alert, atDesks, MINUTE, sends, startAlerted, waw } from './kit.ts';

let told: Told;

beforeEach(async () => {
  told = await startAlerted();
});
afterEach(() => told.t.close());

const { atDesk, newest, notices, passes } = atDesks(() => told);

test('an alert drafts an outage on what it names; staff see who would be told what, and customers hear nothing before it is confirmed', async () => {
  const { t, mail } = told;
  const fired = alert(t, 'f1', { ...waw, summary: 'core-sw-3.mgmt.internal is *down*' });
  expect(await sends(t, [fired])).toEqual({ alerts: 1, changed: 1 });
  await settled(t);
  expect(atDesk('desk-post')).toEqual([
    expect.stringMatching(/^Alert N-1 Monitoring reports an outage\n.*Nothing goes out until/),
  ]);
  const text = newest('deliver');
  expect(text).toContain('core-sw-3.mgmt.internal is \\*down\\*** (prom), since 14:30');
  expect(text).toContain('2 contacts of 2 accounts');
  expect(text).toContain('location waw1 (outage): 2 services of 2 accounts');
  expect(mail.calls).toEqual([]);
  const { kind, state, prepared } = await view(t, 1);
  expect({ kind, state, prepared }).toMatchObject({
    kind: 'outage',
    state: 'draft',
    prepared: {
      state: 'investigating',
      content: { title: { en: 'Disruption in waw1', pl: 'Zakłócenia w lokalizacji waw1' } },
    },
  });
  expect(JSON.stringify(prepared)).not.toMatch(/mgmt|prom|10\.0\.0\.5|down/);
  await confirmed(t, 1);
  await settled(t);
  expect(
    mails(mail)
      .map(one => one.split('\n')[0])
      .toSorted(),
  ).toEqual([
    'a-1@example.com: Something is broken, and we are looking for the cause.',
    'a-2@example.com: Something is broken, and we are looking for the cause.',
  ]);
  expect(newest('edit')).toContain('Customers are told.');
});

test('what comes again changes nothing and brings no message; a request with an id is taken once', async () => {
  const { t, forum } = told;
  const fired = alert(t, 'f1', waw);
  await sends(t, [fired], { id: 'msg_1' });
  await settled(t);
  const before = forum.calls.length;
  expect(await sends(t, [fired, { ...fired }])).toEqual({ alerts: 2, changed: 0 });
  expect(await sends(t, [alert(t, 'f9', waw)], { id: 'msg_1' })).toMatchObject({ changed: 0 });
  await settled(t);
  expect(forum.calls).toHaveLength(before);
  expect((await t.database.sql`select from alert`).count).toBe(1);
});

test('alerts within the window on what overlaps are one draft; what is apart, or later, is another, and an old draft goes on in it', async () => {
  const { t } = told;
  await sends(t, [alert(t, 'host', { labels: { instance: 'https://203.0.113.7:443/x', site: 'WAW1' } })]);
  await passes(4);
  await sends(t, [alert(t, 'site', { labels: { site: 'WAW1' } })], { source: 'kuma' });
  await sends(t, [alert(t, 'apart', { labels: { site: 'KRK1' } })], { source: 'kuma' });
  await settled(t);
  expect((await notices()).map(({ content }) => content.objects)).toEqual([
    [
      { type: 'location', value: 'WAW1', impact: 'outage' },
      { type: 'network', value: '203.0.113.7/32', impact: 'outage' },
    ],
    [{ type: 'location', value: 'KRK1', impact: 'outage' }],
  ]);
  await passes(6);
  await sends(t, [alert(t, 'later', { labels: { order: '#123456' } })]);
  await settled(t);
  expect((await notices()).map(({ id, state }) => `${id} ${state}`)).toEqual([
    '1 draft',
    '2 cancelled',
    '3 draft',
  ]);
  expect(atDesk('edit').some(text => text.includes('This goes on as N-3.'))).toBe(true);
  expect(newest('deliver')).toMatch(/Alert apart.*\n.*Alert later/);
});

test('what fires in one request is one outage, and the host goes before the place where it stands', async () => {
  const { t } = told;
  await sends(t, [
    alert(t, 'a', { labels: { instance: '203.0.113.7:9100', datacenter: 'WAW1' } }),
    alert(t, 'b', { labels: { order_number: '123456', severity: 'warning' } }),
  ]);
  expect((await notices()).map(({ content }) => content.objects)).toEqual([
    [
      { type: 'network', value: '203.0.113.7/32', impact: 'outage' },
      { type: 'order', value: '123456', impact: 'degraded' },
    ],
  ]);
});

test('a switch that says its rack drafts an outage on what is in it, with no rack in what customers and the public read', async () => {
  const { t, mail } = told;
  for (const nr of [3, 4])
    await bring(t, `A-${nr}`, [
      { ref: `s-${nr}-a`, location: 'WAW1', rack: 'R12' },
      { ref: `s-${nr}-b`, location: 'KRK1', rack: 'R12' },
    ]);
  const labels = { instance: 'tor-r12.mgmt', rack: 'r12', datacenter: 'waw1' };
  await sends(t, [alert(t, 'tor', { labels })], { source: 'robot' });
  await passes(30);
  expect(newest('deliver')).toContain('rack waw1/r12 (outage): 2 services of 2 accounts');
  expect(mail.calls).toEqual([]);
  await confirmed(t, 1);
  await settled(t);
  expect(mailedTo(mail)).toEqual(['a-3@example.com', 'a-4@example.com']);
  expect(mails(mail).join()).toContain('Service s-3-a');
  expect(mails(mail).join()).not.toMatch(/r12|s-3-b/i);
  t.clock.forward(3_000);
  const facts = (await t.desk.status?.current())?.facts;
  expect(facts?.now.map(one => one.objects)).toEqual([
    [{ type: 'location', value: 'WAW1', impact: 'degraded' }],
  ]);
  expect(JSON.stringify(facts)).not.toMatch(/r12/i);
});

test('alerts that name nothing that anybody has are lines of one post a day, and no draft', async () => {
  const { t } = told;
  await sends(t, [alert(t, 'x', { labels: { site: 'MARS' } }), alert(t, 'y')]);
  await sends(t, [alert(t, 'z')]);
  await settled(t);
  expect(await notices()).toEqual([]);
  expect(atDesk('desk-post')).toEqual([expect.stringMatching(/^Alerts 2026-11-22 /)]);
  expect(atDesk('deliver')).toEqual([
    expect.stringMatching(/Alert x.*\n- .*Alert y/),
    expect.stringContaining('Alert z'),
  ]);
  for (let turn = 0; turn < 5; turn++) {
    await sends(t, [alert(t, 'z', { state: 'resolved' })]);
    t.clock.forward(MINUTE);
    await sends(t, [alert(t, 'z')]);
  }
  await settled(t);
  expect(atDesk('deliver')).toHaveLength(2);
  await bring(t, 'A-9', [{ ref: 's-9', location: 'MARS' }]);
  await sends(t, [alert(t, 'x', { labels: { site: 'MARS' } })]);
  expect((await notices()).map(({ content }) => content.objects[0]?.value)).toEqual(['MARS']);
});

test('a draft that nobody published is said to be over when nothing fires, and is closed later; nobody is told', async () => {
  const { t, mail } = told;
  await sends(t, [alert(t, 'f1', waw)]);
  await passes(1);
  await sends(t, [alert(t, 'f1', { ...waw, state: 'resolved' })]);
  await settled(t);
  expect(newest('deliver')).toBe('Nothing of N-1 fires any more, and no customer was told.');
  expect(newest('edit')).toContain('It is closed at 15:01 if it stays so.');
  await passes(29);
  expect((await view(t, 1)).state).toBe('draft');
  await passes(2);
  expect((await view(t, 1)).state).toBe('cancelled');
  expect(newest('edit')).toContain('**Closed.** No customer was told.');
  expect(mail.calls).toEqual([]);
});

test('flapping keeps one draft and one post, with a few messages below it', async () => {
  const { t, mail } = told;
  await sends(t, [alert(t, 'f1', waw)]);
  for (let turn = 0; turn < 40; turn++) {
    await passes(1);
    await sends(t, [alert(t, 'f1', { ...waw, state: 'resolved' })]);
    await passes(1);
    await sends(t, [alert(t, 'f1', waw)]);
  }
  await settled(t);
  expect(await notices()).toHaveLength(1);
  expect(atDesk('desk-post')).toHaveLength(1);
  expect(atDesk('deliver')).toHaveLength(7);
  expect(newest('edit')).toContain('Alerts that fire: 1 of 1');
  expect(mail.calls).toEqual([]);
});

test('of a published outage its end is prepared when nothing fires, taken back when it fires again, and told when staff confirm it', async () => {
  const { t, mail } = told;
  await sends(t, [alert(t, 'f1', waw), alert(t, 'f2', waw)]);
  await confirmed(t, 1);
  await passes(1);
  await sends(t, [alert(t, 'f1', { ...waw, state: 'resolved' }), alert(t, 'f2', waw)]);
  await settled(t);
  expect((await view(t, 1)).prepared).toBeNull();
  await sends(t, [alert(t, 'f2', { ...waw, state: 'resolved' })]);
  await settled(t);
  expect((await view(t, 1)).prepared).toMatchObject({ move: 'resolve', state: 'resolved' });
  expect(newest('deliver')).toMatch(/Tell customers that it is over\?[\s\S]*It is resolved\./);
  await passes(1);
  await sends(t, [alert(t, 'f2', waw)]);
  await settled(t);
  expect((await view(t, 1)).prepared).toBeNull();
  expect(newest('deliver')).toBe('N-1 fires again.');
  await passes(1);
  await sends(t, [alert(t, 'f2', { ...waw, state: 'resolved' })]);
  await passes(60);
  expect((await view(t, 1)).state).toBe('investigating');
  await confirmed(t, 1);
  await settled(t);
  expect(mails(mail).filter(one => one.includes('It is resolved.'))).toHaveLength(2);
  expect(newest('edit')).toContain('**Over.**');
});

test('when more fires than customers were told of, that is prepared for staff', async () => {
  const { t, mail } = told;
  await sends(t, [alert(t, 'f1', { labels: { ip: '203.0.113.7' } })]);
  await confirmed(t, 1);
  await passes(20);
  await sends(t, [alert(t, 'f2', waw)]);
  await settled(t);
  expect(await notices()).toHaveLength(1);
  expect(newest('deliver')).toMatch(
    /More fires of N-1 than customers were told of[\s\S]*2 contacts of 2 accounts/,
  );
  expect(mail.calls).toHaveLength(1);
  await confirmed(t, 1);
  await settled(t);
  expect(mailedTo(mail)).toEqual(['a-1@example.com', 'a-1@example.com', 'a-2@example.com']);
});

test('what staff have written into a draft stays, and nothing closes it', async () => {
  const { t } = told;
  await sends(t, [alert(t, 'f1', waw)]);
  await settled(t);
  const { edition } = await view(t, 1);
  const title = { en: 'Power in Warsaw' };
  expect((await t.desk.api.notices.prepare(1, 'announce', { edition, title }))?.outcome).toBe('prepared');
  await settled(t);
  expect(newest('edit')).toMatch(/alerts change it no more[\s\S]*Power in Warsaw/);
  await passes(10);
  await sends(t, [alert(t, 'f2', { labels: { ip: '203.0.113.7' } })]);
  await settled(t);
  expect(newest('edit')).toMatch(/Alerts that fire: 2 of 2[\s\S]*Power in Warsaw/);
  await sends(t, [alert(t, 'f1', { ...waw, state: 'resolved' }), alert(t, 'f2', { state: 'resolved' })]);
  await passes(60);
  expect(await notices()).toMatchObject([
    { id: 1, state: 'draft', content: { title, objects: [{ type: 'location', value: 'waw1' }] } },
  ]);
});

test('ten thousand alerts in one request are one draft with the widest hundred objects, and one message', async () => {
  const { t } = told;
  const many = Array.from({ length: 10_000 }, (_, nr) =>
    alert(t, `f${nr}`, {
      labels: { site: nr % 2 ? 'WAW1' : 'KRK1', instance: `10.0.${nr >> 8}.${nr & 255}:9100` },
    }),
  );
  expect(await sends(t, many, { truncated: 17 })).toEqual({ alerts: 10_000, changed: 10_000 });
  await settled(t);
  expect((await notices()).map(({ content }) => content.objects.length)).toEqual([2]);
  expect(atDesk('deliver')).toHaveLength(1);
  expect(newest('deliver')).toMatch(/10,000 of 10,000|10000 of 10000/);
  expect(newest('deliver')).toContain('left out 17 more');
});

test('two requests at once make one draft', async () => {
  const { t } = told;
  await Promise.all(['a', 'b', 'c', 'd'].map(name => sends(t, [alert(t, name, waw)])));
  await settled(t);
  expect(await notices()).toHaveLength(1);
  expect(atDesk('desk-post')).toHaveLength(1);
});

test('a draft that staff cancelled is not drafted again by what still fires, but by what begins anew', async () => {
  const { t } = told;
  const fired = alert(t, 'f1', waw);
  await sends(t, [fired]);
  await settled(t);
  const { edition } = await view(t, 1);
  await t.desk.api.notices.prepare(1, 'cancel', { edition });
  await confirmed(t, 1);
  await passes(1);
  expect(newest('edit')).toContain('**Closed.**');
  await sends(t, [fired]);
  await settled(t);
  expect(await notices()).toHaveLength(1);
  await sends(t, [alert(t, 'f1', { ...waw, state: 'resolved' })]);
  t.clock.forward(MINUTE);
  await sends(t, [alert(t, 'f1', waw)]);
  expect(await notices()).toHaveLength(2);
});
