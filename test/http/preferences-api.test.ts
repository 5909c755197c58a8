import { afterAll, beforeAll, expect, test } from 'vitest';
import { settled } from '../core/preference/kit.ts';
import { scriptedChannel } from '../harness/channel.ts';
import { type ApiWorld, acme, startApi } from './api-kit.ts';

const mail = scriptedChannel('email', { subject: 150, forms: 'none' });
let api: ApiWorld;
let key: string;

beforeAll(async () => {
  api = await startApi([mail]);
  key = await api.key();
  await api.asks('PUT', '/api/v1/accounts/A-1', { key, body: acme });
});
afterAll(() => api.stop());

const preferences = '/api/v1/contacts/c-1/preferences';
const put = (body: unknown) => api.asks('PUT', preferences, { key, body });
const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  api.asks('POST', '/api/v1/notifications', { key, body, headers });
const invoice = {
  to: { account: 'A-1' },
  type: 'invoice',
  template: 'invoice-issued',
  variables: { invoice: 'F/1', amount: '100 zł', due: '2026-12-01' },
};

test('preferences are read with their defaults, and changed in parts', async () => {
  expect(await api.asks('GET', preferences, { key })).toMatchObject({
    status: 200,
    body: {
      contact: 'c-1',
      language: 'pl',
      time_zone: 'Europe/Warsaw',
      quiet_hours: null,
      types: {
        invoices: {
          chosen: false,
          destinations: [{ channel: 'email', mail: 'jan@acme.example', state: 'ready' }],
        },
      },
    },
  });
  const changed = await put({
    language: 'en',
    quiet_hours: { from: '22:00', to: '07:00' },
    types: { invoices: { destinations: [{ mail: 'Books@Acme.example' }, { mail: 'jan@acme.example' }] } },
  });
  expect(changed.body).toMatchObject({
    language: 'en',
    quiet_hours: { from: '22:00', to: '07:00' },
    types: {
      invoices: {
        chosen: true,
        destinations: [{ mail: 'books@acme.example', state: 'unconfirmed' }, { mail: 'jan@acme.example' }],
      },
      abuse: { chosen: false },
    },
  });
  await settled(api.t);
  expect(mail.calls.map(call => [call.to, call.subject])).toEqual([
    ['books@acme.example', 'Confirm this address for Example Hosting'],
  ]);
  await put({ types: { invoices: null }, quiet_hours: null, language: null });
  expect((await api.asks('GET', preferences, { key })).body).toMatchObject({
    language: 'pl',
    quiet_hours: null,
    types: { invoices: { chosen: false } },
  });
});

test('what cannot be is refused at its place, and nothing is changed', async () => {
  const before = (await api.asks('GET', preferences, { key })).body;
  for (const [body, pointer] of [
    [{ language: 'en_GB' }, '#/language'],
    [{ time_zone: 'Mars/Base' }, '#/time_zone'],
    [{ quiet_hours: { from: '22:00', to: '22:00' } }, '#/quiet_hours'],
    [{ quiet_hours: { from: '25:00', to: '07:00' } }, '#/quiet_hours/from'],
    [{ types: { invoices: { destinations: [] } } }, '#/types/invoices/destinations'],
    [{ types: { abuse: { destinations: [{ identity: '999' }] } } }, '#/types/abuse/destinations/0'],
    [
      {
        language: 'en',
        types: { abuse: { destinations: [{ mail: 'a@x.example' }, { mail: 'A@x.example' }] } },
      },
      '#/types/abuse/destinations/1',
    ],
    [{ types: { news: null } }, '#/types'],
  ] as const) {
    const refused = await put(body);
    expect(refused.status, JSON.stringify(body)).toBe(422);
    expect(refused.body.errors[0].pointer).toBe(pointer);
  }
  expect((await api.asks('GET', preferences, { key })).body).toEqual(before);
  expect((await api.asks('GET', '/api/v1/contacts/c-9/preferences', { key })).status).toBe(404);
});

test('a notification is posted once under its key, and its way is told place by place', async () => {
  const first = await post(invoice, { 'idempotency-key': 'inv-1' });
  expect(first).toMatchObject({ status: 201, body: { again: false } });
  expect(await post({ ...invoice, key: 'inv-1' })).toMatchObject({
    status: 200,
    body: { id: first.body.id, again: true },
  });
  expect((await post({ ...invoice, urgent: true }, { 'idempotency-key': 'inv-1' })).status).toBe(409);
  await settled(api.t);
  expect(await api.asks('GET', `/api/v1/notifications/${first.body.id}`, { key })).toMatchObject({
    status: 200,
    body: {
      key: 'inv-1',
      type: 'invoice',
      recipients: [
        {
          contact: 'c-1',
          state: 'sent',
          why: null,
          due_at: null,
          deliveries: [{ channel: 'email', to: 'jan@acme.example', state: 'sent' }],
        },
      ],
    },
  });
  for (const id of ['999', '0', 'x', '1e3'])
    expect((await api.asks('GET', `/api/v1/notifications/${id}`, { key })).status, id).toBe(404);
});

test('a notification that cannot be is refused with what to do', async () => {
  for (const [body, pointer] of [
    [invoice, '#/key'],
    [{ ...invoice, key: 'k', to: { contact: 'c-9' } }, '#/to'],
    [{ ...invoice, key: 'k', template: 'nope' }, '#/template'],
    [{ ...invoice, key: 'k', variables: {} }, '#/variables'],
    [{ ...invoice, key: 'k', subject: 'S', text: 'T' }, '#/text'],
    [{ to: { contact: 'c-1' }, type: 'invoice', key: 'k', subject: 'S' }, '#/template'],
    [{ ...invoice, key: 'k', type: 'spam' }, '#/type'],
  ] as const) {
    const refused = await post(body);
    expect(refused.status, JSON.stringify(body)).toBe(422);
    expect(refused.body.errors[0].pointer, JSON.stringify(body)).toBe(pointer);
  }
});

test('a subject cannot bring heads or lines of its own', async () => {
  const sent = mail.calls.length;
  await post({
    to: { contact: 'c-1' },
    type: 'abuse',
    key: 'h-1',
    subject: 'Hello\r\nBcc: all@x.example',
    text: 'x',
  });
  await settled(api.t);
  expect(mail.calls.slice(sent).map(call => call.subject)).toEqual(['Hello Bcc: all@x.example']);
});

test('links of mails: a look changes nothing, one POST does it, and a wrong token is not found', async () => {
  await post({ to: { contact: 'c-1' }, type: 'announcement', key: 'n-1', subject: 'News', text: 'x' });
  await settled(api.t);
  const path = new URL(mail.calls.at(-1)?.unsubscribe ?? '').pathname;
  const at = (more = '', init: RequestInit = {}) => fetch(`${api.url}${path}${more}`, init);
  const page = await at();
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<form method="post">');
  expect((await at('x')).status).toBe(404);
  expect((await at('', { method: 'POST', body: 'x' })).status).toBe(400);
  const chosen = async () => (await api.asks('GET', preferences, { key })).body.types.announcements;
  expect(await chosen()).toMatchObject({ chosen: false });
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  for (const _ of [1, 2]) expect((await at('', { method: 'POST', body })).status).toBe(200);
  expect(await chosen()).toEqual({ chosen: true, destinations: [] });
  expect((await fetch(`${api.url}/confirm/guess`)).status).toBe(404);
});
