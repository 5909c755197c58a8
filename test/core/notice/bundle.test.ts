import { expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { linkTo } from '../preference/kit.ts';
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
const HOUR = 3_600_000;
const ok: Receipt = { outcome: 'delivered', ref: 'm' };
const gone: Receipt = { outcome: 'refused', code: 'gone', why: 'no such user' };

const said = () => told.talk.calls.filter(({ what }) => what === 'deliver').map(({ text }) => text);
const mailed = () => told.mail.calls.map(({ subject }) => subject);
const lineOf = async (id: number, at = 0) => (await view(told.t, id)).board[at];

/** Ana, at whom nothing planned arrives in the next hours; then two works in her data centre, and one change. */
async function threeAtNight(): Promise<readonly [number, number, number]> {
  const { t } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await linkTo(t, 'talk', 'ana', 'A-1-c');
  // It is half past two in the afternoon.
  await t.desk.api.preferences.put('A-1-c', { quiet_hours: { from: 0, to: 1_200 } });
  const ids: number[] = [];
  for (const [nth, title] of ['New switch', 'New router', 'New fans'].entries()) {
    const id = await drafted(t, maintenance(t, { title: { en: title } }), `night-${nth}`);
    await confirmed(t, id);
    ids.push(id);
  }
  await settled(t);
  return ids as unknown as readonly [number, number, number];
}

test('what waited for the morning comes as one message, in the chat and by mail, with everything in it', async () => {
  const { t, mail } = told;
  const ids = await threeAtNight();
  expect([...said(), ...mailed()]).toEqual([]);
  t.clock.forward(6 * HOUR);
  await settled(t);
  expect(said()).toHaveLength(1);
  expect(said()[0]).toMatch(
    /^\*\*3 notices about your services\*\*[\s\S]*N-1: New switch[\s\S]*N-2: New router[\s\S]*N-3: New fans/,
  );
  expect(mailed()).toEqual(['3 notices about your services']);
  const [calendar] = mail.calls[0]?.files ?? [];
  expect(calendar?.content.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  for (const id of ids)
    expect(await lineOf(id)).toMatchObject({ stage: 'announce', sent: 1, planned: 0, sending: 0 });
});

test('what is off before it is sent is not in it, and of the others each is told once', async () => {
  const { t, talk } = told;
  const [, second] = await threeAtNight();
  talk.script = () => ({ outcome: 'retry', afterMs: HOUR, scope: 'place', why: 'busy' });
  t.clock.forward(6 * HOUR);
  await settled(t);
  expect(mailed()).toHaveLength(1);
  await does(t, second, 'cancel');
  talk.script = () => ok;
  talk.calls.length = 0;
  for (const ms of [HOUR, 10_000]) {
    t.clock.forward(ms);
    await settled(t);
  }
  // The chat never had the message of three; who has the mail hears of the cancel.
  expect(said().join('\n')).not.toContain('New router is');
  expect(said().filter(text => text.includes('New switch'))).toHaveLength(1);
  expect(said().filter(text => text.includes('N-2') && !text.includes('cancelled'))).toHaveLength(0);
  expect(mailed().at(-1)).toBe('Planned maintenance N-2 (cancelled): New router');
});

test('one that was told with others is called off to those who know, and hangs from what told them', async () => {
  const { t, mail } = told;
  const [, second] = await threeAtNight();
  t.clock.forward(6 * HOUR);
  await settled(t);
  await does(t, second, 'cancel');
  await settled(t);
  expect(said().at(-1)).toContain('Planned maintenance N-2 (cancelled): New router');
  expect(told.talk.calls.some(({ what }) => what === 'edit')).toBe(false);
  expect(mail.calls.at(-1)?.replyTo).toBeDefined();
});

test('what is moved with others shows so in the first message of each', async () => {
  const { t, talk } = told;
  talk.script = ({ what }): Receipt => ({
    outcome: 'delivered',
    ref: what === 'edit' ? '' : `m${talk.calls.length}`,
  });
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await linkTo(t, 'talk', 'ana', 'A-1-c');
  const ids: number[] = [];
  for (const [nth, title] of ['New switch', 'New router'].entries()) {
    const id = await drafted(t, maintenance(t, { title: { en: title } }), `day-${nth}`);
    await confirmed(t, id);
    await settled(t);
    ids.push(id);
  }
  expect(said()).toHaveLength(2);
  await t.desk.api.preferences.put('A-1-c', { quiet_hours: { from: 0, to: 1_200 } });
  for (const id of ids) await does(t, id, 'reschedule', { windows: aDayLater(t) });
  await settled(t);
  t.clock.forward(6 * HOUR);
  await settled(t);
  expect(said().at(-1)).toContain('2 notices about your services');
  const edits = talk.calls.filter(({ what }) => what === 'edit');
  expect(edits.map(({ text }) => /N-[12]/.exec(text)?.[0]).toSorted()).toEqual(['N-1', 'N-2']);
  for (const { text } of edits) expect(text).toContain('Newest');
});

test('when nobody can be reached, all of them were missed', async () => {
  const { t, talk, mail } = told;
  const ids = await threeAtNight();
  talk.script = () => gone;
  mail.script = () => gone;
  t.clock.forward(6 * HOUR);
  await settled(t);
  for (const id of ids) {
    expect(await lineOf(id)).toMatchObject({ failed: 1, sent: 0 });
    expect((await view(t, id)).notReached).toHaveLength(1);
  }
});

test('an outage is never told with others, nor after them', async () => {
  const { t } = told;
  await threeAtNight();
  await announced(t, outage());
  expect(said()).toHaveLength(1);
  expect(said()[0]).toContain('Outage N-4: Power');
  t.clock.forward(6 * HOUR);
  await settled(t);
  expect(said()[1]).toContain('3 notices about your services');
});

test('more than one message holds goes in several, each whole: nobody is told half of it', async () => {
  const { t, talk } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }], [{ ref: 'A-1-c', addresses: [] }]);
  await linkTo(t, 'talk', 'ana', 'A-1-c');
  await t.desk.api.preferences.put('A-1-c', { quiet_hours: { from: 0, to: 1_200 } });
  const text = { en: 'We work on it. '.repeat(25) };
  for (let nth = 1; nth <= 8; nth += 1)
    await confirmed(
      t,
      await drafted(t, maintenance(t, { title: { en: `Work ${nth}` }, text }), `many-${nth}`),
    );
  t.clock.forward(6 * HOUR);
  await settled(t);
  expect(said().length).toBeGreaterThan(2);
  expect(said().length).toBeLessThan(8);
  for (const one of said()) expect(one).toMatch(/^\*\*(?:\d notices about|Planned maintenance)/);
  for (let nth = 1; nth <= 8; nth += 1)
    expect(
      said().filter(one => one.includes(`N-${nth}: Work ${nth}`)),
      `N-${nth}`,
    ).toHaveLength(1);
  expect(talk.calls.every(({ text: sent }) => sent.length <= 2_000)).toBe(true);
});

