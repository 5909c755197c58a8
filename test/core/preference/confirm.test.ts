import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answer, Asked, Submitted } from '../../../src/core/index.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';
import { bringAccount, linkTo, settled, startTold, type Told } from './kit.ts';

let told: Told;
let people: ReturnType<typeof eventsAt>;

beforeEach(async () => {
  told = await startTold();
  people = eventsAt(told.t.clock);
  await bringAccount(told.t, [
    { ref: 'c-1', roles: ['owner'], addresses: ['ana@acme.example'] },
    { ref: 'c-2', roles: ['technical'], addresses: ['ben@acme.example'] },
  ]);
  await linkTo(told.t, 'chat', 'ana');
  await linkTo(told.t, 'chat', 'ben', 'c-2');
});
afterEach(() => told.t.close());

const presses = (who: string, action: string): Promise<Answer> =>
  told.t.desk.accept('chat', people.presses(who, 'lobby', action, []));
const fills = (who: string, draft: string, values: Submitted['values']): Promise<Answer> =>
  told.t.desk.accept('chat', people.submits(who, {}, { page: 'notify', draft, values }));
const asks: Asked['ask'] = { what: 'notify' };
const textOf = (answer: Answer): string => ('text' in answer ? answer.text : JSON.stringify(answer));
const codeIn = (): string =>
  /\*\*([\dA-Z]{4}(?:-[\dA-Z]{4}){3})\*\*/.exec(told.mail.calls.at(-1)?.text ?? '')?.[1] ?? '';

test('one sees where one is told of what, and who is not linked sees nothing', async () => {
  const answer = await told.t.desk.accept('chat', people.asks('ana', asks));
  expect(textOf(answer)).toContain('**Invoices and orders**: ana@acme.example → Chat: ana');
  expect(textOf(answer)).toContain('No quiet hours (time zone Europe/Warsaw). Language: English.');
  const stranger = await told.t.desk.accept('chat', people.asks('zoe', asks));
  expect(textOf(stranger)).toMatch(/^We do not know yet whose contact you are/);
  expect(textOf(await presses('zoe', 'notify-add:invoices'))).toMatch(/^We do not know yet/);
  expect(textOf(await fills('zoe', 'add:invoices', { address: 'zoe@x.example' }))).toMatch(
    /^We do not know yet/,
  );
});

test('a new address gets a code and nothing else until it is entered; then it comes first', async () => {
  expect(await presses('ana', 'notify-add:invoices')).toMatchObject({
    type: 'form',
    form: { page: 'notify', draft: 'add:invoices', fields: [{ id: 'address' }] },
  });
  expect(await fills('ana', 'add:invoices', { address: 'no address' })).toMatchObject({
    type: 'faults',
    form: { fields: [{ error: 'This is no mail address. It looks like jan@example.com.' }] },
  });
  expect(textOf(await fills('ana', 'add:invoices', { address: 'Books@Acme.example' }))).toContain(
    'books@acme.example (not confirmed yet) → ana@acme.example',
  );
  await settleAll(told.t);
  expect(told.mail.calls.map(call => call.to)).toEqual(['books@acme.example']);
  expect(told.mail.calls[0]?.text).toContain('https://desk.example.com/confirm/');
  const code = codeIn();
  expect(
    JSON.stringify(await told.t.database.sql`select content from delivery`),
    'the outbox forgets the code',
  ).not.toContain(code);
  await bill('k-1');
  expect(told.mail.calls.at(-1)?.to).toBe('ana@acme.example');
  expect(await fills('ana', 'code', { code: 'AAAA-AAAA-AAAA-AAAA' })).toMatchObject({ type: 'faults' });
  expect(textOf(await fills('ana', 'code', { code: code.toLowerCase() }))).toContain(
    'books@acme.example is confirmed',
  );
  await bill('k-2');
  expect(told.mail.calls.at(-1)?.to).toBe('books@acme.example');
});

const bill = async (key: string): Promise<void> => {
  const text = { subject: 'Invoice', text: 'Please pay.', variables: {} };
  await told.t.desk.api.notifications.post(key, {
    to: { contact: 'c-1' },
    type: 'invoice',
    urgent: false,
    ...text,
  });
  await settled(told.t);
};

