import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createKeys, scopes } from '../../src/core/index.ts';
import { apiRoutes } from '../../src/http/api/index.ts';
import { type ApiWorld, acme, startApi } from './api-kit.ts';

let api: ApiWorld;
let all: string;

beforeAll(async () => {
  api = await startApi();
  all = await api.key();
  expect((await api.asks('PUT', '/api/v1/accounts/A-1', { key: all, body: acme })).status).toBe(201);
});
afterAll(() => api.stop());

/** Refs that are nobody's, of something else (each route has one that is its own), or no refs at all. */
const foreign = ['A-404', 'A-1', 'c-1', 's-1', "A-1'--", '%2e%2e', '%00', 'a%20b', 'x'.repeat(200)];

describe.each(apiRoutes.map(route => ({ ...route, method: route.method.toUpperCase() })))(
  '$method $path',
  ({ method, path, scope }) => {
    const at = (ref: string): string => path.replaceAll(/\{\w+\}/g, ref);
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};

    it('is closed without a key, with a wrong one, and with one that was revoked', async () => {
      const keys = createKeys({ database: api.database, now: api.clock.now });
      const { key, secret } = await keys.create('old', scopes);
      await keys.revoke(key.id);
      const wrong = [undefined, '', 'sd-nothing', secret, `${all}x`, all.toUpperCase(), all.slice(0, -1)];
      for (const one of wrong) {
        const answer = await api.asks(method, at('A-1'), { key: one, body });
        expect(answer.status, one).toBe(401);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        expect(JSON.stringify(answer.body)).not.toContain(one || secret);
      }
      const basic = await api.asks(method, at('A-1'), {
        body,
        headers: { authorization: `Basic ${btoa(all)}` },
      });
      expect(basic.status).toBe(401);
    });

    it('is closed to every scope but its own', async () => {
      for (const other of scopes.filter(one => one !== scope)) {
        const answer = await api.asks(method, at('A-1'), { key: await api.key(other), body });
        expect([answer.status, answer.body.title], other).toEqual([403, `This key lacks the scope ${scope}`]);
      }
    });

    const own = path.startsWith('/api/v1/contacts/')
      ? 'c-1'
      : path.startsWith('/api/v1/accounts/')
        ? 'A-1'
        : '';
    const others = path.includes('{') ? foreign.filter(ref => ref !== own) : [];

    it.each(others)('says 404 to the ref %s', async ref => {
      // What creates takes any ref that can be one: it gets those that cannot.
      if (method === 'PUT' && /^[A-Za-z0-9][!-~]*$/.test(decodeURIComponent(ref)) && ref.length <= 100)
        return;
      const before = await api.database.sql`select count(*)::int as n from account`;
      const answer = await api.asks(method, at(ref), {
        key: all,
        body: method === 'PUT' ? { name: 'x' } : body,
      });
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ title: 'Not found', status: 404 });
      expect(await api.database.sql`select count(*)::int as n from account`).toEqual(before);
    });
  },
);

test('the document names every route, its answers and its shapes', async () => {
  const { body } = await api.asks('GET', '/api/v1/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  const named = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  );
  expect(named.toSorted()).toEqual(apiRoutes.map(({ method, path }) => `${method} ${path}`).toSorted());
  const { put } = body.paths['/api/v1/accounts/{ref}'];
  expect(Object.keys(put.responses)).toEqual(['200', '201', '400', '401', '403', '409', '413', '415', '422']);
  expect(put.security).toEqual([{ key: [] }]);
  expect(Object.keys(body.components.schemas)).toEqual(
    expect.arrayContaining(['Account', 'AccountInput', 'Contact', 'Problem', 'Service']),
  );
  const { services } = body.components.schemas.AccountInput.properties;
  expect(services.items.$ref).toBe('#/components/schemas/Service');
});

test('the page for people stands by itself: no script, nothing from elsewhere, its style under its hash', async () => {
  const page = await api.asks('GET', '/api/docs');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(page.body).not.toMatch(/<script|https?:\/\/(?!\w+\.example)|\son\w+=/i);
  for (const { path } of apiRoutes) expect(page.body).toContain(path);
  expect(page.body).toContain('accounts:write');
});

test('an unknown path of the API is a problem, too', async () => {
  const answer = await api.asks('GET', '/api/v1/nothing', { key: all });
  expect(answer).toMatchObject({ status: 404, body: { title: 'Not found' } });
});

test('a key is kept as its hash only, and the log never has it', async () => {
  const rows = await api.database.sql`select * from api_key`;
  expect(JSON.stringify(rows)).not.toContain(all);
  expect(rows[0]?.hint).toBe(all.slice(0, 9));
  expect(api.log.lines.join('\n')).not.toContain(all);
});
