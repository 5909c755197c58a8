import { beforeEach, expect, test } from 'vitest';
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
} from './kit.ts';

const told = eachTold();

beforeEach(async () => {
  await bring(told.t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await linkTo(told.t, 'talk', 'ana', 'A-1-c');
  let made = 0;
  for (const channel of [told.mail, told.talk])
    channel.script = ({ what }): Receipt => ({
      outcome: 'delivered',
      ref: what === 'edit' ? '' : `m${++made}`,
    });
});

const edits = () => told.talk.calls.filter(({ what }) => what === 'edit');
const delivered = () => told.talk.calls.filter(({ what }) => what === 'deliver');

test('the first message of an outage in a chat always shows how it stands, after what is new was said', async () => {
  const { t, mail, talk } = told;
  const id = await announced(t, outage());
  const first = talk.calls.length;
  expect(first).toBe(1);
  await does(t, id, 'update', { state: 'identified', text: { en: 'A fuse.' } });
  await settled(t);
  await does(t, id, 'resolve');
  await settled(t);
  expect(talk.calls.map(({ what }) => what)).toEqual(['deliver', 'deliver', 'edit', 'deliver', 'edit']);
  const [one, two] = edits();
  expect(new Set([one?.id, two?.id]).size).toBe(1);
  expect(one?.text).toMatch(
    /^\*\*Outage N-1: Power\*\*[\s\S]*A feed is down\.\n\n\*\*Newest, Sun 22 Nov 14:\d\d \(UTC\+1\):\*\*\\\nWe have found the cause/,
  );
  expect(two?.text).toMatch(
    /A feed is down\.\n\n\*\*Newest, Sun 22 Nov 14:\d\d \(UTC\+1\):\*\*\\\nIt is resolved\.$/,
  );
  expect(mail.calls.every(({ what }) => what === 'deliver')).toBe(true);
});

test('of what was moved, the first message shows the new time; a reminder changes nothing in it', async () => {
  const { t } = told;
  const id = await announced(t, maintenance(t));
  const later = aDayLater(t);
  await does(t, id, 'reschedule', { windows: later });
  await settled(t);
  expect(edits()).toHaveLength(1);
  const [, now = ''] = edits()[0]?.text.split('**Newest') ?? [];
  expect(now).toContain('The time has changed. It was planned for');
  expect(now).toMatch(/\*\*When\*\*: .*UTC/);
  t.clock.forward(Date.parse(later[0]?.from ?? '') - t.clock.now().getTime() - 3_600_000);
  await settled(t);
  expect(delivered()).toHaveLength(3);
  expect(edits()).toHaveLength(1);
});

test('a change that waits shows what is newest by then, and nothing that was overtaken', async () => {
  const { t, talk } = told;
  const ok = talk.script;
  const id = await drafted(t, maintenance(t));
  await confirmed(t, id);
  await settled(t);
  talk.script = call =>
    call.what === 'edit' ? { outcome: 'retry', afterMs: 30_000, scope: 'place', why: 'busy' } : ok(call);
  await does(t, id, 'update', { text: { en: 'Two switches.' } });
  await settled(t);
  const tried = edits().length;
  expect(tried).toBeGreaterThan(0);
  talk.script = ok;
  await does(t, id, 'cancel');
  t.clock.forward(60_000);
  await settled(t);
  expect(
    edits()
      .slice(tried)
      .map(({ text }) => text.split('**Newest')[1]),
  ).toEqual([expect.stringContaining('This will not take place.')]);
});

test('where the first word was never sent, the first that came is the one that is kept up to date', async () => {
  const { t, talk } = told;
  const ok = talk.script;
  talk.script = () => ({ outcome: 'retry', afterMs: 30_000, scope: 'place', why: 'busy' });
  const id = await announced(t, outage());
  talk.script = ok;
  await does(t, id, 'update', { state: 'identified', text: { en: 'A fuse.' } });
  t.clock.forward(31_000);
  await settled(t);
  expect(edits()).toEqual([]);
  await does(t, id, 'resolve');
  await settled(t);
  const [first, last] = delivered().slice(-2);
  expect(first?.text).toContain('A fuse.');
  expect(edits().map(({ id: ref }) => ref)).toEqual([last?.replyTo]);
  expect(edits()[0]?.text).toMatch(/A fuse\.[\s\S]*It is resolved\.$/);
});

test('of many windows the first message says that there is more, and stays short', async () => {
  const { t } = told;
  const { windows, ...rest } = maintenance(t);
  const many = Array.from({ length: 8 }, (_, day) => {
    const at = (iso = ''): string => new Date(Date.parse(iso) + day * 86_400_000).toISOString();
    return { from: at(windows[0]?.from), to: at(windows[0]?.to) };
  });
  const id = await announced(t, { ...rest, windows: many });
  await does(t, id, 'update', { text: { en: 'Two switches.' } });
  await settled(t);
  const [, now = ''] = edits()[0]?.text.split('**Newest') ?? [];
  expect(now).toMatch(/:\*\*\\\nThere is more about it below\.$/);
});

test('what was overtaken is not written into the first message either, however long the newer word waits', async () => {
  const { t, talk } = told;
  const ok = talk.script;
  const id = await announced(t, maintenance(t));
  talk.script = call =>
    call.what === 'edit' ? { outcome: 'retry', afterMs: 30_000, scope: 'place', why: 'busy' } : ok(call);
  await does(t, id, 'update', { text: { en: 'Two switches.' } });
  await settled(t);
  const tried = edits().length;
  talk.script = ok;
  await t.desk.api.preferences.put('A-1-c', { quiet_hours: { from: 0, to: 1439 } });
  await does(t, id, 'cancel');
  t.clock.forward(60_000);
  await settled(t);
  expect(edits().slice(tried)).toEqual([]);
  await t.desk.api.preferences.put('A-1-c', { quiet_hours: null });
  t.clock.forward(86_400_000);
  await settled(t);
  expect(edits().at(-1)?.text).toContain('This will not take place.');
});

test('a mail about planned work brings its calendar: one event for each window, the same one when it moves or is off', async () => {
  const { t, mail } = told;
  const id = await announced(t, maintenance(t));
  const later = aDayLater(t);
  await does(t, id, 'reschedule', { windows: later });
  await settled(t);
  await does(t, id, 'cancel');
  await settled(t);
  const files = mail.calls.map(call => call.files?.[0]);
  expect(files.map(file => [file?.name, file?.type])).toEqual(Array(3).fill(['N-1.ics', 'text/calendar']));
  const lines = files.map(file => file?.content.replaceAll('\r\n ', '').split('\r\n') ?? []);
  for (const all of lines) {
    expect(all).toContain('UID:N-1-0@switchdesk');
    expect(all.some(line => line.startsWith('METHOD'))).toBe(false);
    expect(all).toContain('X-MAINTNOTE-MAINTENANCE-ID:N-1');
    expect(all).toContain('X-MAINTNOTE-OBJECT-ID:Service s-1');
    expect(all).toContain('X-MAINTNOTE-ACCOUNT:A-1');
    expect(all).toContain('X-MAINTNOTE-IMPACT:OUTAGE');
  }
  expect(lines.map(all => all.find(line => line.startsWith('SEQUENCE')))).toEqual([
    'SEQUENCE:1',
    'SEQUENCE:2',
    'SEQUENCE:3',
  ]);
  expect(lines.map(all => all.find(line => line.startsWith('X-MAINTNOTE-STATUS')))).toEqual([
    'X-MAINTNOTE-STATUS:CONFIRMED',
    'X-MAINTNOTE-STATUS:CONFIRMED',
    'X-MAINTNOTE-STATUS:CANCELLED',
  ]);
  const compact = (iso = ''): string => iso.replace(/[-:]|\.\d{3}/g, '');
  expect(lines[1]).toContain(`DTSTART:${compact(later[0]?.from)}`);
  expect(lines[2]).toContain('STATUS:CANCELLED');
  expect(told.talk.calls.every(call => call.files === undefined)).toBe(true);
});

test('an outage and a reminder bring no calendar, and without room for files the mail goes alone', async () => {
  const { t, mail } = told;
  await announced(t, outage());
  await does(t, 1, 'resolve');
  await settled(t);
  expect(mail.calls.every(({ files }) => files === undefined)).toBe(true);
  mail.script = ({ files }): Receipt =>
    files === undefined
      ? { outcome: 'delivered', ref: 'm' }
      : { outcome: 'refused', code: 'invalid', why: 'no files' };
  const id = await drafted(t, maintenance(t), 'k-2');
  await confirmed(t, id);
  await settled(t);
  expect(mail.calls.at(-2)?.files).toHaveLength(1);
  expect(mail.calls.at(-1)).toMatchObject({ subject: 'Planned maintenance N-2: New switch' });
  expect(mail.calls.at(-1)?.files).toBeUndefined();
});

test('a first message that waits for its chat to be made, and is overtaken meanwhile, holds up nothing behind it', async () => {
  const { t, talk } = told;
  const { openChat } = talk;
  Object.assign(talk, {
    openChat: async (): Promise<Receipt> => ({
      outcome: 'retry',
      afterMs: 1_000,
      scope: 'place',
      why: 'busy',
    }),
  });
  const id = await announced(t, maintenance(t));
  await does(t, id, 'update', { text: { en: 'It may take longer.' } });
  await settled(t);
  await does(t, id, 'reschedule', { windows: aDayLater(t) });
  await settled(t);
  expect(delivered()).toHaveLength(0);
  Object.assign(talk, { openChat });
  t.clock.forward(60_000);
  await settled(t);
  expect(delivered().map(({ text }) => text.split('\n')[0])).toEqual([
    '**Planned maintenance N-1 (new time): New switch**',
  ]);
  expect(edits()).toHaveLength(0);
});
