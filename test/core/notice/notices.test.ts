import { expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { linkTo, mails } from '../preference/kit.ts';
import {
  aDayLater,
  announced,
  bring,
  confirmed,
  does,
  drafted,
  eachTold,
  maintenance,
  outage,
  settled,
  view,
} from './kit.ts';

const told = eachTold();

const texts = (calls: readonly { to: string; text: string }[]): string[] =>
  calls.map(({ to, text }) => `${to}: ${text.split('\n')[0]}`);

test('a draft tells nobody; once it is confirmed, chat and mail tell each whom it concerns, and why, once', async () => {
  const { t, mail, talk } = told;
  await bring(t, 'A-1', [
    { ref: 's-1', location: 'WAW1', order: '123456' },
    { ref: 's-2', location: 'KRK1' },
  ]);
  await bring(t, 'A-2', [{ ref: 's-3', location: 'KRK1' }]);
  await linkTo(t, 'talk', 'ana', 'A-1-c');
  const id = await drafted(t, maintenance(t));
  await settled(t);
  expect([...mail.calls, ...talk.calls]).toEqual([]);
  await confirmed(t, id);
  await settled(t);
  await settled(t);
  expect(texts(talk.calls)).toEqual(['talk-chat-ana: **Planned maintenance N-1: New switch**']);
  expect(mail.calls).toHaveLength(1);
  expect(mail.calls[0]).toMatchObject({
    to: 'a-1@example.com',
    subject: 'Planned maintenance N-1: New switch',
  });
  expect(mail.calls[0]?.text).toContain('**Concerns**: Service s-1 (\\#123456)');
  expect(mail.calls[0]?.text).not.toContain('s-2');
  expect((await view(t, id)).board).toMatchObject([
    { revision: 1, stage: 'announce', sent: 1, planned: 0, failed: 0 },
  ]);
});

test('what comes later hangs from the first message there, by chat and by mail; of another notice from its own', async () => {
  const { t, mail, talk } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await linkTo(t, 'talk', 'ana', 'A-1-c');
  let made = 0;
  for (const channel of [mail, talk])
    channel.script = ({ to }): Receipt => ({ outcome: 'delivered', ref: `${to.slice(0, 1)}${++made}` });
  const first = await announced(t, outage());
  await does(t, first, 'update', { text: { en: 'A fuse.' } });
  await settled(t);
  const other = await drafted(t, maintenance(t), 'k-2');
  await confirmed(t, other);
  await settled(t);
  await does(t, first, 'resolve');
  await settled(t);
  const [root, mailRoot] = [talk.calls, mail.calls].map(calls =>
    calls.filter(({ what }) => what === 'deliver').map(({ replyTo }) => replyTo ?? 'first'),
  );
  expect(root).toEqual(['first', expect.stringMatching(/^t\d/), 'first', expect.stringMatching(/^t\d/)]);
  expect(new Set([root?.[1], root?.[3]]).size).toBe(1);
  expect(mailRoot).toEqual(['first', expect.stringMatching(/^a\d/), 'first', expect.stringMatching(/^a\d/)]);
});

test('what is moved after half were told: those who wait hear the new time only, once', async () => {
  const { t, mail } = told;
  for (const nr of [1, 2, 3, 4]) await bring(t, `A-${nr}`, [{ ref: `s-${nr}`, location: 'waw1' }]);
  let left = 2;
  mail.script = (): Receipt =>
    left-- > 0
      ? { outcome: 'delivered', ref: `m${left}` }
      : { outcome: 'retry', afterMs: 60_000, scope: 'place', why: 'busy' };
  const id = await drafted(t, maintenance(t));
  await confirmed(t, id);
  await settled(t);
  const before = mail.calls.length;
  mail.script = (): Receipt => ({ outcome: 'delivered', ref: 'm' });
  const later = aDayLater(t);
  await does(t, id, 'reschedule', { windows: later });
  t.clock.forward(61_000);
  await settled(t);
  const after = mail.calls.slice(before);
  expect(after.map(({ to }) => to).toSorted()).toEqual([1, 2, 3, 4].map(nr => `a-${nr}@example.com`));
  expect(after.every(({ text }) => text.includes('The time has changed'))).toBe(true);
  expect((await view(t, id)).board).toMatchObject([
    { stage: 'announce', sent: 2, superseded: 2 },
    { stage: 'reschedule', sent: 4 },
  ]);
});

test('after a cancel nothing but the cancel goes out, and only to those who had been told', async () => {
  const { t, mail } = told;
  for (const nr of [1, 2, 3]) await bring(t, `A-${nr}`, [{ ref: `s-${nr}`, location: 'WAW1' }]);
  let left = 1;
  mail.script = (): Receipt =>
    left-- > 0
      ? { outcome: 'delivered', ref: 'm' }
      : { outcome: 'retry', afterMs: 60_000, scope: 'place', why: 'busy' };
  const id = await drafted(t, maintenance(t));
  await confirmed(t, id);
  await settled(t);
  const first = mail.calls[0]?.to;
  const before = mail.calls.length;
  mail.script = (): Receipt => ({ outcome: 'delivered', ref: 'm' });
  await does(t, id, 'cancel', { text: { en: 'The part is late.' } });
  for (let hour = 0; hour < 60; hour += 6) {
    t.clock.forward(6 * 3_600_000);
    await settled(t);
  }
  expect(
    mails(mail)
      .slice(before)
      .map(one => one.split('.')[0]),
  ).toEqual([`${first}: This will not take place`.split('.')[0]]);
  const { board, state } = await view(t, id);
  expect([state, board]).toMatchObject([
    'cancelled',
    [
      { sent: 1, superseded: 2 },
      { stage: 'cancel', sent: 1, superseded: 2 },
    ],
  ]);
});

test('reminders go a day and an hour before, in time only, and start and end go by the clock', async () => {
  const { t, mail } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await announced(t, maintenance(t, { starts: true, ends: true }));
  const said: (string | undefined)[] = [];
  const HOUR = 3_600_000;
  // It begins in 48.5 hours: a week before is past already.
  for (const ms of [24 * HOUR, HOUR, 22.5 * HOUR, HOUR, HOUR, 2 * HOUR, 24 * HOUR]) {
    t.clock.forward(ms);
    await settled(t);
    said.push(...mail.calls.map(({ subject, text }) => `${subject} | ${text.split('\n')[0]}`), '-');
    mail.calls.length = 0;
  }
  expect(said.slice(1)).toEqual([
    '-',
    'Planned maintenance N-1 (reminder): New switch | This begins in 1 day.',
    '-',
    'Planned maintenance N-1 (reminder): New switch | This begins in 1 hour.',
    '-',
    'Planned maintenance N-1 (begins): New switch | This begins now.',
    '-',
    '-',
    'Planned maintenance N-1 (done): New switch | This is done.',
    '-',
    '-',
  ]);
  expect(await view(t, 1)).toMatchObject({ state: 'done', revision: 1 });
});

test('an outage comes at night, is updated, and is resolved; maintenance waits for the morning', async () => {
  const { t, mail } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await t.desk.api.preferences.put('A-1-c', { quiet_hours: { from: 0, to: 1439 } });
  await announced(t, maintenance(t));
  expect(mail.calls).toEqual([]);
  const id = await drafted(t, outage(), 'k-2');
  await confirmed(t, id);
  await settled(t);
  await does(t, id, 'update', { state: 'identified', text: { en: 'A fuse.' } });
  await settled(t);
  await does(t, id, 'resolve');
  await settled(t);
  expect(
    mail.calls.map(({ subject, text, class: urgency }) => [subject, text.split('\n')[0], urgency]),
  ).toEqual([
    ['Outage N-2: Power', 'Something is broken, and we are looking for the cause.', 'outage'],
    ['Outage N-2 (update): Power', 'We have found the cause and are working on it.', 'outage'],
    ['Outage N-2 (resolved): Power', 'It is resolved.', 'outage'],
  ]);
});

test('whoever cannot be reached by chat has the mail; both failed, and staff are told with what was tried', async () => {
  const { t, mail, talk, forum } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await bring(t, 'A-2', [{ ref: 's-2', location: 'WAW1' }]);
  await bring(t, 'A-3', [{ ref: 's-3', location: 'WAW1' }], []);
  await linkTo(t, 'talk', 'ana', 'A-1-c');
  await linkTo(t, 'talk', 'bob', 'A-2-c');
  const no = (code: 'gone' | 'blocked'): Receipt => ({ outcome: 'refused', code, why: 'no' });
  talk.script = () => no('blocked');
  mail.script = ({ to }) => (to.startsWith('a-2') ? no('gone') : { outcome: 'delivered', ref: 'm' });
  const id = await announced(t, maintenance(t));
  expect((await view(t, id)).board).toMatchObject([{ sent: 1, failed: 1 }]);
  t.clock.forward(120_000);
  await settled(t);
  expect((await view(t, id)).notReached).toMatchObject([
    { contact: { ref: 'A-2-c' }, why: 'all-failed', tried: [{ channel: 'talk' }, { channel: 'email' }] },
    { account: { ref: 'A-3' }, contact: null, why: 'nobody' },
  ]);
  const desk = forum.calls.map(({ text }) => text).join('\n');
  expect(desk).toContain('N-1 2 contacts not reached');
  expect(desk).toContain(
    '**A-2-c, Account A-2**: could not be reached. Tried: bob (talk), a-2@example.com (email)',
  );
  t.clock.forward(600_000);
  await settled(t);
  expect(forum.calls.filter(({ what }) => what === 'desk-post')).toHaveLength(1);
});

test('whom a notice concerns is forgotten with the account, or with the service that is gone', async () => {
  const { t } = told;
  await bring(t, 'A-1', [
    { ref: 's-1', location: 'WAW1' },
    { ref: 's-2', location: 'WAW1' },
  ]);
  await bring(t, 'A-2', [{ ref: 's-3', location: 'WAW1' }]);
  await announced(t, maintenance(t));
  const hit = async (): Promise<unknown[]> =>
    (
      await t.database.sql<{ ref: string }[]>`
        select s.ref from notice_hit h left join service s on s.id = h.service_id order by 1`
    ).map(({ ref }) => ref);
  expect(await hit()).toEqual(['s-1', 's-2', 's-3']);
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  expect(await hit()).toEqual(['s-1', 's-3']);
  expect(await t.desk.api.accounts.remove('A-2')).toBe(true);
  expect(await hit()).toEqual(['s-1']);
});

test('a step that cannot be taken holds up no other notice, and is tried again', async () => {
  const { t, mail } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  const spoilt = await announced(t, maintenance(t, { reminders: [1440] }));
  const whole = await drafted(t, maintenance(t, { reminders: [1440] }), 'k-2');
  await confirmed(t, whole);
  await settled(t);
  await t.database.sql`update notice_revision set content = content - 'windows' where notice_id = ${spoilt}`;
  mail.calls.length = 0;
  t.clock.forward(26 * 3_600_000);
  await settled(t);
  expect(mail.calls.map(({ subject }) => subject)).toEqual([
    expect.stringContaining(`N-${whole} (reminder)`),
  ]);
  expect(t.log.lines.join('\n')).toContain('a step of a notice could not be taken');
  const [left] = await t.database.sql<{ stage: string }[]>`
    select stage from notice_step where notice_id = ${spoilt} and done_at is null and due_at > ${t.clock.now()}`;
  expect(left?.stage).toBe('reminder:0:1440');
});