test('a code works once, within a day, for its contact, however many try at once; guessing is slowed down', async () => {
  await fills('ana', 'add:invoices', { address: 'books@acme.example' });
  await settleAll(told.t);
  const code = codeIn();
  expect(await fills('ben', 'code', { code }), 'of somebody else').toMatchObject({ type: 'faults' });
  const all = await Promise.all(Array.from({ length: 20 }, () => fills('ana', 'code', { code })));
  expect(all.filter(one => one.type === 'say')).toHaveLength(1);
  await fills('ben', 'add:technical', { address: 'night@acme.example' });
  await settleAll(told.t);
  const second = codeIn();
  for (let wrong = 0; wrong < 5; wrong++) await fills('ben', 'code', { code: 'BBBB-BBBB-BBBB-BBBB' });
  expect(await fills('ben', 'code', { code: second }), 'after five wrong ones').toMatchObject({
    type: 'faults',
  });
  told.t.clock.forward(11 * 60_000);
  expect(await fills('ben', 'code', { code: second })).toMatchObject({ type: 'say' });
  await fills('ana', 'add:abuse', { address: 'late@acme.example' });
  await settleAll(told.t);
  const third = codeIn();
  told.t.clock.forward(25 * 3_600_000);
  expect(await fills('ana', 'code', { code: third }), 'a day later').toMatchObject({ type: 'faults' });
});

test('nobody’s mailbox is filled: codes are few for a contact and for an address', async () => {
  for (let n = 0; n < 5; n++) await fills('ana', 'add:invoices', { address: `a${n}@x.example` });
  expect(textOf(await fills('ana', 'add:invoices', { address: 'a6@x.example' }))).toMatch(/^Too many codes/);
  expect(await column(told.t.database, 'select count(*)::int from confirmation')).toEqual([5]);
});

test('the link of the mail confirms by a press of its button; a look does not', async () => {
  await fills('ana', 'add:invoices', { address: 'books@acme.example' });
  await settleAll(told.t);
  const { confirm } = told.t.desk.pages;
  const token = codeIn();
  expect(await confirm.see(token)).toMatchObject({
    text: expect.stringContaining('books@acme.example'),
    button: expect.any(String),
  });
  expect(await confirm.see(token)).toBeDefined();
  expect(await column(told.t.database, 'select count(*)::int from confirmed_address')).toEqual([0]);
  expect(await confirm.press(token)).toMatchObject({ title: 'The address is confirmed' });
  expect(await confirm.press(token)).toBeUndefined();
  expect(await confirm.see(token)).toBeUndefined();
  expect(await confirm.press('guess')).toBeUndefined();
});

test('places are put first and taken away; the last of what must arrive stays', async () => {
  const [chat] = await ids('ana');
  expect(textOf(await presses('ana', `notify-first:invoices:${chat}`))).toContain(
    '1. Chat: ana\n2. ana@acme.example',
  );
  const [mail] = await ids('ana@acme.example');
  expect(textOf(await presses('ana', `notify-drop:invoices:${mail}`))).toContain('1. Chat: ana');
  expect(textOf(await presses('ana', `notify-drop:invoices:${chat}`))).toMatch(/^This is the only place/);
  const [ben] = await ids('ben');
  expect(textOf(await presses('ana', `notify-use:invoices:${ben}`)), 'a chat of somebody else').toMatch(
    /^That place is not in your list/,
  );
  for (const id of [mail, chat]) await presses('ana', `notify-drop:announcements:${id}`);
  expect(textOf(await told.t.desk.accept('chat', people.asks('ana', asks)))).toContain(
    '**Announcements**: nowhere',
  );
});

const ids = (externalId: string): Promise<number[]> =>
  column<number>(told.t.database, `select id from handle where external_id = '${externalId}'`);

