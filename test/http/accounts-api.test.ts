import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiWorld, acme, startApi } from './api-kit.ts';

let api: ApiWorld;
let key: string;

beforeAll(async () => {
  api = await startApi();
  key = await api.key('accounts:read', 'accounts:write');
});
afterAll(() => api.stop());

const put = (ref: string, body: unknown) => api.asks('PUT', `/api/v1/accounts/${ref}`, { key, body });
const get = (ref: string) => api.asks('GET', `/api/v1/accounts/${ref}`, { key });

test('an account is created, read back in its kept form, and not touched when the same comes again', async () => {
  const created = await put('A-1', acme);
  expect(created).toMatchObject({ status: 201, body: { change: 'created' } });
  expect((await get('A-1')).body).toEqual({
    ref: 'A-1',
    name: 'Acme sp. z o.o.',
    tier: 'business',
    language: 'pl',
    time_zone: 'Europe/Warsaw',
    state: 'active',
    contacts: [
      {
        ref: 'c-1',
        name: 'Jan Kowalski',
        roles: ['owner', 'technical'],
        addresses: ['jan@acme.example'],
        language: null,
        time_zone: null,
      },
    ],
    services: [
      {
        ref: 's-1',
        name: 'Shop',
        kind: 'dedicated server',
        order_number: '123456',
        networks: ['2001:db8::/64', '203.0.113.7/32'],
        location: 'WAW1',
        rack: 'R12',
        state: 'active',
      },
    ],
    updated_at: '2026-11-22T13:30:00.000Z',
  });
  api.clock.forward(60_000);
  const again = await put('A-1', acme);
  expect(again).toMatchObject({ status: 200, body: { change: 'unchanged' } });
  expect(again.body.account).toEqual(created.body.account);
  const { ref: _ref, updated_at: _at, ...kept } = again.body.account;
  expect((await put('A-1', kept)).body.change).toBe('unchanged');
});

test('a change of one service touches that service and the account, and nothing else', async () => {
  api.clock.forward(60_000);
  const [service] = acme.services;
  const changed = await put('A-1', { ...acme, services: [{ ...service, networks: ['203.0.113.8'] }] });
  expect(changed.body).toMatchObject({
    change: 'changed',
    account: { updated_at: api.clock.now().toISOString(), services: [{ networks: ['203.0.113.8/32'] }] },
  });
  const [row] = await api.database
    .sql`select updated_at < ${api.clock.now()} as old from contact where ref = 'c-1'`;
  expect(row?.old).toBe(true);
});

test('a service moves into another rack; spaces around a slash mean nothing, and two lines are none', async () => {
  const [service] = acme.services;
  const moved = (rack: string | null) => put('A-1', { ...acme, services: [{ ...service, rack }] });
  expect((await moved('A / 7')).body).toMatchObject({
    change: 'changed',
    account: { services: [{ rack: 'A/7' }] },
  });
  expect((await moved('A/7')).body.change).toBe('unchanged');
  expect((await moved(null)).body.account.services).toMatchObject([{ rack: null }]);
  const refused = await moved('R12\nR13');
  expect(refused.body.errors).toMatchObject([{ pointer: '#/services/0/rack' }]);
  await put('A-1', acme);
});

test('a list that is absent stays as it is; an empty one takes all away', async () => {
  await put('A-1', acme);
  const { contacts: _c, services: _s, ...alone } = acme;
  expect((await put('A-1', alone)).body.change).toBe('unchanged');
  const emptied = await put('A-1', { ...acme, services: [] });
  expect(emptied.body.account).toMatchObject({ services: [], contacts: [{ ref: 'c-1' }] });
  await put('A-1', acme);
});

