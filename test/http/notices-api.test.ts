import { afterEach, beforeEach, expect, test } from 'vitest';
import { scriptedChannel } from '../harness/channel.ts';
import { type ApiWorld, acme, startApi } from './api-kit.ts';

const mail = scriptedChannel('email', { subject: 150, forms: 'none' });
let api: ApiWorld;
let key: string;

beforeEach(async () => {
  mail.calls.length = 0;
  api = await startApi([mail]);
  key = await api.key();
  await api.asks('PUT', '/api/v1/accounts/A-1', { key, body: acme });
});
afterEach(() => api.stop());

const window = { from: '2026-12-06T02:00:00+01:00', to: '2026-12-06T04:00:00+01:00' };
const work = {
  kind: 'maintenance',
  title: { en: 'New switch', pl: 'Nowy przełącznik' },
  text: { en: 'We replace it.', pl: 'Wymieniamy go.' },
  objects: [{ type: 'network', value: '203.0.113.0/24', impact: 'degraded' }],
  windows: [window],
};

const drafts = (body: unknown = work, name = 'k-1') =>
  api.asks('POST', '/api/v1/notices', { key, body, headers: { 'idempotency-key': name } });
const on = (path: string, body?: unknown) =>
  api.asks(body === undefined ? 'GET' : 'POST', `/api/v1/notices/1${path}`, { key, body });

async function rest(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await api.desk.tick();
}

test('drafted, looked at, confirmed, moved and cancelled; each step once, and nobody is told before the confirmation', async () => {
  expect(await drafts()).toMatchObject({
    status: 201,
    body: { id: 1, state: 'draft', revision: 0, edition: 1 },
  });
  expect(await drafts()).toMatchObject({ status: 200, body: { id: 1, edition: 1 } });
  expect((await drafts({ ...work, starts: true })).status).toBe(409);
  expect(await on('/preview')).toMatchObject({
    status: 200,
    body: {
      edition: 1,
      accounts: 1,
      contacts: 1,
      without_contact: 0,
      why: [{ object: { value: '203.0.113.0/24' }, services: 1, accounts: 1 }],
      examples: [{ ref: 'A-1', name: 'Acme sp. z o.o.', services: ['Shop'] }],
      destinations: [{ channel: 'email', contacts: 1 }],
      messages: [
        {
          locale: 'en',
          subject: 'Planned maintenance N-1: New switch',
          text: expect.stringContaining('Sun 6 Dec 02:00–04:00 (UTC+1) = Sun 6 Dec 01:00–03:00 UTC'),
        },
        { locale: 'pl', subject: 'Planowane prace N-1: Nowy przełącznik' },
      ],
    },
  });
  await rest();
  expect(mail.calls).toEqual([]);
  expect(await on('/confirm', { edition: 1 })).toMatchObject({
    status: 200,
    body: { state: 'confirmed', revision: 1, again: false },
  });
  expect(await on('/confirm', { edition: 1 })).toMatchObject({ status: 200, body: { again: true } });
  expect((await on('/preview')).status).toBe(409);
  await rest();
  expect(mail.calls.map(({ subject }) => subject)).toEqual(['Planowane prace N-1: Nowy przełącznik']);
  const later = { from: '2026-12-07T02:00:00+01:00', to: '2026-12-07T04:00:00+01:00' };
  expect(await on('/reschedule', { edition: 1, windows: [later] })).toMatchObject({
    status: 409,
    body: { title: expect.stringContaining('edition 2') },
  });
  expect(await on('/reschedule', { edition: 2, windows: [later] })).toMatchObject({
    status: 200,
    body: { edition: 3 },
  });
  expect(await on('/reschedule', { edition: 2, windows: [later] })).toMatchObject({
    status: 200,
    body: { edition: 3 },
  });
  await on('/confirm', { edition: 3 });
  await rest();
  await on('/cancel', { edition: 4, text: { en: 'The part is late.' } });
  expect(await on('/confirm', { edition: 5 })).toMatchObject({ body: { state: 'cancelled', revision: 3 } });
  await rest();
  expect(mail.calls.map(({ subject }) => subject).slice(1)).toEqual([
    'Planowane prace N-1 (nowy termin): Nowy przełącznik',
    'Planowane prace N-1 (odwołanie): Nowy przełącznik',
  ]);
  expect(await on('', undefined)).toMatchObject({
    status: 200,
    body: {
      state: 'cancelled',
      board: [
        { stage: 'announce', sent: 1 },
        { stage: 'reschedule', sent: 1 },
        { stage: 'cancel', sent: 1 },
      ],
      not_reached: [],
    },
  });
  expect((await api.asks('GET', '/api/v1/notices', { key })).body.notices).toMatchObject([
    { id: 1, kind: 'maintenance', title: { en: 'New switch' } },
  ]);
  expect(await on('/update', { edition: 6, text: { en: 'x' } })).toMatchObject({
    status: 422,
    body: { errors: [{ detail: 'This cannot be done with a notice that is cancelled.' }] },
  });
});