test('quiet hours, zone and language are set in a form, and checked', async () => {
  expect(await presses('ana', 'notify-hours')).toMatchObject({
    form: {
      fields: [
        { id: 'from' },
        { id: 'to' },
        { id: 'zone', value: 'Europe/Warsaw' },
        { id: 'language', value: 'en' },
      ],
    },
  });
  const wrong = await fills('ana', 'hours', { from: '22:00', to: '', zone: '', language: 'en' });
  expect(wrong).toMatchObject({ type: 'faults' });
  expect(await fills('ana', 'hours', { from: '', to: '', zone: 'Mars/Base', language: 'en' })).toMatchObject({
    type: 'faults',
  });
  const done = await fills('ana', 'hours', {
    from: '22',
    to: '7:30',
    zone: 'America/New_York',
    language: 'pl',
  });
  expect(textOf(done)).toContain('Quiet from **22:00** to **07:30** (America/New\\_York)');
  expect(await told.t.desk.api.preferences.get('c-1')).toMatchObject({
    locale: 'pl',
    zone: 'America/New_York',
    quiet: { from: 1320, to: 450 },
  });
  await fills('ana', 'hours', { from: '', to: '', zone: '', language: 'en' });
  expect(await told.t.desk.api.preferences.get('c-1')).toMatchObject({
    locale: 'en',
    zone: 'Europe/Warsaw',
    quiet: undefined,
  });
});

test('who is linked and not proved afresh may look, and change nothing that says where things go', async () => {
  told.t.clock.forward(16 * 60_000);
  expect(textOf(await told.t.desk.accept('chat', people.asks('ana', asks)))).toContain(
    'Where we tell you what',
  );
  const [chat] = await ids('ana');
  for (const action of [
    `notify-first:invoices:${chat}`,
    `notify-drop:announcements:${chat}`,
    `notify-use:abuse:${chat}`,
    'notify-add:invoices',
  ])
    expect(textOf(await presses('ana', action)), action).toMatch(
      /^For this we have to be sure that it is you, now/,
    );
  expect(textOf(await fills('ana', 'add:invoices', { address: 'thief@x.example' }))).toMatch(
    /^For this we have to be sure/,
  );
  expect(await column(told.t.database, 'select count(*)::int from route')).toEqual([0]);
});

test('erasing a contact takes the addresses they typed along, and what waits for them', async () => {
  await fills('ana', 'add:invoices', { address: 'canary@acme.example' });
  await settleAll(told.t);
  await fills('ana', 'code', { code: codeIn() });
  await told.t.desk.api.preferences.put('c-1', { quiet_hours: { from: 0, to: 1439 } });
  const canary = { subject: 'canary', text: 'canary', variables: {} };
  await told.t.desk.api.notifications.post('k', {
    to: { contact: 'c-1' },
    type: 'abuse',
    urgent: false,
    ...canary,
  });
  expect(JSON.stringify(await told.t.desk.exportPerson('c-1'))).toContain('"subject":"canary"');
  expect(await told.t.desk.erasePerson('c-1')).toMatchObject({ ok: true });
  for (const table of [
    'handle',
    'place',
    'delivery',
    'dispatch',
    'confirmation',
    'confirmed_address',
    'route',
    'notification',
  ])
    expect(JSON.stringify(await told.t.database.sql.unsafe(`select * from ${table}`)), table).not.toContain(
      'canary',
    );
});

test('one click stops announcements to an address, for good, and nothing else', async () => {
  const text = { subject: 'News', text: 'New racks.', variables: {} };
  const news = (key: string) =>
    told.t.desk.api.notifications.post(key, {
      to: { contact: 'c-1' },
      type: 'announcement',
      urgent: false,
      ...text,
    });
  await news('k-1');
  await settled(told.t);
  const link = told.mail.calls.at(-1)?.unsubscribe ?? '';
  expect(link).toMatch(/^https:\/\/desk\.example\.com\/unsubscribe\//);
  const token = link.split('/').at(-1) ?? '';
  const { unsubscribe } = told.t.desk.pages;
  expect(await unsubscribe.see(token)).toMatchObject({ button: 'Stop announcements' });
  expect(await unsubscribe.press(`${token}x`)).toBeUndefined();
  expect(await unsubscribe.press(token)).toMatchObject({ title: 'Announcements have stopped' });
  expect(await unsubscribe.press(token), 'pressed again').toBeDefined();
  const [chat] = await ids('ana');
  await presses('ana', `notify-drop:announcements:${chat}`);
  const before = told.mail.calls.length;
  const posted = await news('k-2');
  await settled(told.t);
  expect(told.mail.calls).toHaveLength(before);
  expect(await told.t.desk.api.notifications.get('id' in posted ? posted.id : 0)).toMatchObject({
    recipients: [{ state: 'skipped', why: 'refused' }],
  });
  await bill('k-3');
  expect(told.mail.calls).toHaveLength(before + 1);
  expect(told.mail.calls.at(-1)?.unsubscribe).toBeUndefined();
});