test('what cannot be is refused whole, each fault with its place and what to do', async () => {
  const before = (await get('A-1')).body;
  const refused = await put('A-1', {
    ...acme,
    name: 'Acme\r\nBcc: all@example.com',
    language: 'pl_PL',
    time_zone: '+01:00',
    surprise: 1,
    contacts: [
      { ref: 'c-1', name: 'Jan', roles: ['king'], addresses: ['jan@acme.example\nBcc: x@example.com'] },
      {
        ref: 'c-1',
        name: 'Ola',
        roles: [],
        addresses: ['Ola <ola@acme.example>', 'a@b.example,c@d.example'],
      },
    ],
    services: [
      {
        ref: 's 1',
        name: 'X',
        kind: 'vps',
        order_number: '12',
        networks: ['203.0.113.7/24', '10.0.0.0-10.0.0.9', '0.0.0.0/0', '1.2.3', 'fe80::1%eth0'],
      },
    ],
  });
  expect(refused.status).toBe(422);
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  const errors = new Map<string, string>(
    refused.body.errors.map((one: { pointer: string; detail: string }) => [one.pointer, one.detail]),
  );
  expect(errors.get('#/name')).toContain('more than one line');
  expect(errors.get('#/language')).toContain('pl-PL');
  expect(errors.get('#/time_zone')).toContain('Europe/Warsaw');
  expect(errors.get('#')).toContain('surprise');
  expect(errors.get('#/contacts/0/roles/0')).toContain('owner');
  expect(errors.get('#/contacts/0/addresses/0')).toContain('more than one line');
  expect(errors.get('#/contacts/1/addresses/0')).toContain('alone');
  expect(errors.get('#/contacts/1/addresses/1')).toContain('one address');
  expect(errors.get('#/services/0/ref')).toContain('without spaces');
  expect(errors.get('#/services/0/order_number')).toContain('4 to 12 digits');
  expect(errors.get('#/services/0/networks/0')).toContain(
    '203.0.113.0/24 for the range, or 203.0.113.7 for the one',
  );
  expect(errors.get('#/services/0/networks/1')).toContain('address/length');
  expect(errors.get('#/services/0/networks/2')).toContain('too wide');
  expect(errors.get('#/services/0/networks/3')).toContain('is no IP address');
  expect(errors.get('#/services/0/networks/4')).toContain('zone');
  expect((await get('A-1')).body).toEqual(before);
});

test('a ref twice in one account is refused with both places', async () => {
  const [service] = acme.services;
  const refused = await put('A-1', { ...acme, services: [service, service] });
  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/services/1/ref', detail: expect.stringContaining('services[0]') }] },
  });
});

test('a contact or a service of another account is not taken from it', async () => {
  const clash = await put('A-2', { ...acme, name: 'Other' });
  expect(clash.status).toBe(409);
  expect(clash.body.errors).toEqual([
    { pointer: '#/contacts/0/ref', detail: expect.stringContaining('account "A-1"') },
    { pointer: '#/services/0/ref', detail: expect.stringContaining('account "A-1"') },
  ]);
  expect((await get('A-2')).status).toBe(404);
});

test('fifty that claim one contact at once: exactly one has it', async () => {
  const claim = { name: 'Claim', contacts: [{ ref: 'c-claimed', name: 'Ola', roles: [], addresses: [] }] };
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => put(`CLAIM-${n}`, claim)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(49).fill(409)]);
});

test('an account that is taken away is gone, once', async () => {
  await put('A-9', { name: 'Gone soon', contacts: [], services: [] });
  const gone = await api.asks('DELETE', '/api/v1/accounts/A-9', { key });
  expect([gone.status, gone.body]).toEqual([204, '']);
  expect((await api.asks('DELETE', '/api/v1/accounts/A-9', { key })).status).toBe(404);
  expect((await get('A-9')).status).toBe(404);
});

test('a body that is no JSON, of another type, or too long is refused before it is read as an account', async () => {
  const path = '/api/v1/accounts/A-1';
  expect((await api.asks('PUT', path, { key, body: '{"name":' })).status).toBe(400);
  expect(
    (await api.asks('PUT', path, { key, body: 'name=x', headers: { 'content-type': 'text/plain' } })).status,
  ).toBe(415);
  const long = await api.asks('PUT', path, { key, body: { name: 'x'.repeat(5 * 1024 * 1024) } });
  expect(long).toMatchObject({ status: 413, body: { title: 'Content too large' } });
  expect(api.log.lines).toEqual([]);
});