test('a rack is named with its location or alone, in any case; the preview says whom each hits', async () => {
  const [service] = acme.services;
  const far = { ...service, ref: 's-2', order_number: null, networks: [], location: 'KRK1' };
  await api.asks('PUT', '/api/v1/accounts/A-1', { key, body: { ...acme, services: [service, far] } });
  const objects = (...values: string[]) => values.map(value => ({ type: 'rack', value }));
  expect((await drafts({ ...work, objects: objects('waw1 / r12', 'R12') })).status).toBe(201);
  expect((await on('/preview')).body.why).toMatchObject([
    { object: { type: 'rack', value: 'waw1/r12', impact: 'outage' }, services: 1, accounts: 1 },
    { object: { type: 'rack', value: 'R12' }, services: 2, accounts: 1 },
  ]);
  const refused = await drafts({ ...work, objects: objects('R12', 'FRA1/R12', 'WAW1/') }, 'k-2');
  expect(refused.body.errors).toMatchObject([{ pointer: '#/objects/2/value' }]);
  const nobody = await drafts({ ...work, objects: objects('R12', 'FRA1/R12') }, 'k-3');
  expect(nobody.body.errors).toMatchObject([
    { pointer: '#/objects/1', detail: expect.stringContaining('FRA1/R12') },
  ]);
});

test.each([
  [{ windows: [{ from: window.to, to: window.from }] }, '#/windows/0', 'It ends before it begins.'],
  [
    { windows: [{ from: '2026-11-01T02:00:00Z', to: '2026-11-01T04:00:00Z' }] },
    '#/windows/0',
    'This is in the past.',
  ],
  [{ windows: [] }, '#/windows', 'Say when it takes place.'],
  [{ windows: [{ from: '2026-12-06T02:00:00', to: window.to }] }, '#/windows/0/from', 'Invalid ISO datetime'],
  [
    { objects: [{ type: 'location', value: 'XXX9' }] },
    '#/objects/0',
    'Nobody has anything of this: XXX9. Check how it is written in the accounts.',
  ],
  [
    { objects: [{ type: 'network', value: '203.0.113.7/24' }] },
    '#/objects/0/value',
    'This is no IP address and no range. Write 203.0.113.7 or 203.0.113.0/24.',
  ],
  [
    { objects: [] },
    '#/objects',
    'Say what it is about: a location, a rack, a network, a product, an order, a service, an account, or all.',
  ],
  [{ title: { en: '  ' } }, '#/title', 'A title is missing, in English or in Polish.'],
  [{ state: 'resolved' }, '#/state', 'A notice that is draft cannot become that.'],
])('what cannot be is refused, with its place, and leaves nothing: %j', async (more, pointer, detail) => {
  expect(await drafts({ ...work, ...more })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer, detail }] },
  });
  expect(await on('')).toMatchObject({ status: 404 });
});

test('titles and texts are shown literally: no markup, no mention, one line', async () => {
  await drafts({
    ...work,
    title: { en: '<b>**@everyone**</b>\nnow', pl: '[x](https://evil.example)' },
    text: { en: '# <script>', pl: '<!channel> [y](https://evil.example)\n\n- a' },
  });
  const { messages } = (await on('/preview')).body;
  expect(messages[0].subject).toBe('Planned maintenance N-1: <b>**@everyone**</b> now');
  expect(messages[0].text).toContain('\\# \\<script\\>');
  expect(messages[1].text).toContain('\\<\\!channel\\> \\[y\\](https://evil.example)\n\n\\- a');
});