test('what was taken along is told by itself when what it goes with has to wait, and is overtaken in the night', async () => {
  const { t, talk } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }], [{ ref: 'A-1-c', addresses: [] }]);
  await linkTo(t, 'talk', 'ana', 'A-1-c');
  await t.desk.api.preferences.put('A-1-c', { quiet_hours: { from: 0, to: 1_200 } });
  const ids: number[] = [];
  for (const title of ['New switch', 'New router', 'New fans']) {
    const id = await drafted(t, maintenance(t, { title: { en: title } }), title);
    await confirmed(t, id);
    ids.push(id);
  }
  const [first = 0, second = 0, third = 0] = ids;
  talk.script = () => ({ outcome: 'retry', afterMs: HOUR, scope: 'place', why: 'busy' });
  t.clock.forward(6 * HOUR);
  await settled(t);
  expect(said()).toHaveLength(1);
  talk.script = () => ok;
  talk.calls.length = 0;
  await does(t, second, 'cancel');
  await t.desk.api.preferences.put('A-1-c', { quiet_hours: { from: 1_230, to: 420 } });
  t.clock.forward(HOUR);
  await settled(t);
  expect(said()).toEqual([]);
  await does(t, first, 'reschedule', { windows: aDayLater(t) });
  t.clock.forward(10 * HOUR);
  await settled(t);
  const all = said().join('\n');
  expect(all).toContain('N-1 (new time)');
  expect(all).toContain(`N-${third}: New fans`);
  expect(all).not.toContain('N-2: New router');
});

test('one that cannot be told holds up none of those that would be told with it', async () => {
  const { t } = told;
  const [, second] = await threeAtNight();
  await t.database.sql`update notice_revision set content = '{}' where notice_id = ${second}`;
  t.clock.forward(6 * HOUR);
  await settled(t);
  const all = [...said(), ...mailed()].join('\n');
  expect(all).toContain('N-1: New switch');
  expect(all).toContain('N-3: New fans');
  expect(t.log.lines.join('\n')).toContain('a dispatch could not be worked');
});
